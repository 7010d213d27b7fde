"""The check: documents find their components, then each component gets its finding."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from motcua.documents.completeness.values import (
    Case,
    Document,
    Finding,
    Need,
    Reading,
    Status,
    Why,
)
from motcua.documents.rules.kho import OTHER, Use
from motcua.kernel.text import fold

SURE = 0.80
RATHER_SURE = 0.60
HALF_SURE = 0.40
CLEAR = 0.55
SAME_NAME = 0.85

# What a document in a slot may turn out to be, the best first: a slot is judged by its best one.
_ORDER = (
    Status.PRESENT,
    Status.EXPIRED,
    Status.DOUBTFUL,
    Status.MISSING,
)


def check(case: Case) -> tuple[Finding, ...]:
    """Return one finding for each component, in the published order.

    It proposes only: nothing is refused because of it, and the officer may see it otherwise.
    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm b, c; 309/2026/NĐ-CP Điều 12 khoản 3 điểm h.
    """
    placed = _placed(case)
    return tuple(_finding(need, placed.get(need.key, []), case) for need in case.needs)


def _placed(case: Case) -> dict[str, list[Document]]:
    """Give each document to the component in whose slot it stands, or where it plainly belongs.

    Two papers scanned into one file, or put in each other's slots, are found by their kinds; of two
    in one slot, the one that does not belong there may go where it fits with less certainty.
    """
    by_key = {need.key: need for need in case.needs}
    placed: dict[str, list[Document]] = {}
    strays: list[Document] = []
    for document in case.documents:
        need = by_key.get(document.slot)
        if need is not None and not _is_plainly_another(document, need, case.needs):
            placed.setdefault(need.key, []).append(document)
        else:
            strays.append(document)
    for document in strays:
        target = _home_of(document, case.needs, placed, at_least=SURE)
        key = target.key if target is not None else document.slot
        placed.setdefault(key, []).append(document)
    for need in case.needs:
        _part(need, case.needs, placed)
    return placed


def _part(need: Need, needs: Sequence[Need], placed: dict[str, list[Document]]) -> None:
    """Let the second document of a slot, when it is not of this component, go where it fits."""
    here = placed.get(need.key, [])
    for document in here[1:]:
        read = document.reading
        if read is None or read.kind in need.kinds:
            continue
        target = _home_of(document, needs, placed, at_least=HALF_SURE)
        if target is not None:
            here.remove(document)
            placed.setdefault(target.key, []).append(document)


def _is_plainly_another(document: Document, need: Need, needs: Sequence[Need]) -> bool:
    """Whether the document is surely of a kind that is not this component's but is another's.

    What was put where any paper may prove it stays there.
    """
    read = document.reading
    if read is None or read.kind_confidence < SURE or need.is_open or read.kind in need.kinds:
        return False
    return any(read.kind in other.kinds for other in needs if other.key != need.key)


def _home_of(
    document: Document,
    needs: Iterable[Need],
    placed: dict[str, list[Document]],
    *,
    at_least: float,
) -> Need | None:
    """The component that the document is and that has nothing yet, None when there is none."""
    read = document.reading
    if read is None or read.kind_confidence < at_least:
        return None
    return next(
        (need for need in needs if read.kind in need.kinds and not placed.get(need.key)), None
    )


def _finding(need: Need, documents: Sequence[Document], case: Case) -> Finding:
    best = _best([_judged(need, document, case) for document in documents])
    if best is not None and best.status is Status.PRESENT:
        return best
    elsewhere = _elsewhere(need, case, is_seen=best is not None)
    if elsewhere is not None:
        return elsewhere
    if best is not None:
        return best
    proposed = next(iter(case.store.get(need.key, ())), None)
    if not need.required:
        return Finding(need, Status.NOT_NEEDED, Why.OPTIONAL, fit=proposed)
    why = Why.DATABASE_SILENT if need.held_by else Why.NOTHING
    return Finding(need, Status.MISSING, why, fit=proposed)


def _best(findings: list[Finding]) -> Finding | None:
    return min(findings, key=lambda one: _ORDER.index(one.status), default=None)


def _elsewhere(need: Need, case: Case, *, is_seen: bool) -> Finding | None:
    """Where the component stands apart from documents: counted, declared, in a store, a database.

    `is_seen`: a document of it was looked at, so that counting it is no answer to what was found.
    """
    if need.key in case.taken:
        return Finding(need, Status.HELD_BY_STORE, Why.TAKEN, read=case.taken[need.key])
    if need.is_declared:
        return Finding(need, Status.PRESENT, Why.DECLARED)
    if need.key in case.on_paper and not is_seen:
        return Finding(need, Status.PRESENT, Why.ON_PAPER)
    if need.held_by and need.held_by not in case.silent:
        return Finding(need, Status.HELD_BY_DATABASE, Why.IN_DATABASE)
    for fit in case.store.get(need.key, ()):
        if fit.use is Use.REPLACES:
            found = Finding(need, Status.HELD_BY_STORE, Why.IN_STORE, read=fit.held.name)
            return replace(found, fit=fit)
    return None


def _judged(need: Need, document: Document, case: Case) -> Finding:
    """What one document is worth for the component."""
    read = document.reading
    if read is None:
        return Finding(need, Status.PRESENT, Why.UNREAD, document.key)
    doubt = _doubt_of_kind(need, read)
    if doubt is not None:
        kind = read.kind if doubt is Why.OTHER_KIND else ""
        return Finding(need, Status.DOUBTFUL, doubt, document.key, read=kind)
    if read.last_day is not None and read.last_day < case.on:
        is_sure = read.last_day_confidence >= SURE
        status = Status.EXPIRED if is_sure else Status.DOUBTFUL
        why = Why.DAY_PASSED if is_sure else Why.DAY_UNSURE
        return Finding(need, status, why, document.key, day=read.last_day)
    if need.is_own and _is_somebody_else(read, case.owner):
        return Finding(need, Status.DOUBTFUL, Why.OTHER_PERSON, document.key, read=read.owner)
    return Finding(need, Status.PRESENT, Why.SEEN, document.key, read=read.kind)


def _doubt_of_kind(need: Need, read: Reading) -> Why | None:
    if read.clarity < CLEAR:
        return Why.UNREADABLE
    if need.is_open or read.kind in need.kinds:
        return None if need.is_open or read.kind_confidence >= HALF_SURE else Why.KIND_UNSURE
    if not need.kinds and read.kind == OTHER:
        return None
    # A paper of no known kind is easily taken for one of them, so a half-sure kind says little there.
    doubt_from = HALF_SURE if need.kinds else RATHER_SURE
    if read.kind == OTHER or read.kind_confidence < doubt_from:
        return Why.KIND_UNSURE if need.kinds else None
    return Why.OTHER_KIND if read.kind_confidence >= SURE else Why.KIND_UNSURE


def _is_somebody_else(read: Reading, owner: str) -> bool:
    """Whether a name was surely read and is not the owner's; one letter misread is no question."""
    if not owner or not read.owner or read.owner_confidence < SURE:
        return False
    one, other = fold(read.owner), fold(owner)
    return SequenceMatcher(None, one, other).ratio() < SAME_NAME
