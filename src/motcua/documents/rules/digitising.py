"""The digitisation desk: how a stack is laid out, and the way of a paper from scanner to store.

Rule of the house, but where a function cites the law.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

SEPARATOR = "MCTACH"
# What separator sheets of other makers say.
_FOREIGN_SEPARATORS = frozenset({"PATCHT", "PATCH T", "SEPARATOR"})
MOST_SHEETS = 300
MOST_STEPS = 100


class PaperState(StrEnum):
    """How far a digitised paper has come."""

    SCANNED = "scanned"
    READ = "read"
    COMPARED = "compared"
    SIGNED = "signed"
    CERTIFIED = "certified"
    STORED = "stored"
    REUSED = "reused"


_S = PaperState
_BEFORE: dict[PaperState, frozenset[PaperState]] = {
    _S.READ: frozenset({_S.SCANNED}),
    _S.COMPARED: frozenset({_S.SCANNED, _S.READ}),
    _S.SIGNED: frozenset({_S.COMPARED}),
    _S.CERTIFIED: frozenset({_S.SIGNED}),
    _S.STORED: frozenset({_S.SIGNED, _S.CERTIFIED}),
    _S.REUSED: frozenset({_S.STORED, _S.REUSED}),
}
_ORDER = list(PaperState)
LAW = {
    _S.COMPARED: "118/2025/NĐ-CP Điều 17 khoản 1 điểm c",
    _S.SIGNED: "118/2025/NĐ-CP Điều 17 khoản 1 điểm c",
    _S.CERTIFIED: "118/2025/NĐ-CP Điều 19 khoản 2",
    _S.STORED: "118/2025/NĐ-CP Điều 22 khoản 4",
    _S.REUSED: "118/2025/NĐ-CP Điều 17 khoản 1 điểm b",
}


def may_become(state: str, wanted: str, *, needs_agency: bool) -> bool:
    """Tell whether a paper in that state may take the next one (R26, R12).

    Where the law wants the agency's signature, a paper is stored only when it has it. A paper that
    could not be read by the machine is compared by eye alone.
    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm c, Điều 19 khoản 2, Điều 22 khoản 4.
    """
    before, after = PaperState(state), PaperState(wanted)
    if before not in _BEFORE.get(after, frozenset()):
        return False
    if after is _S.CERTIFIED:
        return needs_agency
    return not (after is _S.STORED and before is _S.SIGNED and needs_agency)


def is_past(state: str, other: str) -> bool:
    """Tell whether a paper has left a state behind.

    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm c (the order of the steps).
    """
    return _ORDER.index(PaperState(state)) > _ORDER.index(PaperState(other))


def is_fixed(state: str) -> bool:
    """Tell whether the pages may not be touched: they were compared, or signed (R26).

    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm c (whoever signs answers for the whole copy).
    """
    return is_past(state, _S.READ)


def needs_agency(kind: str, *, on: date) -> bool:
    """Tell whether a digitised paper of this kind is to carry the agency's signature too (R12).

    Source: 118/2025/NĐ-CP Điều 19 khoản 2 (kinds and date in digitising.toml).
    """
    told = _told()["agency_copy"]
    return kind in told["kinds"] and on >= told["since"]


def missing_metadata(said: Mapping[str, object]) -> tuple[str, ...]:
    """Return the keys of R11 that nobody filled in: kind, owner, title, abstract, validity.

    The scope is told only where there is one. A paper without end of validity says so by
    `is_unlimited`.
    Source: 118/2025/NĐ-CP Điều 19 khoản 2.
    """
    wanted = ["kind", "owner", "title", "abstract"]
    found = [key for key in wanted if not str(said.get(key) or "").strip()]
    if not said.get("valid_until") and not said.get("is_unlimited"):
        found.append("valid_until")
    return tuple(found)


@dataclass(frozen=True)
class Leaf:
    """A sheet as it lies: which one, turned by how many degrees clockwise."""

    sheet: int
    turn: int = 0


@dataclass(frozen=True)
class Piece:
    """One paper: its leaves in order and the component of the dossier that it is."""

    key: str
    leaves: tuple[Leaf, ...]
    component: str = ""


@dataclass(frozen=True)
class Arrangement:
    """Which sheets make which paper, and which are left out; `last` is the newest key's number."""

    pieces: tuple[Piece, ...] = ()
    dropped: tuple[Leaf, ...] = ()
    last: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return it as it is stored."""
        return {
            "pieces": [
                {
                    "key": p.key,
                    "component": p.component,
                    "leaves": [[x.sheet, x.turn] for x in p.leaves],
                }
                for p in self.pieces
            ],
            "dropped": [[x.sheet, x.turn] for x in self.dropped],
            "last": self.last,
        }  # fmt: skip

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Arrangement":
        """Return what `as_json` stored; nothing stored is an empty one."""
        pieces = tuple(
            Piece(one["key"], tuple(Leaf(*leaf) for leaf in one["leaves"]), one["component"])
            for one in stored.get("pieces", ())
        )
        dropped = tuple(Leaf(*leaf) for leaf in stored.get("dropped", ()))
        return cls(pieces, dropped, stored.get("last", 0))

    def piece(self, key: str) -> Piece | None:
        """Return the paper of that key."""
        return next((one for one in self.pieces if one.key == key), None)

    def holder(self, sheet: int) -> Piece | None:
        """Return the paper that the sheet is in, None when it is left out."""
        return next((p for p in self.pieces if any(x.sheet == sheet for x in p.leaves)), None)


class NoSuchSheet(LookupError):
    """The stack has no such sheet or paper."""


@dataclass(frozen=True)
class Seen:
    """What was seen of a sheet: blank, or the codes that it carries."""

    sheet: int
    is_blank: bool = False
    codes: tuple[str, ...] = ()


def separator(code: str, component: str = "") -> str:
    """Return what the QR of a separator sheet says.

    Source: rule of the house.
    """
    return f"{SEPARATOR}|{code}|{component}"


def separates(text: str, *, code: str) -> str | None:
    """Return the component that a separator sheet names, "" for none, None when it is no separator.

    A sheet made for another dossier separates, but names nothing here.
    Source: rule of the house.
    """
    if text.strip().upper() in _FOREIGN_SEPARATORS or text == SEPARATOR:
        return ""
    parts = text.split("|")
    if parts[0] != SEPARATOR or len(parts) != 3:
        return None
    return parts[2] if parts[1] == code else ""


def laid_out(seen: Iterable[Seen], *, code: str, onto: Arrangement | None = None) -> Arrangement:
    """Return the first arrangement of a stack: blank and separator sheets begin a new paper.

    Sheets added later make papers of their own behind those that are there.
    Source: rule of the house.
    """
    whole = onto or Arrangement()
    pieces, dropped, last = list(whole.pieces), list(whole.dropped), whole.last
    leaves: list[Leaf] = []
    component = ""

    def close() -> None:
        nonlocal last
        if leaves:
            last += 1
            pieces.append(Piece(f"g{last}", tuple(leaves), component))
            leaves.clear()

    for one in seen:
        named = [n for text in one.codes if (n := separates(text, code=code)) is not None]
        if one.is_blank or named:
            close()
            component = named[0] if named else ""
            dropped.append(Leaf(one.sheet))
        else:
            leaves.append(Leaf(one.sheet))
    close()
    return Arrangement(tuple(pieces), tuple(dropped), last)


def turned(whole: Arrangement, *, sheet: int, by: int) -> Arrangement:
    """Return it with the sheet turned by degrees clockwise."""
    _held(whole, sheet)

    def turn(leaf: Leaf) -> Leaf:
        return replace(leaf, turn=(leaf.turn + by) % 360) if leaf.sheet == sheet else leaf

    return replace(
        whole,
        pieces=tuple(replace(p, leaves=tuple(map(turn, p.leaves))) for p in whole.pieces),
        dropped=tuple(map(turn, whole.dropped)),
    )


def dropped(whole: Arrangement, *, sheet: int) -> Arrangement:
    """Return it with the sheet left out."""
    leaf = _held(whole, sheet)
    out = _without(whole, sheet)
    return replace(out, dropped=(*out.dropped, leaf))


def restored(whole: Arrangement, *, sheet: int) -> Arrangement:
    """Return it with the sheet back, behind the sheet that lay before it in the stack."""
    leaf = _held(whole, sheet)
    out = _without(whole, sheet)
    before = [x.sheet for p in out.pieces for x in p.leaves if x.sheet < sheet]
    if not before:
        if not out.pieces:
            return _with_new(out, 0, (leaf,))
        return _placed(out, out.pieces[0].key, 0, leaf)
    holder = out.holder(max(before))
    if holder is None:  # cannot be: it was found among the leaves
        raise NoSuchSheet(sheet)
    place = [x.sheet for x in holder.leaves].index(max(before)) + 1
    return _placed(out, holder.key, place, leaf)


def shifted(whole: Arrangement, *, sheet: int, by: int) -> Arrangement:
    """Return it with the sheet one place on (by=1) or back (by=-1), over the edge of its paper too."""
    leaf = _held(whole, sheet)
    holder = whole.holder(sheet)
    if holder is None:
        return whole
    place = holder.leaves.index(leaf) + by
    if 0 <= place < len(holder.leaves):
        return _placed(_without(whole, sheet, keep=holder.key), holder.key, place, leaf)
    keys = [p.key for p in whole.pieces]
    beside = keys.index(holder.key) + by
    if not 0 <= beside < len(keys):
        return whole
    target = whole.pieces[beside]
    out = _without(whole, sheet)
    return _placed(out, target.key, 0 if by > 0 else len(target.leaves), leaf)


def moved(whole: Arrangement, *, sheet: int, piece: str) -> Arrangement:
    """Return it with the sheet at the end of another paper; "new": in a paper of its own."""
    leaf = _held(whole, sheet)
    out = _without(whole, sheet)
    if piece == "new":
        return _with_new(out, len(out.pieces), (leaf,))
    target = whole.piece(piece)
    if target is None:
        raise NoSuchSheet(piece)
    if out.piece(piece) is None:
        return whole
    return _placed(out, piece, len(target.leaves), leaf)


def split(whole: Arrangement, *, sheet: int) -> Arrangement:
    """Return it with a new paper beginning at the sheet."""
    holder = whole.holder(sheet)
    if holder is None:
        raise NoSuchSheet(sheet)
    place = [x.sheet for x in holder.leaves].index(sheet)
    if place == 0:
        return whole
    spot = whole.pieces.index(holder)
    kept = replace(holder, leaves=holder.leaves[:place])
    shorter = replace(whole, pieces=(*whole.pieces[:spot], kept, *whole.pieces[spot + 1 :]))
    return _with_new(shorter, spot + 1, holder.leaves[place:])


def merged(whole: Arrangement, *, piece: str) -> Arrangement:
    """Return it with the paper joined to the end of the one before it."""
    keys = [p.key for p in whole.pieces]
    if piece not in keys:
        raise NoSuchSheet(piece)
    spot = keys.index(piece)
    if spot == 0:
        return whole
    first, second = whole.pieces[spot - 1], whole.pieces[spot]
    joined = replace(
        first,
        leaves=first.leaves + second.leaves,
        component=first.component or second.component,
    )
    return replace(whole, pieces=(*whole.pieces[: spot - 1], joined, *whole.pieces[spot + 1 :]))


def assigned(whole: Arrangement, *, piece: str, component: str) -> Arrangement:
    """Return it with the paper being that component of the dossier."""
    if whole.piece(piece) is None:
        raise NoSuchSheet(piece)
    pieces = tuple(replace(p, component=component) if p.key == piece else p for p in whole.pieces)
    return replace(whole, pieces=pieces)


STEPS: dict[str, Callable[..., Arrangement]] = {
    "turn": turned,
    "drop": dropped,
    "restore": restored,
    "shift": shifted,
    "move": moved,
    "split": split,
    "merge": merged,
    "assign": assigned,
}


def touched(before: Arrangement, after: Arrangement) -> frozenset[str]:
    """Return the keys of the papers that a step changed, made or took away."""
    old = {p.key: p for p in before.pieces}
    new = {p.key: p for p in after.pieces}
    return frozenset(key for key in old.keys() | new.keys() if old.get(key) != new.get(key))


def _held(whole: Arrangement, sheet: int) -> Leaf:
    for leaf in (*(x for p in whole.pieces for x in p.leaves), *whole.dropped):
        if leaf.sheet == sheet:
            return leaf
    raise NoSuchSheet(sheet)


def _without(whole: Arrangement, sheet: int, *, keep: str = "") -> Arrangement:
    """Take the sheet out; a paper left without sheets goes, unless it is to be kept."""
    pieces = tuple(
        replace(p, leaves=tuple(x for x in p.leaves if x.sheet != sheet)) for p in whole.pieces
    )
    return replace(
        whole,
        pieces=tuple(p for p in pieces if p.leaves or p.key == keep),
        dropped=tuple(x for x in whole.dropped if x.sheet != sheet),
    )


def _placed(whole: Arrangement, key: str, place: int, leaf: Leaf) -> Arrangement:
    pieces = tuple(
        replace(p, leaves=(*p.leaves[:place], leaf, *p.leaves[place:])) if p.key == key else p
        for p in whole.pieces
    )
    return replace(whole, pieces=pieces)


def _with_new(whole: Arrangement, place: int, leaves: tuple[Leaf, ...]) -> Arrangement:
    number = whole.last + 1
    piece = Piece(f"g{number}", leaves)
    return Arrangement(
        (*whole.pieces[:place], piece, *whole.pieces[place:]), whole.dropped, number
    )


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
