"""Clusters: questions that ask for the same thing, found one after another. Pure, deterministic.

Each cluster is led by its first questions; a question joins the nearest leader when it is near
enough, else it leads a cluster of its own. What was put together stays together. Words that the
names of many procedures hold ("đăng ký", "cấp lại") weigh little.
"""

import math
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from motcua.kernel.text import fold

if TYPE_CHECKING:
    from numpy import ndarray
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]  # ships no types

# Rules of the house, chosen on our own examples (tests/assistant/learning): a wrong split costs a
# second look, a wrong join buries a topic.
NEAR = 0.5
MOST_LEADERS = 5
_FEATURES = 2**18
_WORDS_OVER_LETTERS = 2.0

# How people begin and end a question whatever it is about; folded.
_FILLER = re.compile(
    r"\b(?:cho (?:toi|em|con|chau|minh) hoi|xin hoi|hoi|lam on|vui long|oi|nhe|thi sao|la gi"
    r"|nhu the nao|the nao|ra sao|lam sao|bao nhieu|o dau|khi nao|can gi|can nhung gi|duoc khong"
    r"|muon|toi|em|chau|minh|thu tuc|phai|khong|co|duoc|thi|va|cua)\b"
)
_MARKS = re.compile(r"\[[^\]]*\]")


def core(question: str) -> str:
    """Return what a question is about: folded, without marks of hidden data and usual phrases."""
    plain = " ".join(re.sub(r"[^\w\s./-]", " ", fold(_MARKS.sub(" ", question))).split())
    return " ".join(_FILLER.sub(" ", plain).split()) or plain


class Clusters:
    """The leaders known so far; `place` finds the cluster of a question, `lead` adds a leader."""

    def __init__(
        self, leaders: Iterable[tuple[int, str]] = (), *, background: Sequence[str] = ()
    ) -> None:
        """Begin with (cluster, question) pairs; background: names in which usual words are usual."""
        self._weights = _weights(background) if background else None
        known = list(leaders)
        self._clusters = [cluster for cluster, _question in known]
        self._rows = list(self._vectors([q for _cluster, q in known])) if known else []

    def place(self, question: str) -> int | None:
        """Return the cluster whose leader is nearest, None when none is near enough."""
        if not self._clusters:
            return None
        from scipy.sparse import vstack

        nearness = (vstack(self._rows) @ self._vectors([question]).T).toarray().ravel()
        best = int(nearness.argmax())
        return self._clusters[best] if nearness[best] >= NEAR else None

    def lead(self, cluster: int, question: str) -> bool:
        """Let a question lead a cluster; tell whether it does, or there are leaders enough."""
        if self._clusters.count(cluster) >= MOST_LEADERS:
            return False
        self._clusters.append(cluster)
        self._rows.append(self._vectors([question]))
        return True

    def _vectors(self, questions: list[str]) -> "csr_matrix":
        """Rows of length 1, the same in every run."""
        from sklearn.preprocessing import normalize  # type: ignore[import-untyped]  # slow to load

        counted = _counted(questions)
        weighed = counted if self._weights is None else counted.multiply(self._weights).tocsr()
        return normalize(weighed)


def _counted(texts: Sequence[str]) -> "csr_matrix":
    """Words and pairs of words beside letters in threes and fours, which forgive typing errors."""
    from scipy.sparse import hstack
    from sklearn.feature_extraction.text import (  # type: ignore[import-untyped]  # slow to load
        HashingVectorizer,
    )

    cores = [core(text) for text in texts]
    usual = {"n_features": _FEATURES, "alternate_sign": False, "norm": None}
    letters = HashingVectorizer(analyzer="char_wb", ngram_range=(3, 4), **usual).transform(cores)
    words = HashingVectorizer(analyzer=_pairs, **usual).transform(cores)
    return hstack([letters, words * _WORDS_OVER_LETTERS]).tocsr()


def _pairs(text: str) -> list[str]:
    words = text.split()
    return words + [f"{one} {other}" for one, other in pairwise(words)]


def _weights(background: Sequence[str]) -> "ndarray":
    """How much each feature tells: 1 for one that no name holds, 0 for one that all hold."""
    import numpy as np

    holding = np.asarray((_counted(background) > 0).sum(axis=0)).ravel()
    weights: ndarray = np.log((1 + len(background)) / (1 + holding)) / math.log(
        1 + len(background)
    )
    return weights
