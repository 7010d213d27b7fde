"""One short question back when several procedures fit a few general words."""

from textwrap import shorten

from motcua.assistant.answering import threading
from motcua.assistant.answering.answer import Choice, Claim, Outcome
from motcua.assistant.answering.draft import Draft, Stop
from motcua.assistant.answering.frames import frame
from motcua.assistant.answering.ranking import Ranked
from motcua.assistant.answering.wording import telling

_FEW = 5
_PHRASE = 7
_FITS = 0.72
_CLOSE = 0.45
_MOST = 4
_VAGUE = ("how", "next")
_CONFIDENT = 0.8
_SURE = 0.85
_BY_LAW = 0.7
_LONGEST = 90


def several(draft: Draft) -> Draft:
    """Stop with a choice where a few general words fit several procedures alike."""
    if draft.is_follow_up or draft.features.get("outside") or len(draft.hits) < 2:
        return draft
    own = threading.own_words(draft)
    if len(own) > _FEW or _is_named(draft, own):
        return draft
    fitting = [hit for hit in draft.hits if hit.features and hit.feature("fit") >= _FITS]
    if draft.language == "en":
        fitting = [hit for hit in draft.hits if hit.feature("meant_share") >= _FITS]
    if len(fitting) < 2 or not _is_open(draft):
        return draft
    _ask_back(draft, fitting[:_MOST])
    raise Stop(Outcome.CLARIFIED, _CONFIDENT)


def _is_open(draft: Draft) -> bool:
    """Nothing in particular is asked, or two procedures are about as likely."""
    first, second = draft.hits[0].score, draft.hits[1].score
    asked = [facet for facet in draft.asked if facet not in _VAGUE]
    if asked or "thu tuc" in draft.text.folded:
        close = _CLOSE if len(threading.own_words(draft)) > 2 else _CLOSE / 2
        return second >= close * first and first < _SURE
    if len(draft.text.words) > _PHRASE:
        return second >= _CLOSE * first
    return draft.features.get("law", 0.0) < _BY_LAW


def _is_named(draft: Draft, own: tuple[str, ...]) -> bool:
    """The words are the official name of the likeliest one."""
    name = telling(draft.hits[0].name.split("(")[0])
    return bool(own) and set(name) == set(own)


def _ask_back(draft: Draft, fitting: list[Ranked]) -> None:
    draft.say("lead", Claim(frame(draft, "which_procedure")))
    for hit in fitting:
        draft.choices.append(Choice(shorten(hit.name, _LONGEST, placeholder="…"), hit.name))
    draft.code, draft.content = fitting[0].code, None
