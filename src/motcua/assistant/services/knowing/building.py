"""Building the index: a whole new state beside the one in use, then one step over to it."""

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Count

from motcua.assistant.events import KnowledgeIndexed
from motcua.assistant.knowledge import files
from motcua.assistant.knowledge.rows import SHAPE
from motcua.assistant.models import KnowledgeIndex, Passage
from motcua.assistant.retrieval import BadIndex, Index
from motcua.assistant.retrieval import Passage as Searched
from motcua.assistant.services.knowing.core import STREAM, Advance
from motcua.directory.actor import Actor
from motcua.ledger import services as ledger

_PREFIX = f"index-{SHAPE}-"
# Headings of the digest are questions; words that ask are rare in law and would outweigh the matter.
_ASKING = re.compile(
    r"\b(?:bao nhiêu|bao lâu|mấy|khi nào|lúc nào|thế nào|ở đâu|gửi đâu|cho ai|là gì|gì|nào|không)\b",
    re.IGNORECASE,
)
_KEPT = 2  # states: the one in use, and the one that a slow process may still be opening


def build(*, by: Actor, at: datetime, advance: Advance | None = None) -> bool:
    """Build the index of what is known; return False when the present one is of it.

    One builder at a time; a builder that is killed leaves the state in use as it was.
    """
    with _alone() as home:
        KnowledgeIndex.objects.get_or_create(pk=1)
        state = KnowledgeIndex.objects.get(pk=1)
        if state.built == state.wanted and _is_readable(home, state.folder):
            return False
        counts = _counts()
        folder = f"{_PREFIX}{state.wanted}-{os.urandom(3).hex()}"
        index = Index.build(_searched(), progress=advance)
        index.write(home / folder)
        _step_over(state.wanted, folder, {**counts, "passages": len(index)}, by=by, at=at)
        _sweep(home, folder)
    files.forget()
    return True


def _is_readable(home: Path, folder: str) -> bool:
    """Whether that state is of this version's making and opens."""
    if not folder.startswith(_PREFIX):
        return False
    try:
        Index.open(home / folder)
    except (BadIndex, OSError):
        return False
    return True


@contextmanager
def _alone() -> Iterator[Path]:
    """Hold the builder's lock of this machine; a killed process lets go of it."""
    home = files.home()
    home.mkdir(parents=True, exist_ok=True)
    with (home / "building.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield home


def _searched() -> Iterator[Searched]:
    rows = Passage.objects.order_by("key").values_list(
        "key",
        "title",
        "text",
        "kind",
        "valid_from",
        "valid_to",
        "facts__document_title",
        "section",
    )
    for key, title, text, kind, since, until, document, section in rows.iterator(2000):
        yield Searched(
            key=key,
            text="\n".join(part for part in (text, document) if part),
            title=_ASKING.sub(" ", title) if section == "digest" else title,
            kind="digest" if section == "digest" else kind,
            valid_from=since,
            valid_to=until,
        )


@transaction.atomic
def _step_over(
    number: int, folder: str, counts: dict[str, int], *, by: Actor, at: datetime
) -> None:
    state = KnowledgeIndex.objects.select_for_update().get(pk=1)
    if number < state.built:
        return
    KnowledgeIndex.objects.filter(pk=1).update(
        built=number, folder=folder, passages=counts["passages"], counts=counts, built_at=at
    )
    fact = KnowledgeIndexed(number=number, passages=counts["passages"])
    ledger.record(fact, stream=STREAM, at=at, actor=by.key, actor_name=by.name)


def _counts() -> dict[str, int]:
    kinds = dict(Passage.objects.order_by().values_list("kind").annotate(many=Count("pk")))
    law = Passage.objects.filter(kind=Passage.Kind.LAW)
    return {
        "procedures": Passage.objects.filter(kind=Passage.Kind.PROCEDURE)
        .values("procedure")
        .distinct()
        .count(),
        "articles": law.values("document", "article").distinct().count(),
        "documents": law.values("document").distinct().count(),
        "places": kinds.get("place", 0) + kinds.get("centre", 0),
        "answers": kinds.get("answer", 0),
    }


def _sweep(home: Path, folder: str) -> None:
    """Remove old states; a process that has one open keeps its pages until it lets go."""
    states = sorted(
        (path for path in home.glob("index-*") if path.is_dir()),
        key=lambda path: (path.name == folder, path.stat().st_mtime),
    )
    for path in states[:-_KEPT]:
        shutil.rmtree(path, ignore_errors=True)
