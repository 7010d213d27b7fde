"""Embeddings: texts to vectors of one length."""

import json
import math
from collections.abc import Iterable, Sequence

from motcua.assistant.ports import BROKEN, ModelUnavailable
from motcua.integration.language_model.line import Line

_MOST_BYTES = 16 * 1024 * 1024  # a hundred texts of 4,096 numbers, written out


class EmbeddingModel:
    """A model that places texts (satisfies assistant.ports.Embedder)."""

    def __init__(self, *, url: str, key: str, model: str, seconds: float) -> None:
        self._line = Line(url=url, key=key, seconds=seconds, most_bytes=_MOST_BYTES)
        self._model = model

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    @property
    def model(self) -> str:
        """Name of the model."""
        return self._model

    def embed(self, texts: Sequence[str]) -> list[tuple[float, ...]]:
        """Return one vector of length 1 for each text, in their order.

        Raises ModelUnavailable: see assistant.ports.
        """
        if not texts:
            return []
        body = {"model": self._model, "input": list(texts), "encoding_format": "float"}
        with self._line.lines_of("/embeddings", body) as lines:
            return _vectors("\n".join(lines), len(texts))


def _vectors(document: str, count: int) -> list[tuple[float, ...]]:
    try:
        rows = sorted(json.loads(document)["data"], key=lambda row: row["index"])
        if [row["index"] for row in rows] != list(range(count)):
            raise ValueError("not one vector for each text")
        found = [_unit(row["embedding"]) for row in rows]
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
        OverflowError,
    ) as error:
        raise ModelUnavailable(BROKEN, str(error)[:80]) from None
    if len({len(vector) for vector in found}) != 1:
        raise ModelUnavailable(BROKEN, "vectors of several lengths")
    return found


def _unit(numbers: Iterable[float]) -> tuple[float, ...]:
    vector = tuple(float(number) for number in numbers)
    length = math.hypot(*vector)
    if not vector or not math.isfinite(length) or length == 0:
        raise ValueError("not a vector")
    return tuple(number / length for number in vector)
