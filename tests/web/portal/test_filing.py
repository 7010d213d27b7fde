"""Filing on the portal: page by page, nothing typed is lost, nothing is filed twice."""

from typing import Any
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.world import World
from tests.web.portal.test_account import a_pdf
from tests.web.visit import checked, send, visit, words

from motcua.catalog.models import Procedure, ProcedureVersion
from motcua.documents.models import File
from motcua.dossiers.models import Dossier, Draft, Paper

FORM = {
    "key": "ct01",
    "title": "Tờ khai CT01",
    "fields": [
        {"key": "full_name", "label": "Họ tên", "fill": "owner.name", "section": "Người khai"},
        {"key": "born", "label": "Ngày sinh", "kind": "date"},
        {"key": "number", "label": "Số định danh", "kind": "id_number", "fill": "owner.id_number"},
        {"key": "phone", "label": "Điện thoại", "kind": "phone", "fill": "owner.phone"},
        {"key": "people", "label": "Số người", "kind": "number", "required": False},
        {"key": "sex", "label": "Giới tính", "kind": "choice", "options": ["Nam", "Nữ"]},
        {
            "key": "kin",
            "label": "Quan hệ",
            "kind": "choice",
            "options": list("abcdef"),
            "required": False,
        },
        {"key": "where", "label": "Nơi ở mới", "kind": "commune", "section": "Nơi ở"},
        {"key": "why", "label": "Nội dung", "kind": "textarea", "required": False},
        {"key": "truthful", "label": "Tôi cam đoan", "kind": "checkbox"},
    ],
}
FIRST = {"case": "rent", "place": "22390", "phone": "0905 222 318", "return_mode": "counter"}
ANSWERS = {
    "full_name": "Nguyễn Văn Phúc", "born": "01/02/1992", "number": "056092999118",
    "phone": "0905222318", "sex": "Nam", "where": "phường Tây Nha Trang", "truthful": "on",
}  # fmt: skip
HERE = "/nop-ho-so/1.004222/"


@pytest.fixture
def with_form(world: World) -> World:
    version = ProcedureVersion.objects.get(procedure__code="1.004222")
    ProcedureVersion.objects.filter(pk=version.pk).update(
        content={**version.content, "form": FORM}
    )
    return world


def walk(client: Client, *, upto: str = "xem-lai") -> Any:
    send(client, f"{HERE}truong-hop/", FIRST)
    page = send(client, f"{HERE}to-khai/", ANSWERS)
    if upto == "giay-to":
        return page
    return send(client, f"{HERE}giay-to/", {"tep-lease": a_pdf("hop-dong.pdf"), "tiep": "1"})


def test_a_dossier_is_filed_online(with_form: World, citizen: Client) -> None:
    review = walk(citizen)
    assert "hop-dong.pdf" in words(review)
    assert "01/02/1992" in words(review)

    page = send(citizen, f"{HERE}xem-lai/", {"is_true": "on"})

    row = Dossier.objects.get()
    assert row.code in words(page.xpath("//*[@role='status']")[0])
    assert (row.channel, row.case_key, row.state) == ("online", "rent", "submitted")
    assert (row.receiving.code, row.phone) == ("H32.66.01", "0905222318")
    assert row.form_data["born"] == "01/02/1992"
    assert not [key for key in row.form_data if key.startswith("_")]
    papers = {p.component_key: p for p in Paper.objects.filter(dossier=row)}
    assert papers["lease"].files == [str(File.objects.get(case_id=row.pk).uuid)]
    assert (papers["ct01"].state, papers["photo"].state) == ("present", "not_needed")
    assert not Draft.objects.exists()


def test_it_is_not_filed_twice(with_form: World, citizen: Client) -> None:
    walk(citizen)
    citizen.post(f"{HERE}xem-lai/", {"is_true": "on"})

    again = citizen.post(f"{HERE}xem-lai/", {"is_true": "on"})

    assert again["Location"] == f"{HERE}truong-hop/"
    assert Dossier.objects.count() == 1


def test_every_page_of_the_filing_can_be_used(with_form: World, citizen: Client) -> None:
    visit(citizen, f"{HERE}truong-hop/")
    walk(citizen)

    for step in ("truong-hop", "to-khai", "giay-to", "xem-lai"):
        visit(citizen, f"{HERE}{step}/")
    assert citizen.get(HERE)["Location"] == f"{HERE}to-khai/"


def test_what_the_account_knows_is_filled_in(with_form: World, citizen: Client) -> None:
    page = send(citizen, f"{HERE}truong-hop/", FIRST)

    assert page.xpath("//input[@name='full_name']/@value") == ["Nguyễn Văn Phúc"]
    assert page.xpath("//input[@name='number']/@value") == ["056092999118"]


def test_wrong_answers_are_said_at_the_field_and_kept(with_form: World, citizen: Client) -> None:
    send(citizen, f"{HERE}truong-hop/", FIRST)
    wrong = {
        **ANSWERS,
        "born": "32/13/1992",
        "number": "12",
        "phone": "9",
        "people": "ba",
        "truthful": "",
    }

    page = send(citizen, f"{HERE}to-khai/", wrong, status=422)

    for said in ("Viết ngày như", "12 chữ số", "10 chữ số", "Chỉ viết số", "Đánh dấu vào ô này"):
        assert said in words(page.xpath("//*[@role='alert']")[0])
    for shown in (page, visit(citizen, f"{HERE}to-khai/")):
        assert shown.xpath("//input[@name='born']/@value") == ["32/13/1992"]
    assert citizen.get(f"{HERE}xem-lai/")["Location"] == f"{HERE}to-khai/"


def test_a_draft_waits_in_the_account(with_form: World, citizen: Client) -> None:
    send(citizen, f"{HERE}truong-hop/", FIRST)

    page = send(citizen, f"{HERE}to-khai/", {"full_name": "Phúc", "luu": "1"})
    assert page.xpath(f"//a[@href='{HERE}']")

    send(citizen, f"{HERE}bo/", {})
    assert not Draft.objects.exists()


def test_a_required_paper_must_be_sent(with_form: World, citizen: Client) -> None:
    walk(citizen, upto="giay-to")

    page = send(citizen, f"{HERE}giay-to/", {"tiep": "1"}, status=422)

    assert "Chưa có tệp nào" in words(page)
    assert citizen.get(f"{HERE}xem-lai/")["Location"] == f"{HERE}giay-to/"


def test_an_unfit_file_does_not_lose_the_fit_one(with_form: World, citizen: Client) -> None:
    walk(citizen, upto="giay-to")
    unfit = SimpleUploadedFile("virus.exe", b"MZ" + b"\0" * 64, "application/pdf")

    page = send(
        citizen,
        f"{HERE}giay-to/",
        {"tep-lease": [a_pdf("tot.pdf"), unfit], "tiep": "1"},
        status=422,
    )

    assert "tot.pdf" in words(page)
    assert "Chỉ nhận tệp PDF hoặc ảnh" in words(page)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"place": ""}, "Hãy chọn xã, phường."),
        ({"case": ""}, "Hãy chọn một trường hợp."),
        ({"phone": "12"}, "10 chữ số"),
        ({"return_mode": "post", "address": ""}, "Ghi địa chỉ"),
    ],
)
def test_the_first_page_says_what_is_missing(
    with_form: World, citizen: Client, change: dict[str, str], said: str
) -> None:
    page = send(citizen, f"{HERE}truong-hop/", {**FIRST, **change}, status=422)

    assert said in words(page)


def test_the_last_word_is_asked_for(with_form: World, citizen: Client) -> None:
    walk(citizen)

    page = send(citizen, f"{HERE}xem-lai/", {}, status=422)

    assert "Đánh dấu vào ô này rồi bấm nộp." in words(page)
    assert not Dossier.objects.exists()


def test_no_page_can_be_jumped_to(with_form: World, citizen: Client) -> None:
    assert citizen.get(f"{HERE}giay-to/")["Location"] == f"{HERE}truong-hop/"
    visit(citizen, f"{HERE}khong-co/", status=404)


def test_what_is_not_switched_on_is_not_filed_here(world: World, citizen: Client) -> None:
    visit(citizen, "/nop-ho-so/2.000815/truong-hop/", status=404)
    Procedure.objects.filter(code="1.004222").update(is_offered=False)
    visit(citizen, f"{HERE}truong-hop/", status=404)


def test_a_procedure_without_form_asks_for_papers_only(world: World, citizen: Client) -> None:
    page = send(citizen, f"{HERE}truong-hop/", {**FIRST, "case": "own"})
    assert "Tờ khai CT01" in words(page)

    send(citizen, f"{HERE}giay-to/", {"tep-ct01": a_pdf(), "tiep": "1"})
    send(citizen, f"{HERE}xem-lai/", {"is_true": "on"})

    assert Dossier.objects.get().papers.get(component_key="home").state == "from_database"


def test_who_is_not_signed_in_cannot_file(world: World, browser: Client) -> None:
    assert unquote(browser.get(HERE)["Location"]) == f"/dang-nhap/?next={HERE}"
    assert checked(browser.get(HERE, follow=True), HERE) is not None
