"""The index of what procedures are about: their names, everyday words and contents."""

import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from motcua.assistant.answering import phrases
from motcua.assistant.retrieval import BadIndex, Hit, Index, Passage
from motcua.catalog import queries as catalog
from motcua.catalog.content import Content
from motcua.catalog.search.lexicon import lexicon

_LOOK_AGAIN_SECONDS = 3.0
_FORM = "2"  # raised when what is indexed changes
_PAPERS = 14
_lock = threading.Lock()


@dataclass
class _Kept:
    """The index of this process, of which state, and when we last looked."""

    index: Index | None = None
    mark: str = ""
    looked_at: float = float("-inf")


_kept = _Kept()


def search(text: str, limit: int) -> list[Hit]:
    """Return the procedures that a text speaks of, best first; keys are codes."""
    return _index().search(text, limit=limit)


def forget() -> None:
    """Drop this process's index (tests roll data back)."""
    _kept.index, _kept.mark, _kept.looked_at = None, "", float("-inf")


def _index() -> Index:
    now = time.monotonic()
    if _kept.index is not None and now - _kept.looked_at < _LOOK_AGAIN_SECONDS:
        return _kept.index
    with _lock:
        mark = f"{_FORM}-{connection.settings_dict['NAME']}-{catalog.state_mark()}"
        if _kept.index is None or mark != _kept.mark:
            _kept.index, _kept.mark = _opened(mark), mark
        _kept.looked_at = time.monotonic()
        return _kept.index


def _opened(mark: str) -> Index:
    """The saved index of that state, built where there is none yet."""
    home = Path(settings.MOTCUA_VAR) / "assistant" / "meant"
    folder = home / mark
    if folder.is_dir():
        try:
            return Index.open(folder)
        except (BadIndex, OSError, ValueError):
            shutil.rmtree(folder, ignore_errors=True)
    index = Index.build(_passages())
    home.mkdir(parents=True, exist_ok=True)
    index.write(folder)
    for other in home.iterdir():
        if other.name != mark and other.is_dir():
            shutil.rmtree(other, ignore_errors=True)
    return index


def _passages() -> Iterator[Passage]:
    asks, said = lexicon().asks, phrases.table("said")
    for procedure, content in catalog.known_contents():
        own = said.get(procedure.code, {})
        words = [
            *procedure.aliases,
            *asks.get(procedure.code, ()),
            *own.get("vi", ()),
            *own.get("en", ()),
            own.get("name", ""),
        ]
        yield Passage(
            key=procedure.code,
            text="\n".join([*words, *_told(content)]),
            title=content.name,
            kind="procedure",
        )


def _told(content: Content) -> list[str]:
    papers = [f"{c.name[:150]} {c.note[:80]}" for c in content.components[:_PAPERS]]
    results = [result.name[:120] for result in content.results[:3]]
    cases = [case.name for case in content.cases]
    return [content.plain, *cases, content.conditions[:600], *papers, *results]
