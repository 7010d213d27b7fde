"""The draft of an answer, handed from step to step, and how a step ends the work."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from motcua.assistant.answering.answer import Action, Block, Choice, Claim, Outcome, Source, Thread
from motcua.assistant.answering.text import Text
from motcua.directory.actor import Actor

if TYPE_CHECKING:
    from motcua.assistant.answering.entries import Weighed
    from motcua.assistant.answering.ranking import Ranked
    from motcua.assistant.knowledge import Found
    from motcua.catalog.content import Content


@dataclass
class Draft:
    """What is known so far. asked: the facets in the order of asking; features: for certainty."""

    question: str
    text: Text
    on: date
    at: datetime
    thread: Thread = field(default_factory=Thread)
    by: Actor | None = None
    place: str = ""
    outcome: Outcome = Outcome.UNKNOWN
    asked: tuple[str, ...] = ()
    search_text: str = ""
    is_follow_up: bool = False
    hits: "list[Ranked]" = field(default_factory=list)
    code: str = ""
    content: "Content | None" = None
    version: int = 0
    case: str = ""
    case_named: bool = False
    days: tuple[date, ...] = ()
    found: "list[Found]" = field(default_factory=list)
    weighed: "list[Weighed]" = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    retrieved: list[tuple[str, float]] = field(default_factory=list)
    features: dict[str, float] = field(default_factory=dict)
    chances: dict[str, float] = field(default_factory=dict)
    confidence: float = 0.0

    @property
    def language(self) -> str:
        """The language of the question and so of the answer."""
        return self.text.language

    def cite(self, title: str, *, url: str = "", quote: str = "", kind: str = "procedure") -> int:
        """Return the number of a source, added where it was not cited before."""
        for source in self.sources:
            if (source.title, source.url) == (title, url) and quote in ("", source.quote):
                return source.id
        number = len(self.sources) + 1
        self.sources.append(Source(number, title, url, quote, kind))
        return number

    def say(self, kind: str, *claims: Claim, title: str = "") -> None:
        """Add a block; one without claims is left out."""
        if claims:
            self.blocks.append(Block(kind, tuple(claims), title))


class Stop(Exception):
    """Ends the chain: the draft is the answer."""

    def __init__(self, outcome: Outcome, confidence: float = 0.99) -> None:
        super().__init__(outcome)
        self.outcome = outcome
        self.confidence = confidence


Step = Callable[[Draft], Draft]
