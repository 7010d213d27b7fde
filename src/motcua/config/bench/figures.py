"""How fast boards read and how far figures lie behind, in a database that `filling` has filled."""

import threading
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from statistics import quantiles
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone

from motcua.config.bench.filling import FIELDS
from motcua.dossiers import events
from motcua.ledger import services as ledger
from motcua.reporting import queries, rules, services


def boards(*, times: int = 20) -> dict[str, dict[str, float]]:
    """Return what each board's figures take in milliseconds, nothing kept from one to the next."""
    at = timezone.localtime()
    found = {}
    for name, read in _reads(at).items():
        took = []
        for turn in range(times):
            cache.clear()
            began = time.perf_counter()
            read(turn)
            took.append((time.perf_counter() - began) * 1000)
        marks = quantiles(took, n=20)
        found[name] = {"p50": round(marks[9], 1), "p95": round(marks[18], 1)}
    return found


def _reads(at: datetime) -> dict[str, Callable[[int], object]]:
    from motcua.directory.queries import cards

    committees = [card for card in cards.all_cards() if card.kind == "committee"]
    centres = [card for card in cards.all_cards() if card.kind == "centre"] or committees
    week, month = rules.period("week", at=at), rules.period("month", at=at)
    quarter, year = rules.period("quarter", at=at), rules.period("year", at=at)
    past = rules.period("quarter", at=at, first=quarter.first - timedelta(days=1))
    days: dict[str, Any] = {"first": at.date() - timedelta(days=29), "last": at.date(), "at": at}
    scope = queries.Scope

    return {
        "province, today": lambda _n: queries.board(rules.period("today", at=at)),
        "province, week": lambda _n: queries.board(week),
        "province, month": lambda _n: queries.board(month),
        "province, quarter": lambda _n: queries.board(quarter),
        "province, year": lambda _n: queries.board(year),
        "province, past quarter": lambda _n: queries.board(past),
        "commune, month": lambda n: queries.board(month, agency=committees[n % len(committees)]),
        "commune, quarter": lambda n: queries.board(
            quarter, agency=committees[n % len(committees)]
        ),
        "centre, month": lambda n: queries.board(month, agency=centres[n % len(centres)]),
        "one field, quarter": lambda n: queries.table(
            ("settled",), quarter, scope=scope(field=f"Lĩnh vực số {n % FIELDS}")
        ),
        "by procedure, quarter": lambda _n: queries.table(("settled",), quarter, by="procedure"),
        "officers of an agency, month": lambda n: queries.table(
            ("settled",), month, by="officer", scope=scope(agency=committees[n % len(committees)])
        ),
        "days, province": lambda _n: queries.days_of(at=at),
        "series of 30 days": lambda _n: queries.series("on_time_share", **days),
        "weeks by agency": lambda _n: queries.weeks_by_agency(at=at),
        "hours of a week": lambda _n: queries.busy_hours(week),
        "hours of a month": lambda _n: queries.busy_hours(month),
        "hours of a quarter": lambda _n: queries.busy_hours(quarter),
        "stock by due": lambda _n: queries.stock_by_due(scope(), at),
        "holders": lambda _n: queries.holders(month),
        "digitisation, month": lambda _n: queries.digitisation_shares(month),
        "quarterly report": lambda _n: queries.quarter(past),
    }


def lag(*, rate: int = 200, seconds: float = 20.0) -> dict[str, float]:
    """Write acts at a rate while figures follow; return how far they lay behind, in seconds."""
    ending = threading.Event()
    behind: list[float] = []
    written: dict[int, float] = {}
    follower = threading.Thread(target=_follow, args=(ending, written, behind))
    follower.start()
    began = time.monotonic()
    sent = 0
    while (now := time.monotonic() - began) < seconds:
        while sent < now * rate:
            _act(sent, written)
            sent += 1
        time.sleep(0.005)
    took = time.monotonic() - began
    while written and time.monotonic() - began < seconds + 30:
        time.sleep(0.1)
    ending.set()
    follower.join()
    marks = quantiles(behind, n=20)
    return {
        "acts_per_second": round(sent / took, 1), "p50": round(marks[9], 3),
        "p95": round(marks[18], 3), "worst": round(max(behind), 3), "left": len(written),
    }  # fmt: skip


def _act(number: int, written: dict[int, float]) -> None:
    key = 900_000_000 + number // 3
    at = timezone.now()
    facts = (
        events.DossierFiled(
            code=f"L-{key}", procedure="1.000001", version_id=1, case="", channel="online", support="",
            receiving="", competent="", field="Lĩnh vực số 1", papers=1,
        ),
        events.DossierAccepted(code=f"L-{key}", due_at=at + timedelta(days=3), originals=0),
        events.ResultIssued(code=f"L-{key}", number="1", outcome="granted", due_at=None, is_late=False),
    )  # fmt: skip
    with transaction.atomic():
        ledger.record(facts[number % 3], stream=f"dossier:{key}", at=at, actor="bench")
        with connection.cursor() as cursor:
            cursor.execute("SELECT currval(pg_get_serial_sequence('ledger_factrow', 'id'))")
            fact = int(cursor.fetchone()[0])
    written[fact] = time.monotonic()


def _follow(ending: threading.Event, written: dict[int, float], behind: list[float]) -> None:
    wait = 0.0
    while not ending.wait(wait):
        step = services.follow()
        wait = 0.0 if step.is_behind else 0.3
        now = time.monotonic()
        told = [one for one in list(written) if one <= step.upto]
        behind.extend(now - written.pop(fact) for fact in told)
    connection.close()


_LEDGER = """
INSERT INTO ledger_factrow (stream, seq, kind, at, recorded_at, actor, actor_name, post, body, hash)
SELECT 'dossier:' || d, n, kind, began + n * interval '3 hours', now(), 'bench', '', '',
       CASE kind
       WHEN 'dossier.filed' THEN json_build_object('code', 'R-' || d, 'procedure', '1.000001',
            'version_id', 1, 'case', '', 'channel', 'online', 'support', '',
            'receiving', %(agency)s::text,
            'competent', %(agency)s::text, 'field', 'Lĩnh vực số ' || d %% 40, 'papers', 1)::text
       WHEN 'dossier.accepted' THEN json_build_object('code', 'R-' || d, 'originals', 0,
            'due_at', to_char(began + interval '7 days', 'YYYY-MM-DD"T"HH24:MI:SS') || '+07:00')::text
       ELSE json_build_object('code', 'R-' || d, 'step', 'appraise', 'next_step', 'approve',
            'officer_id', d %% 900, 'outcome', 'granted', 'reason', 'x', 'law', '')::text END, ''
FROM (SELECT d, %(start)s::timestamptz + (d %% 90000) * interval '1 minute' AS began
      FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS d) AS dossiers,
     unnest(ARRAY['dossier.filed', 'dossier.accepted', 'dossier.officer_notified',
                  'dossier.papers_digitised', 'dossier.handed_over', 'dossier.taken_over',
                  'dossier.assigned', 'dossier.step_done', 'dossier.approved', 'dossier.result_stamped',
                  'dossier.result_issued', 'dossier.result_returned']) WITH ORDINALITY AS k (kind, n)
"""


def rebuild(dossiers: int, *, progress: Callable[[str], None]) -> dict[str, float]:
    """Make a ledger of twelve facts a dossier, fold it anew in bulk; return facts and seconds."""
    from motcua.directory.queries import cards

    agency = cards.all_cards()[0].code
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE ledger_factrow")
        for first in range(1, dossiers + 1, 50_000):
            last = min(dossiers, first + 49_999)
            values: dict[str, Any] = {
                "agency": agency,
                "first": first,
                "last": last,
                "start": date(2025, 7, 1),
            }
            cursor.execute(_LEDGER, values)
            progress(f"{last}/{dossiers}")
        cursor.execute("ANALYZE ledger_factrow")
    began = time.monotonic()
    count = services.rebuild()
    return {
        "facts": dossiers * 12,
        "standings": count,
        "seconds": round(time.monotonic() - began, 1),
    }
