"""Asking triage what it proposes; a case is taken in just as well when it proposes nothing."""

from datetime import datetime

from motcua.directory.queries import cards
from motcua.feedback.models import Case
from motcua.feedback.queries.duplicates import candidates
from motcua.feedback.triage import About, Proposal, agency_name, propose, target_of

SIGN_FROM = 0.5


def proposed(*, case: Case, at: datetime) -> dict[str, object]:
    """Return what triage proposes for a case, as plain values; people decide.

    Source: rule of the house; 309/2026/NĐ-CP Điều 12 khoản 3 (a machine only assists).
    """
    place = case.place_id or ""
    agency = cards.card(case.about_agency_id) if case.about_agency_id else None
    about = About(
        dossier=case.about_dossier.code if case.about_dossier else "",
        agency_code=agency.code if agency else "",
        procedure=case.about_dossier.procedure_name if case.about_dossier else "",
        is_rule=case.kind == Case.Kind.RULE,
    )
    made = propose(
        f"{case.title}. {case.text}" if case.title not in case.text else case.text,
        at=at,
        place_code=place or None,
        about=about,
        recent=candidates(case=case, at=at),
        lat=case.lat,
        lon=case.lon,
    )
    return _plain(made, place)


def _plain(made: Proposal, place: str) -> dict[str, object]:
    parts = {
        "kind": made.kind, "field": made.field, "urgency": made.urgency, "agency": made.agency_key,
    }  # fmt: skip
    target = cards.card_by_code(target_of(made.agency_key.value, place))
    return {
        **{name: part.value for name, part in parts.items() if name != "agency"},
        "agency": target.code if target else "",
        "agency_key": made.agency_key.value,
        "agency_name": target.name if target else agency_name(made.agency_key.value),
        "confidence": {name: round(part.confidence, 3) for name, part in parts.items()},
        "reasons": {name: list(part.reasons) for name, part in parts.items()},
        "duplicates": [[code, round(score, 3)] for code, score in made.duplicates],
        "referred": made.referred,
        "danger": made.danger,
        "signals": _signals(made),
        "signs": list(made.signs),
    }


def _signals(made: Proposal) -> list[str]:
    found = ["danger"] if made.danger else []
    strengths = {"harassment": made.harassment, "bribe": made.bribe, "delay": made.delay}
    found += [name for name, strength in strengths.items() if strength >= SIGN_FROM]
    if made.is_for_inspectors and not set(found) - {"danger"}:
        found.append("harassment")
    return found
