"""Processes are approved by a decision, hold from a day on, and old cases keep theirs."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.workflow.conftest import MONDAY_8AM, Town
from tests.workflow.processes import chain

from motcua.catalog.content import Channel, Content, LimitRule
from motcua.catalog.models import Procedure, ProcedureVersion
from motcua.directory.actor import SYSTEM
from motcua.kernel.worktime import Unit
from motcua.ledger.queries import facts_of
from motcua.workflow import queries
from motcua.workflow import services as workflow
from motcua.workflow.bpmn import NotBpmn, write_bpmn
from motcua.workflow.definition import DEFAULT
from motcua.workflow.models import ProcessVersion
from motcua.workflow.services import Decision

pytestmark = pytest.mark.django_db

CODE = "1.004222"
JULY, AUGUST = date(2026, 7, 1), date(2026, 8, 1)


def approve(**values: object) -> ProcessVersion:
    whole: dict[str, object] = {
        "process": chain("a", "b"),
        "decision": Decision("15/QĐ-UBND", JULY),
        "procedure_code": CODE,
        "by": SYSTEM,
        "at": MONDAY_8AM,
        "limit_minutes": 2400,
    }
    return workflow.approve(**{**whole, **values})  # type: ignore[arg-type]


def test_without_an_approved_process_the_five_steps_hold() -> None:
    found = queries.process_for(CODE, 7, on=JULY)

    assert found.process is DEFAULT
    assert found.pk is None
    assert queries.process_by_id(None).process is DEFAULT


def test_an_approved_process_holds_from_its_day() -> None:
    row = approve()

    assert queries.process_for(CODE, on=JULY) == row
    assert queries.process_for(CODE, on=date(2026, 6, 30)).process is DEFAULT
    assert queries.process_for("2.000815", on=JULY).process is DEFAULT
    assert queries.process_for(CODE, on=JULY).process == chain("a", "b")


def test_a_new_decision_ends_the_old_process_and_old_cases_keep_it() -> None:
    old = approve()
    new = approve(decision=Decision("20/QĐ-UBND", AUGUST), process=chain("a", "b", "c"))

    assert (new.version, new.procedure_code) == (2, CODE)
    assert queries.process_for(CODE, on=date(2026, 7, 31)) == old
    assert queries.process_for(CODE, on=AUGUST) == new
    assert queries.process_by_id(old.pk).process == chain("a", "b")
    assert [row.version for row in queries.processes(procedure_code=CODE)] == [2, 1]
    assert len(queries.processes()) == 2


def test_a_decision_may_not_reach_behind_the_last() -> None:
    approve()

    with pytest.raises(workflow.NoDecision) as refusal:
        approve(decision=Decision("21/QĐ-UBND", JULY))

    assert refusal.value.field == "valid_from"


def test_a_process_that_ended_holds_no_more() -> None:
    approve(decision=Decision("15/QĐ-UBND", JULY, date(2026, 7, 15)))

    assert queries.process_for(CODE, on=date(2026, 7, 16)).process is DEFAULT


def test_the_closest_process_is_taken() -> None:
    general = approve(procedure_code="", process=chain("a"))
    own = approve()
    exact = approve(catalog_version_id=7, process=chain("x"))

    assert queries.process_for("2.000815", 3, on=JULY) == general
    assert queries.process_for(CODE, 3, on=JULY) == own
    assert queries.process_for(CODE, 7, on=JULY) == exact


def test_processes_are_remembered(django_assert_num_queries: object) -> None:
    row = approve()
    queries.process_for(CODE, on=JULY)
    queries.process_by_id(row.pk)

    with django_assert_num_queries(0):  # type: ignore[operator]
        queries.process_for(CODE, on=JULY)
        queries.process_by_id(row.pk)


@pytest.mark.parametrize("number", ["", "   "])
def test_a_decision_needs_a_number(number: str) -> None:
    with pytest.raises(workflow.NoDecision):
        approve(decision=Decision(number, JULY))


def test_a_faulty_process_is_refused_with_every_fault() -> None:
    steps = chain("a", "b").steps
    bad = replace(chain("a", "b"), steps=(replace(steps[0], role="", product=""), steps[1]))

    with pytest.raises(workflow.FaultyProcess) as refusal:
        approve(process=bad, limit_minutes=60)

    found = {problem.code for problem in refusal.value.problems}
    assert found == {"no_post", "no_product", "no_authority", "over_limit"}
    assert "rõ người" in str(refusal.value)
    assert not ProcessVersion.objects.exists()


def test_only_the_chairman_or_procedure_control_approves(town: Town) -> None:
    with pytest.raises(workflow.MayNotApprove):
        approve(by=town.actor("ký"))

    row = approve(by=town.actor("chủ tịch"))

    assert row.approved_by == town.people["chủ tịch"]


def test_an_approval_is_a_fact() -> None:
    row = approve()

    (fact,) = facts_of("workflow")
    assert fact.kind == "workflow.process_approved"
    assert fact.body["process_id"] == row.pk
    assert fact.body["decision_number"] == "15/QĐ-UBND"


def test_an_imported_file_is_a_fact_and_nothing_more(town: Town) -> None:
    content = write_bpmn(DEFAULT)

    imported = workflow.import_bpmn(content=content, procedure_code=CODE, by=SYSTEM, at=MONDAY_8AM)

    assert imported.process == DEFAULT
    assert [fact.kind for fact in facts_of("workflow")] == ["workflow.process_imported"]
    assert not ProcessVersion.objects.exists()
    with pytest.raises(workflow.MayNotApprove):
        workflow.import_bpmn(
            content=content, procedure_code=CODE, by=town.actor("thẩm"), at=MONDAY_8AM
        )
    with pytest.raises(NotBpmn):
        workflow.import_bpmn(content=b"<a/>", procedure_code=CODE, by=SYSTEM, at=MONDAY_8AM)


FILE = """
[[process]]
key = "cu-tru"
name = "Đăng ký thường trú"
procedures = ["1.004222", "1.004194"]
decision_number = "15/QĐ-UBND"
valid_from = 2026-07-01
limit_hours = 56

[[process.steps]]
key = "receive"
name = "Tiếp nhận"
role = "receptionist"
place = "receiving"
hours = 4
product = "Giấy tiếp nhận"
next = "appraise"

[[process.steps]]
key = "appraise"
name = "Thẩm định"
role = "appraiser"
place = "competent"
hours = 40
product = "Thông báo kết quả"
back = ["receive"]

[[process]]
key = "hong"
name = "Hỏng"
procedures = ["9.999999"]
decision_number = "15/QĐ-UBND"
valid_from = 2026-07-01
limit_hours = 1
steps = [{ key = "a", name = "A", role = "clerk", place = "competent", hours = 9, product = "B" }]

[[process]]
key = "khong-doc-duoc"
name = "Không đọc được"
steps = [{ key = "a", hours = "chín" }]
"""


def test_a_file_of_processes_is_loaded_and_loaded_again(tmp_path: Path) -> None:
    path = tmp_path / "processes.toml"
    path.write_text(FILE, encoding="utf-8")

    first = workflow.load_file(path=path, by=SYSTEM, at=MONDAY_8AM)
    second = workflow.load_file(path=path, by=SYSTEM, at=MONDAY_8AM)

    assert first.approved == ("cu-tru 1.004222", "cu-tru 1.004194")
    assert [label for label, _reason in first.refused] == ["hong 9.999999", "khong-doc-duoc"]
    assert second.unchanged == first.approved
    assert second.approved == ()
    assert queries.process_for("1.004194", on=JULY).process.step("appraise") is not None


def test_the_shipped_processes_are_all_in_order() -> None:
    report = workflow.load_file(by=SYSTEM, at=MONDAY_8AM)

    assert report.refused == ()
    assert len(report.approved) >= 12
    assert queries.process_for("1.004222", on=JULY).process.key == "dang-ky-thuong-tru"


def _limited(*limits: LimitRule) -> int:
    """Put a procedure with these limits into the catalogue, and return its version's key."""
    procedure = Procedure.objects.create(
        code=CODE, name="Đăng ký thường trú", name_folded="", field="Cư trú", scope="national",
        state="active",
    )  # fmt: skip
    content = Content(name=procedure.name, channels=(Channel(kind="counter", limits=limits),))
    version = ProcedureVersion.objects.create(
        procedure=procedure, number=1, valid_from=JULY, checksum="x", source="test",
        content=content.to_json(),
    )  # fmt: skip
    return version.pk


def test_the_shortest_limit_of_the_catalogue_bounds_the_hours() -> None:
    _limited(LimitRule(value=7, unit=Unit.WORKING_DAY), LimitRule(value=2, unit=Unit.WORKING_DAY))

    assert queries.legal_limit_minutes(CODE, on=JULY) == 960
    assert approve(limit_minutes=None).limit_minutes == 960
    with pytest.raises(workflow.FaultyProcess, match="vượt thời hạn"):
        approve(
            limit_minutes=None,
            process=chain("a", "b", "c"),
            decision=Decision("20/QĐ-UBND", AUGUST),
        )


def test_a_limit_in_words_bounds_nothing() -> None:
    _limited(LimitRule(text="Theo kế hoạch"))

    assert queries.legal_limit_minutes(CODE, on=JULY) is None
    assert queries.legal_limit_minutes("9.999999", on=JULY) is None
