"""How sure the answer is, by weights learned from answers that were judged; below it we say so."""

from motcua.assistant.answering import coverage, guards, pages
from motcua.assistant.answering.answer import Action, Choice, Claim, Outcome
from motcua.assistant.answering.draft import Draft, Stop
from motcua.assistant.answering.frames import frame, hotline
from motcua.assistant.answering.lead import short_name
from motcua.assistant.answering.ranking import probability, weights

THRESHOLD = 0.5
# What speaks for the answer (+) and against it (-); learning keeps these signs. "": either.
SIGNS = {
    "first": "+", "margin": "+", "fit": "+", "meant": "+", "typed": "+", "agree": "+",
    "covered": "+", "known": "", "own_words": "-", "few_words": "", "asked": "+",
    "follow_up": "", "procedure_chance": "+", "outside": "-", "outside_chance": "-",
    "other_province": "-", "advice": "-", "law": "", "law_covered": "+", "evidence": "+",
    "untold": "-", "facet_missing": "-", "wants_rule": "-", "rule_told": "+", "case_named": "",
    "english": "-", "only_law": "", "only_law_score": "+",
}  # fmt: skip
FEATURES = tuple(SIGNS)
_RULES = frozenset(("deadline", "penalty", "valid", "exempt", "who"))
_NEAR = 0.12
_GUESS = 0.3
_HARDLY = 0.25
_MOST = 3
_OUTSIDE = 0.5
_CLEAR = 0.9
_UNLIKELY = 0.45
_LIKELY = 0.7
_SPOKEN = 0.62
_NEVER_SURE = 0.49
_OTHER_TALK = 0.8


def row(draft: Draft) -> tuple[float, ...]:
    """Return what the certainty is computed from."""
    by_law = draft.features.get("law", 0.0)
    rule = bool(_RULES & set(draft.asked))
    draft.features |= {
        "english": float(draft.language == "en"),
        "law_covered": coverage.of_found(draft),
        "case_named": float(draft.case_named),
        "wants_rule": float(rule),
        "rule_told": float(rule) * max(by_law, min(1.0, draft.features.get("evidence", 0.0))),
        "only_law_score": draft.features.get("only_law", 0.0) * by_law,
    }
    return tuple(float(draft.features.get(name, 0.0)) for name in FEATURES)


def judge(draft: Draft) -> Draft:
    """Keep the answer when it is sure enough, else say that it is not known, and who knows."""
    draft.confidence = probability("certainty", row(draft))
    doubt = draft.confidence < THRESHOLD + 0.3 and draft.features.get("first", 0.0) < _CLEAR
    doubt = doubt and draft.chances.get("procedure", 0.0) < _CLEAR
    alone = not draft.is_follow_up and draft.thread.last is None
    if draft.features.get("outside") and doubt and alone:
        guards.refuse_outside(draft)
    if (alone and _is_elsewhere(draft)) or (not alone and _is_other_talk(draft)):
        guards.refuse_outside(draft)
    if draft.confidence >= threshold() and draft.blocks:
        if draft.features.get("untold"):
            raise Stop(Outcome.PARTLY, draft.confidence)
        return draft
    said = draft.features.get("outside_said") or draft.features.get("first", 0.0) < _CLEAR
    if alone and said and draft.features.get("outside_chance", 0.0) > _OUTSIDE:
        guards.refuse_outside(draft)
    if draft.confidence >= THRESHOLD and draft.blocks:
        source = draft.cite(
            "1022", url=pages.page("portal:places"), quote=hotline(), kind="hotline"
        )
        draft.say("warning", Claim(frame(draft, "not_sure", hotline=hotline()), (source,)))
        raise Stop(Outcome.PARTLY, min(draft.confidence, _NEVER_SURE))
    known = draft.content is not None and draft.hits
    if known and draft.hits[0].score >= _GUESS and draft.confidence >= _HARDLY:
        _ask_back(draft)
        raise Stop(Outcome.CLARIFIED, min(draft.confidence, _NEVER_SURE))
    _say_unknown(draft)
    raise Stop(Outcome.UNKNOWN, min(draft.confidence, _NEVER_SURE))


def threshold() -> float:
    """Return from where on an answer is given: learned, so that few given answers are wrong."""
    return float(weights()["certainty"].get("threshold", THRESHOLD))


def _ask_back(draft: Draft) -> None:
    """Offer the likeliest readings as a question; each, chosen, asks the same of that procedure."""
    said = draft.text.said.rstrip(" ?.!")
    near = [hit for hit in draft.hits if hit.score > _NEAR][:_MOST]
    draft.blocks.clear()
    draft.choices.clear()
    draft.sources.clear()
    draft.actions.clear()
    draft.say("lead", Claim(frame(draft, "which_meant")))
    for hit in near:
        draft.choices.append(Choice(short_name(hit.name), f"{hit.name}: {said}?"))
    source = draft.cite("1022", url=pages.page("portal:places"), quote=hotline(), kind="hotline")
    draft.say("para", Claim(frame(draft, "none_of_these", hotline=hotline()), (source,)))
    draft.code, draft.content, draft.case = near[0].code, None, ""
    _offer_people(draft)


def _is_elsewhere(draft: Draft) -> bool:
    """Neither the words nor what was found speak of a procedure, nor of the law."""
    first, by_law = draft.features.get("first", 0.0), draft.features.get("law", 0.0)
    chance = draft.chances.get("procedure", 0.0)
    return chance < _UNLIKELY and first < _LIKELY and by_law < _SPOKEN


def _is_other_talk(draft: Draft) -> bool:
    """In a conversation too, what is no business of an office is not read as a follow-up."""
    learned = draft.features.get("outside_chance", 0.0) > _OTHER_TALK
    said = draft.features.get("outside_said", 0.0) > 0 and bool(draft.features.get("outside"))
    own = draft.features.get("own_words", 0.0) > 0
    return own and (said or learned) and draft.chances.get("procedure", 0.0) < _UNLIKELY


def _say_unknown(draft: Draft) -> None:
    nothing_then = bool(draft.hits) and not draft.blocks
    draft.blocks.clear()
    draft.choices.clear()
    draft.sources.clear()
    draft.actions.clear()
    source = draft.cite("1022", url=pages.page("portal:places"), kind="hotline")
    known = Claim(frame(draft, "unknown"))
    draft.say("lead", known, Claim(frame(draft, "unknown_next", hotline=hotline()), (source,)))
    if nothing_then:
        day = f"{draft.on:%d/%m/%Y}"
        draft.say("para", Claim(frame(draft, "nothing_then", day=day)))
    near = [hit for hit in draft.hits if hit.score > _NEAR][:2]
    claims = []
    for hit in near:
        number = draft.cite(f"{hit.code}, {hit.name}", url=pages.procedure(hit.code))
        claims.append(Claim(f"{hit.name} ({hit.code})", (number,), exact=True))
    draft.say("list", *claims, title=frame(draft, "near"))
    draft.code = near[0].code if near else ""
    _offer_people(draft)


def _offer_people(draft: Draft) -> None:
    """The ways to a person: a written question, feedback, the search, the hotline."""
    for kind, label, name in (
        ("write", "act_write", "portal:feedback-send"),
        ("feedback", "act_feedback", "portal:feedback-send"),
        ("open", "act_search", "portal:procedures"),
    ):
        address = pages.page(name)
        if address:
            asked = "?loai=hoi-dap" if kind == "write" else ""
            draft.actions.append(Action(frame(draft, label), f"{address}{asked}", kind))
    call = frame(draft, "act_call", number=hotline())
    draft.actions.append(Action(call, f"tel:{hotline()}", "call"))
