"""Report forms on screen: who opens which, that every number opens its dossiers, making and closing."""

import csv
import io
import re
from datetime import datetime

import openpyxl
import pytest
import time_machine
from django.test import Client
from lxml import html
from pypdf import PdfReader
from tests.factories.world import VN, World
from tests.web.boards.conftest import browser_of
from tests.web.visit import visit, words

from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier
from motcua.reporting import services as figures
from motcua.reporting.models import KeptForm

FORMS = "/boards/forms/"
MOST_QUERIES = 28  # a period that is over is read once and kept
QUARTER = "2026Q4"
AFTER = datetime(2027, 1, 8, 9, 0, tzinfo=VN)


@pytest.fixture
def folded(world: World) -> World:
    while figures.follow().facts:
        pass
    return world


def look(client: Client, path: str) -> html.HtmlElement:
    """Return a page of a form, checked."""
    return visit(client, path, most_queries=MOST_QUERIES)


def address(kind: str, world: World, agency: str = "", **more: str) -> str:
    code = f"&co-quan={world.agencies[agency].code}" if agency else ""
    rest = "".join(f"&{key}={value}" for key, value in more.items())
    return f"{FORMS}{kind}/?ky={QUARTER}{code}{rest}"


def test_strangers_and_citizens_see_no_form(folded: World):
    assert browser_of(folded).get(FORMS).status_code == 302
    assert browser_of(folded, "citizen").get(FORMS).status_code == 403
    assert (
        browser_of(folded, "citizen").get(address("officers", folded, "committee")).status_code
        == 403
    )


@pytest.mark.parametrize("name", ["controller", "auditor", "head", "centre_lead", "receptionist"])
def test_every_officer_gets_a_sound_list(folded: World, name: str):
    visit(browser_of(folded, name), f"{FORMS}?ky={QUARTER}")


@pytest.mark.parametrize(
    ("kind", "agency"),
    [
        ("06a", "committee"), ("06b", ""), ("07b", ""), ("07b", "committee"), ("quarterly", ""),
        ("agencies", ""), ("officers", "committee"), ("evidence", ""), ("register", "centre"),
    ],
)  # fmt: skip
def test_a_controller_opens_every_form_sound(folded: World, kind: str, agency: str):
    page = look(browser_of(folded, "controller"), address(kind, folded, agency))

    assert "LỆCH" not in words(page)


@pytest.mark.parametrize(
    ("name", "kind", "agency", "status"),
    [
        ("head", "06a", "committee", 200),
        ("head", "07b", "committee", 200),
        ("head", "06a", "committee2", 403),
        ("head", "06b", "", 403),
        ("head", "quarterly", "", 403),
        ("head", "officers", "committee", 200),
        ("other_head", "officers", "committee", 403),
        ("auditor", "06b", "", 200),
        ("auditor", "officers", "committee", 200),
        ("controller", "officers", "committee", 200),
        ("appraiser", "officers", "committee", 200),
        ("appraiser", "06a", "committee", 403),
        ("receptionist", "agencies", "", 200),
        ("receptionist", "register", "centre", 403),
        ("centre_lead", "register", "centre", 200),
    ],
)
def test_who_opens_which_form(folded: World, name: str, kind: str, agency: str, status: int):
    answer = browser_of(folded, name).get(address(kind, folded, agency))

    assert answer.status_code == status


def test_an_officer_sees_the_own_line_only(folded: World):
    at = address("officers", folded, "committee")
    lines = {
        name: {words(row) for row in look(browser_of(folded, name), at).xpath("//tbody//th")}
        for name in ("appraiser", "appraiser2", "head")
    }

    assert lines["head"]
    assert lines["appraiser"] <= {"Phạm Hoài An"}
    assert lines["appraiser2"] <= {"Đỗ Minh Tâm"}
    assert lines["head"] >= lines["appraiser"] | lines["appraiser2"]


NUMBERED = (
    ("06a", "committee"), ("06b", ""), ("07b", ""), ("quarterly", ""), ("evidence", ""),
    ("agencies", ""), ("officers", "committee"),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "agency"), NUMBERED)
def test_every_number_opens_as_many_dossiers_as_it_says(folded: World, kind: str, agency: str):
    client = browser_of(folded, "controller")
    page = look(client, address(kind, folded, agency))
    seen: set[str] = set()

    for anchor in page.xpath("//table//td/a | //section[contains(@class, 'told')]//p/a"):
        opened(client, anchor, seen)

    assert seen


def opened(client: Client, anchor: html.HtmlElement, seen: set[str]) -> None:
    """Follow a number to its list, or a score to its parts and each of those to its list."""
    said, href = words(anchor), anchor.get("href")
    if href in seen:
        return
    seen.add(href)
    page = visit(client, href)
    if "/parts/" not in href:
        assert re.fullmatch(r"[\d.]+", said), said
        assert f": {said} hồ sơ" in words(page.xpath("//h1")[0]), href
        return
    assert said in words(page.xpath("//main")[0])
    for one in page.xpath("//table//td/a"):
        opened(client, one, seen)


@pytest.mark.parametrize(("kind", "agency"), NUMBERED)
def test_no_number_is_left_without_its_list(folded: World, kind: str, agency: str):
    page = look(browser_of(folded, "controller"), address(kind, folded, agency))
    free = [
        words(cell) for cell in page.xpath("//td[contains(@class, 'num') and not(a)]")
        if words(cell) not in ("", "0", "N/A", "–") and not cell.xpath("ancestor::thead")
        and "mark" not in cell.get("class")
    ]  # fmt: skip

    sums = {"agencies": 2, "officers": 2}.get(kind, 0)  # sums of scores are made of what opens
    assert len(free) <= sums * len(page.xpath("//tbody/tr")), free


def test_a_score_of_somebody_else_stays_closed(folded: World):
    head, other = (browser_of(folded, name) for name in ("head", "appraiser2"))
    page = look(head, address("officers", folded, "committee"))
    hrefs = [
        a.get("href")
        for a in page.xpath("//td/a")
        if f"cua={folded['appraiser'].account_id}" in a.get("href")
    ]

    assert hrefs
    for href in hrefs:
        assert head.get(href).status_code == 200
        assert other.get(href).status_code == 403


def test_no_form_no_page(folded: World):
    client = browser_of(folded, "controller")

    assert client.get(f"{FORMS}06z/?ky={QUARTER}").status_code == 404
    assert client.get(f"{FORMS}06a/?ky={QUARTER}").status_code == 404
    assert client.get(f"{FORMS}06a/?ky={QUARTER}&co-quan=XYZ").status_code == 404
    assert client.get(address("06b", folded, "committee")).status_code == 404
    assert client.get(f"{FORMS}06b/file/?ky={QUARTER}&dang=exe").status_code == 404
    assert client.get(f"{FORMS}07b/dossiers/?ky={QUARTER}&ly-do=x").status_code == 404
    for said in ("chi-so=1", "chi-so=99&cua=H32", "chi-so=x", "ty=a/b", "ty=on_time_share/settled",
                 "ty=settled/received&cap=x", "chi-so=5&cua=H99"):  # fmt: skip
        assert client.get(f"{FORMS}agencies/parts/?ky={QUARTER}&{said}").status_code == 404, said
    for said in ("chi-so=1", "diem=2", "chi-so=1&diem=9", "cua=H99", "chi-so=5&diem=1"):
        assert client.get(f"{FORMS}agencies/dossiers/?ky={QUARTER}&{said}").status_code == 404, (
            said
        )


def test_the_files_are_what_the_page_shows(folded: World):
    client = browser_of(folded, "controller")
    base = f"{FORMS}06a/file/?ky={QUARTER}&co-quan={folded.agencies['committee'].code}"

    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{base}&dang=xlsx").content))
    pdf = PdfReader(io.BytesIO(client.get(f"{base}&dang=pdf").content))
    text = client.get(f"{base}&dang=csv").content.decode("utf-8-sig")

    cells = [cell.value for row in book.active.iter_rows() for cell in row]
    assert "Đăng ký, quản lý cư trú" in cells
    assert "Quý IV/2026" in pdf.pages[0].extract_text()
    assert "Đăng ký, quản lý cư trú" in text
    assert browser_of(folded, "other_head").get(f"{base}&dang=xlsx").status_code == 403


def post(world: World, name: str, act: str, kind: str = "06a", agency: str = "committee", **more):
    code = f"&co-quan={world.agencies[agency].code}" if agency else ""
    said = {"hoi": f"ky={QUARTER}{code}", **more}
    return browser_of(world, name).post(f"{FORMS}{kind}/{act}/", said, follow=True)


def test_a_period_that_runs_is_not_closed(folded: World):
    answer = post(folded, "controller", "closing")

    assert "Kỳ này chưa kết thúc" in answer.content.decode()
    assert not KeptForm.objects.exists()


@pytest.mark.parametrize("said", ["", "ky=2099Q1", "ky=hôm qua"])
def test_an_act_without_its_period_closes_no_other(folded: World, said: str):
    assert post(folded, "controller", "closing", "06b", hoi=said).status_code == 404
    assert not KeptForm.objects.exists()


def test_who_may_not_close_is_refused(folded: World):
    with time_machine.travel(AFTER, tick=False):
        assert post(folded, "appraiser", "closing").status_code == 403
        assert post(folded, "other_head", "making").status_code == 403
        answer = post(folded, "auditor", "making")

    assert "Chỉ kiểm soát thủ tục hành chính" in answer.content.decode()
    assert not KeptForm.objects.exists()


def test_a_closed_form_stays_as_it_was_sent_and_says_what_changed(folded: World):
    with time_machine.travel(AFTER, tick=False):
        answer = post(folded, "head", "closing")
        assert "Đã chốt biểu" in answer.content.decode()
        sent = KeptForm.objects.get()
        assert sent.closed_by_name == "Nguyễn Hữu Lộc"
        again = post(folded, "head", "closing").content.decode()
        assert "đã chốt, giữ nguyên" in again
        row = Dossier.objects.filter(accepted_at__isnull=False, ended_at=None).order_by("pk")[0]
    late = datetime(2026, 12, 30, 9, 0, tzinfo=VN)
    dossiers.withdraw(
        code=row.code, reason="Không còn nhu cầu nữa", by=folded["receptionist"], at=late
    )
    while figures.follow().facts:
        pass

    with time_machine.travel(AFTER.replace(day=9), tick=False):
        page = words(look(browser_of(folded, "head"), address("06a", folded, "committee")))
        base = f"{FORMS}06a/file/?ky={QUARTER}&co-quan={folded.agencies['committee'].code}"
        kept = browser_of(folded, "head").get(f"{base}&dang=pdf").content

    assert "Từ khi chốt, số liệu đã thay đổi" in page
    assert kept == bytes(sent.files.get(kind="pdf").content)
    sent.refresh_from_db()
    assert sent.files.get(kind="pdf").sha256 in page


def test_a_reason_is_added_and_changes_no_number(folded: World):
    before = KeptForm.objects.count()
    short = post(folded, "head", "reasons", "07b", **{"giai-trinh": "x"}).content.decode()
    answer = post(
        folded, "head", "reasons", "07b", **{"giai-trinh": "Máy chủ ký số ngừng hai ngày"}
    ).content.decode()

    assert "Giải trình từ 5" in short
    assert "Máy chủ ký số ngừng hai ngày" in answer
    assert "LỆCH" not in answer
    assert KeptForm.objects.count() == before


def test_a_sending_is_noted_on_the_form(folded: World):
    said = {"noi-nhan": "Văn phòng UBND tỉnh", "cach": "axis", "tep": "pdf", "so-van-ban": "7/BC"}
    with time_machine.travel(AFTER, tick=False):
        early = post(folded, "head", "sending", **said).content.decode()
        post(folded, "head", "closing")
        done = post(folded, "head", "sending", **said).content.decode()
        again = post(folded, "head", "sending", **said).content.decode()
        listed = words(look(browser_of(folded, "controller"), f"{FORMS}?ky={QUARTER}"))

    assert "Chốt biểu trước khi gửi" in early
    assert "Trục liên thông văn bản" in done
    assert "7/BC" in done
    assert KeptForm.objects.get().files.get(kind="pdf").sha256 in done
    assert "đã gửi Văn phòng UBND tỉnh rồi" in again
    assert "đã gửi" in listed


@pytest.mark.parametrize(("kind", "agency"), NUMBERED)
def test_files_say_what_the_screen_says(folded: World, kind: str, agency: str):
    client = browser_of(folded, "controller")
    at = address(kind, folded, agency)
    rows = look(client, at).xpath("//table[contains(@class, 'sheet-table')]/tbody/tr")
    screen = [[words(cell) for cell in row.xpath("th | td")] for row in rows]
    base = at.replace(f"{kind}/?", f"{kind}/file/?")

    book = openpyxl.load_workbook(
        io.BytesIO(client.get(f"{base}&dang=xlsx").content), data_only=True
    )
    cells = [[cell.value for cell in row] for row in book.active.iter_rows()]
    texts = list(
        csv.reader(io.StringIO(client.get(f"{base}&dang=csv").content.decode("utf-8-sig")))
    )
    pdf = PdfReader(io.BytesIO(client.get(f"{base}&dang=pdf").content))
    paper = "".join("".join(page.extract_text().split()) for page in pdf.pages)

    for row in screen:
        sheets = [
            [said(value) for value in line[: len(row)]] for line in cells if line[1] == row[1]
        ]
        lines = [
            [said(value, decimal=".") for value in line] for line in texts if row[1:2] == line[1:2]
        ]
        wanted = [said(value) for value in row]
        assert wanted in sheets, (row, sheets)
        assert wanted in lines, (row, lines)
        for value in row:
            assert "".join(value.split()) in paper, value


def said(value: object, *, decimal: str = ",") -> object:
    """Return a number as a number to two decimals, by how its decimals are written; else the text."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return round(float(value), 2)
    text = str(value).strip().removesuffix("%")
    thousand = "." if decimal == "," else ","
    if re.fullmatch(rf"-?\d[\d{thousand}]*([{decimal}]\d+)?", text):
        return round(float(text.replace(thousand, "").replace(decimal, ".")), 2)
    return text


def test_a_period_to_come_has_no_form(folded: World):
    client = browser_of(folded, "controller")
    for name in ("2030Q1", "quý 5", "", "2026Q9", "20x6"):
        page = words(look(client, f"{FORMS}06b/?ky={name}"))
        assert "2030" not in page
        assert "Quý III/2026" in page
        assert client.get(f"{FORMS}?ky={name}").status_code == 200


@pytest.mark.parametrize("dang", ["xlsx", "pdf", "csv"])
def test_an_agency_without_dossiers_has_an_empty_form(folded: World, dang: str):
    client = browser_of(folded, "controller")
    page = words(look(client, address("06a", folded, "committee2")))
    base = f"{FORMS}06a/file/?ky={QUARTER}&co-quan={folded.agencies['committee2'].code}"

    assert "Không có dòng nào trong kỳ này" in page
    assert len(client.get(f"{base}&dang={dang}").content) > 200
