"""What a person answered before: an accepted answer, where the question is its own."""

from motcua.assistant import knowledge
from motcua.assistant.answering import law, pages
from motcua.assistant.answering.answer import Action, Claim, Outcome
from motcua.assistant.answering.draft import Draft, Stop
from motcua.assistant.answering.frames import frame
from motcua.assistant.answering.likeness import is_about
from motcua.assistant.models import Passage

_LEAST_SCORE, _NEARLY_ALL = 0.5, 0.8  # rule of the house
_SURE = 0.9
_LOOKED_AT = 3


def written(draft: Draft) -> Draft:
    """Give the answer that a keeper wrote and another accepted, word for word, with its source."""
    if draft.is_follow_up or draft.language == "en" or not _anything():
        return draft
    try:
        found = knowledge.find(draft.text.said, on=draft.on, limit=_LOOKED_AT, kinds=("answer",))
    except knowledge.NothingKnown:
        return draft
    for one in found:
        row = one.passage
        if one.score >= _LEAST_SCORE and is_about(draft.text.said, row, least=_NEARLY_ALL):
            draft.retrieved.append((row.key, round(one.score, 4)))
            _say(draft, row)
            raise Stop(Outcome.ANSWERED, _SURE)
    return draft


def _anything() -> bool:
    """Whether any answer was ever accepted: a house that has none pays no search for it."""
    return Passage.objects.filter(load="answers", kind=Passage.Kind.ANSWER).exists()


def _say(draft: Draft, row: Passage) -> None:
    said = str(row.facts.get("answer") or row.text)
    number = draft.cite(row.note or row.title, url=row.url, quote=said, kind="answer")
    draft.say("lead", Claim(said, (number,), exact=True))
    if row.procedure:
        draft.code = row.procedure
        label = frame(draft, "act_open", name=row.procedure)
        draft.actions.append(Action(label, pages.procedure(row.procedure), "open"))
    law.open_source(draft)
