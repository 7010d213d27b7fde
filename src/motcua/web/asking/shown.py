"""An answer as a page shows it: tones, the order of what can be done, links that open."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from motcua.assistant.answering.answer import Action, Answer, Outcome, Source
from motcua.web.asking.conversation import Turn

ICONS = {
    "open": "paper",
    "print": "print",
    "track": "route",
    "book": "ticket",
    "call": "phone",
    "write": "send",
    "feedback": "chat",
    "file": "up",
}
# What is offered first for each outcome; the first of it is the filled button.
_FIRST = {
    Outcome.DANGER: ("call",),
    Outcome.COMPLAINT: ("feedback", "call"),
    Outcome.OWN_DOSSIER: ("track", "open"),
    Outcome.UNKNOWN: ("write", "call", "feedback"),
    Outcome.OUT_OF_SCOPE: ("write", "call", "open"),
}
_CALM = (Outcome.UNKNOWN, Outcome.OUT_OF_SCOPE)
_WRITTEN_TOO = (*_CALM, Outcome.PARTLY)
_EMERGENCY = ("113", "114", "115")


@dataclass(frozen=True)
class Shown:
    """A turn with what its template needs beside the answer itself."""

    turn: Turn
    acts: tuple[Action, ...]

    @property
    def answer(self) -> Answer:
        """The answer."""
        return self.turn.answer

    @property
    def tone(self) -> str:
        """How the bubble looks: what is not answered is dashed, danger is a notice."""
        if self.answer.outcome in _CALM:
            return "unknown"
        return "danger" if self.answer.outcome is Outcome.DANGER else ""

    @property
    def has_first(self) -> bool:
        """Whether one act stands out."""
        first = _FIRST.get(self.answer.outcome)
        return bool(first and self.acts and self.acts[0].kind == first[0])

    @property
    def is_asking(self) -> bool:
        """Whether the answer is itself the question back."""
        return self.answer.outcome is Outcome.CLARIFIED

    @property
    def is_folded(self) -> bool:
        """Whether long lists are folded: which of their lines matter depends on the case."""
        return bool(self.answer.choices)

    @property
    def is_written(self) -> bool:
        """Whether an officer can be asked instead."""
        return any(act.kind == "write" for act in self.acts)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources that some claim names; what was only looked at stays out."""
        blocks = self.answer.blocks
        cited = {number for one in blocks for claim in one.claims for number in claim.sources}
        return tuple(source for source in self.answer.sources if source.id in cited)

    @property
    def emergency(self) -> tuple[str, ...]:
        """The numbers to call at once: those that are named, then the rest of the three."""
        if self.answer.outcome is not Outcome.DANGER:
            return ()
        named = [act.url.removeprefix("tel:") for act in self.answer.actions if act.kind == "call"]
        return tuple(dict.fromkeys([*named, *_EMERGENCY]))


def shown(turn: Turn) -> Shown:
    """Return a turn ready to show."""
    acts = list(turn.answer.actions)
    if _may_be_written(turn.answer) or any(act.kind == "write" for act in acts):
        acts = [act for act in acts if act.kind != "write"] + _written_question(turn.question)
    if turn.answer.outcome is Outcome.UNKNOWN and not any(act.kind == "call" for act in acts):
        acts.append(Action(_("Gọi 1022"), "tel:1022", "call"))
    first = _FIRST.get(turn.answer.outcome, ())
    if turn.answer.outcome is Outcome.DANGER:
        acts = [act for act in acts if act.kind != "call"]
    acts.sort(key=lambda act: first.index(act.kind) if act.kind in first else len(first))
    return Shown(turn, tuple(acts))


def _may_be_written(answer: Answer) -> bool:
    """A greeting or the price of gold is no question for an officer: nothing of ours was near it."""
    if answer.outcome is Outcome.OUT_OF_SCOPE:
        return bool(answer.procedures)
    return answer.outcome in _WRITTEN_TOO


def _written_question(question: str) -> list[Action]:
    """The form on which an officer is asked instead, with the question already on it."""
    try:
        address = reverse("portal:feedback-send")
    except NoReverseMatch:
        return []
    filled = urlencode({"loai": "hoi-dap", "noi-dung": question})
    return [Action(_("Chuyển câu hỏi cho cán bộ"), f"{address}?{filled}", "write")]
