"""The counter: what is typed becomes a dossier, or stays on the screen with the reason beside it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.documents import samples
from tests.factories import world as worlds
from tests.web.desk.test_life import CARD, sheet
from tests.web.visit import checked, send, visit, words

from motcua.directory.services import people
from motcua.documents.models import File
from motcua.dossiers.models import Dossier, Result

PDF = samples.pdf()


def refused(client: Client, typed: dict[str, object]) -> str:
    """Send the sheet, see that nothing was filed, and return the page's words."""
    response = client.post("/desk/reception/", typed)
    assert response.status_code == 422
    assert not Dossier.objects.exists()
    return words(checked(response, "/desk/reception/"))


def test_the_sheet_shows_papers_due_day_and_money(world: worlds.World, sits) -> None:
    page = visit(sits("receptionist"), "/desk/reception/?procedure=1.004222&case=own")

    text = words(page)
    assert "Tờ khai CT01" in text
    assert "Lấy từ CSDL" in text
    assert "Hợp đồng thuê" not in text
    assert "17:00 thứ Tư 18/11/2026" in text
    assert "20.000 ₫" in text


def test_a_procedure_is_found_and_chosen_without_script(world: worlds.World, sits) -> None:
    counter = sits("receptionist")

    found = counter.post(
        "/desk/reception/", {"q": "thuong tru", "do": "search", "owner_name": "Bà Lan"}
    )
    chosen = counter.post("/desk/reception/", {"choose": "1.004222", "owner_name": "Bà Lan"})

    assert 'value="1.004222"' in found.content.decode()
    assert "Tờ khai CT01" in chosen.content.decode()
    assert 'value="Bà Lan"' in chosen.content.decode()


def test_a_scanned_card_fills_the_owner(world: worlds.World, sits) -> None:
    response = sits("receptionist").post("/desk/reception/", {"owner_id": CARD, "do": "look-up"})

    text = response.content.decode()
    assert 'value="Nguyễn Văn Phúc"' in text
    assert 'value="04/03/1992"' in text
    assert 'value="056092999118"' in text


def test_who_is_known_is_filled_in_from_the_number(world: worlds.World, sits) -> None:
    response = sits("receptionist").post(
        "/desk/reception/", {"owner_id": "056092999118", "do": "look-up"}
    )

    text = response.content.decode()
    assert 'value="Nguyễn Văn Phúc"' in text
    assert "Đã biết" in text


def test_every_required_paper_is_counted_with_one_key(world: worlds.World, sits) -> None:
    response = sits("receptionist").post(
        "/desk/reception/", {"procedure": "1.004222", "case": "rent", "do": "all"}
    )

    page = checked(response, "/desk/reception/")
    assert page.xpath("string(//input[@name='originals-lease']/@value)") == "1"
    assert page.xpath("string(//input[@name='originals-home']/@value)") == ""


def test_missing_papers_are_named_and_nothing_typed_is_lost(world: worlds.World, sits) -> None:
    counter = sits("receptionist")

    text = refused(counter, sheet(counter) | {"originals-ct01": "", "owner_address": "Tổ 5"})

    assert "Còn thiếu giấy tờ: Tờ khai CT01" in text
    page = checked(counter.post("/desk/reception/", sheet(counter) | {"originals-ct01": ""}), "")
    assert page.xpath("string(//input[@name='owner_name']/@value)") == "Nguyễn Văn Phúc"
    assert page.xpath("string(//input[@name='phone']/@value)") == "0905 222 318"
    assert page.xpath("//input[@name='case'][@value='own'][@checked]")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"owner_id": "12", "owner_name": "Bà Lan"}, "Số định danh có 12 chữ số"),
        ({"owner_name": "", "owner_id": "056161999000"}, "Hãy ghi nội dung này"),
        ({"owner_birth": "31/02/1990", "owner_id": "056092999118"}, "Ngày sinh có dạng"),
        ({"phone": "12"}, "Số điện thoại"),
        ({"case": ""}, "Hãy chọn trường hợp"),
        ({"is_other": "on"}, "Cần ghi vì người nộp không phải chủ hồ sơ"),
        ({"return_mode": "post"}, "Ghi địa chỉ để bưu chính"),
        ({"originals-ct01": "-1"}, "Không được là số âm"),
        ({"procedure": ""}, "Hãy chọn thủ tục trước"),
    ],
)
def test_a_wrong_field_is_told_at_the_field(
    world: worlds.World, sits, typed: dict[str, str], said: str
) -> None:
    counter = sits("receptionist")

    assert said in refused(counter, sheet(counter) | typed)


def test_somebody_may_file_for_the_owner_with_a_mandate(world: worlds.World, sits) -> None:
    counter = sits("receptionist")

    send(counter, "/desk/reception/", sheet(counter) | {
        "is_other": "on", "applicant_id": "056161999217", "applicant_name": "Trần Thị Bưởi",
        "mandate": "Giấy ủy quyền ngày 01/11/2026",
    })  # fmt: skip

    row = Dossier.objects.get()
    assert (row.owner.name, row.applicant.name) == ("Nguyễn Văn Phúc", "Trần Thị Bưởi")
    assert row.mandate == "Giấy ủy quyền ngày 01/11/2026"


def test_a_supplement_starts_at_the_counter(world: worlds.World, sits) -> None:
    counter = sits("receptionist")

    page = send(
        counter, "/desk/reception/", sheet(counter) | {"originals-ct01": "", "do": "supplement"}
    )

    row = Dossier.objects.get()
    assert row.state == "submitted"
    assert page.xpath("//input[@name='pick-ct01'][@checked]")
    send(counter, f"/desk/dossiers/{row.code}/supplement-request/", {
        "pick-ct01": "on", "item-ct01": "Chưa nộp tờ khai CT01", "reason": "Hồ sơ thiếu tờ khai",
        "expected": row.revision,
    })  # fmt: skip
    row.refresh_from_db()
    assert row.state == "wait_supplement"


def test_a_refusal_starts_at_the_counter(world: worlds.World, sits) -> None:
    counter = sits("receptionist")

    page = send(counter, "/desk/reception/", sheet(counter) | {"do": "refuse"})

    assert "Từ chối tiếp nhận" in words(page)
    row = Dossier.objects.get()
    send(counter, f"/desk/dossiers/{row.code}/intake-refusal/", {
        "reason": "Không thuộc thẩm quyền của tỉnh", "law": "Điều 17 khoản 1", "expected": row.revision,
    })  # fmt: skip
    row.refresh_from_db()
    assert row.state == "rejected"


def test_a_scan_survives_an_error_and_joins_the_dossier(world: worlds.World, sits) -> None:
    counter = sits("receptionist")
    scan = SimpleUploadedFile("to-khai.pdf", PDF, "application/pdf")

    text = refused(counter, sheet(counter) | {"phone": "12", "file-ct01": scan})
    send(counter, "/desk/reception/", sheet(counter))

    assert "to-khai.pdf" in text
    row = Dossier.objects.get()
    file = File.objects.get()
    assert file.case_id == row.pk
    assert row.papers.get(component_key="ct01").files == [str(file.uuid)]
    answer = counter.get(f"/desk/dossiers/{row.code}/files/{file.uuid}/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_file_of_another_kind_is_refused_at_its_paper(world: worlds.World, sits) -> None:
    counter = sits("receptionist")
    scan = SimpleUploadedFile("a.pdf", b"MZ program", "application/pdf")

    response = counter.post("/desk/reception/", sheet(counter) | {"file-ct01": scan})

    assert not Dossier.objects.exists()
    assert "Chỉ nhận tệp PDF" in response.content.decode()


def test_pages_count_in_the_fee(world: worlds.World, sits) -> None:
    response = sits("receptionist").post(
        "/desk/reception/", {"procedure": "2.000815", "qty-trang": "12", "do": "refresh"}
    )

    assert "24.000 ₫" in words(checked(response, "/desk/reception/"))


def test_an_immediate_procedure_is_settled_on_the_spot(world: worlds.World, sits) -> None:
    post = world.accounts["head"].posts.get()
    people.delegate(
        post=post, to=world.accounts["receptionist"], start=worlds.MONDAY_8AM,
        end=worlds.MONDAY_8AM.replace(year=2027), decision="12/QĐ-UBND", by=world["head"],
        at=worlds.MONDAY_8AM,
    )  # fmt: skip
    counter = sits("receptionist")

    page = send(counter, "/desk/reception/", {
        "procedure": "2.000815", "owner_id": CARD, "originals-original": "1", "copies-copy": "2",
        "qty-trang": "3", "return_mode": "counter", "method": "cash", "do": "settle", "draft": "abc",
    })  # fmt: skip

    row = Dossier.objects.get()
    assert (row.state, row.money) == ("returned", "paid")
    assert Result.objects.get().number
    assert "Đã giải quyết ngay" in words(page)


@pytest.mark.parametrize("name", ["appraiser", "head", "auditor"])
def test_only_the_counter_receives(world: worlds.World, sits, name: str) -> None:
    assert sits(name).get("/desk/reception/").status_code == 403


def test_a_sheet_sent_twice_makes_one_dossier(world: worlds.World, sits) -> None:
    counter = sits("receptionist")
    send(counter, "/desk/reception/", sheet(counter))

    page = send(counter, "/desk/reception/", sheet(counter))

    assert Dossier.objects.count() == 1
    assert "đã được gửi rồi" in words(page)
