"""How a stack is laid out, and the order of a paper's steps."""

from datetime import date

import pytest

from motcua.documents.rules import digitising as rules
from motcua.documents.rules.digitising import Arrangement, Leaf, PaperState, Seen

CODE = "H32.66-20261109-0000001"


def laid(*groups: str) -> Arrangement:
    """Return an arrangement of sheets 1, 2, 3… from groups like "ab": two sheets of one paper."""
    pieces, number = [], 0
    for place, group in enumerate(groups, start=1):
        leaves = tuple(Leaf(number + n) for n in range(1, len(group) + 1))
        pieces.append(rules.Piece(f"g{place}", leaves))
        number += len(group)
    return Arrangement(tuple(pieces), (), len(groups))


def shape(whole: Arrangement) -> list[list[int]]:
    return [[leaf.sheet for leaf in piece.leaves] for piece in whole.pieces]


def flat(whole: Arrangement) -> list[int]:
    return [sheet for piece in shape(whole) for sheet in piece]


def test_blank_and_separator_sheets_part_papers():
    seen = [
        Seen(1, codes=(rules.separator(CODE, "ct01"),)),
        Seen(2),
        Seen(3),
        Seen(4, is_blank=True),
        Seen(5, is_blank=True),
        Seen(6),
        Seen(7, codes=("PATCHT",)),
        Seen(8, codes=("một mã khác",)),
    ]

    whole = rules.laid_out(seen, code=CODE)

    assert shape(whole) == [[2, 3], [6], [8]]
    assert [piece.component for piece in whole.pieces] == ["ct01", "", ""]
    assert [leaf.sheet for leaf in whole.dropped] == [1, 4, 5, 7]


def test_sheets_added_later_make_papers_behind_the_others():
    first = rules.laid_out([Seen(1)], code=CODE)

    assert shape(rules.laid_out([Seen(2), Seen(3)], code=CODE, onto=first)) == [[1], [2, 3]]


@pytest.mark.parametrize(
    ("text", "component"),
    [
        (rules.separator(CODE, "ct01"), "ct01"),
        (rules.separator("hồ sơ khác", "ct01"), ""),
        (rules.SEPARATOR, ""),
        ("patch t", ""),
        (f"{rules.SEPARATOR}|thiếu", None),
        ("https://example.org", None),
    ],
)
def test_what_separates(text, component):
    assert rules.separates(text, code=CODE) == component


@pytest.mark.parametrize(
    ("step", "what", "expected"),
    [
        ("shift", {"sheet": 1, "by": 1}, [[2, 1], [3], [4]]),
        ("shift", {"sheet": 2, "by": 1}, [[1], [2, 3], [4]]),
        ("shift", {"sheet": 3, "by": -1}, [[1, 2, 3], [4]]),
        ("shift", {"sheet": 1, "by": -1}, [[1, 2], [3], [4]]),
        ("shift", {"sheet": 4, "by": 1}, [[1, 2], [3], [4]]),
        ("drop", {"sheet": 3}, [[1, 2], [4]]),
        ("move", {"sheet": 1, "piece": "g3"}, [[2], [3], [4, 1]]),
        ("move", {"sheet": 1, "piece": "new"}, [[2], [3], [4], [1]]),
        ("move", {"sheet": 3, "piece": "g2"}, [[1, 2], [3], [4]]),
        ("split", {"sheet": 2}, [[1], [2], [3], [4]]),
        ("split", {"sheet": 1}, [[1, 2], [3], [4]]),
        ("merge", {"piece": "g2"}, [[1, 2, 3], [4]]),
        ("merge", {"piece": "g1"}, [[1, 2], [3], [4]]),
    ],
)
def test_one_step(step, what, expected):
    assert shape(rules.STEPS[step](laid("ab", "c", "d"), **what)) == expected


def test_a_dropped_sheet_comes_back_where_it_lay():
    whole = laid("abc", "d")
    for sheet in (1, 2, 4):
        gone = rules.dropped(whole, sheet=sheet)
        assert sheet not in flat(gone)
        back = rules.restored(gone, sheet=sheet)
        assert flat(back) == [1, 2, 3, 4]
    empty = rules.dropped(laid("a"), sheet=1)
    assert shape(rules.restored(empty, sheet=1)) == [[1]]


def test_turns_add_up_and_stay_with_the_sheet():
    whole = laid("ab")
    for _time in range(5):
        whole = rules.turned(whole, sheet=2, by=90)
    whole = rules.dropped(whole, sheet=2)

    assert whole.dropped == (Leaf(2, 90),)
    assert rules.turned(whole, sheet=2, by=270).dropped == (Leaf(2, 0),)
    assert rules.shifted(whole, sheet=2, by=1) == whole


def test_a_merged_paper_keeps_the_component_that_was_named():
    whole = rules.assigned(laid("a", "b"), piece="g2", component="ct01")

    assert rules.merged(whole, piece="g2").pieces[0].component == "ct01"


def test_what_is_stored_comes_back():
    whole = rules.assigned(
        rules.dropped(rules.turned(laid("ab", "c"), sheet=1, by=90), sheet=2),
        piece="g2",
        component="home",
    )

    assert Arrangement.of(whole.as_json()) == whole
    assert Arrangement.of({}) == Arrangement()


def test_touched_names_the_papers_that_a_step_changed():
    before = laid("ab", "c", "d")

    assert rules.touched(before, rules.moved(before, sheet=1, piece="g2")) == {"g1", "g2"}
    assert rules.touched(before, rules.split(before, sheet=2)) == {"g1", "g4"}
    assert rules.touched(before, before) == set()


@pytest.mark.parametrize("step", ["turn", "drop", "restore", "shift", "move", "split"])
def test_a_sheet_that_is_not_there_is_told(step):
    more = {"turn": {"by": 90}, "shift": {"by": 1}, "move": {"piece": "g1"}}.get(step, {})

    with pytest.raises(rules.NoSuchSheet):
        rules.STEPS[step](laid("a"), sheet=99, **more)


@pytest.mark.parametrize(
    ("step", "what"),
    [
        ("merge", {"piece": "x"}),
        ("assign", {"piece": "x", "component": "c"}),
        ("move", {"sheet": 1, "piece": "x"}),
    ],
)
def test_a_paper_that_is_not_there_is_told(step, what):
    with pytest.raises(rules.NoSuchSheet):
        rules.STEPS[step](laid("a", "b"), **what)


S = PaperState
ALLOWED = {
    (S.SCANNED, S.READ),
    (S.SCANNED, S.COMPARED),
    (S.READ, S.COMPARED),
    (S.COMPARED, S.SIGNED),
    (S.SIGNED, S.STORED),
    (S.CERTIFIED, S.STORED),
    (S.STORED, S.REUSED),
    (S.REUSED, S.REUSED),
}


@pytest.mark.parametrize("before", list(S))
@pytest.mark.parametrize("after", list(S))
def test_the_order_of_steps_r26(before, after):
    allowed = rules.may_become(before, after, needs_agency=False)

    assert allowed == ((before, after) in ALLOWED)


def test_the_agencys_signature_comes_between_where_the_law_wants_it_r12():
    assert rules.may_become("signed", "certified", needs_agency=True)
    assert not rules.may_become("signed", "certified", needs_agency=False)
    assert not rules.may_become("signed", "stored", needs_agency=True)
    assert rules.may_become("certified", "stored", needs_agency=True)


def test_which_papers_carry_the_agencys_signature_r12():
    assert rules.needs_agency("birth_certificate", on=date(2026, 11, 16))
    assert not rules.needs_agency("birth_certificate", on=date(2025, 6, 30))
    assert not rules.needs_agency("declaration", on=date(2026, 11, 16))


def test_what_r11_wants_known_is_asked_for_r11():
    whole = {"kind": "decision", "owner": "Lê Văn A", "title": "QĐ", "abstract": "x"}

    assert rules.missing_metadata(whole) == ("valid_until",)
    assert rules.missing_metadata(whole | {"is_unlimited": True}) == ()
    assert rules.missing_metadata(whole | {"valid_until": date(2030, 1, 1)}) == ()
    assert rules.missing_metadata({}) == ("kind", "owner", "title", "abstract", "valid_until")


def test_what_was_compared_is_fixed_r26():
    assert [rules.is_fixed(state) for state in S] == [False, False, True, True, True, True, True]
    assert rules.is_past("signed", "compared")
    assert not rules.is_past("read", "read")
