"""Each signal's rule: what must fire, and what must not."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from motcua.supervision.definitions import ALL, BY_KEY
from motcua.supervision.queries.evidence import GATHERERS
from motcua.supervision.rules import signals as s
from tests.factories.world import VN

AT = datetime(2026, 11, 16, 10, 0, tzinfo=VN)
HOUR, DAY = timedelta(hours=1), 480
NUMBERS = s.numbers(on=date(2026, 11, 16))
SAME = ["Không đủ điều kiện theo quy định hiện hành."]
OWN_WORDS = [f"Thửa đất số {n} đang có tranh chấp, chưa có bản án có hiệu lực." for n in range(9)]


def often(did: int, *, handled: int = 100, peers: int = 900, others: int = 45) -> s.Standard:
    return s.standard([s.Share(handled, did, handled + peers, did + others)])


def standing(
    did: int = 20, handled: int = 20, peers: int = 50, expected: float = 6.0
) -> s.Standard:
    """Exactly at each threshold; the curve's tail is set aside, so that z is what it says."""
    return AtThreshold(handled, did, peers, expected, variance=((20 - 6.0) / 3) ** 2)


class AtThreshold(s.Standard):
    """A standard whose deviation is the plain one."""

    @property
    def z(self) -> float:
        return (self.did - self.expected) / self.variance**0.5


def papers(*wanted: str, **found: set[str]) -> s.Asked:
    kept = {key: frozenset(value) for key, value in found.items()}
    return s.Asked(frozenset(wanted), frozenset({"ct01", "home", "lease"}), **kept)


def written(words: str) -> s.Asked:
    return replace(papers("ct01"), words=words)


CASES = {
    "S1": (
        s.request_reason,
        [
            (s.Request(2, AT), "second"),
            (s.Request(3, AT, AT + HOUR), "second"),
            (s.Request(1, AT, AT - HOUR), "late"),
        ],
        [s.Request(1, AT), s.Request(1, AT, AT), s.Request(1, AT, AT + HOUR)],
    ),
    "S2": (
        s.asked_reason,
        [
            (papers("so-ho-khau"), "unpublished"),
            (papers("ct01", "so-ho-khau"), "unpublished"),
            (papers("home", held={"home"}), "held"),
            (papers("lease", stored={"lease"}), "stored"),
            (written("Đề nghị nộp bản sao Sổ hộ khẩu có chứng thực."), "abolished"),
            (written("Thiếu SỔ TẠM TRÚ của con"), "abolished"),
        ],
        [
            papers("ct01"),
            written("Tờ khai thiếu chữ ký; không phải nộp sổ hộ khẩu."),
            written("Ghi lại số hộ khẩu của cơ sở trong tờ khai."),
            papers("home", held={"home"}, failed={"home"}),
            papers("lease", stored={"lease"}, wrong={"lease"}),
            papers("ct01", held={"home"}, stored={"lease"}),
        ],
    ),
    "S3": (
        s.often_reason,
        [
            (often(20), "often"),
            (often(12, handled=60), "often"),
            (standing(), "often"),
        ],
        [
            often(5),
            often(9),
            often(4, handled=19),
            often(19, handled=19),
            often(20, peers=40, others=2),
            often(4, handled=30, peers=900, others=1),
            often(5, handled=64, peers=9576, others=175),
            standing(did=4),
            standing(handled=19),
            standing(peers=49),
            standing(expected=6.01),
        ],
    ),
    "S5": (
        s.idle_reason,
        [
            (s.Idle(DAY + 1, 0, is_unassigned=True), "unassigned"),
            (s.Idle(6 * DAY, 10 * DAY, 11 * DAY), "idle"),
            (s.Idle(5 * DAY + 1, 10 * DAY, 10 * DAY), "idle"),
            (s.Idle(DAY + 1, DAY, DAY + 1), "idle"),
        ],
        [
            s.Idle(DAY, 0, is_unassigned=True),
            s.Idle(5 * DAY, 10 * DAY, 11 * DAY),
            s.Idle(6 * DAY, 10 * DAY, 9 * DAY),
            s.Idle(300, 400, 500),
            s.Idle(DAY, DAY, DAY),
            s.Idle(6 * DAY, 10 * DAY, 10 * DAY - 1),
        ],
    ),
    "S6": (
        s.due_change_reason,
        [
            (s.DueChange(2, AT, AT + HOUR), "twice"),
            (s.DueChange(1, AT, AT - HOUR), "after_expiry"),
            (s.DueChange(0, AT, None, 30.0, 0.1), "backdated"),
            (s.DueChange(0, AT, None, 24.01, 24.0), "backdated"),
            (s.DueChange(1, AT + timedelta(microseconds=1), AT), "after_expiry"),
        ],
        [
            s.DueChange(1, AT, AT + 30 * HOUR),
            s.DueChange(1, AT, AT),
            s.DueChange(0, AT, None, 20.0, 0.1),
            s.DueChange(0, AT, None, 24.0, 0.0),
            s.DueChange(0, AT, None, 30.0, 24.01),
            s.DueChange(0, AT, None, 900.0, 950.0),
        ],
    ),
    "S7": (
        s.pause_reason,
        [(s.Pause(0.9, 10 * DAY), "just_before"), (s.Pause(1.0, 5 * DAY), "just_before")],
        [s.Pause(0.89, 10 * DAY), s.Pause(1.0001, 10 * DAY), s.Pause(0.95, 5 * DAY - 1),
         s.Pause(0.95, 3 * DAY), s.Pause(1.4, 10 * DAY)],
    ),
    "S8": (
        s.ready_reason,
        [(s.Ready(2.1, is_fetched=False), "unsent"), (s.Ready(10.1, is_fetched=True), "unfetched")],
        [s.Ready(2, is_fetched=False), s.Ready(2.1, is_fetched=True),
         s.Ready(9, is_fetched=True), s.Ready(10, is_fetched=True)],
    ),
    "S9": (
        s.online_reason,
        [(s.Online(481), "unanswered"), (s.Online(481, 0.1), "unanswered"),
         (s.Online(60, 2.1), "untold")],
        [s.Online(480), s.Online(480, 2.0), s.Online(10, None)],
    ),
    "S10": (
        s.signs_reason,
        [
            (s.Signs(frozenset({"bribe"})), "contact"),
            (s.Signs(frozenset({"delay", "harassment"})), "contact"),
        ],
        [s.Signs(frozenset()), s.Signs(frozenset({"delay"})), s.Signs(frozenset({"danger"}))],
    ),
    "S11": (
        s.looking_reason,
        [
            (s.Looking(120, 0), "bulk"),
            (s.Looking(130, 0, has_wide_task=True), "bulk"),
            (s.Looking(5, 15), "no_need"),
        ],
        [s.Looking(119, 14), s.Looking(40, 200, has_wide_task=True), s.Looking(0, 0)],
    ),
    "S12": (
        s.papers_reason,
        [(s.Papers(AT + HOUR, AT), "late")],
        [s.Papers(AT, AT), s.Papers(AT - HOUR, AT), s.Papers(AT + HOUR / 4, AT)],
    ),
    "S13": (
        s.voices_reason,
        [(s.Voices(reports=2), "reports"), (s.Voices(ratings=10, low=4), "ratings"),
         (s.Voices(ratings=8, low=4), "ratings"), (s.Voices(ratings=20, low=6), "ratings")],
        [
            s.Voices(ratings=20, low=5),
            s.Voices(reports=1),
            s.Voices(ratings=7, low=7),
            s.Voices(ratings=8, low=3),
            s.Voices(ratings=40, low=4),
        ],
    ),
    "S14": (
        s.visits_reason,
        [(s.Visits(3), "visits")],
        [s.Visits(2), s.Visits(0), s.Visits(None)],
    ),
    "S15": (
        s.receipt_reason,
        [(s.Receipt(30000, 20000), "differs"), (s.Receipt(10000, 20000), "differs"),
         (s.Receipt(5000, 0), "differs"), (s.Receipt(20001, 20000), "differs"),
         (s.Receipt(0, 20000), "differs")],
        [s.Receipt(20000, 20000), s.Receipt(50000, None), s.Receipt(0, 0)],
    ),
}  # fmt: skip
FIRES = [(key, one, why) for key, (_rule, yes, _no) in CASES.items() for one, why in yes]
SILENT = [(key, one) for key, (_rule, _yes, no) in CASES.items() for one in no]


@pytest.mark.parametrize(("key", "found", "why"), FIRES)
def test_it_fires(key: str, found: object, why: str):
    assert CASES[key][0](found, NUMBERS.of(key)) == why


@pytest.mark.parametrize(("key", "found"), SILENT)
def test_it_is_silent(key: str, found: object):
    assert CASES[key][0](found, NUMBERS.of(key)) == ""


@pytest.mark.parametrize(
    ("found", "said", "why"),
    [
        (often(20), [], "often"),
        (often(6), ["Thiếu", "Sai", "Không đủ", "Thiếu giấy", *OWN_WORDS[:2]], "short"),
        (often(6), SAME * 4 + OWN_WORDS[:2], "same"),
        (often(6), OWN_WORDS[:6], ""),
        (often(4), SAME * 4, ""),
        (often(5), ["x" * 24] * 3 + OWN_WORDS[:3], "short"),
        (often(5), ["x" * 25] * 3 + OWN_WORDS[:3], ""),
        (often(5), ["Thiếu"] * 2 + OWN_WORDS[:3], ""),
        (often(7), SAME * 4 + OWN_WORDS[:3], ""),
        (often(6), SAME * 3 + OWN_WORDS[:5], ""),
        (often(6, handled=15), SAME * 6, ""),
    ],
)
def test_refusals_are_seen_by_their_number_and_their_reasons(
    found: s.Standard, said: list[str], why: str
):
    assert s.refusal_reason(found, said, NUMBERS.of("S4")) == why


def test_an_officer_is_compared_with_colleagues_on_the_same_procedures():
    """Half of these are asked by everybody: who handles only those asks no more than others."""
    hard, easy = s.Share(40, 20, 440, 220), s.Share(40, 0, 1040, 10)

    assert s.standard([hard]).z == pytest.approx(0, abs=0.1)
    assert s.standard([easy]).did == 0
    assert s.often_reason(s.standard([hard, easy]), NUMBERS.of("S3")) == ""


def test_a_procedure_that_nobody_else_handles_says_nothing():
    assert s.standard([s.Share(50, 50, 50, 50)]).handled == 0


def test_every_signal_is_declared_once_with_law_numbers_words_and_a_gatherer():
    keys = [f"S{number}" for number in range(1, 16)]

    assert [one.key for one in ALL] == keys
    assert set(GATHERERS) == set(keys) == set(NUMBERS.tables)
    assert set(CASES) | {"S4"} == set(keys)
    assert all("Cần" in str(one.name) and one.law and one.facts for one in BY_KEY.values())


@pytest.mark.parametrize("word", ["vi phạm", "sai phạm", "gian", "kỷ luật", "tham"])
def test_words_stay_neutral(word: str):
    said = " ".join(f"{one.name} {one.detects} {one.rule}" for one in ALL).lower()

    assert word not in said
