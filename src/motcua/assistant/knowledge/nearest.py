"""Passages near a question by meaning, where an embedding server and pgvector are at hand."""

from collections.abc import Sequence

from django.db import connection

from motcua.assistant import ports
from motcua.assistant.wording.vectors import vectors

_NEAR = 50
_NEAREST = """
SELECT key, 1 - (vector <=> %s::vector) FROM assistant_passage_vector
WHERE model = %s AND vector_dims(vector) = %s ORDER BY vector <=> %s::vector LIMIT %s
"""


def near(
    question: str, *, model: ports.Embedder | None = None, limit: int = _NEAR
) -> dict[str, float]:
    """Return how alike passages are to the question (0..1) by key; {} without a server or table."""
    model = model or ports.embedder()
    if model is None or not is_prepared():
        return {}
    found = vectors([question], model=model)
    if not found:
        return {}
    vector = written(found.rows[0])
    with connection.cursor() as cursor:
        cursor.execute(_NEAREST, [vector, found.model, len(found.rows[0]), vector, limit])
        return {key: max(0.0, min(1.0, float(likeness))) for key, likeness in cursor.fetchall()}


def is_prepared() -> bool:
    """Tell whether vectors have a table here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('assistant_passage_vector')")
        return cursor.fetchone()[0] is not None


def written(vector: Sequence[float]) -> str:
    """Return a vector as pgvector reads it."""
    return "[" + ",".join(f"{part:.6g}" for part in vector) + "]"
