"""A person at a browser. Whatever goes wrong on the way is noted: scripts, policy, leftovers."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Request, Response, expect
from tests.journeys.house import House, password

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
# Two frames after a resize the page has answered it; nobody presses a key sooner.
_SETTLED_THEN_AXE = (
    "new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))"
    ".then(() => document.fonts.ready)"
    ".then(() => axe.run(document, {resultTypes: ['violations']})).then(r => r.violations)"
)
DESKTOP, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
# A word of Python, of a template or of JavaScript that nobody was meant to read.
LEFTOVERS = re.compile(
    r"\bNone\b|\bTrue\b|\bFalse\b|\{\{|\}\}|\{%|%\(\w+\)|\bundefined\b|\bNaN\b|\[object |<Queryset|"
    r"\bfunction\(|&amp;|&lt;|&#"
)
_REFUSED_IN_PLACE = {400, 403, 404, 405, 409, 422, 429}
_WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

expect.set_options(timeout=20_000)


@dataclass
class Visitor:
    """Somebody with a browser of their own (cookies apart from everybody else's)."""

    page: Page
    house: House
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(25_000)
        self.page.context.on("page", self._watch)
        self._watch(self.page)

    @property
    def context(self) -> BrowserContext:
        """The browser's own store of cookies."""
        return self.page.context

    def go(self, path: str, *, status: int = 200) -> Response:
        """Open a page of the house and look it over."""
        answer = self.page.goto(self.house.url(path))
        assert answer is not None
        assert answer.status == status, f"{path}: {answer.status}, not {status}"
        self.look()
        return answer

    def sign_in(self, name: str, *, secret: str | None = None) -> "Visitor":
        """Come in by name and password."""
        self.page.goto(self.house.url("/dang-nhap/"))
        self.page.get_by_label("Tên đăng nhập").fill(name)
        self.page.get_by_label("Mật khẩu").fill(secret or password())
        self.page.get_by_role("button", name="Đăng nhập", exact=True).click()
        self.page.wait_for_url(lambda address: "/dang-nhap/" not in address)
        return self

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type into whatever has the focus."""
        self.page.keyboard.type(text)

    def focused(self) -> str:
        """Return the name (or words) of what has the focus."""
        script = "(document.activeElement.name || document.activeElement.innerText || '').trim()"
        return str(self.page.evaluate(script))

    def text(self) -> str:
        """Return what a person reads on the page."""
        return str(self.page.evaluate("document.body.innerText"))

    def look(self) -> None:
        """Note what nobody should see on this page."""
        for found in LEFTOVERS.finditer(self.text()):
            around = self.text()[max(0, found.start() - 40) : found.end() + 40]
            self.faults.append(f"{self.page.url}: {found.group()} in {around!r}")

    def is_too_wide(self) -> bool:
        """Tell whether the page scrolls sideways."""
        return int(self.page.evaluate(_WIDER)) > 1

    def too_wide(self) -> list[str]:
        """Return what stands out of the page at the right."""
        script = """() => {
            const held = /auto|scroll|hidden|clip/;
            const rolls = (one) => one
                && (held.test(getComputedStyle(one).overflowX) || rolls(one.parentElement));
            const wide = (one) => one.getBoundingClientRect().right > innerWidth + 1;
            const out = (one) => wide(one) && !rolls(one.parentElement);
            return [...document.body.querySelectorAll("*")]
                .filter((one) => out(one) && one.checkVisibility() && ![...one.children].some(out))
                .slice(0, 8)
                .map((one) => `${one.tagName}.${one.className} ${one.innerText ?? ""}`.slice(0, 90));
        }"""
        return list(self.page.evaluate(script))

    def violations(self) -> list[str]:
        """Return what axe-core finds serious or critical here."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(_SETTLED_THEN_AXE)
        return [_told(one) for one in found if one["impact"] in {"serious", "critical"}]

    def fetch(self, path: str) -> bytes:
        """Fetch a file as this person."""
        answer = self.context.request.get(self.house.url(path))
        assert answer.ok, f"{path}: {answer.status}"
        return answer.body()

    def _watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("console", lambda line: self._heard(page, line))
        page.on("response", self._answered)
        page.on("requestfailed", self._failed)

    def _heard(self, page: Page, line: Any) -> None:
        if line.type in {"error", "warning"} and not line.text.startswith(
            "Failed to load resource"
        ):
            self.faults.append(f"{page.url}: console {line.type}: {line.text}")

    def _answered(self, answer: Response) -> None:
        is_page = answer.request.resource_type in {"document", "fetch", "xhr"}
        if answer.status >= 400 and not (is_page and answer.status in _REFUSED_IN_PLACE):
            self.faults.append(f"{answer.url}: {answer.status}")

    def _failed(self, request: Request) -> None:
        aborted = "net::ERR_ABORTED"  # left for another page, or handed over as a download
        if request.failure != aborted:
            self.faults.append(f"{request.url}: {request.failure}")


def _told(violation: dict[str, Any]) -> str:
    where = "; ".join(
        f"{node['target']} {node['html'][:110]} {(node.get('any') or [{}])[0].get('message', '')[:140]}"
        for node in violation["nodes"][:4]
    )
    return f"{violation['id']} ({violation['impact']}, {len(violation['nodes'])}x): {where}"
