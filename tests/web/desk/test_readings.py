"""The confirm screen: who sees it, what Enter does, what the trail says."""

import io

import cv2
import numpy as np
import pytest
from tests.documents import samples
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM
from tests.web.visit import send, visit, words

from motcua.documents import services as documents
from motcua.documents.models import Reading, ReadValue
from motcua.documents.reading import Box
from motcua.documents.services import machine, reading
from motcua.documents.understanding import FieldRead, Understood
from motcua.dossiers.queries import readings as of_dossiers
from motcua.ledger import queries as ledger

PICTURE = np.full((200, 400, 3), 240, np.uint8)
FIELDS = (
    FieldRead("mother_name", "Họ tên mẹ", "name", "Nguyễn Văn Phúc", "NGUYỄN VĂN PHÚC", 0.4, 1,
              Box(20, 40, 90, 30)),
    FieldRead("mother_id", "Số định danh của mẹ", "id", "056092999119", "056092999119", 0.4, 1,
              Box(20, 90, 90, 30)),
    FieldRead("birth_date", "Ngày sinh của con", "date", "", "", 0.0),
)  # fmt: skip


@pytest.fixture
def shelf(tmp_path, settings):
    storages = {**settings.STORAGES}
    storages["default"] = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path, "file_permissions_mode": 0o600},
    }
    settings.STORAGES = storages


@pytest.fixture
def row(world: worlds.World, shelf, clock) -> Reading:
    dossier = worlds.accepted(world)
    file = documents.store(
        io.BytesIO(samples.pdf()), name="chứng sinh.pdf", by_key="account:1", at=MONDAY_8AM,
        case_id=dossier.pk, source="scan",
    )  # fmt: skip
    return reading.request(file=file, at=MONDAY_8AM)


@pytest.fixture
def read(row: Reading, monkeypatch) -> Reading:
    made = machine.Made(Understood("birth_notice", 0.97, "Giấy chứng sinh", FIELDS))
    made.values = [machine._value(one, [PICTURE]) for one in FIELDS]
    monkeypatch.setattr(machine, "read", lambda *_args, **_how: made)
    done = reading.read(reading_id=row.pk, at=MONDAY_8AM)
    assert done
    return done


def address(row: Reading, rest: str = "") -> str:
    return f"/desk/readings/{row.uuid}/{rest}"


def test_what_waits_is_listed_for_those_who_read_the_dossier(read: Reading, sits) -> None:
    assert "Giấy chứng sinh" in words(visit(sits("receptionist"), "/desk/readings/"))
    assert "Giấy chứng sinh" not in words(visit(sits("other_receptionist"), "/desk/readings/"))


def test_only_readers_of_the_dossier_open_a_reading(read: Reading, sits) -> None:
    outsider = sits("other_receptionist")

    assert outsider.get(address(read)).status_code == 404
    assert outsider.get(address(read, "crops/mother_name.jpg")).status_code == 404
    for noun in ("again/", "confirmation/", "values/mother_name/"):
        assert outsider.post(address(read, noun), {"value": "x"}).status_code == 404
    assert ReadValue.objects.filter(confirmed_at=None).count() == 3


def test_opening_a_reading_is_a_fact(read: Reading, sits) -> None:
    visit(sits("receptionist"), address(read))

    fact = ledger.facts_of(f"read:dossier:{read.file.case_id}")[-1]
    assert fact.body["part"] == "reading"


def test_the_piece_of_the_page_stands_beside_the_value(read: Reading, sits) -> None:
    desk = sits("receptionist")

    page = visit(desk, address(read))

    assert page.xpath("//img/@src") == [
        address(read, f"crops/{key}.jpg") for key in ("mother_name", "mother_id")
    ]
    picture = desk.get(address(read, "crops/mother_name.jpg"))
    assert cv2.imdecode(np.frombuffer(picture.content, np.uint8), 1).shape[1] > 90
    assert desk.get(address(read, "crops/birth_date.jpg")).status_code == 404


def test_enter_accepts_a_value_and_the_next_one_is_in_hand(read: Reading, sits) -> None:
    desk = sits("receptionist")
    assert visit(desk, address(read)).xpath("//input[@autofocus]/@id") == ["gia-tri-mother_name"]

    page = send(desk, address(read, "values/mother_name/"), {"value": "Nguyễn Văn Phúc"})

    assert page.xpath("//input[@autofocus]/@id") == ["gia-tri-mother_id"]
    assert "đã xem, đúng" in words(page)


def test_what_is_no_value_stays_in_its_field_with_the_reason(read: Reading, sits) -> None:
    page = send(
        sits("receptionist"),
        address(read, "values/birth_date/"),
        {"value": "31/02/2026"},
        status=422,
    )

    assert page.xpath("//input[@id='gia-tri-birth_date']/@value") == ["31/02/2026"]
    assert "không đúng dạng" in words(page)


def confirmed(desk, read: Reading):
    said = {
        "mother_name": "Nguyễn Văn Phúc",
        "mother_id": "056092999118",
        "birth_date": "01/11/2026",
    }
    for key, value in said.items():
        send(desk, address(read, f"values/{key}/"), {"value": value})
    return send(desk, address(read, "confirmation/"), {})


def test_confirming_a_paper_is_a_fact_without_values(read: Reading, sits) -> None:
    page = confirmed(sits("receptionist"), read)

    assert "Đã xác nhận nội dung giấy" in words(page)
    assert "Xác nhận nội dung máy đọc trên giấy chứng sinh, sửa: Số định danh" in words(page)
    fact = ledger.facts_of(f"dossier:{read.file.case_id}")[-1]
    assert fact.kind == "dossier.reading_confirmed"
    assert fact.body["changed"] == ["Số định danh của mẹ", "Ngày sinh của con"]
    assert "056092999118" not in str(fact.body)


def test_a_paper_with_open_values_is_not_confirmed(read: Reading, sits) -> None:
    page = send(sits("receptionist"), address(read, "confirmation/"), {})

    assert "Còn mục chưa xác nhận" in words(page)
    assert Reading.objects.get().confirmed_at is None


def test_a_mismatch_with_the_owner_is_shown_as_a_question(read: Reading, sits) -> None:
    page = visit(sits("receptionist"), address(read))

    assert (
        "Số định danh của Nguyễn Văn Phúc trên thông tin chủ hồ sơ là 056092999118,"
        " trên giấy chứng sinh là 056092999119. Tờ nào đúng?" in words(page)
    )


def test_questions_of_a_dossier_are_there_for_its_page(read: Reading, world: worlds.World) -> None:
    dossier = of_dossiers.visible_to(world["receptionist"]).get()

    assert [one.what for one in of_dossiers.questions_of(dossier)] == ["id_number"]


def test_a_failed_reading_says_why_and_can_be_asked_for_again(row: Reading, sits) -> None:
    Reading.objects.update(state="failed", reason="Tệp PDF hỏng, không mở được.")
    desk = sits("receptionist")
    assert "Tệp PDF hỏng" in words(visit(desk, address(row)))
    assert "Tệp PDF hỏng" in words(visit(desk, "/desk/readings/"))

    page = send(desk, address(row, "again/"), {"kind": "birth_notice"})

    assert "Đã xếp hàng đọc lại" in words(page)
    assert Reading.objects.get().kind_named == "birth_notice"


def test_a_wrong_kind_is_refused(read: Reading, sits) -> None:
    page = send(sits("receptionist"), address(read, "again/"), {"kind": "novel"})

    assert "Không có loại giấy đó" in words(page)


def test_a_value_on_a_further_page_names_the_page_and_shows_no_broken_picture(
    read: Reading, sits
) -> None:
    ReadValue.objects.filter(reading=read, key="mother_id").update(crop=b"", page=3)

    page = visit(sits("receptionist"), address(read))

    assert "Ở trang 3 của giấy" in words(page)
    assert address(read, "crops/mother_id.jpg") not in page.xpath("//img/@src")
