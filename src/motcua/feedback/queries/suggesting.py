"""What triage would say of a report before it is sent, and which public cases it seems to repeat."""

from dataclasses import dataclass
from datetime import datetime

from motcua.directory.queries import cards
from motcua.feedback.models import Case
from motcua.feedback.queries.duplicates import candidates
from motcua.feedback.queries.public import PublicCase, as_public, public
from motcua.feedback.triage import About, propose, target_of

_LIKELY = 0.5
_MOST = 3


@dataclass(frozen=True)
class Suggested:
    """What a text seems to be; a person may say otherwise before it is sent.

    `referred`: "complaint" or "denunciation" when the law sends it elsewhere. `similar`: public cases
    that it seems to repeat; `similar_hidden`: how many more are not shown to everybody.
    """

    kind: str
    field: str
    agency: str
    is_danger: bool
    referred: str
    similar: tuple[PublicCase, ...] = ()
    similar_hidden: int = 0


def suggested(
    *,
    text: str,
    at: datetime,
    place_code: str = "",
    lat: float | None = None,
    lon: float | None = None,
    address: str = "",
    about: About | None = None,
) -> Suggested:
    """Return what triage makes of a report that is being written; nothing is kept.

    Source: rule of the house; 309/2026/NĐ-CP Điều 12 khoản 3 (a machine only assists).
    """
    draft = Case(text=text, place_id=place_code or None, lat=lat, lon=lon, address=address)
    made = propose(
        text,
        at=at,
        place_code=place_code or None,
        about=about,
        recent=candidates(case=draft, at=at),
        lat=lat,
        lon=lon,
    )
    target = cards.card_by_code(target_of(made.agency_key.value, place_code))
    codes = [code for code, score in made.duplicates if score >= _LIKELY][:_MOST]
    shown = {row.code: row for row in public().filter(code__in=codes)}
    return Suggested(
        kind=made.kind.value,
        field=made.field.value,
        agency=target.name if target else "",
        is_danger=made.danger,
        referred=made.referred,
        similar=tuple(as_public([shown[code] for code in codes if code in shown])),
        similar_hidden=sum(code not in shown for code in codes),
    )
