"""What a board is asked for: which period, which part, as of which moment; and links to lists."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from motcua.directory.actor import Actor
from motcua.directory.queries import cards
from motcua.directory.queries.calendars import calendar_for
from motcua.reporting import queries
from motcua.reporting.forms import rights
from motcua.reporting.rules import Period
from motcua.web.accounts.request import actor_of
from motcua.web.boards import live, periods, visitors

STEP_SECONDS = 20
EVERYWHERE = "tat-ca"
KIOSK = visitors.KIOSK
_YEARS = range(periods.FIRST_YEAR, 2200)
_READERS = ("head", "chairman", "appraiser", "centre_lead", "receptionist")


@dataclass(frozen=True)
class Asked:
    """A period and a part of the province, asked by somebody at a moment.

    `agency`, `place` (a commune's code) and `field` narrow it; all blank is the whole province.
    `upto`: the last fact that the figures hold. `push`: where the page hears of later ones.
    `is_building`: the figures are being built anew, so that what is shown still grows.
    """

    period: Period
    agency: cards.AgencyCard | None
    actor: Actor
    at: datetime
    place: str = ""
    field: str = ""
    upto: int = 0
    push: str = ""
    is_live: bool = False
    is_kiosk: bool = False
    is_building: bool = False
    moved: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """The period in words: a day, a month, or from when to when."""
        return periods.told(self.period)

    @property
    def scope(self) -> queries.Scope:
        """The part of the province as the figures know it."""
        return queries.Scope(agency=self.agency, field=self.field, place=self.place)

    @property
    def is_whole(self) -> bool:
        """Tell whether it is the whole province."""
        return self.agency is None and not self.place and not self.field

    @property
    def sees_parts(self) -> bool:
        """Tell whether this reader is told live counts of agencies, fields and communes."""
        return visitors.sees_parts(self.actor, is_kiosk=self.is_kiosk)

    @property
    def listens_to(self) -> str:
        """What moves this board, as the push knows it; "" is all."""
        return ",".join(queries.channel_of(key) for key in self.moved)

    def query(self, **more: object) -> str:
        """Return the address's parameters for this board, with more of them."""
        known: dict[str, object] = {"ky": periods.token(self.period)}
        if self.period.kind == "custom":
            known |= {"tu": self.period.first, "den": self.period.last}
        known["co-quan"] = self.agency.code if self.agency else EVERYWHERE
        known |= {"xa": self.place, "linh-vuc": self.field, "ten": self.field}
        known["man-hinh"] = KIOSK if self.is_kiosk else ""
        return urlencode({k: v for k, v in (known | more).items() if v not in ("", None)})

    def in_period(self, **more: object) -> str:
        """Return the parameters that say the period only, for the way to another board."""
        known: dict[str, object] = {"ky": periods.token(self.period)}
        if self.period.kind == "custom":
            known |= {"tu": self.period.first, "den": self.period.last}
        known["man-hinh"] = KIOSK if self.is_kiosk else ""
        return urlencode({k: v for k, v in (known | more).items() if v not in ("", None)})

    def opens(self, by: cards.AgencyCard | None = None) -> bool:
        """Tell whether this person may open dossiers behind the figures (of one agency)."""
        if not self.actor.is_staff or self.is_kiosk:
            return False
        if self.actor.is_province_wide:
            return True
        mine = self.actor.agency_ids(*_READERS)
        here = {card.id for card in (self.agency, by) if card is not None}
        if self.place:
            here |= {one for one in mine if cards.card(one).place_code == self.place}
        return bool(mine & here)

    def to(self, figure: str, *, by: cards.AgencyCard | None = None, **narrow: object) -> str:
        """Return the address of the dossiers behind a figure, "" for whoever may not open them."""
        if not self.opens(by):
            return ""
        more: dict[str, object] = {"so": figure, "luc": self.at.strftime("%Y-%m-%dT%H:%M:%S")}
        if by is not None:
            more["cua"] = by.code
        return f"{reverse('boards:dossiers')}?{self.query(**more, **narrow)}"


def asked(
    request: HttpRequest,
    *,
    at: datetime,
    agency: cards.AgencyCard | None = None,
    place: str = "",
    field: str = "",
) -> Asked:
    """Return what the address asks for; what cannot be read is as if it had not been said.

    agency, place, field: the part that the page is about, where its path says so. Who is told of no
    parts gets the whole province, whatever is asked for.
    """
    actor, said = actor_of(request), request.GET
    is_kiosk = visitors.is_kiosk(request)
    upto, now = _now(timezone.localtime(at))
    known = _moment(said.get("luc", ""))
    as_of = min(known, now) if known else now
    period = periods.period(
        said.get("ky", "") or _usual(as_of),
        at=as_of,
        first=day_of(said.get("tu", "")),
        last=day_of(said.get("den", "")),
    )
    if not visitors.sees_parts(actor, is_kiosk=is_kiosk):
        agency, place, field = None, "", ""
    elif not agency and not place and not field:
        agency = _agency(said.get("co-quan", ""), actor)
    return Asked(
        period,
        agency,
        actor,
        as_of,
        place=place,
        field=field,
        upto=upto,
        push=live.address(request),
        is_live=period.is_current and known is None,
        is_kiosk=is_kiosk,
        is_building=queries.is_building(),
        moved=_moved(agency, place),
    )


def sees(actor: Actor, card: cards.AgencyCard | None) -> bool:
    """Tell whether somebody sees all officers of an agency; of none named, of the province."""
    return rights.scores_officers(actor, agency_id=card.id if card else None)


def whole(request: HttpRequest, *, at: datetime) -> Asked:
    """Return what the address asks for, of the whole province whoever asks."""
    return replace(asked(request, at=at), agency=None, moved=())


def _now(now: datetime) -> tuple[int, datetime]:
    """Return the last fact that the figures hold, and the moment as of which they stand.

    The same for whoever asks within some seconds, unless a fact has come in between.
    """
    upto, told = queries.upto()
    step = now.replace(second=now.second // STEP_SECONDS * STEP_SECONDS, microsecond=0)
    if told is None:
        return upto, step
    heard = timezone.localtime(told).replace(microsecond=0) + timedelta(seconds=1)
    return upto, heard if step < heard <= now + timedelta(seconds=1) else step


def _moved(agency: cards.AgencyCard | None, place: str) -> tuple[int, ...]:
    if agency is not None:
        return (agency.id,)
    return (
        tuple(card.id for card in cards.all_cards() if card.place_code == place) if place else ()
    )


def _usual(at: datetime) -> str:
    """On a day off nothing is received: the week says more."""
    return "today" if calendar_for("").is_working_day(at.date()) else "week"


def _agency(code: str, actor: Actor) -> cards.AgencyCard | None:
    if code:
        return cards.card_by_code(code) if code != EVERYWHERE else None
    if actor.is_staff and not actor.is_province_wide:
        post = actor.post_for(*_READERS)
        return cards.card(post.agency_id) if post else None
    return None


def day_of(text: str) -> date | None:
    """Return the day that an address names, None when it names none that figures could know."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year in _YEARS else None


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    if found.year not in _YEARS:
        return None
    zone = timezone.get_current_timezone()
    return found.replace(tzinfo=zone) if found.tzinfo is None else found.astimezone(zone)
