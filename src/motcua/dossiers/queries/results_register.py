"""The register of results: what may be said of one to whoever holds it, and how its numbers run."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from motcua.directory.actor import Actor
from motcua.directory.queries import cards
from motcua.documents.papers import wordings
from motcua.dossiers.models import Result
from motcua.dossiers.queries.visibility import visible_to
from motcua.kernel.bounds import is_keepable
from motcua.kernel.text import fold


@dataclass(frozen=True)
class ResultStatus:
    """What may be said of a result to whoever holds it: no more than the paper says.

    state: "valid", "replaced", "revoked" or "unknown" (then the rest is empty).
    """

    state: str
    number: str = ""
    title: str = ""
    procedure: str = ""
    agency: str = ""
    owner: str = ""
    signer: str = ""
    signer_title: str = ""
    issued_at: datetime | None = None
    is_signed: bool = False
    replaced_by: str = ""
    revoked_at: datetime | None = None
    revoked_reason: str = ""
    revoked_law: str = ""
    sha256: str = ""


UNKNOWN = ResultStatus("unknown")


def result_status(
    *,
    code: str = "",
    number: str = "",
    sha256: str = "",
    printed_at: datetime | None = None,
) -> ResultStatus:
    """Return the state of a result document, found by its file, or by dossier and QR time or number.

    sha256: of the issued file. printed_at: the time in the QR; it tells a result from the one that
    replaced it. With the code alone: the result that holds now.
    """
    found = _found(code, number, sha256, printed_at)
    if found is None:
        return UNKNOWN
    later = Result.objects.filter(replaces=found).first()
    return ResultStatus(
        state=found.state,
        number=found.number,
        title=found.title,
        procedure=found.dossier.procedure_name,
        agency=cards.name_of(found.agency_id),
        owner=found.dossier.owner.name,
        signer=found.signer,
        signer_title=found.signer_title,
        issued_at=found.issued_at,
        is_signed=found.signed == Result.Signed.FULL,
        replaced_by=later.number if later else "",
        revoked_at=found.revoked_at,
        revoked_reason=found.revoked_reason,
        revoked_law=found.revoked_law,
        sha256=found.file.sha256 if found.file else "",
    )


def _found(code: str, number: str, sha256: str, printed_at: datetime | None) -> Result | None:
    rows = Result.objects.select_related("dossier__owner", "file")
    if sha256:
        return rows.filter(file__sha256=sha256).last()
    if not code or not is_keepable(code):
        return None
    rows = rows.filter(dossier__code=code)
    if number:
        return rows.filter(number=number).last()
    if printed_at is not None:
        second = printed_at.replace(microsecond=0)
        exact = [
            row
            for row in rows
            if row.printed_at and row.printed_at.replace(microsecond=0) == second
        ]
        if exact:
            return exact[-1]
    return rows.filter(replaced_by__isnull=True).last()


@dataclass(frozen=True)
class RegisterWish:
    """What somebody looks for in the register of results; empty means all."""

    agency_id: int | None = None
    symbol: str = ""
    year: int | None = None
    sequence: int | None = None
    name: str = ""
    state: str = ""


def results_register(actor: Actor, wish: RegisterWish) -> "QuerySet[Result]":
    """Return the issued results that this person may read, latest number first."""
    rows = (
        Result.objects.filter(dossier__in=visible_to(actor))
        .select_related("dossier__owner", "agency", "file")
        .order_by("-pk")
    )
    exact = {
        "agency_id": wish.agency_id,
        "symbol": wish.symbol or None,
        "year": wish.year,
        "sequence": wish.sequence,
        "state": wish.state if wish.state in Result.State.values else None,
    }
    rows = rows.filter(**{key: value for key, value in exact.items() if value is not None})
    return rows.filter(owner_folded__startswith=fold(wish.name)) if wish.name else rows


def result_for(actor: Actor, *, code: str, key: int) -> Result | None:
    """Return one issued result of a dossier that this person may read."""
    if not is_keepable(code):
        return None
    rows = Result.objects.filter(dossier__in=visible_to(actor), dossier__code=code, pk=key)
    return rows.select_related("dossier__owner", "dossier__competent", "file").first()


@dataclass(frozen=True)
class Run:
    """The numbers of one agency, kind and year: how many there are and which are not there."""

    agency_id: int
    symbol: str
    year: int
    last: int
    missing: tuple[int, ...]

    @property
    def is_gapless(self) -> bool:
        """Tell whether every number from 1 on is there."""
        return not self.missing


def number_run(*, agency_id: int, symbol: str, year: int) -> Run:
    """Return whether the numbers of one agency, kind and year run without a gap.

    Source: 30/2020/NĐ-CP Điều 15.
    """
    there = set(
        Result.objects.filter(agency_id=agency_id, symbol=symbol, year=year).values_list(
            "sequence", flat=True
        )
    )
    last = max(there, default=0)
    missing = tuple(number for number in range(1, last + 1) if number not in there)
    return Run(agency_id, symbol, year, last, missing[:20])


def symbols() -> list[tuple[str, str]]:
    """Return the kinds of numbers with what they stand for."""
    found = {one.symbol: one.name for one in wordings.all_wordings().values()}
    return sorted(found.items())


def states() -> list[tuple[str, str]]:
    """Return the states of a result with their words."""
    return [(key, str(word)) for key, word in Result.State.choices]
