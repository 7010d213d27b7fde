"""What an answer is: an outcome, blocks of claims, the sources of each claim, and what to do next."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LANGUAGES = ("vi", "en")
BLOCKS = ("lead", "list", "facts", "para", "warning")
ACTIONS = ("open", "print", "track", "book", "call", "write", "feedback", "file")


class Outcome(StrEnum):
    """How a question ended; a fixed set, stored with every turn and never renamed."""

    ANSWERED = "answered"
    CLARIFIED = "clarified"
    PARTLY = "partly"
    UNKNOWN = "unknown"
    OUT_OF_SCOPE = "out_of_scope"
    OWN_DOSSIER = "own_dossier"
    COMPLAINT = "complaint"
    DANGER = "danger"
    ATTACK = "attack"


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that is said. sources: ids of Source, 1-based; exact: copied, never to be reworded."""

    text: str
    sources: tuple[int, ...] = ()
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Claims shown together. kind: lead, list, facts, para or warning."""

    kind: str
    claims: tuple[Claim, ...]
    title: str = ""

    @property
    def text(self) -> str:
        """The block in plain words."""
        if self.kind in ("list", "facts"):
            lines = [f"• {claim.text}" for claim in self.claims]
            return "\n".join([self.title, *lines] if self.title else lines)
        said = " ".join(claim.text for claim in self.claims)
        return f"{self.title} {said}" if self.title else said


@dataclass(frozen=True, slots=True)
class Source:
    """A row that claims stand on. url: a page of ours or the published source; quote: its own words."""

    id: int
    title: str
    url: str = ""
    quote: str = ""
    kind: str = "procedure"
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to read the question; choosing it asks `question` instead."""

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class Action:
    """What the person can do next. kind: open, print, track, book, call, write, feedback or file."""

    label: str
    url: str
    kind: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, ready to show. confidence: 0 to 1 that it is right; facets: what was asked for.

    procedures: codes, the one answered for first. case: key of the case it was answered for.
    steps: (name, milliseconds); retrieved: (key, score) of every row that was looked at.
    """

    outcome: Outcome
    language: str = "vi"
    blocks: tuple[Block, ...] = ()
    sources: tuple[Source, ...] = ()
    procedures: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    actions: tuple[Action, ...] = ()
    confidence: float = 0.0
    facets: tuple[str, ...] = ()
    case: str = ""
    place: str = ""
    steps: tuple[tuple[str, float], ...] = ()
    retrieved: tuple[tuple[str, float], ...] = ()

    @property
    def text(self) -> str:
        """The whole answer in plain words, without the sources."""
        said = [block.text for block in self.blocks]
        said += [f"– {choice.label}" for choice in self.choices]
        return "\n".join(said)

    @property
    def ms(self) -> float:
        """How long all steps took, in milliseconds."""
        return round(sum(spent for _name, spent in self.steps), 1)


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier turn as a follow-up needs it."""

    question: str
    outcome: Outcome
    procedures: tuple[str, ...] = ()
    case: str = ""
    facets: tuple[str, ...] = ()
    language: str = "vi"
    place: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """What was said before in the same conversation, oldest first."""

    turns: tuple[Before, ...] = ()

    @property
    def last(self) -> Before | None:
        """The turn just before, None at the start."""
        return self.turns[-1] if self.turns else None

    def after(self, question: str, answer: Answer) -> "Thread":
        """Return the thread with one more turn."""
        turn = Before(
            question,
            answer.outcome,
            answer.procedures,
            answer.case,
            answer.facets,
            answer.language,
            answer.place,
        )
        return Thread((*self.turns, turn)[-12:])
