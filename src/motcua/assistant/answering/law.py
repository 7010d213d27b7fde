"""What the law says beyond the procedure: thresholds and exceptions, copied with their article."""

import re

from motcua.assistant import knowledge
from motcua.assistant.answering import entries, pages
from motcua.assistant.answering.answer import Action, Block, Claim, Outcome
from motcua.assistant.answering.draft import Draft, Stop
from motcua.assistant.answering.frames import frame
from motcua.assistant.answering.likeness import is_about
from motcua.assistant.answering.wording import plain_words

_LOOKED_AT = 8
_MOST = 2
_LONGEST = 900
_WORTH = 0.58
_BESIDE = 0.8
_SPOKEN_OF = 0.2  # of the telling words: less is another matter, however alike
_SURE = 0.95
_NEITHER = 0.57  # without a digest it speaks neither for nor against
_HALF = 0.5  # of an accepted answer's own question
_NUMBER = re.compile(r"\b\d{1,4}/\d{4}(?:/[A-ZĐ][A-ZĐ0-9-]+)?\b")
_KINDS = ("digest", "answer")  # entries of the digest; whole articles would crowd them out


def validity(draft: Draft) -> Draft:
    """Tell whether a document that was named still applies, and what took its place."""
    named = _NUMBER.search(draft.text.plain.upper())
    if named is None or not draft.text.finds("words", "validity", "say"):
        return draft
    row = knowledge.document(named.group(0))
    if row is None:
        return draft
    ended = row.ended_on is not None and row.ended_on <= draft.on
    key = "law_ended" if ended else "law_current"
    day = f"{row.ended_on:%d/%m/%Y}" if row.ended_on else ""
    said = frame(draft, key, number=row.number, day=day, by=", ".join(row.replaced_by))
    quote = f"{row.number} {row.title} {day} {', '.join(row.replaced_by)}"
    number = draft.cite(
        row.number, url=pages.page("portal:law-document", row.slug), quote=quote, kind="law"
    )
    draft.say("lead", Claim(said, (number,), exact=True))
    open_source(draft)
    raise Stop(Outcome.ANSWERED, _SURE)


def look(draft: Draft) -> Draft:
    """Look for what the digest of the law, and answers that people wrote, say to the question."""
    if draft.language == "en":
        return draft
    said = plain_words(draft.text.marked, is_marked=draft.text.is_marked)
    try:
        found = knowledge.find(said, on=draft.on, limit=_LOOKED_AT, kinds=_KINDS)
    except knowledge.NothingKnown:
        draft.features["law"] = _NEITHER
        return draft
    draft.retrieved += [(one.passage.key, round(one.score, 4)) for one in found]
    draft.found = [one for one in found if _is_near(draft.text.said, one)]
    draft.weighed = entries.weigh(draft, draft.found)
    draft.features["law"] = draft.found[0].score if draft.found else 0.0
    return draft


def _is_near(question: str, one: knowledge.Found) -> bool:
    """Entries as the index weighs them; an accepted answer only for a question it was written for."""
    if one.passage.kind == "answer":
        return is_about(question, one.passage, least=_HALF)
    return one.passage.section != "article"


def block(draft: Draft) -> Block | None:
    """Return the entries that speak of the question, each with its article."""
    worth = [one for one in draft.weighed if one.worth >= _WORTH and one.share >= _SPOKEN_OF]
    if not worth:
        return None
    kept = [one.found for one in worth[:_MOST] if one.worth >= _BESIDE * worth[0].worth]
    claims = []
    for one in kept:
        row = one.passage
        where = f"{row.document}, Điều {row.article}" if row.document and row.article else ""
        title = where or row.title
        kind = "answer" if row.kind == "answer" else "law"
        number = draft.cite(title, url=row.url, quote=f"{row.title}. {row.text}", kind=kind)
        said = str(row.facts.get("answer") or row.text).strip()[:_LONGEST]
        told = f"{said} ({where})" if where else said
        claims.append(Claim(told, (number,), exact=True))
    return Block("list", tuple(claims), frame(draft, "for_you"))


def open_source(draft: Draft) -> None:
    """Offer to open the first article that was cited."""
    first = next((one for one in draft.sources if one.kind in ("law", "answer") and one.url), None)
    if first is not None:
        label = frame(draft, "act_read", name=first.title)
        draft.actions.append(Action(label, first.url, "open"))
