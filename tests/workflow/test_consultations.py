"""Other agencies are asked beside the chain of steps, in parallel, each with its own day."""

from datetime import timedelta

import pytest
from tests.kernel.worktime_cast import at
from tests.workflow.conftest import FRIDAY_5PM, MONDAY_8AM, Town

from motcua.directory.models import Agency
from motcua.workflow import queries
from motcua.workflow import services as workflow
from motcua.workflow.models import Consultation

THURSDAY = at("2026-11-19 17:00")
QUESTION = "Thửa đất số 12 có nằm trong quy hoạch giao thông không?"
REASON = "Thửa đất nằm trong hành lang an toàn đường bộ"


@pytest.fixture
def departments(town: Town) -> list[Agency]:
    made = []
    for code in ("H32.1", "H32.2"):
        agency = Agency.objects.create(code=code, name=code, kind="department", level="province")
        town.hire(f"chuyên viên {code}", "appraiser", agency)
        made.append(agency)
    return made


def ask(town: Town, agency: Agency, **values: object) -> Consultation:
    whole: dict[str, object] = {
        "case_id": 1,
        "agency_id": agency.pk,
        "question": QUESTION,
        "due_at": THURSDAY,
        "by": town.actor("thẩm"),
        "at": MONDAY_8AM,
    }
    return workflow.ask_consultation(**{**whole, **values})  # type: ignore[arg-type]


def answer(town: Town, row: Consultation, name: str, **values: object) -> Consultation:
    whole: dict[str, object] = {
        "consultation_id": row.pk,
        "verdict": "agree",
        "answer": "",
        "by": town.actor(name),
        "at": at("2026-11-18 09:00"),
    }
    return workflow.answer_consultation(**{**whole, **values})  # type: ignore[arg-type]


def test_agencies_are_asked_in_parallel_while_the_step_stays_open(
    town: Town, departments: list[Agency]
) -> None:
    task = town.open(1, "appraise")

    for agency in departments:
        ask(town, agency)

    assert [row.agency for row in queries.consultations_of(1)] == departments
    assert queries.open_task_of(1) == task
    waiting = queries.open_consultations([departments[0].pk])
    assert [row.question for row in waiting] == [QUESTION]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("question", "hỏi"),
        ("due_at", MONDAY_8AM),
        ("due_at", MONDAY_8AM - timedelta(days=1)),
        ("mode", "pigeon"),
    ],
)
def test_a_question_needs_content_a_future_day_and_a_way(
    town: Town, departments: list[Agency], field: str, value: object
) -> None:
    with pytest.raises(workflow.UnclearQuestion) as refusal:
        ask(town, departments[0], **{field: value})

    assert refusal.value.field == field


def test_an_agency_is_not_asked_again_before_it_answered(
    town: Town, departments: list[Agency]
) -> None:
    row = ask(town, departments[0])

    with pytest.raises(workflow.AlreadyAsked):
        ask(town, departments[0])
    answer(town, row, "chuyên viên H32.1")

    assert ask(town, departments[0], question=QUESTION + " (hỏi lại)").is_open


def test_r13_an_answer_is_kept_with_verdict_and_author(
    town: Town, departments: list[Agency]
) -> None:
    row = ask(town, departments[0])

    answer(town, row, "chuyên viên H32.1", verdict="disagree", answer=REASON)

    kept = Consultation.objects.get(pk=row.pk)
    assert (kept.verdict, kept.answer) == ("disagree", REASON)
    assert kept.answered_by == town.people["chuyên viên H32.1"]
    assert not kept.is_open


@pytest.mark.parametrize("name", ["thẩm", "chuyên viên H32.2", "chủ tịch"])
def test_only_the_agency_that_was_asked_answers(
    town: Town, departments: list[Agency], name: str
) -> None:
    row = ask(town, departments[0])

    with pytest.raises(workflow.NotAsked):
        answer(town, row, name)


@pytest.mark.parametrize(
    ("verdict", "text", "field"),
    [
        ("", "", "verdict"),
        ("maybe", REASON, "verdict"),
        ("disagree", "", "answer"),
        ("agree_if", "được", "answer"),
    ],
)
def test_an_unclear_answer_is_refused(
    town: Town, departments: list[Agency], verdict: str, text: str, field: str
) -> None:
    row = ask(town, departments[0])

    with pytest.raises(workflow.UnclearAnswer) as refusal:
        answer(town, row, "chuyên viên H32.1", verdict=verdict, answer=text)

    assert refusal.value.field == field


def test_a_question_is_answered_once(town: Town, departments: list[Agency]) -> None:
    row = ask(town, departments[0])
    answer(town, row, "chuyên viên H32.1")

    with pytest.raises(workflow.ConsultationOver):
        answer(town, row, "chuyên viên H32.1")


def test_r13_silence_past_the_day_is_noted_once(town: Town, departments: list[Agency]) -> None:
    silent, quick = (ask(town, agency) for agency in departments)
    answer(town, quick, "chuyên viên H32.2")
    assert list(queries.overdue_consultations(at=THURSDAY)) == []
    assert queries.silent_cases(at=THURSDAY) == []
    assert workflow.mark_silent(case_id=1, at=THURSDAY) == []
    assert queries.silent_cases(at=FRIDAY_5PM) == [1]

    facts = workflow.mark_silent(case_id=1, at=FRIDAY_5PM)

    assert list(queries.overdue_consultations(at=FRIDAY_5PM)) == [silent]
    assert [(f.consultation_id, f.case_id, f.agency_id) for f in facts] == [
        (silent.pk, 1, departments[0].pk)
    ]
    assert facts[0].kind == "workflow.consultation_silent"
    assert workflow.mark_silent(case_id=1, at=FRIDAY_5PM) == []
    assert queries.silent_cases(at=FRIDAY_5PM) == []
    assert Consultation.objects.get(pk=silent.pk).silent_at == FRIDAY_5PM


def test_a_late_answer_is_taken(town: Town, departments: list[Agency]) -> None:
    row = ask(town, departments[0])
    workflow.mark_silent(case_id=1, at=FRIDAY_5PM)

    late = answer(town, row, "chuyên viên H32.1", at=FRIDAY_5PM)

    assert late.verdict == "agree"
    assert late.silent_at == FRIDAY_5PM


def test_a_question_is_overdue_only_while_it_is_open(
    town: Town, departments: list[Agency]
) -> None:
    row = ask(town, departments[0])

    assert not row.is_overdue(at=THURSDAY)
    assert row.is_overdue(at=FRIDAY_5PM)
    assert workflow.withdraw_consultations(case_id=1, at=THURSDAY) == 1
    row.refresh_from_db()
    assert not row.is_overdue(at=FRIDAY_5PM)
    with pytest.raises(workflow.ConsultationOver):
        answer(town, row, "chuyên viên H32.1")
    assert workflow.mark_silent(case_id=1, at=FRIDAY_5PM) == []
