"""The files of the index: one folder a state, opened once a process and again when the state moved."""

import threading
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from motcua.assistant.models import KnowledgeIndex
from motcua.assistant.retrieval import BadIndex, Index
from motcua.kernel.refused import Refused

_LOOK_AGAIN_SECONDS = 3.0
_lock = threading.Lock()


class NothingKnown(Refused):
    """Nothing has been loaded yet, or the files of the index are gone."""


@dataclass
class _Kept:
    """The index this process has open, which state it shows, and when we last looked."""

    index: Index | None = None
    folder: str = ""
    looked_at: float = float("-inf")


_kept = _Kept()


def home() -> Path:
    """Return the folder in which the states of the index lie."""
    return Path(settings.MOTCUA_VAR) / "assistant"


def opened() -> Index:
    """Return the index of the present state; looks for a later one every few seconds.

    Raises NothingKnown: there is none to open.
    """
    now = time.monotonic()
    if _kept.index is not None and now - _kept.looked_at < _LOOK_AGAIN_SECONDS:
        return _kept.index
    with _lock:
        folder = KnowledgeIndex.objects.filter(pk=1).values_list("folder", flat=True).first() or ""
        if folder and (folder != _kept.folder or _kept.index is None):
            _open(folder)
        _kept.looked_at = time.monotonic()
        if _kept.index is None:
            raise NothingKnown("Trợ lý chưa được nạp kiến thức: chạy motcua assistant load.")
        return _kept.index


def _open(folder: str) -> None:
    """Open that state; one that was swept away meanwhile leaves the one in use."""
    try:
        _kept.index, _kept.folder = Index.open(home() / folder), folder
    except (BadIndex, OSError):
        if _kept.index is None:
            raise NothingKnown(
                "Chỉ mục của trợ lý không mở được: chạy lại motcua assistant load."
            ) from None


def is_usable() -> bool:
    """Tell whether there is an index that opens."""
    try:
        opened()
    except NothingKnown:
        return False
    return True


def forget() -> None:
    """Close what this process has open (tests; after this process built a state)."""
    _kept.index, _kept.folder, _kept.looked_at = None, "", float("-inf")
