"""The digitisation desk in a browser without script: scans sent, laid out, compared, signed, stored."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader
from tests.documents import stacks
from tests.factories import world as worlds
from tests.factories.machine import read_once
from tests.factories.world import MONDAY_8AM
from tests.signing import pki as services
from tests.signing.conftest import give_key
from tests.web.visit import send, visit, words

from motcua.documents.models import Batch, Digitised, StoredPaper
from motcua.documents.services import digitising, disk
from motcua.dossiers.models import Paper
from motcua.ledger import queries as trail
from motcua.signing.pades import trust

AT = MONDAY_8AM + timedelta(minutes=31)


@pytest.fixture(scope="module")
def pki(tmp_path_factory):
    with services.running(tmp_path_factory.mktemp("pki")) as running:
        yield running


@pytest.fixture
def keyed(world, pki, settings, tmp_path):
    """Give the receptionist and the committee their trial keys."""
    settings.MOTCUA_KEYS = tmp_path
    trust.configured.cache_clear()
    give_key(pki, tmp_path, "receptionist", account_id=world.accounts["receptionist"].pk)
    give_key(pki, tmp_path, "committee", agency_id=world.agencies["committee"].pk)
    yield
    trust.configured.cache_clear()


@pytest.fixture
def dossier(world):
    return worlds.accepted(world)


@pytest.fixture
def stack(sits, dossier):
    """A stack of two half-size pages that the receptionist sent and the machine parted."""
    small = stacks.page("letter", 1).resize((827, 1169))
    return sent(sits, dossier, stacks.pdf(small, stacks.blank(), small, dpi=100))


def sent(sits, dossier, content: bytes, name: str = "chồng.pdf") -> Batch:
    visit(sits("receptionist"), f"/desk/digitise/{dossier.code}/")
    file = SimpleUploadedFile(name, content)
    send(sits("receptionist"), f"/desk/digitise/{dossier.code}/", {"files": [file]})
    batch = Batch.objects.get()
    return worked(batch)


def worked(batch: Batch) -> Batch:
    digitising.work(batch_id=batch.pk, at=AT)
    batch.refresh_from_db()
    return batch


def page_of(batch: Batch) -> str:
    return f"/desk/digitise/{batch.case_code}/stacks/{batch.uuid}/"


def step(sits, batch: Batch, do: str, **more: str):
    batch.refresh_from_db()
    values = {"do": do, "expected": str(batch.revision), **more}
    page = send(sits("receptionist"), page_of(batch), values)
    batch.refresh_from_db()
    return page


def test_a_stack_waits_visibly_and_then_lies_on_its_page(sits, dossier):
    file = SimpleUploadedFile("một.jpg", stacks.jpeg(stacks.blank()))
    page = send(sits("receptionist"), f"/desk/digitise/{dossier.code}/", {"files": [file]})

    assert "Máy đang làm" in words(page)
    assert dossier.code in words(visit(sits("receptionist"), "/desk/digitise/"))


def test_a_stack_that_nobody_laid_out_yet_is_not_lost(sits, stack):
    listed = words(visit(sits("receptionist"), "/desk/digitise/"))

    assert stack.case_code in listed
    assert "chờ bạn xếp giấy tờ" in listed


def test_the_stack_is_arranged_by_plain_buttons(sits, stack):
    page = visit(sits("receptionist"), page_of(stack))
    first, second = stack.arrangement["pieces"]
    blank = stack.arrangement["dropped"][0][0]
    assert words(page).count("Giấy tờ 1") == 1

    step(sits, stack, f"turn:{first['leaves'][0][0]}:90")
    assert stack.arrangement["pieces"][0]["leaves"][0][1] == 90
    step(sits, stack, f"restore:{blank}")
    step(sits, stack, f"assign:{second['key']}", **{f"component-{second['key']}": "ct01"})
    step(sits, stack, f"merge:{second['key']}")
    assert len(stack.arrangement["pieces"]) == 1
    step(sits, stack, f"split:{second['leaves'][0][0]}")
    step(sits, stack, f"move:{first['leaves'][0][0]}:new")
    assert len(stack.arrangement["pieces"]) == 3
    for _step in range(6):
        step(sits, stack, "undo")
    assert stack.arrangement["pieces"] == [first, second]
    step(sits, stack, "redo")
    assert stack.arrangement["pieces"][0]["leaves"][0][1] == 90


def test_an_old_page_and_a_strange_button_change_nothing(sits, stack):
    before = stack.arrangement
    for do in ("turn:x:90", "turn:999999:90", "boom", "merge:none", "move:1:"):
        step(sits, stack, do)
    page = send(sits("receptionist"), page_of(stack), {"do": "undo", "expected": "99"})

    assert "đã được sửa ở cửa sổ khác" in words(page)
    assert stack.arrangement == before


def test_a_script_gets_the_stack_alone(sits, stack):
    answer = sits("receptionist").post(
        page_of(stack),
        {"do": "undo", "expected": "99"},
        headers={"X-Requested-With": "fetch"},
    )

    assert answer.status_code == 200
    assert b"<html" not in answer.content
    assert "đã được sửa ở cửa sổ khác" in answer.content.decode()


def test_pictures_of_sheets_are_handed_to_who_may_read(sits, stack):
    sheet = stack.sheets.first()
    for size in ("", "?large=1"):
        answer = sits("receptionist").get(f"{page_of(stack)}sheets/{sheet.pk}/{size}")
        assert answer["Content-Type"] == "image/jpeg"
    assert sits("other_receptionist").get(f"{page_of(stack)}sheets/{sheet.pk}/").status_code == 404
    assert sits("other_receptionist").get(page_of(stack)).status_code == 404


def test_who_does_not_digitise_only_looks(sits, stack):
    page = visit(sits("controller"), page_of(stack))
    assert not page.xpath("//button[@name='do']")

    answer = sits("controller").post(page_of(stack), {"do": "undo", "expected": "1"}, follow=True)
    assert "chỉ xem được" in answer.content.decode()
    send(sits("controller"), f"/desk/digitise/{stack.case_code}/", {}, status=422)


def test_separator_sheets_carry_the_dossiers_components(sits, dossier):
    answer = sits("receptionist").get(f"/desk/digitise/{dossier.code}/separators/")

    text = "".join(page.extract_text() for page in PdfReader(_stream(answer)).pages)
    assert "Tờ khai CT01" in text


def _stream(answer):
    import io

    return io.BytesIO(answer.content)


def test_a_file_that_is_no_scan_is_refused_in_words(sits, dossier):
    file = SimpleUploadedFile("bẫy.pdf", b"PK\x03\x04 khong phai pdf")
    page = send(
        sits("receptionist"), f"/desk/digitise/{dossier.code}/", {"files": [file]}, status=422
    )

    assert "tệp nén" in words(page)
    assert not Batch.objects.exists()


@pytest.fixture
def scanned(sits, dossier, monkeypatch):
    """One page of ct01 whose PDF is made."""
    read_once(monkeypatch)
    batch = sent(sits, dossier, stacks.pdf(stacks.page("letter", 1), dpi=200))
    step(sits, batch, "assign:g1", **{"component-g1": "ct01"})
    step(sits, batch, "assemble")
    worked(batch)
    return Digitised.objects.get()


FILLED = {
    "kind": "declaration",
    "title": "Tờ khai thay đổi thông tin cư trú",
    "owner": "Nguyễn Văn Phúc",
    "abstract": "Đăng ký thường trú",
    "is_unlimited": "on",
    "compared": "on",
}


def compared(sits, paper: Digitised, **changes: str):
    path = f"/desk/digitise/{paper.batch.case_code}/papers/{paper.uuid}/"
    visit(sits("receptionist"), path)
    values = {key: value for key, value in {**FILLED, **changes}.items() if value}
    status = 422 if "compared" not in values else 200
    page = send(sits("receptionist"), path, values, status=status)
    paper.refresh_from_db()
    return page


def test_comparing_needs_the_officers_word(sits, scanned):
    page = compared(sits, scanned, compared="")

    assert "đánh dấu vào ô xác nhận" in words(page)
    assert scanned.state == "read"


def test_a_compared_scan_stands_in_the_dossier_and_can_be_opened_again(sits, dossier, scanned):
    compared(sits, scanned)

    row = Paper.objects.get(dossier=dossier, component_key="ct01")
    assert scanned.state == "compared"
    assert row.files == [str(scanned.file.uuid)]
    assert trail.facts_of(f"dossier:{dossier.pk}")[-1].kind == "dossier.papers_digitised"

    path = f"/desk/digitise/{dossier.code}/papers/{scanned.uuid}/"
    send(sits("receptionist"), path, {"do": "reopen"})
    scanned.refresh_from_db()
    row.refresh_from_db()
    assert (scanned.state, row.files) == ("read", [])


def test_without_a_key_the_scan_stays_compared_and_the_page_says_so_r26(sits, dossier, scanned):
    compared(sits, scanned)
    page = visit(sits("receptionist"), f"/desk/digitise/{dossier.code}/")
    assert "chưa đăng ký khóa ký số" in words(page)

    path = f"/desk/digitise/{dossier.code}/signatures/"
    page = send(sits("receptionist"), path, {"do": "sign", "pin": "1234"})
    scanned.refresh_from_db()
    assert "chưa có khóa ký số" in words(page)
    assert scanned.state == "compared"


@pytest.mark.usefixtures("keyed")
def test_who_scanned_signs_and_the_paper_goes_into_the_store_r26(sits, dossier, scanned):
    compared(sits, scanned)
    path = f"/desk/digitise/{dossier.code}/signatures/"

    send(sits("centre_lead"), path, {"do": "sign", "pin": services.PIN})
    scanned.refresh_from_db()
    assert scanned.state == "compared"
    send(sits("receptionist"), path, {"do": "sign", "pin": services.PIN})
    scanned.refresh_from_db()

    assert scanned.state == "stored"
    assert scanned.signed_by == f"account:{scanned.batch.opened_by.split(':')[1]}"
    kept = StoredPaper.objects.get()
    assert (kept.level, kept.name, kept.file) == (1, FILLED["title"], scanned.file)
    assert Paper.objects.get(dossier=dossier, component_key="ct01").files == [
        str(scanned.file.uuid)
    ]
    body = Path(disk.local(scanned.file.storage_path)).read_bytes()
    assert b"/ByteRange" in body
    kinds = [fact.kind for fact in trail.facts_of(f"digitised:{scanned.uuid}")]
    assert kinds[-3:] == ["digitised.compared", "digitised.signed", "digitised.stored"]


@pytest.mark.usefixtures("keyed")
def test_a_wrong_pin_leaves_everything_compared_r26(sits, dossier, scanned):
    compared(sits, scanned)
    path = f"/desk/digitise/{dossier.code}/signatures/"

    page = send(sits("receptionist"), path, {"do": "sign", "pin": "0"})
    scanned.refresh_from_db()

    assert "PIN" in words(page)
    assert scanned.state == "compared"


@pytest.mark.usefixtures("keyed")
def test_an_earlier_result_waits_for_the_agencys_signature_r12(sits, dossier, scanned):
    compared(sits, scanned, kind="birth_certificate", title="Giấy khai sinh")
    path = f"/desk/digitise/{dossier.code}/signatures/"
    send(sits("receptionist"), path, {"do": "sign", "pin": services.PIN})
    scanned.refresh_from_db()

    assert (scanned.state, scanned.needs_agency) == ("signed", True)
    assert not StoredPaper.objects.exists()
    page = send(sits("receptionist"), path, {"do": "keep", "paper": str(scanned.uuid)})
    assert "chưa thể sang bước" in words(page)


def test_nothing_chosen_is_nothing_stored(sits, dossier, scanned):
    path = f"/desk/digitise/{dossier.code}/signatures/"
    page = words(send(sits("receptionist"), path, {"do": "keep"}))

    assert "Đã lưu Kho." not in page
    assert "Chưa chọn giấy tờ nào" in page


def test_a_stack_that_nobody_laid_out_is_not_called_done(sits, dossier, stack):
    page = words(visit(sits("receptionist"), f"/desk/digitise/{dossier.code}/"))

    assert "Chờ xếp, lập tệp" in page
