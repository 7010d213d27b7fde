"""An answer as a page shows it: tones, the order of what can be done, links that open."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from motcua.assistant.answering.answer import Action, Answer, Outcome
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
}
_WRITTEN_TOO = (Outcome.UNKNOWN, Outcome.PARTLY)
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
        """How the bubble looks: unknown is dashed, danger is a notice."""
        outcome = self.answer.outcome
        return str(outcome) if outcome in (Outcome.UNKNOWN, Outcome.DANGER) else ""

    @property
    def has_first(self) -> bool:
        """Whether one act stands out."""
        return self.answer.outcome in _FIRST

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
    if turn.answer.outcome in _WRITTEN_TOO and not any(act.kind == "write" for act in acts):
        acts += _written_question(turn.question)
    if turn.answer.outcome is Outcome.UNKNOWN and not any(act.kind == "call" for act in acts):
        acts.append(Action(_("Gọi 1022"), "tel:1022", "call"))
    first = _FIRST.get(turn.answer.outcome, ())
    if turn.answer.outcome is Outcome.DANGER:
        acts = [act for act in acts if act.kind != "call"]
    acts.sort(key=lambda act: first.index(act.kind) if act.kind in first else len(first))
    return Shown(turn, tuple(acts))


def _written_question(question: str) -> list[Action]:
    """The form on which an officer is asked instead, with the question already on it."""
    try:
        address = reverse("portal:feedback-send")
    except NoReverseMatch:
        return []
    filled = urlencode({"loai": "hoi-dap", "noi-dung": question})
    return [Action(_("Chuyển câu hỏi cho cán bộ"), f"{address}?{filled}", "write")]
