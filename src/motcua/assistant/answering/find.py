"""Which procedure is meant."""

from motcua.assistant.answering.draft import Draft
from motcua.assistant.answering.ranking import rank
from motcua.catalog import queries as catalog


def procedures(draft: Draft) -> Draft:
    """Look for the procedures that the question may mean, the likeliest first."""
    draft.search_text = draft.search_text or draft.text.said
    draft.hits = rank(draft.text)
    draft.retrieved += [(f"tt:{hit.code}", round(hit.score, 4)) for hit in draft.hits]
    if draft.hits:
        choose(draft, draft.hits[0].code)
    return draft


def choose(draft: Draft, code: str) -> bool:
    """Take that procedure as the one that is meant, in the version in force on the day."""
    version = catalog.version_in_force(code, on=draft.on)
    if version is None:
        return False
    draft.code = code
    draft.version = version.pk
    draft.content = catalog.content_of(version.pk)
    return True
