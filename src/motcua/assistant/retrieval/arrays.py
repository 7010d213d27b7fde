"""What an index is made of: flat arrays that lie in files as well as in memory."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Postings:
    """For each column (a word, a pair of words) the passages that hold it and how strongly."""

    starts: Longs  # column c: places[starts[c] : starts[c + 1]]
    places: Ints
    weights: Bytes  # BM25's saturated count, 255 = never more


@dataclass(frozen=True)
class Meaning:
    """Vectors of words and of frequent pairs, and where each passage lies among them."""

    pair_rows: Ints  # of each pair its row, -1 for none; a word's row is its number
    idf: Floats
    vectors: NDArray[np.float16]
    passages: Floats  # of length one


@dataclass(frozen=True)
class Arrays:
    """The numbers of an index; passages and words are numbered in the order of their coming."""

    tokens: Ints  # every passage's words, heading first
    starts: Longs  # passage p: tokens[starts[p] : starts[p + 1]]
    headings: Ints  # how many of these words are its heading
    since: Ints  # days as ordinals
    until: Ints
    kinds: Ints
    term_counts: Ints
    terms: Postings
    pair_keys: Longs  # left * number of words + right, sorted
    pair_counts: Ints
    pairs: Postings
    fold_of: Ints  # of each word the number of its folded form
    fold_terms: Ints  # the words by folded form, frequent first
    fold_starts: Longs
    meaning: Meaning
