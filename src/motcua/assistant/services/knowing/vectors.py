"""Embeddings beside the passages, where a server is set up and PostgreSQL has pgvector."""

from collections.abc import Iterator, Sequence
from itertools import islice

from django.db import connection, transaction

from motcua.assistant import ports
from motcua.assistant.knowledge.nearest import is_prepared, written
from motcua.assistant.models import Passage
from motcua.assistant.services.knowing.core import Advance
from motcua.assistant.wording.vectors import vectors

_AT_ONCE = 64
_LONGEST = 4000
_TABLE = """
CREATE TABLE IF NOT EXISTS assistant_passage_vector (
    key text NOT NULL, model text NOT NULL, checksum text NOT NULL, vector vector NOT NULL,
    PRIMARY KEY (key, model)
)
"""
_PUT = """
INSERT INTO assistant_passage_vector (key, model, checksum, vector) VALUES (%s, %s, %s, %s::vector)
ON CONFLICT (key, model) DO UPDATE SET checksum = excluded.checksum, vector = excluded.vector
"""
_SWEEP = """
DELETE FROM assistant_passage_vector v
WHERE NOT EXISTS (SELECT 1 FROM assistant_passage p WHERE p.key = v.key)
"""


def embed_passages(*, model: ports.Embedder | None = None, advance: Advance | None = None) -> int:
    """Embed what has no vector of this model yet; return how many were embedded.

    Nothing is called without a server. A server that goes away in the middle leaves what it gave.
    """
    model = model or ports.embedder()
    if model is None or not _prepared():
        return 0
    done = 0
    for batch in _missing(model.model):
        found = vectors(
            [f"{title}\n{text}"[:_LONGEST] for _key, _sum, title, text in batch], model=model
        )
        if not found:
            break
        _keep(model.model, batch, found.rows)
        done += len(batch)
        if advance is not None:
            advance(done)
    return done


def _prepared() -> bool:
    """Make the table where pgvector is at hand; False where PostgreSQL does not have it."""
    if is_prepared():
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'vector'")
        if cursor.fetchone() is None:
            return False
        cursor.execute("CREATE EXTENSION IF NOT EXISTS vector")
        cursor.execute(_TABLE)
    return True


def _missing(model: str) -> Iterator[list[tuple[str, str, str, str]]]:
    with connection.cursor() as cursor:
        cursor.execute(_SWEEP)
        cursor.execute(
            "SELECT key, checksum FROM assistant_passage_vector WHERE model = %s", [model]
        )
        known = dict(cursor.fetchall())
    rows = Passage.objects.values_list("key", "checksum", "title", "text").iterator(500)
    waiting = (row for row in rows if known.get(row[0]) != row[1])
    while batch := list(islice(waiting, _AT_ONCE)):
        yield batch


@transaction.atomic
def _keep(
    model: str, batch: Sequence[tuple[str, str, str, str]], rows: Sequence[Sequence[float]]
) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            _PUT,
            [
                (key, model, checksum, written(row))
                for (key, checksum, _title, _text), row in zip(batch, rows, strict=True)
            ],
        )
