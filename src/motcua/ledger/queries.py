"""Reading the ledger: the trail of one stream, and the proof that nothing was touched."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection

from motcua.ledger import rules
from motcua.ledger.models import Anchor, FactRow


@dataclass(frozen=True)
class Told:
    """A fact as pages read it."""

    seq: int
    kind: str
    at: datetime
    actor: str
    actor_name: str
    post: str
    body: dict[str, object]
    short_hash: str


@dataclass
class Verdict:
    """What `verify` found: counts, and each fault in words with the row it concerns."""

    facts: int = 0
    streams: int = 0
    anchors: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing was changed, removed or reordered."""
        return not self.faults


# Upper modules name how many facts each of their rows must have: (stream, seq of the last fact).
# It finds a tail that was cut off after the last anchor, which no chain can show.
heads: list[Callable[[], Iterator[tuple[str, int]]]] = []


def facts_of(stream: str, *, after: int = 0) -> list[Told]:
    """Return the facts of a stream in order, later than number `after`."""
    rows = FactRow.objects.filter(stream=stream, seq__gt=after).order_by("seq")
    return [told(row) for row in rows]


def recent(stream: str, *, since: datetime) -> list[Told]:
    """Return the facts of a stream since a moment, in order."""
    rows = FactRow.objects.filter(stream=stream, at__gte=since).order_by("seq")
    return [told(row) for row in rows]


def told(row: FactRow) -> Told:
    """Return a row as pages read it."""
    return Told(
        seq=row.seq,
        kind=row.kind,
        at=row.at,
        actor=row.actor,
        actor_name=row.actor_name,
        post=row.post,
        body=json.loads(row.body),
        short_hash=bytes(row.hash).hex()[:4],
    )


def pending_count() -> int:
    """Return how many facts listeners have still to hear."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_pending")
        return int(cursor.fetchone()[0])


def verify(*, progress: Callable[[int], None] = lambda _done: None) -> Verdict:
    """Recompute every hash and every anchor, and compare the heads that upper modules know.

    Source: design of the ledger; any row that was changed, removed or reordered is named.
    """
    verdict = Verdict()
    last_of = _verify_chains(verdict, progress)
    _verify_anchors(verdict)
    for head in heads:
        for stream, seq in head():
            found = last_of.get(stream, 0)
            if found < seq:  # an act may have gone on while the chains were read
                found = max(found, min(seq, _count_of(stream)))
            if found != seq:
                verdict.faults.append(f"{stream}: phải có {seq} sự kiện, chỉ còn {found}")
    return verdict


def _count_of(stream: str) -> int:
    return FactRow.objects.filter(stream=stream).count()


def verify_stream(stream: str, *, last: int | None = None) -> Verdict:
    """Recompute the hashes of one stream; `last` is the number its last fact must have (one query).

    Source: design of the ledger; any row that was changed, removed or reordered is named.
    """
    verdict = Verdict()
    rows = FactRow.objects.filter(stream=stream).order_by("seq")
    seq = _verify_rows(rows, verdict, lambda _done: None).get(stream, 0)
    if last is not None and seq != last:
        verdict.faults.append(f"{stream}: phải có {last} sự kiện, chỉ còn {seq}")
    return verdict


def _verify_chains(verdict: Verdict, progress: Callable[[int], None]) -> dict[str, int]:
    rows = FactRow.objects.order_by("stream", "seq").iterator(5000)
    return _verify_rows(rows, verdict, progress)


def _verify_rows(
    rows: Iterable[FactRow], verdict: Verdict, progress: Callable[[int], None]
) -> dict[str, int]:
    last_of: dict[str, int] = {}
    stream, seq, previous = "", 0, rules.GENESIS
    for row in rows:
        if row.stream != stream:
            stream, seq, previous = row.stream, 0, rules.GENESIS
            verdict.streams += 1
        if row.seq != seq + 1:
            verdict.faults.append(f"{stream}: sau sự kiện {seq} là {row.seq}")
        expected = rules.digest(
            previous=previous,
            stream=row.stream,
            seq=row.seq,
            kind=row.kind,
            at=row.at,
            recorded_at=row.recorded_at,
            actor=row.actor,
            actor_name=row.actor_name,
            post=row.post,
            body=row.body,
        )
        if bytes(row.hash) != expected:
            verdict.faults.append(f"{stream}: sự kiện {row.seq} ({row.kind}) đã bị sửa")
        seq, previous = row.seq, bytes(row.hash)
        last_of[stream] = seq
        verdict.facts += 1
        if verdict.facts % 1000 == 0:
            progress(verdict.facts)
    return last_of


def _verify_anchors(verdict: Verdict) -> None:
    previous = rules.GENESIS
    for anchor in Anchor.objects.order_by("hour").iterator(1000):
        hashes = [
            bytes(value)
            for value in FactRow.objects.filter(
                recorded_at__gte=anchor.hour, recorded_at__lt=anchor.hour + timedelta(hours=1)
            )
            .order_by("recorded_at", "id")
            .values_list("hash", flat=True)
        ]
        if len(hashes) != anchor.count:
            verdict.faults.append(
                f"giờ {anchor.hour:%d/%m/%Y %H}: đã neo {anchor.count} sự kiện, còn {len(hashes)}"
            )
        elif rules.anchor_digest(previous=previous, hashes=hashes) != bytes(anchor.hash):
            verdict.faults.append(f"giờ {anchor.hour:%d/%m/%Y %H}: mã neo không khớp")
        previous = bytes(anchor.hash)
        verdict.anchors += 1
