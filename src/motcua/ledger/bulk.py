"""Writing many facts at once: chains made in memory as `record` makes them, then one COPY.

For worlds that are made (a simulated quarter), for histories that are taken over, and for sweeps that
touch thousands of rows at once. Who writes like this answers for what `record` would have looked
after: that every fact belongs to a row, and that nobody else writes to these streams meanwhile.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from motcua.kernel.facts import Fact
from motcua.ledger import rules

TABLE = "ledger_factrow"
COLUMNS = (
    "stream", "seq", "kind", "at", "recorded_at", "actor", "actor_name", "post", "body", "hash",
)  # fmt: skip
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class Copying(Protocol):
    """What takes the lines of a COPY."""

    def write(self, data: str | bytes) -> None:
        """Take some more."""


class Chain:
    """One stream, from its first fact on or from where `follow` says: facts are numbered and hashed.

    The hash is `rules.digest`; a test holds them together. `lines` are text of COPY.
    """

    __slots__ = ("_hash", "_recorded", "_recorded_text", "lines", "seq", "stream")

    def __init__(self, stream: str, *, recorded_at: datetime) -> None:
        self.stream, self.seq, self.lines = stream, 0, list[str]()
        self._hash = rules.GENESIS
        self._recorded, self._recorded_text = recorded_at.isoformat(), rules.moment(recorded_at)

    def go_on(self, seq: int, last_hash: bytes) -> None:
        """Begin behind the last fact that the stream holds; the caller holds its lock."""
        self.seq, self._hash = seq, last_hash

    def follow(self, *, seq: int, hashed: bytes) -> None:
        """Go on behind the last fact that stands in the ledger already."""
        self.seq, self._hash = seq, hashed

    def add(
        self, fact: Fact, *, at: datetime, actor: str, actor_name: str = "", post: str = ""
    ) -> int:
        """Add a fact behind the last one and return its number in the stream."""
        self.seq += 1
        body = rules.canonical(rules.discreet_body(fact.body()))
        parts = (
            self.stream, str(self.seq), fact.kind, rules.moment(at), self._recorded_text,
            actor, actor_name, post, body,
        )  # fmt: skip
        hashed = hashlib.sha256(self._hash + rules.SEPARATOR.join(parts).encode())
        self._hash = hashed.digest()
        told = f"{actor}\t{_escaped(actor_name)}\t{_escaped(post)}"
        self.lines.append(
            f"{self.stream}\t{self.seq}\t{fact.kind}\t{at.isoformat()}\t{self._recorded}\t{told}"
            f"\t{_escaped(body)}\t\\\\x{hashed.hexdigest()}\n"
        )
        return self.seq


def copy_statement() -> str:
    """Return the COPY statement that takes the lines of chains."""
    return f"COPY {TABLE} ({', '.join(COLUMNS)}) FROM STDIN"


def write(copy: Copying, chains: Iterable[Chain]) -> int:
    """Write the facts of chains, each stream in its order; return how many.

    Listeners are not told: what is written like this is history, and nobody is sent a notice of it.
    """
    written = 0
    for chain in chains:
        copy.write("".join(chain.lines))
        written += len(chain.lines)
    return written


def _escaped(text: str) -> str:
    """Return a text with what COPY would misread escaped; most texts hold nothing of it."""
    return text.translate(_ESCAPES) if "\\" in text or not text.isprintable() else text
