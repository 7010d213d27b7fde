"""From passages to the arrays of the index: syllables, pairs of neighbours, where each occurs."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]  # ships no types

from motcua.assistant.retrieval.arrays import Arrays, Ints, Longs, Postings
from motcua.assistant.retrieval.meaning import Background, Text, learn_meaning
from motcua.assistant.retrieval.passages import Passage
from motcua.assistant.retrieval.words import Vocabulary, split_heading
from motcua.kernel.text import fold

Progress = Callable[[int], None]
K1, B = 1.2, 0.75
TOP = 255 / (K1 + 1.0)  # a full weight in one byte
NEVER = date.max.toordinal()
_CHUNK = 2_000_000
_TELL_EVERY = 1_000


@dataclass
class _Read:
    """The passages as numbers, in the order in which they came."""

    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    tokens: "array[int]" = field(default_factory=lambda: array("i"))
    lengths: "array[int]" = field(default_factory=lambda: array("i"))
    headings: "array[int]" = field(default_factory=lambda: array("i"))
    since: "array[int]" = field(default_factory=lambda: array("i"))
    until: "array[int]" = field(default_factory=lambda: array("i"))
    kinds: "array[int]" = field(default_factory=lambda: array("i"))
    kind_names: dict[str, int] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Built:
    """Everything an index is made of."""

    arrays: Arrays
    terms: list[str]
    folds: list[str]
    keys: list[str]
    kinds: list[str]


def build(
    passages: Iterable[Passage],
    *,
    progress: Progress | None = None,
    background: Background | None = None,
) -> Built:
    """Read the passages once and return the arrays of their index."""
    read = _read(passages, progress)
    text, by_term, by_pair = _arranged(read)
    folds, fold_of = _folds(text.terms)
    counts = text.term_counts
    arrays = Arrays(
        tokens=text.tokens,
        starts=text.starts,
        headings=text.headings,
        since=np.array(read.since, np.int32),
        until=np.array(read.until, np.int32),
        kinds=np.array(read.kinds, np.int32),
        term_counts=counts,
        terms=by_term,
        pair_keys=text.pair_keys,
        pair_counts=text.pair_counts,
        pairs=by_pair,
        fold_of=fold_of,
        fold_terms=np.lexsort((-counts.astype(np.int64), fold_of)).astype(np.int32),
        fold_starts=np.concatenate(([0], np.cumsum(np.bincount(fold_of)))).astype(np.int64),
        meaning=learn_meaning(text, background=background),
    )
    return Built(arrays, list(text.terms), folds, read.keys, list(read.kind_names))


def text_of(passages: Iterable[Passage]) -> Text:
    """Return the passages as numbers, for training."""
    return _arranged(_read(passages, None))[0]


def _arranged(read: _Read) -> tuple[Text, Postings, Postings]:
    terms = read.vocabulary.terms
    tokens = np.frombuffer(read.tokens, np.int32) if read.tokens else np.zeros(0, np.int32)
    starts = np.concatenate(([0], np.cumsum(np.array(read.lengths, np.int64)))).astype(np.int64)
    pair_keys, pair_counts = _counted(tokens, len(terms))
    pair_columns = _pair_columns(tokens, starts, pair_keys, len(terms))
    by_term = _postings(tokens.copy(), starts, starts, len(terms))
    by_pair = _pairs(pair_columns, starts, len(pair_keys))
    text = Text(
        terms=terms,
        tokens=tokens,
        starts=starts,
        headings=np.array(read.headings, np.int32),
        term_counts=np.bincount(tokens, minlength=len(terms)).astype(np.int32),
        pair_keys=pair_keys,
        pair_counts=pair_counts,
        pair_columns=pair_columns,
        terms_of=by_term.starts,
        pairs_of=by_pair.starts,
    )
    return text, by_term, by_pair


def _read(passages: Iterable[Passage], progress: Progress | None) -> _Read:
    read = _Read()
    for passage in passages:
        heading, body = split_heading(passage.title, passage.text)
        head = read.vocabulary.append(heading, read.tokens)
        read.headings.append(head)
        read.lengths.append(head + read.vocabulary.append(body, read.tokens))
        read.since.append(passage.valid_from.toordinal() if passage.valid_from else 0)
        read.until.append(passage.valid_to.toordinal() if passage.valid_to else NEVER)
        read.kinds.append(read.kind_names.setdefault(passage.kind, len(read.kind_names)))
        read.keys.append(passage.key)
        if progress is not None and len(read.keys) % _TELL_EVERY == 0:
            progress(len(read.keys))
    return read


def _postings(columns: Ints, starts: Longs, passages: Longs, size: int) -> Postings:
    """Return BM25's saturated counts by column, a byte each (`starts`: rows of `columns`)."""
    lengths = np.diff(passages)
    ones = np.ones(len(columns), np.uint16)
    rows = sparse.csr_matrix((ones, columns, starts), shape=(len(lengths), size))
    rows.sum_duplicates()
    usual = max(float(lengths.mean()) if len(lengths) else 1.0, 1.0)
    norm = (K1 * (1.0 - B + B * lengths / usual)).astype(np.float32)
    count = rows.data.astype(np.float32)
    count *= (K1 + 1.0) / (count + np.repeat(norm, np.diff(rows.indptr)))
    rows.data = np.rint(count * TOP).clip(1, 255).astype(np.uint8)
    turned = rows.tocsc()
    return Postings(turned.indptr.astype(np.int64), turned.indices, turned.data)


def _pair_columns(tokens: Ints, starts: Longs, keys: Longs, size: int) -> Ints:
    """Return for each token the column of the pair it begins; the last column is no pair."""
    columns = np.full(len(tokens), len(keys), np.int32)
    for begin, chunk in _pair_keys(tokens, size):
        at = np.searchsorted(keys, chunk)
        at[at == len(keys)] = 0
        found = keys[at] == chunk if len(keys) else np.zeros(len(chunk), bool)
        columns[begin : begin + len(chunk)][found] = at[found]
    lasts = starts[1:][np.diff(starts) > 0] - 1
    columns[lasts] = len(keys)  # no pair runs from one passage into the next
    return columns


def _pairs(columns: Ints, starts: Longs, size: int) -> Postings:
    """Return the postings of every pair of neighbours met more than once."""
    kept = columns < size
    seen = np.cumsum(kept, dtype=np.int32)
    rows = np.where(starts > 0, seen[starts - 1], 0) if len(seen) else starts
    return _postings(columns[kept], rows, starts, size)


def _pair_keys(tokens: Ints, size: int) -> Iterator[tuple[int, Longs]]:
    for begin in range(0, max(len(tokens) - 1, 0), _CHUNK):
        left = tokens[begin : begin + _CHUNK].astype(np.int64)
        right = tokens[begin + 1 : begin + 1 + _CHUNK]
        yield begin, left[: len(right)] * size + right


def _counted(tokens: Ints, size: int) -> tuple[Longs, Ints]:
    keys, counts = np.zeros(0, np.int64), np.zeros(0, np.int64)
    for _begin, chunk in _pair_keys(tokens, size):
        new, how_often = np.unique(chunk, return_counts=True)
        merged = np.union1d(keys, new)
        total = np.zeros(len(merged), np.int64)
        total[np.searchsorted(merged, keys)] = counts
        total[np.searchsorted(merged, new)] += how_often
        keys, counts = merged, total
    kept = counts > 1
    return keys[kept], counts[kept].astype(np.int32)


def _folds(terms: Sequence[str]) -> tuple[list[str], Ints]:
    """Return the folded words and, for each word, the number of its folded form."""
    numbers: dict[str, int] = {}
    folded = [numbers.setdefault(fold(term), len(numbers)) for term in terms]
    return list(numbers), np.array(folded, np.int32)
