"""Which procedure is meant."""

from motcua.assistant.answering.draft import Draft
from motcua.catalog import queries as catalog

_LIMIT = 8


def procedures(draft: Draft) -> Draft:
    """Look for the procedures that the question may mean, best first."""
    draft.search_text = draft.search_text or draft.text.said
    draft.hits = catalog.search(draft.search_text, limit=_LIMIT)
    draft.retrieved += [(f"tt:{hit.code}", hit.score) for hit in draft.hits]
    if draft.hits:
        choose(draft, draft.hits[0].code)
    return draft


def choose(draft: Draft, code: str) -> None:
    """Take that procedure as the one that is meant, in the version in force on the day."""
    version = catalog.version_in_force(code, on=draft.on)
    if version is None:
        return
    draft.code = code
    draft.version = version.pk
    draft.content = catalog.content_of(version.pk)
