"""Questions in English: which procedure, in the papers' words; answers that mark Vietnamese."""

import math
import re
from collections import Counter
from dataclasses import replace
from functools import cache

from motcua.assistant import knowledge
from motcua.assistant.answering import entries, find, phrases, threading
from motcua.assistant.answering.answer import Block, Claim
from motcua.assistant.answering.draft import Draft
from motcua.assistant.answering.wording import about
from motcua.kernel.text import fold

_ALIKE, _CLEARLY = (
    0.55,
    0.08,
)  # rule of the house: how near to a phrase, how much nearer than others
_LOOKED_AT = 6
_LEAST = 2  # words of the papers without which nothing is looked for


def prefer(draft: Draft) -> Draft:
    """Take the procedure one of whose English phrases says what is asked, where that is clear."""
    if draft.language != "en" or not draft.hits:
        return draft
    near = alike(draft.text.folded)
    last = threading.before(draft)
    if last is not None and max(near.values(), default=0.0) < _ALIKE:
        draft.hits.sort(key=lambda hit: hit.code != last.procedures[0])
        find.choose(draft, last.procedures[0])
        draft.is_follow_up = True
        return draft
    best = max(near, key=lambda code: near[code], default="")
    known = next((hit for hit in draft.hits if hit.code == best), None)
    if known is None or near[best] < _ALIKE:
        return draft
    if near[best] >= near.get(draft.hits[0].code, 0.0) + _CLEARLY:
        score = max(draft.hits[0].score, known.score)
        draft.hits = [replace(known, score=score), *(h for h in draft.hits if h.code != best)]
        find.choose(draft, best)
    if draft.code == best:
        others = max((value for code, value in near.items() if code != best), default=0.0)
        for feature, value in (("first", near[best]), ("margin", near[best] - others)):
            draft.features[feature] = max(draft.features.get(feature, 0.0), value)
        draft.features["said_so"] = near[best]
    return draft


def alike(folded: str) -> dict[str, float]:
    """Return how near the nearest phrase of each procedure is to an English question, 0 to 1."""
    asked = _bare(folded)
    rare = _rare()
    found: dict[str, float] = {}
    for code, phrase in _phrases():
        shared = sum(rare[word] for word in asked & phrase)
        if shared:
            whole = sum(rare.get(word, 1.0) for word in asked) + sum(rare[w] for w in phrase)
            found[code] = max(found.get(code, 0.0), 2 * shared / whole)
    return found


def look(draft: Draft) -> Draft:
    """Look for what the digest says to an English question, by the words of the papers."""
    if draft.language != "en":
        return draft
    said = vietnamese(draft.text.folded)
    draft.search_text = f"{draft.search_text} {said}".strip()
    if len(said.split()) < _LEAST:
        return draft
    try:
        found = knowledge.find(said, on=draft.on, limit=_LOOKED_AT, kinds=("digest",))
    except knowledge.NothingKnown:
        return draft
    draft.retrieved += [(one.passage.key, round(one.score, 4)) for one in found]
    if "said_so" not in draft.features:
        draft.found = [one for one in found if one.passage.section != "article"]
        draft.weighed = [entries.as_found(one) for one in draft.found]
        draft.features["law"] = draft.found[0].score if draft.found else 0.0
    return draft


def vietnamese(folded: str) -> str:
    """Return what an English text asks in Vietnamese words, longest phrases first."""
    pattern, meant = _words()
    return " ".join(dict.fromkeys(meant[found] for found in pattern.findall(folded)))


def name(code: str) -> str:
    """Return the English name of a procedure, "" where there is none."""
    return str(phrases.table("said").get(code, {}).get("name", ""))


def mark(draft: Draft) -> None:
    """Put English names beside what is copied, and mark what stays Vietnamese."""
    if draft.language != "en":
        return
    plain = draft.content.plain if draft.content is not None else ""
    draft.blocks = [_marked(draft, block, plain) for block in draft.blocks]
    codes = {hit.name: hit.code for hit in draft.hits}
    draft.choices = [
        replace(one, label=f"{name(codes[one.label])} ({one.label})")
        if name(codes.get(one.label, ""))
        else one
        for one in draft.choices
    ]


def _marked(draft: Draft, block: Block, plain: str) -> Block:
    return replace(block, claims=tuple(_told(draft, claim, plain) for claim in block.claims))


def _told(draft: Draft, claim: Claim, plain: str) -> Claim:
    """The claim with its English beside it."""
    english = name(draft.code)
    if claim.text.startswith("Procedure: ") and english:
        official = claim.text.removeprefix("Procedure: ")
        return replace(claim, text=f"Procedure: {english}. Official name: {official}")
    if plain and claim.text == plain:
        return replace(claim, text=f"In Vietnamese, as published: “{claim.text}”")
    listed = next((hit.code for hit in draft.hits if claim.text == f"{hit.name} ({hit.code})"), "")
    told = name(listed) or _paper(claim.text)
    return replace(claim, text=f"{told}: {claim.text}") if told else claim


def _paper(line: str) -> str:
    """What a paper is in English, by how its line begins."""
    begins = fold(line).lstrip("-+ 0123456789.)")
    papers: dict[str, str] = phrases.table("english")["papers"]
    for said in sorted(papers, key=len, reverse=True):
        if re.match(rf"{re.escape(fold(said))}\b", begins):
            return papers[said][:1].upper() + papers[said][1:]
    return ""


def _bare(text: str) -> frozenset[str]:
    """The telling words without what is asked for, singular."""
    left = about(text, "en") or fold(text)
    return frozenset(word.removesuffix("s") for word in left.split())


@cache
def _phrases() -> tuple[tuple[str, frozenset[str]], ...]:
    said = phrases.table("said").items()
    return tuple((code, _bare(line)) for code, row in said for line in (row["name"], *row["en"]))


@cache
def _rare() -> dict[str, float]:
    counted = Counter(word for _code, phrase in _phrases() for word in phrase)
    return {word: math.log(1 + len(_phrases()) / many) for word, many in counted.items()}


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str]]:
    meant: dict[str, str] = phrases.table("english")["words"]
    longest = sorted(meant, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b"), meant
