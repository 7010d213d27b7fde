"""Clusters: questions that ask for the same thing, found one after another. Pure, deterministic.

Each cluster is led by its first questions; a question joins the nearest leader when it is near
enough, else it leads a cluster of its own. So a nightly run changes nothing that was there before.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from motcua.kernel.text import fold

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

# Rules of the house, chosen on our own examples (tests/assistant/learning).
NEAR = 0.5
MOST_LEADERS = 5
_FEATURES = 2**18

# How people begin and end a question whatever it is about; folded.
_FILLER = re.compile(
    r"\b(?:cho (?:toi|em|con|chau|minh) hoi|xin hoi|hoi|xin|lam on|vui long|a|oi|nhe|voi|di|giup"
    r"|thi sao|la gi|nhu the nao|the nao|ra sao|lam sao|bao nhieu|o dau|khi nao|can gi|can nhung gi"
    r"|gi|muon|can|toi|em|con|chau|minh|ban|anh|chi|thu tuc|lam|phai|duoc khong|khong|co|duoc|thi|la"
    r"|va|cua|o|de|please|how|what|where|when|do|i|can|my|the|a|an|to|is|for|want)\b"
)
_MARKS = re.compile(r"\[[^\]]*\]")


def core(question: str) -> str:
    """Return what a question is about: folded, without marks of hidden data and usual phrases."""
    plain = re.sub(r"[^\w\s./-]", " ", fold(_MARKS.sub(" ", question)))
    kept = " ".join(_FILLER.sub(" ", plain).split())
    return kept or " ".join(plain.split())


@dataclass
class Clusters:
    """The leaders known so far; `place` finds the cluster of a question, `lead` adds a leader."""

    known: list[tuple[int, str]] = field(default_factory=list)
    _rows: "list[csr_matrix]" = field(default_factory=list)

    @classmethod
    def of(cls, leaders: Iterable[tuple[int, str]]) -> "Clusters":
        """Return the clusters led by these (cluster, question) pairs, in this order."""
        known = list(leaders)
        found = cls()
        if known:
            found.known = known
            found._rows = list(_vectors([question for _cluster, question in known]))
        return found

    def place(self, question: str) -> int | None:
        """Return the cluster whose leader is nearest, None when none is near enough."""
        if not self.known:
            return None
        from scipy.sparse import vstack

        row = _vectors([question])[0]
        nearness = (vstack(self._rows) @ row.T).toarray().ravel()
        best = int(nearness.argmax())
        return self.known[best][0] if nearness[best] >= NEAR else None

    def lead(self, cluster: int, question: str) -> bool:
        """Let a question lead a cluster; tell whether it does, or there are leaders enough."""
        if sum(known == cluster for known, _question in self.known) >= MOST_LEADERS:
            return False
        self.known.append((cluster, question))
        self._rows.append(_vectors([question])[0])
        return True


def _vectors(questions: list[str]) -> "csr_matrix":
    """Letters in threes and fours of each question's core; rows of length 1, the same in every run."""
    from sklearn.feature_extraction.text import HashingVectorizer

    letters = HashingVectorizer(
        analyzer="char_wb",
        ngram_range=(3, 4),
        n_features=_FEATURES,
        alternate_sign=False,
        norm="l2",
    )
    return letters.transform([core(question) for question in questions])
