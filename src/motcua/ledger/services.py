"""Writing the ledger: record in the act's own transaction, tell listeners afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from motcua.kernel.facts import Fact
from motcua.ledger import rules
from motcua.ledger.models import Anchor, FactRow, KeptAnswer

RETRY_SECONDS = (1, 5, 30, 300, 3600)

# The hash is computed by PostgreSQL, in the statement that reads the previous one, so that an act
# pays one round trip. `rules.digest` is the same function in Python; a test holds them together.
_INSERT = """
WITH tail AS (
    SELECT seq, hash FROM ledger_factrow WHERE stream = %(stream)s::text ORDER BY seq DESC LIMIT 1
), fact AS (
    INSERT INTO ledger_factrow
        (stream, seq, kind, at, recorded_at, actor, actor_name, post, body, hash)
    SELECT %(stream)s::text, n.seq, %(kind)s::text, %(at)s::timestamptz,
           %(recorded_at)s::timestamptz, %(actor)s::text, %(actor_name)s::text, %(post)s::text,
           %(body)s::text,
           sha256(n.previous || convert_to(concat_ws(chr(31), %(stream)s::text, n.seq::text,
               %(kind)s::text, %(at_text)s::text, %(recorded_text)s::text, %(actor)s::text,
               %(actor_name)s::text, %(post)s::text, %(body)s::text), 'UTF8'))
    FROM (SELECT coalesce((SELECT seq FROM tail), 0) + 1 AS seq,
                 coalesce((SELECT hash FROM tail), %(genesis)s::bytea) AS previous) AS n
    RETURNING id, seq
), told AS (
    INSERT INTO ledger_pending (fact_id, attempts, error)
    SELECT id, 0, '' FROM fact WHERE %(heard)s::boolean
)
SELECT seq FROM fact
"""

# The streams that wait for another try are left out here: however long, they keep nobody else waiting.
_DUE = """
SELECT f.* FROM ledger_pending p JOIN ledger_factrow f ON f.id = p.fact_id
WHERE f.stream NOT IN (
    SELECT g.stream FROM ledger_pending w JOIN ledger_factrow g ON g.id = w.fact_id
    WHERE w.not_before > now()
)
ORDER BY p.fact_id LIMIT %s
"""

Listener = Callable[[FactRow], None]


@dataclass(frozen=True)
class _Registered:
    prefix: str
    name: str
    hear: Listener


_listeners: list[_Registered] = []


def listen(prefix: str, *, name: str) -> Callable[[Listener], Listener]:
    """Return a decorator: call the function for each fact whose kind starts with `prefix`.

    Listeners run at least once, in order per stream, and so must be idempotent.
    """

    def add(hear: Listener) -> Listener:
        _listeners.append(_Registered(prefix, name, hear))
        return hear

    return add


def record(
    fact: Fact,
    *,
    stream: str,
    at: datetime,
    actor: str,
    actor_name: str = "",
    post: str = "",
) -> int:
    """Record a fact in its stream and return its number there.

    The caller holds the lock of what the stream is about, inside the act's transaction.
    Raises RuntimeError: there is no transaction, so the fact could outlive its act or be lost.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a fact is recorded in the transaction of its act")
    recorded_at = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            {
                "stream": stream,
                "kind": fact.kind,
                "at": at,
                "at_text": rules.moment(at),
                "recorded_at": recorded_at,
                "recorded_text": rules.moment(recorded_at),
                "actor": actor,
                "actor_name": actor_name,
                "post": post,
                "body": rules.canonical(rules.discreet_body(fact.body())),
                "genesis": rules.GENESIS,
                "heard": any(fact.kind.startswith(r.prefix) for r in _listeners),
            },
        )
        return int(cursor.fetchone()[0])


@transaction.atomic
def record_alone(
    fact: Fact, *, stream: str, at: datetime, actor: str, actor_name: str = "", post: str = ""
) -> int:
    """Record a fact that belongs to no locked row (a read, a sign-in), one writer at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [stream])
    return record(fact, stream=stream, at=at, actor=actor, actor_name=actor_name, post=post)


def dispatch(*, batch: int = 200) -> int:
    """Tell listeners the oldest facts they have not heard; return how many were settled.

    One dispatcher works at a time (an advisory lock); a fact whose listener fails is tried again
    later and holds back the later facts of its own stream only.
    """
    settled: list[int] = []
    failed: set[str] = set()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(743101)")
        if not cursor.fetchone()[0]:
            return 0
        due = FactRow.objects.raw(_DUE, [batch])
        for fact in due:
            if fact.stream in failed:
                continue
            if _tell(fact):
                settled.append(fact.id)
            else:
                failed.add(fact.stream)
        if settled:
            cursor.execute("DELETE FROM ledger_pending WHERE fact_id = ANY(%s)", [settled])
    return len(settled)


def _tell(fact: FactRow) -> bool:
    """Call the fact's listeners in a savepoint; on failure note the error and the next try."""
    try:
        with transaction.atomic():
            for registered in _listeners:
                if fact.kind.startswith(registered.prefix):
                    registered.hear(fact)
    except Exception as error:  # noqa: BLE001  a listener's fault must not stop the others
        _postpone(fact.id, repr(error)[:500])
        return False
    return True


def _postpone(fact_id: int, error: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT attempts FROM ledger_pending WHERE fact_id = %s", [fact_id])
        attempts = cursor.fetchone()[0]
        wait = RETRY_SECONDS[min(attempts, len(RETRY_SECONDS) - 1)]
        cursor.execute(
            "UPDATE ledger_pending SET attempts = attempts + 1, error = %s, not_before = %s "
            "WHERE fact_id = %s",
            [error, timezone.now() + timedelta(seconds=wait), fact_id],
        )


@transaction.atomic
def anchor(*, upto: datetime) -> int:
    """Anchor every whole hour before `upto` that has facts and no anchor yet; return how many.

    An hour is anchored by `recorded_at`, five minutes after it ended, so that no act still runs.
    """
    made = 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(743102)")
    last = Anchor.objects.order_by("-hour").first()
    previous = bytes(last.hash) if last else rules.GENESIS
    border = (upto - timedelta(minutes=5)).replace(minute=0, second=0, microsecond=0)
    rows = FactRow.objects.filter(recorded_at__lt=border)
    if last:
        rows = rows.filter(recorded_at__gte=last.hour + timedelta(hours=1))
    hour: datetime | None = None
    ids: list[int] = []
    hashes: list[bytes] = []
    for fact_id, recorded_at, value in (
        rows.order_by("recorded_at", "id").values_list("id", "recorded_at", "hash").iterator(5000)
    ):
        this = recorded_at.replace(minute=0, second=0, microsecond=0)
        if hour is not None and this != hour:
            previous = _close_hour(hour, ids, hashes, previous)
            made, ids, hashes = made + 1, [], []
        hour = this
        ids.append(fact_id)
        hashes.append(bytes(value))
    if hour is not None:
        _close_hour(hour, ids, hashes, previous)
        made += 1
    return made


def _close_hour(hour: datetime, ids: list[int], hashes: list[bytes], previous: bytes) -> bytes:
    value = rules.anchor_digest(previous=previous, hashes=hashes)
    Anchor.objects.create(
        hour=hour, first_id=min(ids), last_id=max(ids), count=len(ids), hash=value
    )
    return value


def claim_key(*, actor: str, key: str, digest: bytes, at: datetime) -> KeptAnswer | None:
    """Claim an idempotency key for the act of this transaction; return the answer it had, if any.

    A second request with the key waits until the first one's transaction ends: it then finds the
    answer, or, when that act was rolled back, claims the key itself.
    Raises RuntimeError: there is no transaction for key and act to share.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a key is claimed in the transaction of its act")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_keptanswer (actor, key, digest, status, headers, body, at) "
            "VALUES (%s, %s, %s, 0, '{}', '', %s) ON CONFLICT (actor, key) DO NOTHING RETURNING id",
            [actor, key, digest, at],
        )
        if cursor.fetchone():
            return None
    return KeptAnswer.objects.get(actor=actor, key=key)


def keep_answer(*, actor: str, key: str, status: int, headers: dict[str, str], body: str) -> None:
    """Keep the answer of an act under the key that was claimed for it."""
    KeptAnswer.objects.filter(actor=actor, key=key).update(
        status=status, headers=headers, body=body
    )


def forget_answers(*, before: datetime) -> int:
    """Forget answers kept longer than programs try again; return how many."""
    return KeptAnswer.objects.filter(at__lt=before).delete()[0]
