"""Which dossiers run at a moment, and whether they were late by another, later one."""

from __future__ import annotations

import numpy as np

from motcua.reporting.foresight.folding import Spans


def open_rows(spans: Spans, at: int) -> np.ndarray:
    """Return the spans of the dossiers that run at a moment and are not late yet."""
    found, columns = spans.at(at), spans.columns
    runs = (columns["due"][found] > at) & (columns["ended"][found] == 0)
    runs &= (columns["paused"][found] == 0) & (columns["start"][found] > 0)
    return np.asarray(found[runs])


def lateness(spans: Spans, rows: np.ndarray, by: int) -> np.ndarray:
    """Return 1 for what was late by a moment, 0 for what ended in time, -1 for what is not known."""
    columns = spans.columns
    begins = np.searchsorted(columns["place"], np.arange(len(spans.ids) + 1))
    place = columns["place"][rows]
    standing = _standing(spans, begins, by)[place]
    due, ended = columns["due"][standing], columns["ended"][standing]
    over = np.where(ended > 0, ended > due, (due < by) & (columns["paused"][standing] == 0))
    known = (ended > 0) | ((due < by) & (columns["paused"][standing] == 0))
    return np.asarray(np.where(known, over, -1)).astype(np.int64)


def _standing(spans: Spans, begins: np.ndarray, by: int) -> np.ndarray:
    """Return the last span of each dossier that had begun by a moment."""
    known = np.concatenate([[0], np.cumsum(spans.since <= by)])
    count = known[begins[1:]] - known[begins[:-1]]
    return np.asarray(begins[:-1] + np.maximum(count - 1, 0))
