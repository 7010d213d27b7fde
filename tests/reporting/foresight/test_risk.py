"""The risk of lateness: what it may know, that its reasons are true, and that it holds."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.reporting.foresight import learning, model, wording
from motcua.reporting.foresight.features import NAMES, REASONS, Past
from motcua.reporting.foresight.folding import Fold
from motcua.reporting.foresight.judging import auc, brier, judge
from motcua.reporting.foresight.standing import lateness, open_rows
from tests.reporting.foresight import made

SPAN = made.DAYS * 86_400


@pytest.fixture(scope="module")
def learned() -> learning.Learned:
    quarter = made.quarter()
    return learning.learn(
        quarter.spans, quarter.hours, tet=made.no_tet(), first=made.start(), last=made.end()
    )


@settings(max_examples=12, deadline=None)
@given(st.integers(10 * 86_400, SPAN - 86_400))
def test_what_comes_later_changes_nothing_that_was_seen(after):
    quarter, moment = made.quarter(900, 3), made.start() + after
    known = Fold().take(made.before(quarter.facts, moment)).spans()
    whole = Past(quarter.spans, quarter.hours, made.no_tet())
    then = Past(known, quarter.hours, made.no_tet())

    rows, same = open_rows(quarter.spans, moment), open_rows(known, moment)
    ids = quarter.spans.ids[quarter.spans.columns["place"][rows]]
    assert list(ids) == list(known.ids[known.columns["place"][same]])
    moments = np.full(len(rows), moment)
    seen, as_then = whole.see(rows, moments).values, then.see(same, moments).values

    assert len(rows) > 5
    np.testing.assert_array_equal(seen, as_then)


def test_every_feature_belongs_to_one_reason():
    named = [name for names in REASONS.values() for name in names]

    assert sorted(named) == sorted(set(NAMES))


def test_reasons_and_start_make_the_score(learned):
    quarter = made.quarter()
    past = Past(quarter.spans, quarter.hours, made.no_tet())
    moment = made.start() + 60 * 86_400
    rows = open_rows(quarter.spans, moment)
    values = past.see(rows, np.full(len(rows), moment)).values

    sums = learned.risk.start + sum(learned.risk.reasons(values).values())

    np.testing.assert_allclose(sums, learned.risk.scores(values), atol=1e-9)
    np.testing.assert_allclose(model.logistic(sums), learned.risk.chances(values), atol=1e-12)


def test_told_reasons_are_the_three_that_add_most(learned):
    quarter = made.quarter()
    past = Past(quarter.spans, quarter.hours, made.no_tet())
    moment = made.start() + 70 * 86_400
    rows = open_rows(quarter.spans, moment)
    seen = past.see(rows, np.full(len(rows), moment))
    adds = learned.risk.reasons(seen.values)
    of_feature = {name: reason for reason, names in REASONS.items() for name in names}

    for row, told in enumerate(wording.reasons_of(learned.risk, seen)):
        reasons = [of_feature[one["by"]] for one in told]
        worth = [adds[reason][row] for reason in reasons]
        assert [one["adds"] for one in told] == pytest.approx(worth, abs=0.001)
        assert worth == sorted(worth, reverse=True)
        assert len(told) <= 3
        assert all(one > 0 for one in worth)
        left = [adds[reason][row] for reason in adds if reason not in reasons]
        assert len(told) < 3 or max(left) <= min(worth)


def test_every_feature_has_its_words_and_none_blames_a_person():
    for name in NAMES:
        for value in (0.0, 0.4, 1.0, 7.0):
            said = wording.line({"by": name, "value": value, "left": 400, "need": 900})
            assert said
            assert not re.search(r"cán bộ|chậm trễ|lỗi|vi phạm|yếu", said.lower())


def test_a_risk_is_told_in_tenths():
    assert wording.said_of(700) == "7 trên 10 hồ sơ như thế này đã trễ"
    assert wording.tenths(999) == 9
    assert [wording.mark(risk) for risk in (None, 0, 249, 250, 499, 500)] == [
        "", "", "", "possible", "possible", "likely",
    ]  # fmt: skip


def test_what_is_promised_is_what_comes(learned):
    judged = learned.judged

    assert judged.ece < 0.06
    assert judged.brier < judged.brier_base
    assert judged.auc > learned.reference.auc
    assert judged.brier < learned.reference.brier


def test_the_same_facts_give_the_same_model(learned):
    quarter = made.quarter()
    again = learning.learn(
        quarter.spans, quarter.hours, tet=made.no_tet(), first=made.start(), last=made.end(),
        held=learned.risk,
    )  # fmt: skip

    assert again.held == learned.judged
    kept = model.as_document(replace(again.risk, facts={}))
    assert json.dumps(kept) == json.dumps(model.as_document(replace(learned.risk, facts={})))


def test_each_dossier_is_judged_once_and_stands_for_its_looks(learned):
    quarter = made.quarter()
    past = Past(quarter.spans, quarter.hours, made.no_tet())
    part = learning.look(past, made.start() + 50 * 86_400, made.end(), seed=3)

    once, other = (learning.once(past, part, seed=seed) for seed in (3, 4))

    assert list(once.seen.moments) != list(other.seen.moments)
    place = quarter.spans.columns["place"]
    assert len(set(place[once.seen.rows])) == len(once.late) < len(part.late)
    assert set(place[once.seen.rows]) == set(place[part.seen.rows])
    assert once.weights.sum() == pytest.approx(part.weights.sum(), rel=0.03)
    assert learned.judged.count == sum(one.count for one in learned.judged.bins)


def test_what_has_long_to_go_stands_for_what_was_not_seen_to_its_end():
    quarter = made.quarter()
    past = Past(quarter.spans, quarter.hours, made.no_tet())
    first, last = made.start() + 20 * 86_400, made.start() + 48 * 86_400
    part = learning.look(past, first, last, seed=3)
    every = learning.look(past, first, last, by=made.end(), seed=3)

    def long(of: learning.Part) -> float:
        left = quarter.spans.columns["due"][of.seen.rows] - of.seen.moments
        return float(of.weights[left > 10 * 86_400].sum() / of.weights.sum())

    plain = np.ones(len(part.late))
    assert abs(long(part) - long(every)) < abs(long(replace(part, weights=plain)) - long(every))


def test_weeks_are_foretold_after_learning_anew_before_each(monkeypatch):
    for name, value in (("WEEKLY_ROWS", 800), ("LEAST_ROWS", 100), ("LEAST_LATE", 5)):
        monkeypatch.setattr(learning, name, value)
    quarter = made.quarter()
    past = Past(quarter.spans, quarter.hours, made.no_tet())

    whole, weeks = learning.weekly(
        past, first=made.start(), last=made.start() + 52 * 86_400, seed=3
    )

    assert whole.count == sum(week.judged.count for week in weeks)
    assert all(week.judged.auc > 0.6 for week in weeks)
    assert {"first", "promised", "base", "ece"} <= set(weeks[0].as_dict())


def test_a_model_is_kept_as_plain_text(learned):
    kept = json.loads(json.dumps(model.as_document(learned.risk)))
    back = model.from_document(kept)
    values = np.random.default_rng(5).normal(size=(40, len(NAMES))) * 100

    np.testing.assert_allclose(back.scores(values), learned.risk.scores(values), atol=1e-3)
    with pytest.raises(ValueError, match="dạng khác"):
        model.from_document(kept | {"format": 99})


def test_a_value_that_is_not_known_adds_its_own():
    term = model.Term(
        "left", np.array([10.0, 20.0]), np.array([1.0, 2.0]), unknown=0.5, usual=0.25
    )

    added = term.of(np.array([5.0, 10.0, 15.0, 99.0, np.nan]))

    np.testing.assert_allclose(added, [-0.25, -0.25, 0.75, 2.75, 0.25])


def test_too_little_history_is_said():
    quarter = made.quarter(150, 2)

    with pytest.raises(learning.TooLittle):
        learning.learn(
            quarter.spans, quarter.hours, tet=made.no_tet(), first=made.start(), last=made.end()
        )


def test_judging_counts_as_by_hand():
    chances = np.array([0.1] * 10 + [0.9] * 10)
    late = np.array([0.0] * 9 + [1.0] + [1.0] * 8 + [0.0] * 2)

    judged = judge(chances, late)

    assert (judged.count, judged.late) == (20, 9)
    assert judged.brier == pytest.approx((9 * 0.01 + 0.81 + 8 * 0.01 + 2 * 0.81) / 20)
    assert judged.brier_base == pytest.approx(0.45 * 0.55)
    assert sum(one.count for one in judged.bins) == 20
    assert auc(chances, late) == pytest.approx((8 * 9 + 0.5 * (8 * 2 + 1 * 9)) / (9 * 11))
    assert brier(late, late) == 0
    assert auc(chances, np.zeros(20)) == 0.5


def test_perfect_promises_have_no_error_of_calibration():
    chances = np.repeat(np.linspace(0, 0.9, 10), 100)
    late = np.concatenate(
        [np.arange(100) < round(100 * share) for share in np.linspace(0, 0.9, 10)]
    )

    assert judge(chances, late.astype(float)).ece == pytest.approx(0, abs=1e-9)


def test_lateness_is_what_was_known_by_the_day():
    limit = (
        made.calendar().local(made.calendar().opening(made.FIRST)) + timedelta(days=7)
    ).isoformat()
    story = [
        (7, "dossier.filed", made.start() + 8 * 3600, {"procedure": "1", "competent": "H32.01"}),
        (7, "dossier.accepted", made.start() + 8 * 3600, {"due_at": limit}),
        (7, "dossier.result_issued", made.start() + 10 * 86_400, {}),
    ]
    spans = Fold().take(story).spans()
    rows = open_rows(spans, made.start() + 86_400)

    assert list(lateness(spans, rows, made.start() + 3 * 86_400)) == [-1]
    assert list(lateness(spans, rows, made.start() + 9 * 86_400)) == [1]
    assert list(lateness(spans, rows, made.start() + 30 * 86_400)) == [1]
