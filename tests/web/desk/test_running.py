"""Looking up, lending posts, giving work, calendars and processes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories import world as worlds
from tests.web.visit import checked, send, visit, words

from motcua.directory.models import Absence, Delegation
from motcua.directory.queries.calendars import calendar_for
from motcua.workflow.bpmn import write_bpmn
from motcua.workflow.definition import DEFAULT
from motcua.workflow.models import ProcessVersion


@pytest.mark.parametrize(
    "asked",
    [
        "0000001",
        "20261109-0000001",
        "phuc",
        "Nguyễn Văn Phúc",
        "056092999118",
        "0905 222 318",
        "H32.66-20261109-0000001",
    ],
)
def test_a_dossier_is_found_by_what_people_know(world: worlds.World, sits, asked: str) -> None:
    row = worlds.accepted(world)

    page = visit(sits("receptionist"), f"/desk/search/?q={asked}")

    assert row.code in words(page)
    assert row.code not in words(visit(sits("other_receptionist"), f"/desk/search/?q={asked}"))


def test_search_is_narrowed_by_state_and_time(world: worlds.World, sits) -> None:
    row = worlds.accepted(world)
    counter = sits("receptionist")

    assert row.code in words(visit(counter, "/desk/search/?state=accepted&late=0"))
    assert "Không tìm thấy" in words(visit(counter, "/desk/search/?state=returned"))
    assert "Không tìm thấy" in words(
        visit(counter, "/desk/search/?late=1&since=2026-11-01&until=xx")
    )


def test_a_procedure_shows_its_process(world: worlds.World, sits) -> None:
    counter = sits("receptionist")

    assert "1.004222" in words(visit(counter, "/desk/procedures/?q=thuong tru"))
    page = visit(counter, "/desk/procedures/1.004222/")
    assert page.xpath("//*[local-name()='svg'][contains(@class, 'flow')]")
    assert counter.get("/desk/procedures/9.999999/").status_code == 404


def test_a_head_lends_the_post_and_takes_it_back(world: worlds.World, sits) -> None:
    head = sits("head")
    visit(head, "/desk/delegation/")
    typed = {
        "do": "lend",
        "post": str(world["head"].posts[0].post_id), "to": str(world.accounts["clerk"].pk),
        "start": "2026-11-09T08:00", "end": "2026-11-10T17:00", "decision": "15/GUQ",
    }  # fmt: skip

    wrong = head.post("/desk/delegation/", typed | {"end": "2026-11-01T08:00"})
    assert wrong.status_code == 422
    assert "phải sau" in words(checked(wrong, "delegation"))
    send(head, "/desk/delegation/", typed)
    row = Delegation.objects.get()
    assert "thay Nguyễn Hữu Lộc" in words(visit(sits("clerk"), "/desk/delegation/")) or row.to.name
    send(head, f"/desk/delegation/{row.pk}/revocation/", {})

    row.refresh_from_db()
    assert row.revoked_at is not None


def test_nobody_takes_back_what_others_lent(world: worlds.World, sits) -> None:
    row = Delegation.objects.create(
        post=world.accounts["head"].posts.get(), to=world.accounts["clerk"], decision="1",
        valid_from=worlds.MONDAY_8AM, valid_to=worlds.MONDAY_8AM.replace(year=2027),
    )  # fmt: skip

    page = send(sits("appraiser"), f"/desk/delegation/{row.pk}/revocation/", {})

    assert "của chính mình" in words(page)


def test_an_officer_says_when_away(world: worlds.World, sits) -> None:
    send(sits("appraiser"), "/desk/delegation/", {
        "do": "away", "start": "2026-11-10T08:00", "end": "2026-11-11T17:00", "reason": "Đi tập huấn",
    })  # fmt: skip

    assert Absence.objects.get().account == world.accounts["appraiser"]


def test_work_is_given_out_by_load(world: worlds.World, sits) -> None:
    row = worlds.accepted(world)
    head = sits("head")

    page = visit(head, "/desk/assignments/")
    assert row.code.partition("-")[2] in words(page)
    send(
        head,
        "/desk/assignments/many/",
        {"code": row.code, "officer": str(world.accounts["appraiser2"].pk)},
    )
    row.refresh_from_db()
    assert row.assignee == world.accounts["appraiser2"]
    page = send(
        head,
        "/desk/assignments/many/",
        {"code": row.code, "officer": str(world.accounts["clerk"].pk)},
    )

    assert "không giữ vị trí này" in words(page)


def test_a_corrected_day_becomes_part_of_the_calendar(world: worlds.World, sits) -> None:
    control = sits("controller")
    visit(control, "/desk/calendars/?nam=2026")
    typed = {"date": "2026-11-12", "kind": "off", "words": "Bão số 12", "reason": "Công điện 99"}

    assert control.post("/desk/calendars/", typed | {"reason": ""}).status_code == 422
    page = send(control, "/desk/calendars/", typed)

    assert "Bão số 12" in words(page)
    assert not calendar_for("hanh-chinh").is_working_day(worlds.MONDAY_8AM.date().replace(day=12))
    again = control.post("/desk/calendars/", typed)
    assert "không có gì thay đổi" in words(checked(again, "calendars"))


def test_only_control_corrects_calendars(world: worlds.World, sits) -> None:
    assert sits("head").get("/desk/calendars/").status_code == 403
    assert "Điều chỉnh một ngày" not in words(visit(sits("keeper"), "/desk/calendars/"))


def test_a_process_goes_out_and_comes_back(world: worlds.World, sits) -> None:
    control = sits("controller")
    visit(control, "/desk/processes/")
    visit(control, "/desk/processes/0/")
    answer = control.get("/desk/processes/0/bpmn/")
    assert answer.content == write_bpmn(DEFAULT)

    file = SimpleUploadedFile("q.bpmn", answer.content, "application/xml")
    page = checked(
        control.post("/desk/processes/", {"file": file, "procedure": "1.004222"}), "import"
    )
    assert "Không có lỗi" in words(page)
    form = page.xpath("//form[contains(@action, 'approval')]")[0]
    values = dict(form.form_values()) | {"decision": "100/QĐ-UBND", "valid_from": "2026-12-01"}
    send(control, "/desk/processes/approval/", values)
    row = ProcessVersion.objects.get()
    assert row.procedure_code == "1.004222"
    visit(control, f"/desk/processes/{row.pk}/")

    wrong = control.post(
        "/desk/processes/approval/", values | {"decision": " ", "definition": "{}"}
    )
    assert wrong.status_code == 422


def test_a_file_that_is_no_process_is_refused(world: worlds.World, sits) -> None:
    file = SimpleUploadedFile("q.bpmn", b"<html/>", "application/xml")

    response = sits("controller").post("/desk/processes/", {"file": file, "procedure": ""})

    assert response.status_code == 422
    checked(response, "import")


def test_the_door_is_shut_to_citizens_and_strangers(world: worlds.World, sits, client) -> None:
    assert sits("citizen").get("/desk/").status_code == 403
    assert client.get("/desk/").status_code == 302
