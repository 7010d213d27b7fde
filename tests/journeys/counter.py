"""What officers do at the counter and behind it, as they do it: with keys, buttons and forms."""

import re
import subprocess
from pathlib import Path

from playwright.sync_api import expect
from tests.journeys.browsing import Visitor
from tests.journeys.people import Person

from motcua.signing.trial.authority import PIN


def tab_to(visitor: Visitor, name: str, *, back: bool = False) -> None:
    """Move with the Tab key until the field of that name has the focus."""
    for _step in range(80):
        if visitor.focused() == name:
            return
        visitor.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"no way to {name} with the Tab key")


def choose_procedure(visitor: Visitor, words: str, code: str) -> None:
    """Choose a procedure at the reception by typing and Enter, without waiting for the list."""
    visitor.press("F2")
    visitor.type(words)
    visitor.press("Enter")
    expect(visitor.page.locator("input[name=procedure]")).to_have_value(code)
    settled(visitor)


def settled(visitor: Visitor) -> None:
    """Wait until the reception has put what came back in place."""
    visitor.page.wait_for_load_state("networkidle")
    expect(visitor.page.locator("[data-status]")).not_to_have_text("…")


def receive(
    visitor: Visitor,
    person: Person,
    *,
    words: str = "ho khau",
    code: str = "1.004222",
    case: str = "own",
    key: str = "F9",
) -> str:
    """Receive a dossier with the keyboard alone, as fast as one types; return its code."""
    sheet(visitor, person, words=words, code=code, case=case)
    visitor.press(key)
    visitor.page.wait_for_url("**/receipt/")
    visitor.look()
    return code_in(visitor.page.url)


def sheet(visitor: Visitor, person: Person, *, words: str, code: str, case: str) -> None:
    """Fill the sheet at the counter with the keyboard alone."""
    visitor.go("/desk/")
    visitor.press("n")
    visitor.page.wait_for_url("**/reception/")
    visitor.page.wait_for_load_state("networkidle")
    choose_procedure(visitor, words, code)
    choose_case(visitor, case)
    visitor.press("F4")
    assert visitor.focused() == "owner_id", "F4 leads to the card"
    visitor.type(person.card)
    tab_to(visitor, "phone")
    visitor.press("Control+A")
    visitor.type(person.phone)
    expect(visitor.page.locator("[name=owner_name]")).to_have_value(person.name)
    settled(visitor)
    expect(visitor.page.locator("[name=phone]")).to_have_value(person.phone)
    visitor.press("F6")
    settled(visitor)


def choose_case(visitor: Visitor, case: str) -> None:
    """Choose a case with the arrow keys, downwards until it is the one."""
    tab_to(visitor, "case", back=True)
    for _step in range(12):
        chosen = visitor.page.locator("[name=case]:checked")
        if chosen.count() and chosen.first.get_attribute("value") == case:
            return
        tab_to(visitor, "case", back=True)
        visitor.press("Space" if not chosen.count() else "ArrowDown")
        settled(visitor)
    raise AssertionError(f"no case {case}")


def code_in(address: str) -> str:
    """Return the dossier's code in an address."""
    found = re.search(r"/([A-Z0-9.]+-\d{8}-\d{7})/", address)
    assert found, address
    return found.group(1)


def do(visitor: Visitor, code: str, act: str = "", **typed: str) -> None:
    """Open a dossier (or one act on it), type what it asks, and do it by Ctrl+Enter."""
    visitor.go(f"/desk/dossiers/{code}/{act + '/' if act else ''}")
    for name, value in typed.items():
        visitor.page.locator(f"[name={name}]").first.fill(value)
    give_pin(visitor, "#viec [name=pin]")
    visitor.press("Control+Enter")
    expect(visitor.page.locator(".messages")).to_contain_text(code)
    visitor.look()


def give_pin(visitor: Visitor, field: str) -> bool:
    """Type the trial PIN where one is asked for; tell whether it was."""
    asked = visitor.page.locator(field)
    if not asked.count():
        return False
    asked.fill(PIN)
    return True


def pick_and_do(visitor: Visitor, codes: list[str], button: str) -> None:
    """Pick dossiers in the inbox and do one act on all of them."""
    visitor.go("/desk/")
    for code in codes:
        visitor.page.locator(f"input[name=code][value='{code}']").check()
    visitor.page.get_by_role("button", name=button).click()
    visitor.page.wait_for_load_state("networkidle")
    if give_pin(visitor, "#ky_pin"):
        visitor.look()
        visitor.press("Control+Enter")
    visitor.page.wait_for_url("**/batch/outcome/")
    visitor.look()


def signatures_of(pdf: bytes, folder: Path) -> int:
    """Return how many valid signatures pdfsig, which is not ours, finds in a document."""
    path = folder / "signed.pdf"
    path.write_bytes(pdf)
    said = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False)
    assert said.stdout.count("Signature Validation:") == said.stdout.count("Signature is Valid")
    return said.stdout.count("Signature is Valid")
