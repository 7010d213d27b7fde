"""What a board is asked for: which period, which agency, as of which moment; and links to lists."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.directory.queries import cards
from motcua.directory.queries.calendars import calendar_for
from motcua.reporting import rules
from motcua.reporting.rules import Period
from motcua.web.accounts.request import actor_of
from motcua.web.ui import words

STEP_SECONDS = 20
EVERYWHERE = "tat-ca"
_READERS = ("head", "chairman", "appraiser", "centre_lead", "receptionist")


@dataclass(frozen=True)
class Asked:
    """A period and an agency (None: the whole province), asked by somebody at a moment."""

    period: Period
    agency: cards.AgencyCard | None
    actor: Actor
    at: datetime

    @property
    def words(self) -> str:
        """The period in words: a day, a month, or from when to when."""
        if self.period.days == 1:
            return words.in_day(self.period.first)
        if self.period.kind == "month":
            return _("tháng %s") % f"{self.period.first:%m/%Y}"
        return f"{words.day_month(self.period.first)}–{words.day(self.period.last)}"

    def query(self, **more: object) -> str:
        """Return the address's parameters for this board, with more of them."""
        known: dict[str, object] = {"ky": self.period.kind}
        if self.period.kind == "custom":
            known |= {"tu": self.period.first, "den": self.period.last}
        known["co-quan"] = self.agency.code if self.agency else EVERYWHERE
        return urlencode({k: v for k, v in (known | more).items() if v not in ("", None)})

    def opens(self, by: cards.AgencyCard | None = None) -> bool:
        """Tell whether this person may open dossiers behind the figures (of one agency)."""
        if not self.actor.is_staff:
            return False
        mine = self.actor.agency_ids(*_READERS)
        here = {card.id for card in (self.agency, by) if card is not None}
        return self.actor.is_province_wide or bool(mine & here)

    def to(self, figure: str, *, by: cards.AgencyCard | None = None, **narrow: object) -> str:
        """Return the address of the dossiers behind a figure, "" for whoever may not open them."""
        if not self.opens(by):
            return ""
        more: dict[str, object] = {"so": figure, "luc": self.at.strftime("%Y-%m-%dT%H:%M:%S")}
        if by is not None:
            more["cua"] = by.code
        return f"{reverse('boards:dossiers')}?{self.query(**more, **narrow)}"


def asked(request: HttpRequest, *, at: datetime) -> Asked:
    """Return what the address asks for; what cannot be read is as if it had not been said."""
    actor = actor_of(request)
    now = timezone.localtime(at)
    now = now.replace(second=now.second // STEP_SECONDS * STEP_SECONDS, microsecond=0)
    as_of = min(_moment(request.GET.get("luc", "")) or now, now)
    kind = request.GET.get("ky", "") or _usual(as_of)
    period = rules.period(
        kind,
        at=as_of,
        first=_day(request.GET.get("tu", "")),
        last=_day(request.GET.get("den", "")),
    )
    return Asked(period, _agency(request.GET.get("co-quan", ""), actor), actor, as_of)


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


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    zone = timezone.get_current_timezone()
    return found.replace(tzinfo=zone) if found.tzinfo is None else found.astimezone(zone)
