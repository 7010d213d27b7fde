"""Reading the store of papers: of oneself, or what fits a case that the caller may read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from motcua.directory.actor import Actor
from motcua.directory.identity import index_of
from motcua.directory.queries.parties import identity_number
from motcua.documents.models import Consent, PaperUse, StoredPaper
from motcua.documents.rules import consents
from motcua.documents.rules import kho as rules
from motcua.ledger import queries as trail

INDEX_KIND = "paper"


@dataclass(frozen=True)
class Opening:
    """Who opened or searched, when, and for what."""

    at: datetime
    who: str
    post: str
    name: str
    about: str
    paper: str = ""  # of whom it is told; "" where the whole store was searched


@dataclass(frozen=True)
class Allowed:
    """A purpose with the consent that stands for it, None when none does."""

    purpose: consents.Purpose
    consent: Consent | None

    @property
    def is_outdated(self) -> bool:
        """Tell whether the consent was given to an older text."""
        return self.consent is not None and self.consent.text_version != self.purpose.version


def own_papers(actor: Actor) -> list[StoredPaper]:
    """Return a person's own papers with where each was used, newest first (two queries)."""
    if not actor.is_citizen or not actor.party_id:
        return []
    rows = StoredPaper.objects.filter(owner_id=actor.party_id).select_related("file")
    return list(rows.prefetch_related("uses").order_by("-at", "-pk"))


def own_paper(actor: Actor, uuid: UUID) -> StoredPaper | None:
    """Return one of a person's own papers, None when it is not theirs."""
    if not actor.is_citizen or not actor.party_id:
        return None
    rows = StoredPaper.objects.select_related("file", "owner", "replaced_by")
    return rows.filter(uuid=uuid, owner_id=actor.party_id).first()


def papers_of(*, owner_id: int) -> list[StoredPaper]:
    """Return the papers of an owner that still stand, for a case that the caller may read."""
    rows = StoredPaper.objects.filter(owner_id=owner_id, state=StoredPaper.State.VALID)
    found = rows.select_related("file").order_by("-pk")
    return [row for row in found if row.file is None or not row.file.is_held_back]


def paper_of(*, owner_id: int, uuid: UUID) -> StoredPaper | None:
    """Return one paper of an owner, for a case that the caller may read."""
    rows = StoredPaper.objects.filter(owner_id=owner_id, uuid=uuid)
    return rows.select_related("file").first()


def as_held(paper: StoredPaper, *, on: date, agency_id: int | None = None) -> rules.Held:
    """Return a stored paper as the rules see it, at a counter (`agency_id`) on a day."""
    return rules.Held(
        key=str(paper.uuid),
        kind=paper.kind,
        name=paper.name,
        level=paper.level,
        state=paper.state,
        national_kind=paper.national_kind,
        number=paper.number,
        issued_on=paper.issued_on,
        valid_from=paper.valid_from,
        valid_until=paper.valid_until,
        scope=paper.scope,
        doubt=paper.doubt,
        is_same_intake=agency_id is not None
        and paper.file_id is not None
        and paper.agency_id == agency_id
        and timezone.localdate(paper.at) == on,
    )


def fits_of(
    *,
    owner_id: int,
    asked: Iterable[rules.Asked],
    on: date,
    agency_id: int | None = None,
) -> dict[str, list[rules.Fit]]:
    """Return what of an owner's store fits each component on a day, strongest first (one query).

    Components for which nothing fits are left out.
    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm b.
    """
    rows = [as_held(row, on=on, agency_id=agency_id) for row in papers_of(owner_id=owner_id)]
    if not rows:
        return {}
    found = {one.key: rules.fits(rows, one, on) for one in asked}
    return {key: fits for key, fits in found.items() if fits}


def standing_of(paper: StoredPaper, *, on: date) -> rules.Standing:
    """Return whether a paper counts on a day."""
    return rules.standing(as_held(paper, on=on), on)


def last_day_of(paper: StoredPaper) -> date | None:
    """Return the last day on which a paper counts, None when it has no end."""
    return rules.last_day(
        kind=paper.kind, issued_on=paper.issued_on, valid_until=paper.valid_until
    )


def uses_of_case(*, case_id: int) -> dict[str, list[PaperUse]]:
    """Return the stored papers that stand in a case, by component."""
    found: dict[str, list[PaperUse]] = {}
    rows = PaperUse.objects.filter(case_id=case_id).select_related("paper__file").order_by("pk")
    for row in rows:
        found.setdefault(row.component_key, []).append(row)
    return found


def number_of(paper: StoredPaper) -> str:
    """Return the number of a paper in clear: owner's identity and code of its kind (R23).

    It is computed when it is shown to its owner or in a case, and kept as a keyed digest only.
    Source: 118/2025/NĐ-CP Điều 22 khoản 4.
    """
    return rules.paper_number(
        owner_id=identity_number(paper.owner), kind_code=paper.national_kind or paper.kind
    )


def by_number(number: str) -> list[StoredPaper]:
    """Return the papers of a number of R23, newest first; callers show no more than is on them.

    Source: 118/2025/NĐ-CP Điều 22 khoản 4.
    """
    rows = StoredPaper.objects.filter(number_index=index_of(INDEX_KIND, number.strip()))
    return list(rows.order_by("-pk"))


def openings_of(*, party_id: int, limit: int = 200) -> list[Opening]:
    """Return who opened or searched the store of an owner, latest first; the owner sees this.

    Source: Luật 91/2025/QH15.
    """
    told = reversed(trail.facts_of(f"read:kho:{party_id}"))
    return [
        Opening(
            at=fact.at,
            who=fact.actor_name,
            post=fact.post,
            name=str(fact.body.get("name", "")),
            about=str(fact.body.get("about", "")),
            paper=str(fact.body.get("paper", "")),
        )
        for fact in list(told)[:limit]
    ]


def allowed_by(*, party_id: int, on: date) -> list[Allowed]:
    """Return every purpose with the consent that stands for it (one query)."""
    standing = _standing(party_id)
    return [Allowed(purpose, standing.get(purpose.key)) for purpose in consents.purposes(on)]


def past_consents(*, party_id: int) -> list[Consent]:
    """Return the consents that an owner took back, latest first."""
    rows = Consent.objects.filter(party_id=party_id, withdrawn_at__isnull=False)
    return list(rows.order_by("-withdrawn_at"))


def has_allowed(*, party_id: int, purpose: str, on: date) -> bool:
    """Tell whether an owner's consent to the text of this day stands for a purpose.

    Source: Luật 91/2025/QH15.
    """
    shown = consents.purpose(purpose, on)
    consent = _standing(party_id).get(purpose)
    return shown is not None and consent is not None and consent.text_version == shown.version


def expiring(*, on: date, purpose: str, days: int) -> list[tuple[StoredPaper, date]]:
    """Return the papers that end within some days, of owners who allowed that purpose.

    Source: Luật 91/2025/QH15 (beyond settling, by consent only).
    """
    shown = consents.purpose(purpose, on)
    if shown is None:
        return []
    consenting = Consent.objects.filter(
        purpose=purpose, text_version=shown.version, withdrawn_at__isnull=True
    )
    rows = StoredPaper.objects.filter(
        owner__in=consenting.values("party_id"), state=StoredPaper.State.VALID
    )
    last_days = ((row, last_day_of(row)) for row in rows.select_related("owner").iterator())
    until = on + timedelta(days=days)
    return [(row, last) for row, last in last_days if last is not None and on <= last <= until]


def _standing(party_id: int) -> Mapping[str, Consent]:
    rows = Consent.objects.filter(party_id=party_id, withdrawn_at__isnull=True)
    return {row.purpose: row for row in rows}
