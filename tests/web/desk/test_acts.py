"""Each act from its form: done once, refused with the reason, nothing typed lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM
from tests.web.desk.test_life import act
from tests.web.visit import checked, send, visit, words

from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier
from motcua.workflow.models import Consultation

Make = Callable[[worlds.World], Dossier]


def refusal(client: Client, row: Dossier, noun: str, **typed: object) -> str:
    """Send an act that must be refused and return the page's words."""
    row.refresh_from_db()
    response = client.post(
        f"/desk/dossiers/{row.code}/{noun}/", {"expected": row.revision, **typed}
    )
    assert response.status_code == 422
    return words(checked(response, noun))


def officer(world: worlds.World, row: Dossier) -> str:
    """Return the user name of who has the current step."""
    row.refresh_from_db()
    return next(name for name, a in world.accounts.items() if a.pk == row.assignee_id)


def state(row: Dossier) -> str:
    row.refresh_from_db()
    return row.state


def test_a_filed_dossier_is_accepted_from_its_page(world: worlds.World, sits) -> None:
    row = worlds.filed(world)

    act(sits("receptionist"), row.code, "acceptance", originals_held="2")

    assert state(row) == "accepted"
    assert row.originals_held == 2


def test_a_supplement_is_asked_once_complete_and_with_reasons(world: worlds.World, sits) -> None:
    row = worlds.accepted(world)
    client = sits(officer(world, row))
    typed = {"pick-ct01": "on", "item-ct01": "ngắn", "reason": "Tờ khai chưa có chữ ký của chủ hộ"}

    assert "Nêu lý do cần bổ sung" in refusal(client, row, "supplement-request", **typed)
    assert "Hãy chọn giấy tờ" in refusal(
        client, row, "supplement-request", reason="Lý do đủ dài đây"
    )
    held = {
        "pick-home": "on",
        "item-home": "Cần bản giấy để đối chiếu",
        "reason": "Lý do đủ dài đây",
    }
    assert "Cơ sở dữ liệu đã có" in refusal(client, row, "supplement-request", **held)
    act(client, row.code, "supplement-request", **typed | {"item-ct01": "Chưa có chữ ký chủ hộ"})
    assert state(row) == "wait_supplement"

    page = visit(sits("receptionist"), f"/desk/dossiers/{row.code}/supplement/", most_queries=18)
    assert "Chưa có chữ ký chủ hộ" in words(page)
    assert "Vẫn còn thiếu" in refusal(
        sits("receptionist"), row, "supplement", **{"originals-ct01": "0"}
    )
    act(sits("receptionist"), row.code, "supplement")
    assert state(row) == "in_progress"
    assert "một lần" in refusal(client, row, "supplement-request", **typed | held)


def test_a_silent_supplement_is_closed_after_fifteen_days(
    world: worlds.World, sits, clock: time_machine.Traveller
) -> None:
    row = worlds.filed(world, papers=())
    dossiers.request_supplement(
        code=row.code, items={"ct01": "Chưa nộp tờ khai"}, reason="Thiếu tờ khai CT01",
        by=world["receptionist"], at=MONDAY_8AM,
    )  # fmt: skip
    assert "15 ngày" in refusal(sits("receptionist"), row, "closure")

    clock.shift(timedelta(days=17, hours=1))
    act(sits("receptionist"), row.code, "closure")

    assert state(row) == "stopped"


def test_intake_is_refused_with_reason_and_clause(world: worlds.World, sits) -> None:
    row = worlds.filed(world)

    text = refusal(
        sits("receptionist"), row, "intake-refusal", reason="Không đủ điều kiện", law=""
    )
    assert "Hãy ghi nội dung này" in text
    assert "Không đủ điều kiện" in text
    act(
        sits("receptionist"),
        row.code,
        "intake-refusal",
        reason="Không thuộc thẩm quyền",
        law="Điều 17",
    )

    assert state(row) == "rejected"


def test_a_head_gives_work_to_an_officer(world: worlds.World, sits) -> None:
    row = worlds.accepted(world)
    other = "appraiser2" if officer(world, row) == "appraiser" else "appraiser"

    act(sits("head"), row.code, "assignment", officer=str(world.accounts[other].pk))

    assert officer(world, row) == other


def test_agencies_are_asked_and_answer(world: worlds.World, sits) -> None:
    row = worlds.accepted(world)
    client = sits(officer(world, row))
    asked = world.agencies["committee2"].code

    assert "Hạn trả lời" in refusal(
        client,
        row,
        "consultation",
        agencies=asked,
        question="Đất có tranh chấp không?",
        due_day="2026-11-08",
    )
    act(
        client,
        row.code,
        "consultation",
        agencies=[asked],
        question="Đất có tranh chấp không?",
        due_day="2026-11-12",
    )
    assert "Còn chờ ý kiến" in refusal(client, row, "appraisal")

    other = sits("other_appraiser")
    assert "Đất có tranh chấp" in words(visit(other, "/desk/?loc=opinions"))
    key = Consultation.objects.get().pk
    path = f"/desk/dossiers/{row.code}/consultations/{key}/answer/"
    assert other.post(path, {"verdict": "disagree", "answer": ""}).status_code == 422
    page = send(
        other, path, {"verdict": "agree_if", "answer": "Chỉ khi có xác nhận của tổ dân phố"}
    )
    assert "đồng ý, kèm điều kiện" in words(page)
    act(client, row.code, "appraisal")
    assert row.code in words(visit(client, "/desk/?loc=sent", most_queries=18))


def test_a_refusal_is_proposed_and_decided(world: worlds.World, sits) -> None:
    row = worlds.accepted(world)

    act(
        sits(officer(world, row)),
        row.code,
        "refusal-proposal",
        reason="Chỗ ở không hợp pháp",
        law="Điều 20",
    )
    act(sits("head"), row.code, "approval")

    row.refresh_from_db()
    assert row.outcome == "refused"


def test_a_step_is_sent_back_with_a_reason(world: worlds.World, sits) -> None:
    row = worlds.appraised(world)

    assert "Hãy ghi nội dung" in refusal(
        sits("head"), row, "return", reason="", to_step="appraise"
    )
    act(sits("head"), row.code, "return", reason="Cần xác minh lại chỗ ở")

    row.refresh_from_db()
    assert row.step_key == "appraise"


def test_a_new_appointment_is_made_once_and_in_time(
    world: worlds.World, sits, clock: time_machine.Traveller
) -> None:
    row = worlds.accepted(world)
    head = sits("head")

    assert "ngày làm việc" in refusal(
        head, row, "extension", new_day="2026-11-21", reason="Chờ xác minh thực địa"
    )
    act(head, row.code, "extension", new_day="2026-11-25", reason="Chờ xác minh thực địa")
    row.refresh_from_db()
    assert row.extension_count == 1
    assert f"{row.due_at:%d/%m}" == "25/11"
    assert "một lần" in refusal(
        head, row, "extension", new_day="2026-11-27", reason="Chờ xác minh lần nữa"
    )

    late = worlds.accepted(world)
    clock.move_to(late.due_at - timedelta(hours=2))
    text = refusal(
        sits("head"), late, "extension", new_day="2026-11-27", reason="Chờ xác minh thực địa"
    )
    assert "ít nhất 1 ngày" in text


def test_money_is_asked_for_and_confirmed(world: worlds.World, sits) -> None:
    row = worlds.accepted(world)
    client = sits(officer(world, row))

    assert "Số tiền" in refusal(
        client, row, "payment-request", amount_vnd="", reason="Thuế trước bạ"
    )
    act(
        client, row.code, "payment-request", amount_vnd="1500000", reason="Lệ phí trước bạ nhà đất"
    )
    assert state(row) == "wait_finance"
    assert "1.520.000 ₫" in words(visit(sits("cashier"), f"/desk/dossiers/{row.code}/payment/"))
    act(sits("cashier"), row.code, "payment", method="qr", reference="FT1")

    assert state(row) == "in_progress"
    assert row.money == "paid"


def test_a_result_waits_for_the_money(world: worlds.World, sits) -> None:
    row = worlds.issued(world)

    text = refusal(
        sits("receptionist"), row, "delivery", mode="counter", receiver="Bà Lan", originals="0"
    )

    assert "chưa nộp" in text
    assert row.code in words(visit(sits("receptionist"), "/desk/results/"))


def test_originals_go_back_with_the_result(world: worlds.World, sits) -> None:
    row = worlds.filed(world)
    dossiers.accept(code=row.code, by=world["receptionist"], at=MONDAY_8AM, originals_held=2)
    for verb, name in (("appraise", officer(world, row)), ("approve", "head"), ("issue", "clerk")):
        getattr(dossiers, verb)(code=row.code, by=world[name], at=MONDAY_8AM)
    dossiers.confirm_payment(code=row.code, method="cash", by=world["cashier"], at=MONDAY_8AM)

    typed = {"mode": "counter", "receiver": "Bà Lan"}
    assert "2 bản chính" in refusal(sits("receptionist"), row, "delivery", originals="0", **typed)
    act(sits("receptionist"), row.code, "delivery")

    assert state(row) == "returned"


def test_a_wrong_result_is_corrected(world: worlds.World, sits) -> None:
    row = worlds.issued(world)

    act(sits("clerk"), row.code, "correction", reason="Sai ngày sinh của chủ hồ sơ")
    text = refusal(sits("clerk"), row, "correction", reason="Ngày sinh đúng là 04/03/1992")
    assert "người có thẩm quyền ký" in text
    act(sits("head"), row.code, "correction", reason="Ngày sinh đúng là 04/03/1992")

    page = visit(sits("clerk"), f"/desk/dossiers/{row.code}/", most_queries=18)
    assert "Phát hành kết quả đã sửa" in words(page)


def test_a_person_may_stop_at_the_counter_before_the_decision(world: worlds.World, sits) -> None:
    row = worlds.accepted(world)
    act(sits("receptionist"), row.code, "withdrawal", reason="Tôi không cần nữa")
    assert state(row) == "withdrawn"

    decided = worlds.approved(world)
    assert "đã có quyết định" in refusal(
        sits("receptionist"), decided, "withdrawal", reason="Tôi đổi ý rồi"
    )


def test_what_was_accepted_elsewhere_starts_on_arrival(world: worlds.World, sits) -> None:
    row = worlds.filed(world, competent=world.agencies["committee2"].code)
    dossiers.accept(code=row.code, by=world["receptionist"], at=MONDAY_8AM)
    row.refresh_from_db()
    assert row.due_at is None

    act(sits("other_appraiser"), row.code, "arrival")

    row.refresh_from_db()
    assert row.due_at is not None


@pytest.mark.parametrize("noun", ["approval", "issue", "delivery", "nothing"])
def test_acts_of_other_dossiers_are_not_there(world: worlds.World, sits, noun: str) -> None:
    row = worlds.accepted(world)

    assert sits("other_head").post(f"/desk/dossiers/{row.code}/{noun}/", {}).status_code == 404
