"""Is this paper genuine: the QR's page, the upload, the report, the keys."""

import io
import json
from datetime import datetime, timedelta

import pytest
import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, World
from tests.signing.letters import decision
from tests.web.visit import checked, visit, words

from motcua.directory.queries.parties import identity_number
from motcua.documents.papers import qr, qr_keys
from motcua.dossiers.models import Dossier

OWNER = "056161000103"


def printed(dossier: Dossier, at: datetime = MONDAY_8AM, **about: str) -> str:
    """Return the text in the QR of a paper of the dossier."""
    return qr.encode(
        qr.Payload(
            **{
                "dossier_code": dossier.code,
                "procedure_code": dossier.procedure_code,
                "owner_id": OWNER,
                "paper": "GIẤY TIẾP NHẬN HỒ SƠ",
                "agency_code": dossier.receiving.code,
                "at": at,
                "key": "01",
                "number": "0000001/TNHS",
                **about,
            }
        )
    )


def page_of(browser: Client, text: str) -> str:
    return words(visit(browser, f"/xac-minh/{qr.token_of(text)}/").xpath("//main")[0])


def test_the_qr_opens_a_page_that_says_what_the_paper_says(world: World, browser: Client) -> None:
    row = worlds.accepted(world)

    said = page_of(browser, printed(row))

    assert "Giấy này do hệ thống cấp và còn giá trị" in said
    for shown in (row.code, "GIẤY TIẾP NHẬN HỒ SƠ", "0000001/TNHS", row.receiving.name):
        assert shown in said


def test_a_stranger_learns_no_more_than_the_paper_shows(world: World, browser: Client) -> None:
    row = worlds.issued(world)

    said = page_of(browser, printed(row))

    for hidden in (OWNER, row.owner.name, row.phone, row.get_state_display(), "Đã xử lý xong"):
        assert hidden not in said


def test_the_address_in_capitals_leads_there(world: World, browser: Client) -> None:
    text = printed(worlds.accepted(world))
    address = text.partition("#")[0].partition("/XM/")[2]

    answer = browser.get(f"/XM/{address}")

    assert answer["Location"] == f"/xac-minh/{address}/"


@pytest.mark.parametrize("place", [5, 40, 150])
def test_an_altered_qr_is_told_apart(world: World, browser: Client, place: int) -> None:
    token = qr.token_of(printed(worlds.accepted(world)))
    altered = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]

    answer = browser.get(f"/xac-minh/{altered}/")

    assert answer.status_code == 404 or "Đừng tin giấy này" in words(checked(answer, altered))


def test_a_paper_that_the_dossier_never_had_is_not_confirmed(
    world: World, browser: Client
) -> None:
    row = worlds.accepted(world)

    said = page_of(browser, printed(row, key="04", paper="VĂN BẢN XIN LỖI"))

    assert "không tìm thấy hồ sơ" in said


def test_a_result_is_unissued_until_it_is_issued(world: World, browser: Client) -> None:
    row = worlds.appraised(world)

    said = page_of(browser, printed(row, key="result", number="", paper="Quyết định"))

    assert "chưa được phát hành" in said


def test_an_issued_result_is_valid_and_names_its_signer(world: World, browser: Client) -> None:
    row = worlds.issued(world)
    result = row.results.get()

    said = page_of(browser, printed(row, key="result", number=result.number, paper=result.title))

    assert "còn giá trị" in said
    assert result.number in said
    assert result.signer in said


def test_a_confidential_dossier_shows_only_what_stands_in_the_qr(
    world: World, browser: Client
) -> None:
    row = worlds.accepted(world)
    Dossier.objects.filter(pk=row.pk).update(is_confidential=True)

    said = page_of(browser, printed(row))

    assert row.procedure_name not in said
    assert row.owner.name.split()[0] not in said


def upload(browser: Client, content: bytes, name: str = "giay.pdf") -> str:
    answer = browser.post("/xac-minh/", {"file": SimpleUploadedFile(name, content)}, follow=True)
    assert answer.status_code in {200, 422}
    return words(checked(answer, "/xac-minh/").xpath("//main")[0])


def test_an_unsigned_file_is_said_to_prove_nothing(world: World, browser: Client) -> None:
    said = upload(browser, decision())

    assert "Tệp này không có chữ ký số" in said


def test_a_photograph_of_a_qr_leads_to_its_page(world: World, browser: Client) -> None:
    row = worlds.accepted(world)
    picture = io.BytesIO()
    segno.make(printed(row), error="m", micro=False).save(picture, kind="png", scale=6)

    said = upload(browser, picture.getvalue(), "anh.png")

    assert row.code in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "không có nội dung"),
        (b"PK\x03\x04" + b"x" * 99, "không phải tệp PDF"),
        (b"%PDF-1.7\n%%EOF", "bị hỏng"),
        (b"\x89PNG\r\n\x1a\nxx", "Đây là ảnh"),
    ],
)
def test_what_cannot_be_verified_is_said_plainly(
    world: World, browser: Client, content: bytes, said: str
) -> None:
    assert said in upload(browser, content)


def test_nothing_at_all_is_a_typing_error(world: World, browser: Client) -> None:
    answer = browser.post("/xac-minh/", {})

    page = checked(answer, "/xac-minh/")
    assert answer.status_code == 422
    assert "Chọn một tệp" in words(page)
    assert len(page.xpath("//*[@role='alert']")) == 1


def test_text_of_a_qr_leads_to_its_page(world: World, browser: Client) -> None:
    text = printed(worlds.accepted(world))

    answer = browser.post("/xac-minh/", {"text": text})

    assert answer["Location"] == f"/xac-minh/{qr.token_of(text)}/"
    assert "không phải chữ từ mã QR" in words(
        checked(browser.post("/xac-minh/", {"text": "xin chào"}), "/xac-minh/")
    )


def test_a_qr_of_before_signatures_still_works(world: World, browser: Client) -> None:
    row = worlds.accepted(world)
    owner = identity_number(row.owner)
    old = f"{row.code}|{row.procedure_code}|{owner}|GIẤY|H32.1|2026-11-09T08:00:00+07:00"
    wrong = old.replace(owner, "000000000000")

    said = words(checked(browser.post("/xac-minh/", {"text": old}), "/xac-minh/"))
    refused = words(checked(browser.post("/xac-minh/", {"text": wrong}), "/xac-minh/"))

    assert "Có hồ sơ khớp với giấy này" in said
    assert "Không xác nhận được giấy này" in refused
    assert row.procedure_name not in refused


def test_a_report_is_opened_again_as_page_document_and_paper(
    world: World, browser: Client
) -> None:
    answer = browser.post("/xac-minh/", {"file": SimpleUploadedFile("giay.pdf", decision())})
    address = answer["Location"].rstrip("/")

    document = json.loads(browser.get(f"{address}.json").content)
    paper = browser.get(f"{address}.pdf")

    assert document["verdict"] == "unsigned"
    assert len(document["sha256"]) == 64
    assert paper.content.startswith(b"%PDF-")
    assert browser.get("/xac-minh/bao-cao/doan-bua/").status_code == 404


def test_guessing_is_stopped(world: World, browser: Client) -> None:
    for _try in range(20):
        browser.post("/xac-minh/", {"text": "x"})

    assert browser.post("/xac-minh/", {"text": "x"}).status_code == 429


def test_the_public_keys_check_a_qr_without_us(browser: Client, db: None) -> None:
    text = qr.encode(
        qr.Payload(
            dossier_code="H32.18-20261116-0000147",
            procedure_code="1.013992",
            owner_id=OWNER,
            paper="GIẤY",
            agency_code="H32.118",
            at=MONDAY_8AM + timedelta(days=1),
        )
    )

    for address in ("/.well-known/motcua-qr-keys.json", "/xac-minh/khoa.pem"):
        ring = qr_keys.read_public(browser.get(address).content)
        assert qr.check(text, ring=ring).genuine is qr.Genuine.YES


def test_the_offline_page_prints_the_keys_and_stands_alone(browser: Client, db: None) -> None:
    page = visit(browser, "/xac-minh/ngoai-tuyen/")
    alone = browser.get("/xac-minh/ngoai-tuyen.html").content.decode()

    assert "BEGIN PUBLIC KEY" in words(page)
    assert "src=" not in alone
    assert "crypto.subtle.verify" in alone


def test_a_text_whose_owner_was_exchanged_is_not_believed(world: World, browser: Client) -> None:
    text = printed(worlds.accepted(world))

    answer = browser.post("/xac-minh/", {"text": text[:-3]})

    assert answer.status_code == 200
    assert "Đừng tin giấy này" in words(checked(answer, "/xac-minh/"))


def test_a_picture_without_a_qr_says_how_to_take_a_better_one(
    world: World, browser: Client
) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (400, 400), "white").save(picture, "PNG")

    said = upload(browser, picture.getvalue(), "anh.png")

    assert "Không thấy mã QR trên ảnh" in said
