"""Stretches of text as sparse rows: each word and frequent pair of words with its weight."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]  # ships no types

from motcua.assistant.retrieval.arrays import Floats, Ints, Longs


@dataclass(frozen=True)
class Bags:
    """The text of an index, ready to be taken in stretches.

    A column is a word, or (from `words` on) a pair of words; `pair_at` names the pair that begins
    at each token, -1 where it is rare.
    """

    tokens: Ints
    pair_at: Ints
    idf: Floats
    words: int

    @property
    def columns(self) -> int:
        """Return how many words and pairs there are."""
        return len(self.idf)

    def take(self, begins: Longs, ends: Longs) -> sparse.csr_matrix:
        """Return one row a stretch, each of length one."""
        lengths = np.maximum(ends - begins, 0)
        stops = np.cumsum(lengths)
        at = np.repeat(begins - (stops - lengths), lengths) + np.arange(int(lengths.sum()))
        rows = np.repeat(np.arange(len(begins)), lengths)
        pairs = self.pair_at[at].copy()
        pairs[stops[lengths > 0] - 1] = -1  # the last word's pair reaches out of the stretch
        kept = pairs >= 0
        columns = np.concatenate([self.tokens[at], pairs[kept]])
        return self.weigh(np.concatenate([rows, rows[kept]]), columns, len(begins))

    def weigh(self, rows: Longs, columns: Ints, height: int) -> sparse.csr_matrix:
        """Return the rows of the columns named, weighted by rarity and brought to length one."""
        ones = np.ones(len(columns), np.float32)
        bag = sparse.coo_matrix((ones, (rows, columns)), shape=(height, self.columns)).tocsr()
        bag.data = (1 + np.log(bag.data)) * self.idf[bag.indices]
        return to_length_one(bag)


def to_length_one(bag: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return the rows divided by their lengths."""
    squares = np.asarray(bag.multiply(bag).sum(axis=1)).ravel()
    bag.data /= np.repeat(np.sqrt(squares) + 1e-9, np.diff(bag.indptr)).astype(np.float32)
    return bag
