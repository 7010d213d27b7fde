"""What is seen before anything is looked up: danger, attacks, complaints, own dossiers, other talk."""

import re

from motcua.assistant.answering import disguise, pages, phrases
from motcua.assistant.answering.answer import Action, Claim, Outcome
from motcua.assistant.answering.draft import Draft, Stop
from motcua.assistant.answering.frames import frame, hotline
from motcua.assistant.answering.intents import chances

_NUMBERS = {
    "fire": ("114",),
    "rescue": ("114", "112"),
    "self": ("115", "111"),
    "violence": ("113", "111"),
    "medical": ("115",),
    "english": ("113", "114", "115"),
}
_ATTACKS = {
    "others": "attack_others",
    "forge": "attack_forge",
    "bribe": "attack_bribe",
    "inject": "attack_code",
    "code": "attack_code",
    "hate": "attack_hate",
}
_SAID_OPENLY = ("inject", "code", "others", "forge", "bribe")
_TWO_SIDED = ("forge", "bribe")
_ADVICE = ("advice", "health")
_SHORT = 9
_SPELT = re.compile(r"(?:(?<![^\W\d_])[^\W\d_][-._*+ ]){6,}")
_CODED = re.compile(r"(?=\S*[A-Z])(?=\S*[a-z])(?=\S*\d)[A-Za-z0-9+/]{28,}={0,2}")
_SURE = 0.4
_SENTENCE = 4
_ATTACK = 0.62
_OUTSIDE = 0.6
_DOUBT = 0.85
_DOUBT_MARKED = {"complaint": 0.8, "danger": 0.92}


def intent(draft: Draft) -> Draft:
    """Note what the question is about at all, by what was learned."""
    draft.chances = chances(draft.text.folded)
    return draft


def danger(draft: Draft) -> Draft:
    """Send a person in danger to the emergency numbers at once; nothing else is answered."""
    if draft.text.finds("guards", "danger_not", "say"):
        return draft
    for kind, numbers in _NUMBERS.items():
        if _is(draft, "danger", kind) or (kind == "english" and draft.chances["danger"] > _SURE):
            source = draft.cite(_title(draft, "Số gọi khẩn cấp cả nước"), kind="hotline")
            first = Claim(frame(draft, f"danger_{kind}"), (source,), exact=True)
            draft.say("warning", first, Claim(frame(draft, "danger_after"), (source,)))
            draft.actions += [_call(draft, number) for number in numbers]
            raise Stop(Outcome.DANGER)
    return draft


def attack(draft: Draft) -> Draft:
    """Hold off what would misuse the assistant, reach other people's data, or break the law."""
    found = [kind for kind in _ATTACKS if _attacks(draft, kind)]
    found = found or _hidden(draft)
    sentence = len(draft.text.words) >= _SENTENCE  # of fewer words learning can tell no intent
    if not found and sentence and draft.chances["attack"] > _ATTACK:
        found = [_likely(draft)]
    for kind in found:
        told = _ATTACKS[kind]
        draft.say("para", Claim(frame(draft, "attack")), Claim(frame(draft, told)))
        if kind == "bribe":
            _act(draft, "feedback", "act_feedback", "portal:feedback-send")
        elif kind == "others":
            _act(draft, "track", "act_track", "portal:track")
        _act(draft, "open", "act_search", "portal:procedures")
        raise Stop(Outcome.ATTACK)
    return draft


def complaint(draft: Draft) -> Draft:
    """Lead a complaint to the feedback form, and tell what complaints by law are."""
    if draft.text.finds("guards", "complaint_not", "say"):
        return draft
    said = any(_is(draft, "complaint", kind) for kind in _kinds("complaint"))
    if not said and draft.chances["complaint"] < _SURE:
        return draft
    source = draft.cite("118/2025/NĐ-CP; 20/2008/NĐ-CP", kind="law")
    draft.say("lead", Claim(frame(draft, "complaint"), (source,)))
    law = draft.cite("Luật Khiếu nại 02/2011/QH13; Luật Tố cáo 25/2018/QH14", kind="law")
    draft.say("para", Claim(frame(draft, "complaint_law"), (law,)))
    _act(draft, "feedback", "act_feedback", "portal:feedback-send")
    draft.actions.append(_call(draft, hotline()))
    raise Stop(Outcome.COMPLAINT)


def own_dossier(draft: Draft) -> Draft:
    """Lead a question about one's own dossier to tracking and to the account."""
    if draft.text.finds("guards", "own_not", "say"):
        return draft
    if not _is(draft, "own", "say") and draft.chances["own"] < _SURE:
        return draft
    source = draft.cite(frame(draft, "act_track"), url=pages.page("portal:track"), kind="page")
    draft.say("lead", Claim(frame(draft, "own"), (source,)))
    _act(draft, "track", "act_track", "portal:track")
    _act(draft, "open", "act_login", "portal:account")
    draft.actions.append(_call(draft, hotline()))
    raise Stop(Outcome.OWN_DOSSIER)


def courtesy(draft: Draft) -> Draft:
    """Greet back and take thanks; a greeting before a question is no reason to stop."""
    words = draft.text.folded.split()
    if len(words) > _SHORT or not words:
        return draft
    for kind in _kinds("courtesy"):
        found = phrases.group("guards", "courtesy", kind).fullmatch(draft.text.folded)
        if found is None or (kind == "greet" and len(words) > _SHORT // 2):
            continue
        told = "thanks" if kind in ("thanks", "bye") else "greet"
        draft.say("lead", Claim(frame(draft, told)))
        _act(draft, "open", "act_search", "portal:procedures")
        raise Stop(Outcome.OUT_OF_SCOPE)
    return draft


def elsewhere(draft: Draft) -> Draft:
    """Note talk that is not ours and other provinces; whether a procedure was meant is seen later."""
    kinds = [kind for kind in _kinds("outside") if draft.text.finds("guards", "outside", kind)]
    learned = draft.chances["outside"]
    draft.features["outside"] = float(bool(kinds) or learned > _OUTSIDE)
    draft.features["outside_said"] = float(bool(kinds))
    draft.features["outside_chance"] = learned
    draft.features["advice"] = float(any(kind in _ADVICE for kind in kinds))
    draft.features["other_province"] = float(draft.text.finds("guards", "places", "say"))
    return draft


def refuse_outside(draft: Draft, confidence: float = 0.97) -> None:
    """End with what the assistant is for."""
    told = "outside"
    if draft.features.get("advice"):
        told = "outside_advice"
    elif draft.features.get("other_province") and not draft.features.get("outside"):
        told = "outside_province"
    draft.blocks.clear()
    draft.choices.clear()
    draft.say("lead", Claim(frame(draft, told)))
    draft.actions.clear()
    _act(draft, "open", "act_search", "portal:procedures")
    draft.actions.append(_call(draft, hotline()))
    raise Stop(Outcome.OUT_OF_SCOPE, confidence)


def _is(draft: Draft, name: str, kind: str) -> bool:
    """A phrase of the group stands there; without marks what was learned has to agree."""
    if not draft.text.finds("guards", name, kind):
        return False
    most = _DOUBT_MARKED.get(name, 1.0) if draft.text.is_marked else _DOUBT
    return draft.chances["procedure"] < most


def _attacks(draft: Draft, kind: str) -> bool:
    if _is_honest(draft, kind):
        return False
    if _is(draft, "attack", kind):
        return True
    plain = draft.text.plain
    found = phrases.group("guards", "attack", kind).search(plain)
    return kind in ("inject", "code") and found is not None


def _is_honest(draft: Draft, kind: str) -> bool:
    """The victim of a forgery or of a bribe, or the owner of a password, speaks in the same words."""
    if kind in _TWO_SIDED:
        return draft.text.finds("guards", "attack_not", "say")
    return kind == "inject" and draft.text.finds("guards", "attack_not", "own")


def _hidden(draft: Draft) -> list[str]:
    """What a disguised reading asks for; a run of code that nobody can read is held off as well."""
    near, turned = disguise.readings(draft.question), disguise.turned(draft.question)
    for kind in _SAID_OPENLY:
        if any(phrases.group("guards", "attack", kind).search(said) for said in near):
            return [kind]
    if any(phrases.group("guards", "turned", "say").search(said) for said in turned):
        return ["inject"]
    coded = _SPELT.search(draft.text.plain) or _CODED.search(draft.question)
    return ["inject"] if coded else []


def _likely(draft: Draft) -> str:
    """Which refusal fits an attack that only the learned weights see."""
    for kind in ("others", "forge", "bribe"):
        if phrases.group("guards", "hints", kind).search(draft.text.folded):
            return kind
    return "hate"


def _kinds(name: str) -> list[str]:
    return list(phrases.table("guards")[name])


def _title(draft: Draft, vietnamese: str) -> str:
    return vietnamese if draft.language == "vi" else f"Emergency numbers ({vietnamese})"


def _call(draft: Draft, number: str) -> Action:
    return Action(frame(draft, "act_call", number=number), f"tel:{number}", "call")


def _act(draft: Draft, kind: str, label: str, name: str) -> None:
    address = pages.page(name)
    if address:
        draft.actions.append(Action(frame(draft, label), address, kind))
