"""Reads of a dossier's scans for the desk."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.documents.models import Digitised, Reading
from motcua.documents.queries import digitising as stacks
from motcua.documents.queries import reading as readings
from motcua.documents.rules import kho
from motcua.documents.rules.digitising import PaperState
from motcua.dossiers.models import Dossier, Paper
from motcua.dossiers.rules import digitising as rules
from motcua.signing import queries as signing

_MOST_VERSIONS = 8


@dataclass(frozen=True)
class Scans:
    """All scans of a dossier, and what this officer can do with them.

    `to_sign`: compared ones that the officer scanned. `key`: whether the officer has a key.
    """

    papers: list[tuple[Digitised, str]]
    to_sign: list[Digitised]
    to_certify: list[Digitised]
    unsigned_of_others: int
    has_key: bool
    may_work: bool
    may_certify: bool


def scans_of(dossier: Dossier, *, by: Actor) -> Scans:
    """Return the scans of a dossier with the names of their components (five queries)."""
    names = dict(components_of(dossier))
    papers = stacks.papers_of_case(case_id=dossier.pk)
    compared = [p for p in papers if p.state == PaperState.COMPARED]
    mine = [p for p in compared if rules.may_sign(scanned_by=p.scanned_by, by=by)]
    waiting = [p for p in papers if p.state == PaperState.SIGNED and p.needs_agency]
    return Scans(
        papers=[(paper, names.get(paper.component_key, "")) for paper in papers],
        to_sign=mine,
        to_certify=waiting,
        unsigned_of_others=len(compared) - len(mine),
        has_key=signing.key_of(by) is not None,
        may_work=may_digitise(dossier, by=by),
        may_certify=sealing_agency(dossier, by=by) is not None,
    )


def may_digitise(dossier: Dossier, *, by: Actor) -> bool:
    """Tell whether this officer scans and compares papers of the dossier now."""
    return rules.post_to_digitise(dossier, by=by) is not None


def sealing_agency(dossier: Dossier, *, by: Actor) -> int | None:
    """Return the agency of the dossier whose key this officer keeps, None when there is none (R12).

    Source: 118/2025/NĐ-CP Điều 19 khoản 2; 30/2020/NĐ-CP Điều 32.
    """
    for agency_id in (dossier.receiving_id, dossier.competent_id):
        key = signing.key_of_agency(agency_id)
        if key is not None and dossier.is_open and signing.is_keeper(by, key):
            return agency_id
    return None


def components_of(dossier: Dossier) -> list[tuple[str, str]]:
    """Return key and name of each component of the dossier."""
    rows = Paper.objects.filter(dossier=dossier)
    return list(rows.values_list("component_key", "name"))


def kinds() -> list[tuple[str, str]]:
    """Return the kinds of paper to choose from."""
    return [*((kind.key, kind.name) for kind in kho.kinds().values()), (kho.OTHER, _("Loại khác"))]


def next_to_compare(dossier: Dossier) -> Digitised | None:
    """Return the first scan of the dossier that waits to be compared."""
    rows = stacks.papers_of_case(case_id=dossier.pk)
    open_states = (PaperState.SCANNED, PaperState.READ)
    return next((p for p in rows if p.state in open_states and p.component_key), None)


def reading_of(paper: Digitised) -> Reading | None:
    """Return what the machine read on a scan, None when nothing was asked of it."""
    file, steps_back = paper.file, 0
    while file is not None and steps_back < _MOST_VERSIONS:
        if found := Reading.objects.filter(file=file).prefetch_related("values").first():
            return found
        file, steps_back = file.replaces, steps_back + 1
    return None


def kind_read(reading: Reading | None) -> str:
    """Return the kind of paper that the machine took it for, in words; "" when it told none."""
    return readings.kind_name(reading) if reading is not None and reading.kind else ""


def said_of(paper: Digitised, dossier: Dossier, reading: Reading | None) -> dict[str, object]:
    """Return what is known of a scan: as it was described, else as it was read (R11), else as the
    dossier lets one expect.

    Source: 118/2025/NĐ-CP Điều 19 khoản 2.
    """
    if paper.title:
        return {key: getattr(paper, key) for key in _FIELDS}
    name = dict(components_of(dossier)).get(paper.component_key, "")
    expected: dict[str, object] = {
        "kind": kho.kind_of(name) if name else kho.OTHER,
        "title": name,
        "owner": dossier.owner.name,
        "abstract": f"{name}, {dossier.owner.name}" if name else "",
    }
    return expected | {key: value for key, value in _as_read(reading).items() if value}


def _as_read(reading: Reading | None) -> dict[str, object]:
    told = readings.metadata(reading) if reading is not None and reading.is_done else None
    if told is None:
        return {}
    return {
        "kind": told.kind if told.kind in kho.kinds() else "",
        "title": told.title,
        "owner": ", ".join(part for part in (told.owner_name, told.birth_year) if part),
        "abstract": "" if "…" in told.abstract else told.abstract,
        "issuer": told.issuer,
        "issued_on": _day(told.issued_on),
        "valid_from": _day(told.valid_from),
        "valid_until": _day(told.valid_until),
        "is_unlimited": not told.valid_until,
        "scope": "" if "…" in told.scope else told.scope,
    }


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


_FIELDS = (
    "kind", "title", "owner", "number", "abstract", "issuer", "issued_on", "valid_from",
    "valid_until", "is_unlimited", "scope",
)  # fmt: skip
