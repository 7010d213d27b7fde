"""What a question asks for: papers, fee, time, place, way, law and the like."""

from motcua.assistant.answering import phrases
from motcua.assistant.answering.draft import Draft

# A facet that is told by a wider word gives way to the narrower one that stands in the same place.
_NARROWER = {
    "limit": ("due", "deadline"),
    "fee": ("exempt",),
    "where": ("hours",),
    "how": ("online",),
    "bring": ("form",),
}


def facets(draft: Draft) -> Draft:
    """Note what is asked for, in the order of asking."""
    found = _found(draft, marked=draft.text.is_marked) or _found(draft, marked=False)
    draft.asked = tuple(sorted(found, key=lambda facet: found[facet]))
    return draft


def _found(draft: Draft, *, marked: bool) -> dict[str, int]:
    """What is asked for with its place; marks tell words apart where they were typed."""
    text = draft.text.marked if marked else draft.text.folded
    found: dict[str, int] = {}
    for facet in phrases.table("facets")[draft.language]:
        match = phrases.group("facets", draft.language, facet, marked=marked).search(text)
        if match is not None:
            found[facet] = match.start()
    return found


def leading(asked: tuple[str, ...]) -> tuple[str, ...]:
    """Return the facets without those that a narrower one makes clear."""
    hidden = {
        wide for wide, narrow in _NARROWER.items() if any(facet in asked for facet in narrow)
    }
    return tuple(facet for facet in asked if facet not in hidden) or asked
