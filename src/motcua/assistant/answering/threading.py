"""Follow-ups: what leans on what was said before is read together with it."""

from motcua.assistant.answering import phrases
from motcua.assistant.answering.answer import Before, Outcome
from motcua.assistant.answering.draft import Draft
from motcua.assistant.answering.ranking import Ranked, rank
from motcua.assistant.answering.wording import telling

_SHORT = 10
_OWN = 0.8
_TELLING = 4
_SWITCH = 0.45
_VAGUE = ("how", "who", "next", "online")


def own_words(draft: Draft) -> tuple[str, ...]:
    """Return what is left of the question without what it asks for: what it is about."""
    left = draft.text.folded
    for facet in phrases.table("facets")[draft.language]:
        left = phrases.group("facets", draft.language, facet).sub(" ", left)
    return telling(left)


def before(draft: Draft) -> Before | None:
    """Return the earlier turn that this question leans on, None when it stands alone."""
    last = next((turn for turn in reversed(draft.thread.turns) if turn.procedures), None)
    if last is None or _found(draft, "leaves"):
        return None
    words = draft.text.words
    if len(words) > _SHORT and not _found(draft, "leans"):
        return None
    return last if len(words) <= _SHORT * 2 else None


def together(draft: Draft, last: Before, own: list[Ranked]) -> list[Ranked]:
    """Return the procedures meant by the question and the one before it, read as one."""
    if not own_words(draft):
        return _first(own, last)
    said = _about(draft, last)
    joined = rank(draft.text, also=said)
    is_own = bool(own) and own[0].score > _OWN and len(own_words(draft)) >= _TELLING
    if is_own and own[0].code not in last.procedures:
        return own
    if joined and joined[0].score > _SWITCH and joined[0].code != last.procedures[0]:
        return joined
    return _first(joined or own, last)


def inherited(draft: Draft, last: Before) -> tuple[str, ...]:
    """Return what is asked for: a vague follow-up asks for the same as the question before."""
    asked = tuple(facet for facet in draft.asked if facet not in _VAGUE)
    before_it = tuple(facet for facet in last.facets if facet not in _VAGUE)
    return asked or (*draft.asked, *before_it)


def _first(ranked: list[Ranked], last: Before) -> list[Ranked]:
    code = last.procedures[0]
    known = next((one for one in ranked if one.code == code), None)
    head = known or Ranked(code, "", 0.9, (), is_offered=True)
    kept = Ranked(head.code, head.name, max(head.score, 0.9), head.features, head.is_offered)
    return [kept, *(one for one in ranked if one.code != code)]


def _about(draft: Draft, last: Before) -> str:
    """The words of the latest turns that were about the same procedure, the most telling of them."""
    same = [
        turn.question
        for turn in draft.thread.turns[-3:]
        if turn.procedures[:1] == last.procedures[:1] and turn.outcome != Outcome.UNKNOWN
    ]
    return max(same, key=lambda said: len(telling(said)), default=last.question)


def _found(draft: Draft, key: str) -> bool:
    return phrases.group("words", "thread", key).search(draft.text.folded) is not None
