"""The first sentence: where, how long, how much."""

from motcua.assistant.answering import money, timing
from motcua.assistant.answering.answer import Claim
from motcua.assistant.answering.draft import Draft
from motcua.assistant.answering.frames import frame
from motcua.assistant.answering.sections import cite
from motcua.catalog.content import Content

_LONGEST_AUTHORITY = 140


def lead(draft: Draft) -> Draft:
    """Say which procedure it is, where it is filed, how long it takes and what it costs."""
    content = draft.content
    if content is None:
        return draft
    named = frame(draft, "procedure", name=short_name(content.name), code=draft.code)
    draft.say("para", Claim(named, (cite(draft, "name"),), exact=True))
    if content.detail == "name":
        draft.say("lead", Claim(frame(draft, "name_only"), (cite(draft, "name"),)))
        return draft
    said = frame(
        draft,
        "lead",
        where=where(draft, content),
        when=timing.short(draft, content, draft.case),
        fee=money.short(draft, content, draft.case),
    )
    sources = tuple(cite(draft, section) for section in ("places", "limits", "fees"))
    draft.say("lead", Claim(said, sources, exact=True))
    case = next((one.name for one in content.cases if one.key == draft.case), "")
    if case:
        told = frame(draft, "in_case", case=case)
        draft.say("para", Claim(told, (cite(draft, "papers"),), exact=True))
    if content.plain:
        draft.say("para", Claim(content.plain, (cite(draft, "plain"),)))
    return draft


def short_name(name: str) -> str:
    """Return the name without the word that the sentence around it says already."""
    bare = name.removeprefix("Thủ tục ")
    return bare[:1].upper() + bare[1:]


def where(draft: Draft, content: Content) -> str:
    """Return the office that receives, with the one that decides where it is short to say."""
    office = frame(draft, f"centre_{_level(content)}")
    decides = " ".join(content.authority.split()).rstrip(".")
    if decides and len(decides) <= _LONGEST_AUTHORITY:
        office = f"{office} ({decides})"
    return frame(draft, "file_at", office=office)


def _level(content: Content) -> str:
    levels = set(content.levels)
    if {"commune", "province"} <= levels:
        return "both"
    return "commune" if "commune" in levels else "province"
