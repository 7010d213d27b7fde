"""Vectors: texts to the embedding server, without anything personal; nothing when it is away."""

from collections.abc import Sequence
from dataclasses import dataclass

from motcua.assistant import ports
from motcua.kernel import personal


@dataclass(frozen=True, slots=True)
class Vectors:
    """Where texts lie, by which model; `reason`: why there are none ("" when none is set up)."""

    model: str = ""
    rows: tuple[tuple[float, ...], ...] = ()
    reason: str = ""

    def __bool__(self) -> bool:
        return bool(self.rows)


def vectors(texts: Sequence[str], *, model: ports.Embedder | None = None) -> Vectors:
    """Return one vector of length 1 for each text, personal data masked first; never raises.

    The caller does without when there are none.
    """
    model = model or ports.embedder()
    if model is None or not texts:
        return Vectors()
    try:
        rows = model.embed([personal.mask(text).text for text in texts])
    except ports.ModelUnavailable as gone:
        return Vectors(model.model, (), gone.reason)
    return Vectors(model.model, tuple(rows))
