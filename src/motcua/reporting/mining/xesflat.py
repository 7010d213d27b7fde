"""Whole traces made flat: the structure of the XML is read by the column, what is nested is cut.

An event may hold attributes in attributes, lists and containers; what is mined stands directly in
the event. Every sign that opens or closes a tag is found at once, levels are sums over them.
"""

import re

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]
Flags = NDArray[np.bool_]

_LESS, _MORE, _SLASH, _QUOTE, _EQUAL = b'<>/"='
_BLANK = ord(" ")
_IS_ODD = np.isin(np.arange(256), np.frombuffer(b"!?", dtype=np.uint8))
_IS_BETWEEN = np.isin(np.arange(256), np.frombuffer(b"< \t\r\n", dtype=np.uint8))
_OTHER_QUOTES = re.compile(rb"=\s*'")
_EVENT = np.frombuffer(b"event>", dtype=np.uint8)


class NotPlainError(Exception):
    """The bytes must be read element by element."""


def flattened(block: bytes) -> bytes:
    """Return traces whose events hold nothing but attributes without anything in them.

    Raises NotPlainError: tags or quotes do not fit, or there is something other than elements.
    """
    if b"'" in block and _OTHER_QUOTES.search(block):
        raise NotPlainError
    signs = np.frombuffer(block, dtype=np.uint8)
    begins = np.flatnonzero(signs == _LESS)
    quotes = signs == _QUOTE
    opening = quotes[1:] & (signs[:-1] == _EQUAL)
    if np.count_nonzero(quotes) != 2 * np.count_nonzero(opening):
        raise NotPlainError
    ends = _ends(signs, begins)
    first = signs[begins + 1]
    if _IS_ODD[first].any():
        raise NotPlainError
    closes = first == _SLASH
    opens = ~closes & (signs[ends - 1] != _SLASH)
    levels = _levels(signs, begins, opens=opens, closes=closes)
    return _cut(block, signs, begins, ends, opens, closes, levels)


def _ends(signs: NDArray[np.uint8], begins: Places) -> Places:
    """Where each tag ends: at the last ">" before the next tag, with nothing but blanks between."""
    ends = np.flatnonzero(signs == _MORE)
    if not len(begins) or not len(ends) or signs[: begins[0]].max(initial=0) > _BLANK:
        raise NotPlainError
    after = np.append(begins[1:], len(signs))
    if len(ends) != len(begins):  # values may hold this sign as it is
        ends = ends[np.searchsorted(ends, after) - 1]
    following = signs[np.minimum(ends + 1, len(signs) - 1)]
    following[-1] = _LESS
    if (ends <= begins).any() or (ends > after).any() or not _IS_BETWEEN[following].all():
        raise NotPlainError
    return ends


def _levels(signs: NDArray[np.uint8], begins: Places, *, opens: Flags, closes: Flags) -> Places:
    """How deep each tag stands (an opening one and its closing one alike), from 0.

    Raises NotPlainError: they do not fit together.
    """
    after = np.cumsum(opens.astype(np.int64) - closes)
    if after[-1] != 0 or after.min() < 0:
        raise NotPlainError
    levels = np.asarray(np.where(opens, after - 1, after))
    pairs = np.flatnonzero(opens | closes)
    ordered = pairs[np.argsort(levels[pairs], kind="stable")]
    one, other = ordered[::2], ordered[1::2]
    if not (opens[one].all() and closes[other].all()):
        raise NotPlainError
    for sign in (1, 2):
        if (signs[begins[one] + sign] != signs[begins[other] + sign + 1]).any():
            raise NotPlainError
    return levels


def _cut(
    block: bytes,
    signs: NDArray[np.uint8],
    begins: Places,
    ends: Places,
    opens: Flags,
    closes: Flags,
    levels: Places,
) -> bytes:
    """Leave the level of traces, of events, and of what stands directly in either."""
    level = levels == 1
    inner = np.flatnonzero(opens & level)
    is_event = np.ones(len(inner), dtype=bool)
    for place, sign in enumerate(_EVENT):
        is_event &= signs[begins[inner] + 1 + place] == sign
    close = np.flatnonzero(closes & level)
    low, high = inner[~is_event], close[~is_event]
    deep_open, deep_close = (
        np.flatnonzero(opens & (levels == 2)),
        np.flatnonzero(closes & (levels == 2)),
    )
    if not len(low) and not len(deep_open):
        return block
    owner = np.searchsorted(inner, deep_open) - 1
    in_event = is_event[owner]
    froms = np.concatenate([ends[low], ends[deep_open[in_event]]])
    upto = np.concatenate([ends[high], ends[deep_close[in_event]]])
    order = np.argsort(froms)
    kept: list[bytes] = []
    at = 0
    for start, end in zip(froms[order].tolist(), upto[order].tolist(), strict=True):
        kept += (block[at:start], b"/")
        at = end
    return b"".join([*kept, block[at:]])
