"""The published sentences that speak of what is asked: thresholds, exceptions, conditions."""

import math
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from motcua.assistant.answering.answer import Block, Claim
from motcua.assistant.answering.draft import Draft
from motcua.assistant.answering.frames import frame
from motcua.assistant.answering.sections import cite, fee_line, paper_line
from motcua.assistant.answering.wording import telling
from motcua.catalog.content import Content
from motcua.kernel.text import fold

_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[A-ZĐÀ-Ỹ\-+*])|\n+")
_LONGEST = 520
_ENOUGH = 0.36
_MOST = 3
# What kind of number is asked for, and how such a number is written.
_NUMBERS = tuple(
    (re.compile(asked), re.compile(written))
    for asked, written in (
        (r"tuoi|sinh nam", r"\d+ (?:tuoi|thang tuoi)"),
        (
            r"ngay|bao lau|thang|gio|nam|han|tre|muon|som|truoc|lau|tuan|phut",
            r"\d+ ?(?:\([^)]*\) )?(?:gio|ngay|thang|nam|tuan|phut)",
        ),
        (r"dien tich|met|m2|rong|cao|dai|ha|sao dat", r"\d+ ?(?:m2|m²|met|ha|m\b)"),
        (
            r"tien|dong|phi|muc|gia|phat|von|trieu",
            r"\d[\d.,]* ?(?:dong|d\b|trieu|ty|vnd|%)",
        ),
        (
            r"may lan|bao nhieu lan|toi da|toi thieu|may nguoi|bao nhieu nguoi|it nhat|phan tram",
            r"\d+|mot|hai|%",
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One published sentence and the section that it stands in."""

    text: str
    section: str


def sentences(draft: Draft, content: Content) -> list[Sentence]:
    """Return what the procedure publishes, sentence by sentence, each once."""
    names = {case.key: case.name for case in content.cases}
    rows: list[tuple[str, str]] = [("plain", content.plain), ("conditions", content.conditions)]
    for paper in content.components:
        case = f"{names[paper.case]}: " if paper.case in names else ""
        rows.append(("papers", case + paper_line(paper)))
    rows += [("papers", note) for note in content.notes]
    for channel in content.channels:
        rows += [("fees", fee_line(draft, fee)) for fee in channel.fees if fee.text]
        rows += [("limits", rule.text) for rule in channel.limits if rule.text]
    rows += [("steps", step.text) for step in content.steps]
    found: dict[str, str] = {}
    for section, text in rows:
        whole = section == "papers" and len(text) < _LONGEST
        for part in [text] if whole else _SENTENCE.split(text):
            if len(part.strip()) > 8:
                found.setdefault(part.strip()[:_LONGEST], section)
    return [Sentence(text, section) for text, section in found.items()]


def best(draft: Draft, content: Content) -> list[tuple[float, Sentence]]:
    """Return the sentences that answer the question by its own words and kind of number."""
    known = sentences(draft, content)
    asked = set(telling(draft.search_text)) | set(telling(draft.text.folded))
    if not asked or not known:
        return []
    counted = Counter(word for one in known for word in set(telling(one.text)))
    named = set(telling(content.name))

    def weight(word: str) -> float:
        rare = math.log(1 + len(known) / (1 + counted[word]))
        return rare * (0.35 if word in named else 1.0)

    whole = sum(weight(word) for word in asked) or 1.0
    wanted = [number for ask, number in _NUMBERS if ask.search(draft.text.folded)]
    scored = []
    for one in known:
        words = set(telling(one.text))
        share = sum(weight(word) for word in asked & words) / whole
        bonus = 0.22 if wanted and any(n.search(fold(one.text)) for n in wanted) else 0.0
        if share > 0.08:
            scored.append((share + bonus + _bigrams(draft.text.folded, one.text), one))
    scored.sort(key=lambda pair: -pair[0])
    return scored


def block(draft: Draft, content: Content) -> Block | None:
    """Return the sentences to quote, None when nothing speaks of what is asked."""
    scored = best(draft, content)
    if not scored:
        return None
    top = scored[0][0]
    draft.features["evidence"] = top
    shown = " ".join(claim.text for one in draft.blocks for claim in one.claims)
    chosen = [
        one
        for score, one in scored[:_MOST]
        if score >= max(_ENOUGH, 0.6 * top) and one.text not in shown
    ]
    if not chosen:
        return None
    claims = [Claim(one.text, (cite(draft, one.section),), exact=True) for one in chosen]
    return Block("list", tuple(claims), frame(draft, "for_you"))


def _bigrams(question: str, text: str) -> float:
    words = telling(question)
    pairs = set(pairwise(words))
    line = telling(text)
    shared = pairs & set(pairwise(line))
    return min(0.3, 0.08 * len(shared))
