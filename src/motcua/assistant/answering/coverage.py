"""How much of what a question is about stands in the rows that answer it: what is left over warns."""

from functools import lru_cache

from motcua.assistant.answering import phrases, threading
from motcua.assistant.answering.draft import Draft
from motcua.assistant.answering.wording import plain_words, telling
from motcua.catalog import queries as catalog
from motcua.catalog.content import Content
from motcua.catalog.search.lexicon import lexicon
from motcua.kernel.text import fold

_KEPT = 4096


def of_procedure(draft: Draft) -> float:
    """The share of the telling words that the chosen procedure, or its everyday words, say."""
    asked = _asked(draft)
    if draft.content is None or not asked:
        return 1.0 if draft.is_follow_up else 0.5
    known = _words(draft.code, draft.content)
    return sum(word in known for word in asked) / len(asked)


def of_found(draft: Draft) -> float:
    """The share of the telling words that the best entry of the digest says."""
    asked = _asked(draft)
    if not draft.found or not asked:
        return 0.0
    row = draft.found[0].passage
    known = set(telling(f"{row.title} {row.text}"))
    return sum(word in known for word in asked) / len(asked)


def _asked(draft: Draft) -> tuple[str, ...]:
    said = plain_words(draft.text.marked, is_marked=draft.text.is_marked)
    return tuple(dict.fromkeys((*telling(fold(said)), *threading.own_words(draft))))


@lru_cache(maxsize=_KEPT)
def _words(code: str, content: Content) -> frozenset[str]:
    procedure = catalog.procedures_of([code]).get(code)
    own = phrases.table("said").get(code, {})
    said = [
        content.name,
        content.plain,
        content.conditions,
        *(case.name for case in content.cases),
        *(f"{paper.name} {paper.note}" for paper in content.components),
        *(step.text for step in content.steps),
        *(result.name for result in content.results),
        *(fee.text for channel in content.channels for fee in channel.fees),
        *(procedure.aliases if procedure is not None else ()),
        *lexicon().asks.get(code, ()),
        *own.get("vi", ()),
        *own.get("en", ()),
    ]
    return frozenset(telling(" ".join(said)))
