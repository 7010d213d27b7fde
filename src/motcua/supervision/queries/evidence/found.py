"""Which gatherer belongs to which signal, and which signals have no data here."""

from collections.abc import Callable, Iterator

from django.db import connection

from motcua.supervision.definitions import ALL
from motcua.supervision.queries.evidence import money, peers, people, supplements, times
from motcua.supervision.queries.evidence.finding import Finding, Span
from motcua.supervision.rules.signals import Numbers

Gatherer = Callable[[Span, Numbers], Iterator[Finding]]

# Those of one window look a fixed time back; the others look through the whole span.
GATHERERS: dict[str, tuple[Gatherer, bool]] = {
    "S1": (supplements.repeated, False),
    "S2": (supplements.not_to_be_asked, False),
    "S3": (peers.asking_often, True),
    "S4": (peers.refusing_often, True),
    "S5": (times.lying_still, False),
    "S6": (times.dates_moved, False),
    "S7": (supplements.stopped_at_the_end, True),
    "S8": (times.results_waiting, False),
    "S9": (times.online_waiting, False),
    "S10": (people.signs, False),
    "S11": (people.looking, True),
    "S12": (times.papers_late, False),
    "S13": (people.voices, True),
    "S14": (people.visits, False),
    "S15": (money.receipts, False),
}


def found_by(signal: str, *, span: Span, window: Span, numbers: Numbers) -> list[Finding]:
    """Return all that one signal finds in the span, or in the window where it has one."""
    gather, has_window = GATHERERS[signal]
    return list(gather(window if has_window else span, numbers))


def without_data() -> frozenset[str]:
    """Return the signals of whose facts there is none here: they say nothing either way."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT k FROM unnest(%s::text[]) AS k "
            "WHERE EXISTS (SELECT 1 FROM ledger_factrow f WHERE f.kind = k)",
            [sorted({kind for one in ALL for kind in one.facts})],
        )
        known = {row[0] for row in cursor.fetchall()}
    return frozenset(
        one.key
        for one in ALL
        if all("." in kind for kind in one.facts) and not known & set(one.facts)
    )
