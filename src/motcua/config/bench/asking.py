"""How fast boards answer as whole pages: every kind, with other parameters each time, nothing kept.

Beside what a call takes stands what it works (`cpu`): processor time of this process and of its
database server process, which other work on a busy machine lengthens less.

One process, one request at a time, through all middleware and templates. Before every call what
processes keep for some seconds is thrown away, so that each reads everything from the database.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from statistics import quantiles
from typing import TypeVar
from urllib.parse import urlencode

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from motcua.config import statics
from motcua.config.bench.filling import FIELDS
from motcua.config.cli.progress import Progress
from motcua.directory.actor import SYSTEM
from motcua.directory.data import build
from motcua.directory.models import Account, Post
from motcua.directory.queries import cards
from motcua.directory.services import people
from motcua.kernel.refused import Refused
from motcua.reporting.queries import open_data
from motcua.reporting.services import index_days
from motcua.reporting.services import open_data as publishing

TIMES, WARM, LONGEST_SECONDS, LEAST, MONTHS = 100, 3, 90.0, 3, 10
_BACKEND = "motcua.web.accounts.backend.PasswordBackend"
_MEANWHILE = ("today", "week", "month", "quarter", "year")
_FIGURES = ("received", "settled", "late", "open", "overdue", "on_time", "online")
T = TypeVar("T")
Address = Callable[[int], str]
Took = dict[str, float]


def pages(*, progress: Progress, times: int = TIMES, only: str = "") -> dict[str, Took]:
    """Return what each kind of page takes in milliseconds; `only` those whose name begins so."""
    _made_before(progress)
    found: dict[str, Took] = {}
    for name, (client, path) in _asked().items():
        if name.startswith(only):
            found[name] = _timed(name, client, path, times)
            progress.say(f"{name}: {found[name]}")
    return found


def _made_before(progress: Progress) -> None:
    """Make what a running house has made before anybody asks: static files, and nightly work."""
    statics.collect()
    progress.say("Công bố các tháng, giữ chỉ số…")
    at = timezone.localtime()
    known = {one.name for one in open_data.published()}
    for name in dict.fromkeys(_month(n) for n in range(MONTHS)):
        if name not in known:
            publishing.publish(name=name, by=SYSTEM, at=at)
    index_days.catch_up(until=at.date() - timedelta(days=1), days=2, at=at)


def _timed(name: str, client: Client, path: Address, times: int) -> Took:
    took: list[float] = []
    worked: list[float] = []
    began = time.monotonic()
    for number in range(-WARM, times):
        if number >= LEAST and time.monotonic() - began > LONGEST_SECONDS:
            break
        cache.clear()
        asked = path(abs(number))
        start, busy = time.perf_counter(), _busy()
        answer = client.get(asked, headers={"accept-language": "vi"})
        length = len(answer.content)
        spent, cpu = (time.perf_counter() - start) * 1000, _busy() - busy
        if answer.status_code != 200 or not length:
            raise Refused(f"{name}: {asked} trả lời {answer.status_code}")
        if number >= 0:
            took.append(spent)
            worked.append(cpu)
    marks, cpus = quantiles(took, n=20), quantiles(worked, n=20)
    return {
        "p50": round(marks[9], 1), "p95": round(marks[18], 1), "cpu_p50": round(cpus[9], 1),
        "cpu_p95": round(cpus[18], 1), "calls": len(took),
    }  # fmt: skip


def _busy() -> float:
    """Return how many milliseconds this process and its database server process have worked."""
    connection.ensure_connection()
    raw = connection.connection
    server = Path(f"/proc/{raw.info.backend_pid}/schedstat").read_text().split()[0]
    return time.process_time() * 1000 + int(server) / 1e6


def _asked() -> dict[str, tuple[Client, Address]]:
    """Return who asks for which pages, by the name of the kind."""
    public, controller = Client(), _client(_controller())
    settle = [c for c in cards.all_cards() if c.kind in ("committee", "department", "sector")]
    head = _client(_account(f"bench.{settle[0].id}.0"))
    everybody = {name: (public, path) for name, path in _public(settle)}
    leaders = {name: (controller, path) for name, path in _of_parts(settle)}
    leaders |= {name: (controller, path) for name, path in _of_leaders(settle)}
    program = Client(headers={"authorization": f"Bearer {_token()}"})
    leaders |= {name: (program, path) for name, path in _of_programs(settle)}
    own = {
        "list, head: own agency's": (head, _of("dossiers/", {"so": _FIGURES, "ky": _MEANWHILE})),
        "list, head: own agency's overdue": (head, _of("dossiers/", {"so": "overdue"})),
    }
    return everybody | leaders | own


def _public(settle: list[cards.AgencyCard]) -> Iterator[tuple[str, Address]]:
    """Give the pages that everybody reads."""
    now, past = _periods()
    for kind in _MEANWHILE:
        yield f"visitor, province, {kind}", _of("", {"ky": kind})
    yield "visitor, periods that are over", lambda n: f"/boards/?ky={_at(past, n)}"
    yield "visitor, wall", lambda n: f"/boards/wall/?trang={1 + n % 2}&ky={_at(now, n // 2)}"
    yield "digitisation", lambda n: f"/boards/digitisation/?ky={_at(now, n)}"
    communes = [str(row["code"]) for row in build.communes()]
    yield from _public_beside([card.code for card in settle], communes)


def _of_parts(settle: list[cards.AgencyCard]) -> Iterator[tuple[str, Address]]:
    """Give the boards of the province and its parts, as officers read them."""
    codes = [card.code for card in settle]
    communes = [str(row["code"]) for row in build.communes()]
    now, past = _periods()
    for kind in _MEANWHILE:
        yield f"province, {kind}", _of("", {"ky": kind})
    yield "province, periods that are over", lambda n: f"/boards/?ky={_at(past, n)}"
    yield "agency", lambda n: f"/boards/agency/{_at(codes, n)}/?ky={_at(now, n)}"
    yield "agency, over", lambda n: f"/boards/agency/{_at(codes, n)}/?ky={_at(past, n)}"
    yield "commune", lambda n: f"/boards/commune/{_at(communes, n)}/?ky={_at(now, n)}"
    fields = [_field(n) for n in range(FIELDS)]
    yield "field", _of("field/", {"ten": fields, "ky": now})
    yield "all agencies", lambda n: f"/boards/agency/?ky={_at(now, n)}"
    yield "all communes", lambda n: f"/boards/commune/?ky={_at(now, n)}"
    yield "all fields", lambda n: f"/boards/field/?ky={_at(now, n)}"
    yield "wall", lambda n: f"/boards/wall/?trang={1 + n % 4}&ky={_at(now, n // 4)}"
    yield "figures.csv", lambda n: f"/boards/figures.csv?ky={_at(now, n)}"


def _public_beside(codes: list[str], communes: list[str]) -> Iterator[tuple[str, Address]]:
    """Give the index, places, public figures and the API."""
    groups = ("province", "commune", "sector")
    yield "index 766, today", lambda n: f"/boards/index/?nhom={_at(groups, n)}"
    yield "index 766 of an agency, today", lambda n: f"/boards/index/{_at(codes, n)}/"
    yield "index 766, a day kept", lambda n: f"/boards/index/?ngay={_day(n)}&nhom={_at(groups, n)}"
    yield "places", lambda n: f"/boards/places/?dat={_at(communes, n)}"
    yield "public figures", lambda _n: "/so-lieu/"
    yield "public figures, a month", lambda n: f"/so-lieu/{_month(n)}.{_at(('csv', 'json'), n)}"
    by = ("agency", "field")
    yield "API, a published month", lambda n: f"/api/v1/figures?by={_at(by, n)}&period={_month(n)}"


def _of_programs(settle: list[cards.AgencyCard]) -> Iterator[tuple[str, Address]]:
    """Give what programs of officers ask for, with their token."""
    codes = [card.code for card in settle]
    by = ("agency", "field", "level", "place", "centre", "channel", "procedure")
    yield "API, this month", lambda n: f"/api/v1/figures?by={_at(by, n)}"
    yield "API, over", lambda n: f"/api/v1/figures?by={_at(by[:6], n)}&period={_at(_names(), n)}"
    yield "API, of an agency", lambda n: f"/api/v1/figures?by=field&agency={_at(codes, n)}"


def _of_leaders(settle: list[cards.AgencyCard]) -> Iterator[tuple[str, Address]]:
    """Give the pages that a controller reads."""
    codes = [card.code for card in settle]
    now, past = _periods()
    wide = {"so": _FIGURES, "co-quan": "tat-ca"}
    for kind in ("month", "quarter"):
        yield f"officers of an agency, {kind}", _of("officers/", {"co-quan": codes, "ky": kind})
    yield "foresight", _of("foresight/", {"trang": ("1", "2", "3", "4", "5")})
    yield "foresight of an agency", _of("foresight/", {"co-quan": codes})
    yield "forms, list", _of("forms/", {"ky": _names()})
    for form in ("06a", "07b", "evidence", "officers", "register"):
        yield f"form {form}", _of(f"forms/{form}/", {"ky": _names(), "co-quan": codes})
    for form in ("06b", "07b", "quarterly", "evidence", "agencies"):
        yield f"form {form}, province", _of(f"forms/{form}/", {"ky": _names()})
    for kind in _MEANWHILE:
        yield f"list, province, {kind}", _of("dossiers/", wide | {"ky": kind})
    yield "list, province, over", _of("dossiers/", wide | {"ky": past})
    yield "list, page 40", _of("dossiers/", wide | {"ky": "month", "trang": "40"})
    yield "list of an agency", _of("dossiers/", {"so": _FIGURES, "ky": now, "co-quan": codes})
    fields = [_field(n) for n in range(FIELDS)]
    yield "list of a field", _of("dossiers/", wide | {"ky": now, "linh-vuc": fields})
    chosen = {"ky": "month", "thu-tuc": [_procedure(n) for n in range(200)]}
    yield "mining, one procedure", _of("mining/", chosen)
    yield "mining of an agency", _of("mining/", chosen | {"co-quan": codes})
    yield "mining, most frequent", _of("mining/", {"ky": "month"})


def _of(address: str, said: Mapping[str, str | Sequence[str]]) -> Address:
    """Return the address of each call; of several values each call takes the next."""

    def path(number: int) -> str:
        query = {k: v if isinstance(v, str) else _at(v, number) for k, v in said.items()}
        return f"/boards/{address}?{urlencode(query)}"

    return path


def _periods() -> tuple[list[str], list[str]]:
    """Return the periods that run, and those that are over, as addresses name them."""
    over = [f"quy:{name}" for name in _names() if "Q" in name]
    return list(_MEANWHILE), over + [f"thang:{_month(n)}" for n in range(6)]


def _names() -> list[str]:
    """Return the last quarters and months that are over, as forms name them."""
    today = timezone.localdate()
    place = today.year * 4 + (today.month - 1) // 3
    quarters = [f"{(place - n) // 4}Q{(place - n) % 4 + 1}" for n in (1, 2)]
    return [*quarters, *(_month(n) for n in range(3))]


def _month(number: int) -> str:
    today = timezone.localdate()
    place = today.year * 12 + today.month - 2 - number % 10
    return f"{place // 12}-{place % 12 + 1:02d}"


def _day(number: int) -> date:
    return timezone.localdate() - timedelta(days=1 + number % 2)


def _field(number: int) -> str:
    return f"Lĩnh vực số {number % FIELDS}"


def _procedure(number: int) -> str:
    return f"1.{30 + number % 200:06d}"


def _at(rows: Sequence[T], number: int) -> T:
    return rows[number % len(rows)]


def _client(account: Account) -> Client:
    client = Client()
    client.force_login(account, backend=_BACKEND)
    return client


def _token() -> str:
    now = timezone.now()
    return people.issue_token(
        account=_controller(), name="bench", expires_at=now + timedelta(days=1), by=SYSTEM, at=now
    )


def _account(username: str) -> Account:
    return Account.objects.get(username=username)


def _controller() -> Account:
    """Return an officer who reads the whole province; made where there is none."""
    known = Account.objects.filter(username="bench.controller").first()
    if known is not None:
        return known
    account = Account.objects.create(
        username="bench.controller", kind="staff", name="Kiểm soát đo lường",
        created_at=timezone.now(), is_demo=True,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM directory_agency WHERE level = 'province' ORDER BY id")
        (agency,) = cursor.fetchone()
    since = timezone.localdate() - timedelta(days=30)
    Post.objects.create(account=account, agency_id=agency, role="controller", valid_from=since)
    return account
