"""What every verb about warnings and signals does: check the words, write the fact."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.kernel.facts import Fact
from motcua.ledger import bulk
from motcua.ledger import services as ledger
from motcua.ledger.acts import acts
from motcua.ledger.rules import discreet
from motcua.supervision import refusals
from motcua.supervision.rules import ladder

ANSWER_MOST, WORDS_MOST = 1000, 2000
act = acts("by")
_LAST = """
SELECT DISTINCT ON (stream) stream, seq, hash FROM ledger_factrow
WHERE stream = ANY(%s) ORDER BY stream, seq DESC
"""


def need_words(text: str, *, field: str, most: int) -> str:
    """Return what was written without loose blanks, identity numbers in it masked.

    Raises SaysTooLittle: it says less than ten letters, or more than can be kept.
    """
    said = " ".join(text.split())
    if not ladder.is_answer(said):
        raise refusals.SaysTooLittle(_("Viết rõ hơn (ít nhất 10 ký tự)."), field=field)
    if len(said) > most:
        raise refusals.SaysTooLittle(
            _("Quá dài: %(chars)d ký tự, tối đa %(most)d.") % {"chars": len(said), "most": most},
            field=field,
        )
    return discreet(said)


def begin(facts: Iterable[tuple[str, Fact]], *, by: Actor, at: datetime) -> None:
    """Record the first fact of each of many streams at once; their rows were just written.

    Nobody listens to these facts, so nobody has to be told of them.
    """
    _write(facts, {}, by, at)


def go_on(facts: Iterable[tuple[str, Fact]], *, by: Actor, at: datetime) -> None:
    """Record one more fact of each of many streams at once; the caller holds the locks of their rows.

    Nobody listens to these facts, so nobody has to be told of them.
    """
    told = dict(facts)
    with connection.cursor() as cursor:
        cursor.execute(_LAST, [list(told)])
        last = {stream: (seq, bytes(hashed)) for stream, seq, hashed in cursor.fetchall()}
    _write(told.items(), last, by, at)


def _write(
    facts: Iterable[tuple[str, Fact]],
    last: Mapping[str, tuple[int, bytes]],
    by: Actor,
    at: datetime,
) -> None:
    recorded_at, post = timezone.now(), by.describe()[:200]
    chains = []
    for stream, fact in facts:
        chain = bulk.Chain(stream, recorded_at=recorded_at)
        if stream in last:
            seq, hashed = last[stream]
            chain.follow(seq=seq, hashed=hashed)
        chain.add(fact, at=at, actor=by.key, actor_name=by.name[:120], post=post)
        chains.append(chain)
    with connection.cursor() as cursor, cursor.copy(bulk.copy_statement()) as copy:
        bulk.write(copy, chains)


def note(facts: Iterable[tuple[str, Fact]], *, by: Actor, at: datetime) -> None:
    """Record facts, each in its stream; the rows they are about were written in this transaction."""
    for stream, fact in facts:
        ledger.record(
            fact, stream=stream, at=at, actor=by.key, actor_name=by.name[:120],
            post=by.describe()[:200],
        )  # fmt: skip
