"""What is known, from where, and which index is in use."""

from dataclasses import asdict, dataclass
from datetime import datetime

from motcua.assistant.knowledge import files
from motcua.assistant.knowledge.finding import Coverage, coverage
from motcua.assistant.models import KnowledgeIndex, KnowledgeLoad


@dataclass(frozen=True)
class Load:
    """One source that was read."""

    name: str
    passages: int
    set_aside: int
    loaded_at: datetime


@dataclass(frozen=True)
class Standing:
    """What the assistant stands on; `is_usable`: there is an index to search."""

    loads: tuple[Load, ...]
    coverage: Coverage
    wanted: int
    built: int
    passages: int
    is_usable: bool

    @property
    def is_current(self) -> bool:
        """Whether the index in use shows the present state."""
        return self.is_usable and self.built == self.wanted

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON can hold it."""
        return {**asdict(self), "is_current": self.is_current}


def standing() -> Standing:
    """Return what was loaded, when, and which index is in use."""
    state = KnowledgeIndex.objects.filter(pk=1).first() or KnowledgeIndex()
    loads = tuple(
        Load(row.name, row.passages, int(row.set_aside.get("count", 0)), row.loaded_at)
        for row in KnowledgeLoad.objects.order_by("name")
    )
    return Standing(
        loads=loads,
        coverage=coverage(),
        wanted=state.wanted,
        built=state.built,
        passages=state.passages,
        is_usable=files.is_usable(),
    )


def law_files() -> list[str]:
    """Return the names of the files that the texts of law were last read from."""
    row = KnowledgeLoad.objects.filter(pk="law").first()
    return list(row.files) if row is not None else []
