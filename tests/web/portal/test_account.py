"""A citizen's own dossiers: seen, supplemented, taken back; and nobody else's."""

from io import BytesIO
from urllib.parse import unquote

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfWriter
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, World
from tests.web.visit import checked, send, visit, words

from motcua.documents.models import File
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier


def a_pdf(name: str = "to-khai.pdf") -> SimpleUploadedFile:
    page, written = PdfWriter(), BytesIO()
    page.add_blank_page(200, 200)
    page.write(written)
    return SimpleUploadedFile(name, written.getvalue(), "application/pdf")


@pytest.fixture
def waiting(world: World) -> Dossier:
    row = worlds.filed(world, papers=())
    dossiers.request_supplement(
        code=row.code,
        items={"ct01": "Chưa có tờ khai CT01."},
        reason="Hồ sơ chưa có tờ khai CT01.",
        by=world["receptionist"],
        at=MONDAY_8AM,
    )
    row.refresh_from_db()
    return row


def test_who_is_not_signed_in_is_sent_to_the_door(world: World, browser: Client) -> None:
    row = worlds.accepted(world)

    for path in ("/tai-khoan/", f"/tai-khoan/ho-so/{row.code}/"):
        assert unquote(browser.get(path)["Location"]) == f"/dang-nhap/?next={path}"


def test_officers_have_no_citizens_account(world: World, browser: Client) -> None:
    browser.force_login(
        world.accounts["head"], backend="motcua.web.accounts.backend.PasswordBackend"
    )

    visit(browser, "/tai-khoan/", status=403)


def test_what_waits_for_me_stands_first(citizen: Client, world: World, waiting: Dossier) -> None:
    running = worlds.accepted(world)

    page = visit(citizen, "/tai-khoan/")

    sections = [words(h2) for h2 in page.xpath("//h2")]
    assert sections == ["Đang chờ bạn", "Đang giải quyết"]
    assert waiting.code in words(page.xpath("//li[@class='turn']")[0])
    assert running.code in words(page)


def test_an_empty_account_says_what_to_do(world: World, neighbour: Client) -> None:
    assert "Bạn chưa nộp hồ sơ nào" in words(visit(neighbour, "/tai-khoan/"))


def test_a_dossier_shows_why_it_is_due_and_who_read_it(citizen: Client, world: World) -> None:
    row = worlds.accepted(world)
    dossiers.note_read(dossier=row, part="page", by=world["appraiser"], at=MONDAY_8AM)

    with time_machine.travel(MONDAY_8AM, tick=False):
        page = visit(citizen, f"/tai-khoan/ho-so/{row.code}/")

    assert page.xpath("//ol[contains(@class, 'days')]/li[contains(@class, 'end')]")
    assert "Phạm Hoài An" in words(page.xpath("//aside")[0])
    assert "Lấy từ cơ sở dữ liệu" in words(page.xpath("//ol[@class='papers']")[0])


def test_nobody_elses_dossier_is_there(neighbour: Client, world: World, waiting: Dossier) -> None:
    for end in ("", "bo-sung/", "rut/"):
        visit(neighbour, f"/tai-khoan/ho-so/{waiting.code}/{end}", status=404)
    assert (
        neighbour.post(f"/tai-khoan/ho-so/{waiting.code}/rut/", {"is_sure": "on"}).status_code
        == 404
    )


def test_a_supplement_is_answered_online(
    citizen: Client, neighbour: Client, waiting: Dossier
) -> None:
    path = f"/tai-khoan/ho-so/{waiting.code}/bo-sung/"
    assert "Chưa có tờ khai CT01." in words(visit(citizen, path))

    page = send(citizen, path, {"tep-ct01": a_pdf(), "note": "Tôi gửi bù.", "gui": "1"})

    waiting.refresh_from_db()
    assert waiting.state == "submitted"
    stored = File.objects.get(case_id=waiting.pk)
    href = f"/tai-khoan/ho-so/{waiting.code}/tep/{stored.uuid}/"
    assert href in page.xpath("//a/@href")
    answer = citizen.get(href)
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert neighbour.get(href).status_code == 404


def test_a_supplement_without_its_paper_is_refused_and_keeps_what_came(
    citizen: Client, waiting: Dossier
) -> None:
    path = f"/tai-khoan/ho-so/{waiting.code}/bo-sung/"

    page = send(citizen, path, {"note": "Đợi tôi.", "gui": "1"}, status=422)
    assert "Vẫn còn thiếu" in words(page)
    assert "Đợi tôi." in words(page.xpath("//textarea")[0])

    bad = SimpleUploadedFile("x.pdf", b"not a pdf at all", "application/pdf")
    page = send(citizen, path, {"tep-ct01": [a_pdf(), bad], "gui": "1"}, status=422)
    assert "Chỉ nhận tệp PDF hoặc ảnh" in words(page)
    assert "to-khai.pdf" in words(page.xpath("//ul[@class='files']")[0])

    send(citizen, path, {"gui": "1"})
    waiting.refresh_from_db()
    assert waiting.state == "submitted"


def test_an_uploaded_file_can_be_thrown_away(citizen: Client, waiting: Dossier) -> None:
    path = f"/tai-khoan/ho-so/{waiting.code}/bo-sung/"
    citizen.post(path, {"tep-ct01": a_pdf(), "luu": "1"})

    citizen.post(path, {"bo": str(File.objects.get().uuid)})

    assert not File.objects.exists()


def test_a_dossier_that_waits_for_nothing_takes_no_supplement(
    citizen: Client, world: World
) -> None:
    row = worlds.accepted(world)

    page = checked(citizen.get(f"/tai-khoan/ho-so/{row.code}/bo-sung/", follow=True), "")

    assert "không chờ bổ sung" in words(page)


def test_a_dossier_is_taken_back(citizen: Client, world: World) -> None:
    row = worlds.accepted(world)
    path = f"/tai-khoan/ho-so/{row.code}/rut/"
    visit(citizen, path)

    page = send(citizen, path, {"reason": "Tôi đổi ý."}, status=422)
    assert "Đánh dấu vào ô này" in words(page)
    assert "Tôi đổi ý." in words(page.xpath("//textarea")[0])
    send(citizen, path, {"reason": "Tôi đổi ý.", "is_sure": "on"})

    row.refresh_from_db()
    assert row.state == "withdrawn"


def test_after_the_decision_it_is_too_late(citizen: Client, world: World) -> None:
    row = worlds.approved(world)

    page = send(citizen, f"/tai-khoan/ho-so/{row.code}/rut/", {"is_sure": "on"}, status=422)

    assert "đã có quyết định" in words(page)


def test_official_papers_are_handed_out_as_far_as_there_are_any(
    citizen: Client, neighbour: Client, world: World
) -> None:
    row = worlds.accepted(world)
    folder = f"/tai-khoan/ho-so/{row.code}/giay"
    page = visit(citizen, f"/tai-khoan/ho-so/{row.code}/")

    assert f"{folder}/01.pdf" in page.xpath("//a/@href")
    assert citizen.get(f"{folder}/01.pdf").content.startswith(b"%PDF-")
    for key in ("02", "result", "06", "la"):
        assert citizen.get(f"{folder}/{key}.pdf").status_code == 404
    assert neighbour.get(f"{folder}/01.pdf").status_code == 404


def test_the_result_is_handed_out_once_it_is_paid_for(citizen: Client, world: World) -> None:
    row = worlds.issued(world)
    href = f"/tai-khoan/ho-so/{row.code}/giay/result.pdf"
    assert "còn phải nộp" in words(visit(citizen, f"/tai-khoan/ho-so/{row.code}/"))
    assert citizen.get(href).status_code == 404

    dossiers.confirm_payment(code=row.code, method="cash", by=world["cashier"], at=MONDAY_8AM)

    assert citizen.get(href).content.startswith(b"%PDF-")
