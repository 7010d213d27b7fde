"""What can happen on the work list. Kinds are stored in the ledger and never renamed.

No fact holds a question or an answer: the ledger never forgets, the list may.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from motcua.kernel.facts import Fact


@dataclass(frozen=True, kw_only=True)
class QuestionsGathered(Fact):
    """Questions asked in vain were put on the list: new topics, and questions that joined one."""

    kind: ClassVar[str] = "assistant.questions_gathered"
    topics: int
    joined: int


@dataclass(frozen=True, kw_only=True)
class TopicFact(Fact):
    """Base: every fact about a topic names it by its number."""

    topic: int


@dataclass(frozen=True, kw_only=True)
class TopicTaken(TopicFact):
    """A keeper took the topic on."""

    kind: ClassVar[str] = "assistant.topic_taken"


@dataclass(frozen=True, kw_only=True)
class TopicReleased(TopicFact):
    """The keeper gave it back."""

    kind: ClassVar[str] = "assistant.topic_released"


@dataclass(frozen=True, kw_only=True)
class TopicDismissed(TopicFact):
    """It needs no answer, with the reason."""

    kind: ClassVar[str] = "assistant.topic_dismissed"
    reason: str


@dataclass(frozen=True, kw_only=True)
class TopicReopened(TopicFact):
    """It is open again: a keeper said so, or people asked again in vain."""

    kind: ClassVar[str] = "assistant.topic_reopened"
    reason: str


@dataclass(frozen=True, kw_only=True)
class AnswerFact(TopicFact):
    """Base: a fact about an answer names it too."""

    answer: int


@dataclass(frozen=True, kw_only=True)
class AnswerDrafted(AnswerFact):
    """The published answer to a written question stands as a draft; a keeper completes it."""

    kind: ClassVar[str] = "assistant.answer_drafted"
    case: str


@dataclass(frozen=True, kw_only=True)
class AnswerProposed(AnswerFact):
    """A keeper wrote an answer with its sources; another keeper is to look at it."""

    kind: ClassVar[str] = "assistant.answer_proposed"
    sources: int
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, kw_only=True)
class AnswerReturned(AnswerFact):
    """The reviewer wants it changed."""

    kind: ClassVar[str] = "assistant.answer_returned"
    reason: str


@dataclass(frozen=True, kw_only=True)
class AnswerAccepted(AnswerFact):
    """Another keeper than the writer accepted it: it is knowledge from its first day on."""

    kind: ClassVar[str] = "assistant.answer_accepted"
    writer: int
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, kw_only=True)
class AnswerWithdrawn(AnswerFact):
    """It is no longer given from a day on."""

    kind: ClassVar[str] = "assistant.answer_withdrawn"
    reason: str
    valid_to: date
