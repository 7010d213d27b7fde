"""The completeness check: what is there, missing, run out, doubtful, or held elsewhere: R3."""

from datetime import date

import pytest

from motcua.config.bench import completeness as bench
from motcua.documents.completeness import Case, Document, Finding, Need, Reading, check, words
from motcua.documents.completeness.evaluation import Noise, Seen, evaluate
from motcua.documents.completeness.needs import need_of
from motcua.documents.rules import kho

DAY = date(2026, 11, 22)
OWNER = "Nguyễn Văn Phúc"


def _need(name: str = "Giấy xác nhận tình trạng hôn nhân", **values: object) -> Need:
    return need_of(key="a", name=name, **values)  # type: ignore[arg-type]


def _reading(**changes: object) -> Reading:
    values = {"kind": "marital_status", "kind_confidence": 0.97, "clarity": 0.95,
              "owner": OWNER, "owner_confidence": 0.98}  # fmt: skip
    return Reading(**(values | changes))  # type: ignore[arg-type]


def _one(need: Need, *readings: Reading | None, **case: object) -> Finding:
    documents = tuple(Document(str(n), need.key, read) for n, read in enumerate(readings))
    values = {"needs": (need,), "on": DAY, "owner": OWNER, "documents": documents}
    return check(Case(**(values | case)))[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "status", "why"),
    [
        ({}, "present", "seen"),
        ({"last_day": date(2026, 11, 22), "last_day_confidence": 0.9}, "present", "seen"),
        ({"last_day": date(2026, 11, 21), "last_day_confidence": 0.9}, "expired", "day_passed"),
        ({"last_day": date(2026, 11, 21), "last_day_confidence": 0.5}, "doubtful", "day_unsure"),
        ({"clarity": 0.3}, "doubtful", "unreadable"),
        ({"kind": "diploma"}, "doubtful", "other_kind"),
        ({"kind": "other", "kind_confidence": 0.6}, "doubtful", "kind_unsure"),
        ({"owner": "Trần Thị Bưởi"}, "doubtful", "other_person"),
        ({"owner": "Nguyễn Văn Phuc"}, "present", "seen"),
        ({"owner": "Trần Thị Bưởi", "owner_confidence": 0.5}, "present", "seen"),
    ],
)
def test_one_paper_is_judged_by_what_was_read(
    changes: dict[str, object], status: str, why: str
) -> None:
    found = _one(_need(), _reading(**changes))

    assert (found.status.value, found.why.value) == (status, why)


@pytest.mark.parametrize(
    ("need", "case", "status", "why"),
    [
        (_need(), {}, "missing", "nothing"),
        (_need(required=False), {}, "not_needed", "optional"),
        (_need(held_by="civil"), {}, "held_by_database", "in_database"),
        (_need(held_by="civil"), {"silent": frozenset({"civil"})}, "missing", "database_silent"),
        (_need(), {"on_paper": frozenset({"a"})}, "present", "on_paper"),
        (_need(), {"taken": {"a": "Giấy xác nhận"}}, "held_by_store", "taken"),
        (_need(is_declared=True), {}, "present", "declared"),
    ],
)
def test_r3_a_component_without_a_document_may_stand_elsewhere(
    need: Need, case: dict[str, object], status: str, why: str
) -> None:
    found = _one(need, **case)

    assert (found.status.value, found.why.value) == (status, why)


def test_r3_the_store_is_offered_before_a_run_out_paper_is_asked_anew() -> None:
    fit = kho.Fit(kho.Held("k", "marital_status", "Giấy xác nhận", 3), kho.Use.REPLACES)
    out = _reading(last_day=date(2026, 1, 1), last_day_confidence=0.99)

    assert _one(_need(), out, store={"a": [fit]}).status.value == "held_by_store"
    assert _one(_need(), out).status.value == "expired"


def test_what_the_store_only_proposes_is_missing_all_the_same() -> None:
    held = kho.Held("k", "marital_status", "Giấy xác nhận", 0)
    fit = kho.Fit(held, kho.Use.PROPOSES, kho.Why.UPLOADED)

    found = _one(_need(), store={"a": [fit]})

    assert found.status.value == "missing"
    assert "tự tải lên" in words.sentence(found)


def test_two_papers_in_one_file_are_each_counted() -> None:
    birth, proof = need_of(key="b", name="Giấy khai sinh"), _need()
    read = _reading(kind="birth_certificate")
    documents = (Document("1", "a", _reading()), Document("2", "a", read))

    found = check(Case(needs=(proof, birth), on=DAY, owner=OWNER, documents=documents))

    assert [one.status.value for one in found] == ["present", "present"]


def test_papers_in_each_others_place_are_found() -> None:
    birth, proof = need_of(key="b", name="Giấy khai sinh"), _need()
    documents = (
        Document("1", "a", _reading(kind="birth_certificate")),
        Document("2", "b", _reading()),
    )

    found = check(Case(needs=(proof, birth), on=DAY, owner=OWNER, documents=documents))

    assert [(one.status.value, one.document) for one in found] == [
        ("present", "2"),
        ("present", "1"),
    ]


def test_a_proof_of_any_kind_stays_where_it_was_put() -> None:
    proof = need_of(key="p", name="Giấy tờ chứng minh lý do xóa đăng ký")
    birth = need_of(key="b", name="Giấy khai sinh")
    documents = (Document("1", "p", _reading(kind="birth_certificate")),)

    found = check(Case(needs=(proof, birth), on=DAY, documents=documents))

    assert [one.status.value for one in found] == ["present", "missing"]


def test_what_the_machine_has_not_read_is_left_to_the_eye() -> None:
    found = _one(_need(), None)

    assert (found.status.value, found.why.value) == ("present", "unread")


def test_every_finding_that_wants_something_has_a_sentence_and_a_reason() -> None:
    bad = [
        _one(_need()),
        _one(_need(), _reading(clarity=0.1)),
        _one(_need(), _reading(kind="diploma")),
        _one(_need(), _reading(owner="Trần Thị Bưởi")),
        _one(_need(), _reading(last_day=date(2026, 1, 1), last_day_confidence=1.0)),
        _one(_need(held_by="civil"), silent=frozenset({"civil"})),
    ]

    assert all(one.is_wanting and len(words.reason(one)) >= 10 for one in bad)
    assert all(words.sentence(one) for one in bad)
    assert [one.is_proposed for one in bad] == [True, False, False, False, True, True]


def test_recall_of_missing_components_is_at_least_97_percent() -> None:
    tally = evaluate(list(bench.cases())[:60], seeds=6)

    assert tally.by_truth["dropped"] > 30
    assert tally.missing_recall >= 0.97
    assert tally.recall >= 0.95
    assert tally.precision >= 0.85


def test_without_noise_nothing_in_order_is_doubted() -> None:
    quiet = Noise(kind_wrong=0, kind_bold=0, name_letters=0, day_wrong=0, pale=0)

    tally = evaluate(list(bench.cases())[:20], seeds=3, noise=quiet)

    assert tally.found["good"] == tally.found["store"] == tally.found["database"] == 0


def test_the_same_seeds_give_the_same_tally() -> None:
    some = list(bench.cases())[:10]

    assert evaluate(some, seeds=2) == evaluate(some, seeds=2)


def test_papers_that_were_really_read_stand_for_the_model() -> None:
    some = list(bench.cases())[:30]
    blind = {key: [Seen("other", 0.95, 0.9)] for key in kho.kinds()}
    sharp = {key: [Seen(key, 0.95, 0.9, 0.95)] for key in kho.kinds()}

    worst, best = (evaluate(some, seeds=2, pool=pool) for pool in (blind, sharp))

    assert worst.by_truth == best.by_truth
    assert worst.precision < best.precision
    assert best.missing_recall >= 0.97
