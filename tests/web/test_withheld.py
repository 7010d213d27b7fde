"""Every door that hands out a file: held back or lost, it says so in words, and notes no opening."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from tests.documents.samples import pdf
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, World
from tests.signing import letters
from tests.signing.conftest import stored
from tests.web.api.conftest import callers_of
from tests.web.visit import checked, words

from motcua.directory.actor import SYSTEM
from motcua.documents import services as documents
from motcua.documents.models import File, Reading
from motcua.documents.services import kho, reading
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier
from motcua.ledger.models import FactRow
from motcua.signing import services as signing

WAITING = ({"safety": "waiting"}, 423, "đang chờ quét vi-rút")
INFECTED = ({"safety": "infected", "threat": "Trojan.X"}, 423, "cách ly vì có mã độc")
LOST: tuple[dict[str, str], int, str] = ({}, 410, "không còn tệp")
STATES = pytest.mark.parametrize(
    ("changes", "status", "said"),
    [WAITING, INFECTED, LOST],
    ids=["waiting", "infected", "lost"],
)


@pytest.fixture
def world(db: None) -> World:
    cache.clear()
    return worlds.build()


def a_file(**about: Any) -> File:
    """Store a file that somebody else sent."""
    return documents.store(
        BytesIO(pdf()), name="tờ khai.pdf", by_key="account:0", at=MONDAY_8AM, **about
    )


def spoil(file: File, changes: dict[str, str]) -> None:
    File.objects.filter(pk=file.pk).update(**changes)
    if not changes:
        default_storage.delete(file.storage_path)


def a_paper(world: World) -> Any:
    """Put a paper into the citizen's store."""
    owner = world.parties["citizen"].pk
    wanted = kho.ToKeep(
        owner_id=owner, kind="diploma", name="Bằng tốt nghiệp", level=2, source="dossier",
        origin=f"test:{uuid4()}", abstract="Bằng đại học", file=a_file(party_id=owner),
    )  # fmt: skip
    return kho.keep(paper=wanted, by=SYSTEM, at=MONDAY_8AM)


def a_result(world: World) -> tuple[Dossier, Any]:
    """Issue a result that stands in a file, with nothing owed for it."""
    row = worlds.issued(world)
    dossiers.confirm_payment(code=row.code, method="cash", by=world["cashier"], at=MONDAY_8AM)
    result = row.results.get()
    result.file = a_file(case_id=row.pk)
    result.save(update_fields=["file"])
    return row, result


def desk_file(world: World) -> tuple[str, str, File]:
    row = worlds.accepted(world)
    file = a_file(case_id=row.pk)
    return "appraiser", f"/desk/dossiers/{row.code}/files/{file.uuid}/", file


def desk_stored_paper(world: World) -> tuple[str, str, File]:
    row, paper = worlds.accepted(world), a_paper(world)
    place = kho.Place(row.pk, row.code, "ct01", "Tờ khai", row.procedure_name)
    kho.use(paper=paper, place=place, replaces=True, by=world["receptionist"], at=MONDAY_8AM)
    return "appraiser", f"/desk/dossiers/{row.code}/store/{paper.uuid}/", paper.file


def desk_waiting_paper(world: World) -> tuple[str, str, File]:
    file = stored(letters.decision(), source="scan", by_key="account:0")
    wish = signing.ask(
        file=file,
        kind="personal",
        agency_id=world.agencies["committee"].pk,
        account_id=world.accounts["head"].pk,
        about="Giấy mời",
        by=SYSTEM,
        at=MONDAY_8AM,
    )
    return "head", f"/desk/signing/papers/{wish.pk}/", file


def desk_issued(world: World) -> tuple[str, str, File]:
    row, result = a_result(world)
    return "clerk", f"/desk/dossiers/{row.code}/results/{result.pk}/", result.file


def desk_preview(world: World) -> tuple[str, str, File]:
    row, result = a_result(world)
    return "clerk", f"/desk/dossiers/{row.code}/result-draft/preview/", result.file


def desk_form(world: World) -> tuple[str, str, File]:
    row, result = a_result(world)
    return "clerk", f"/desk/dossiers/{row.code}/forms/result/", result.file


def own_file(world: World) -> tuple[str, str, File]:
    row = worlds.accepted(world)
    file = a_file(case_id=row.pk)
    return "citizen", f"/tai-khoan/ho-so/{row.code}/tep/{file.uuid}/", file


def own_paper(world: World) -> tuple[str, str, File]:
    paper = a_paper(world)
    return "citizen", f"/tai-khoan/giay-to/{paper.uuid}/tep/", paper.file


def own_result(world: World) -> tuple[str, str, File]:
    row, result = a_result(world)
    return "citizen", f"/tai-khoan/ho-so/{row.code}/giay/result.pdf", result.file


Door = Callable[[World], tuple[str, str, File]]
DOORS: list[Door] = [
    desk_file, desk_stored_paper, desk_waiting_paper, desk_issued, desk_preview, desk_form,
    own_file, own_paper, own_result,
]  # fmt: skip


def browser(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.accounts[name], backend="motcua.web.accounts.backend.PasswordBackend")
    return client


def opens(client: Client, path: str) -> bool:
    """Read what is handed out to its end; tell whether it is a PDF."""
    answer = client.get(path)
    content: bytes = answer.getvalue()
    return answer.status_code == 200 and content.startswith(b"%PDF-")


@pytest.mark.parametrize("door", DOORS)
def test_every_door_says_what_is_with_the_file(world: World, door: Door) -> None:
    name, path, file = door(world)
    client = browser(world, name)
    assert opens(client, path)
    read = FactRow.objects.filter(kind__startswith="read.").count()

    for changes, status, said in (WAITING, INFECTED, LOST):
        File.objects.filter(pk=file.pk).update(safety="clean", threat="")
        spoil(file, changes)
        answer = client.get(path)

        assert answer.status_code == status, answer
        assert said in words(checked(answer, path))
    assert FactRow.objects.filter(kind__startswith="read.").count() == read


@pytest.mark.parametrize("door", [desk_file, own_file, own_paper])
def test_while_a_file_waits_its_sender_has_it(world: World, door: Door) -> None:
    name, path, file = door(world)
    key = f"account:{world.accounts[name].pk}"
    File.objects.filter(pk=file.pk).update(safety="waiting", uploaded_by=key)

    assert opens(browser(world, name), path)


def test_the_page_leads_back_to_where_the_file_was_asked_for(world: World) -> None:
    name, path, file = desk_file(world)
    spoil(file, WAITING[0])
    client, came = browser(world, name), path.partition("files/")[0]

    def back(referer: str) -> list[str]:
        answer = client.get(path, headers={"referer": referer})
        found: list[str] = checked(answer, path).xpath("//main//a/@href")
        return found

    assert f"http://testserver{came}" in back(f"http://testserver{came}")
    assert not any("thu.example" in href for href in back("https://thu.example/"))


@STATES
@pytest.mark.parametrize("what", ["files", "forms"])
def test_programs_get_a_problem(
    world: World, what: str, changes: dict[str, str], status: int, said: str
) -> None:
    row, result = a_result(world)
    spoil(result.file, changes)
    part = f"files/{result.file.uuid}" if what == "files" else "forms/result"

    answer = callers_of(world)["clerk"].get(f"/dossiers/{row.code}/{part}")

    assert answer.status_code == status, answer.content.decode()
    told = answer.json()
    assert (told["code"], told["status"]) == ("HeldBack" if changes else "Lost", status)
    assert said in told["detail"]
    assert answer["Content-Type"] == "application/problem+json"


def test_a_machine_that_waits_for_the_scanner_spends_no_try(world: World) -> None:
    file, at = a_file(), timezone.now()
    spoil(file, WAITING[0])
    row = reading.request(file=file, at=at)

    for _ in range(4):
        row.refresh_from_db()
        done = reading.read(reading_id=row.pk, at=row.not_before)
        assert done
        assert done.state == Reading.State.QUEUED
        assert WAITING[2] in done.reason
    spoil(file, INFECTED[0])
    row.refresh_from_db()
    last = reading.read(reading_id=row.pk, at=row.not_before)

    assert last
    assert last.state == Reading.State.FAILED
