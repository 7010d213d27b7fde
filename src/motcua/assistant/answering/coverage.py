"""How much of what a question is about stands in the rows that answer it: what is left over warns.

What it asks for ("phí", "ở đâu") is not what it is about. A word weighs as much as it tells one
procedure from others; everyday talk that no procedure knows weighs little.
"""

import math
from collections import Counter
from functools import lru_cache

from motcua.assistant.answering import phrases, threading
from motcua.assistant.answering.draft import Draft
from motcua.assistant.answering.wording import plain_words, telling
from motcua.catalog import queries as catalog
from motcua.catalog.content import Content
from motcua.catalog.search.lexicon import lexicon
from motcua.kernel.text import fold

_KEPT = 4096
_TALK = 0.35


def of_procedure(draft: Draft) -> float:
    """The share of the telling words that the chosen procedure, or its everyday words, say."""
    if draft.content is None or not _asked(draft):
        return 1.0 if draft.is_follow_up else 0.5
    return _best_share(draft, _words(draft.code, draft.content))


def of_found(draft: Draft) -> float:
    """The share of the telling words that the best entry of the digest says."""
    if not draft.found or not _asked(draft):
        return 0.0
    row = draft.found[0].passage
    return _best_share(draft, frozenset(telling(f"{row.title} {row.text}")))


def _asked(draft: Draft) -> tuple[str, ...]:
    return _ways(draft)[0]


def _ways(draft: Draft) -> tuple[tuple[str, ...], ...]:
    """What the question is about, in the words of papers and as it was said."""
    said = draft.text.marked
    if draft.text.is_marked:
        for facet in phrases.table("facets")[draft.language]:
            pattern = phrases.group("facets", draft.language, facet, marked=True)
            said = pattern.sub(" ", said)
    else:
        said = " ".join(threading.own_words(draft))
    plain = telling(fold(plain_words(said, is_marked=draft.text.is_marked)))
    return tuple(dict.fromkeys(plain)), tuple(dict.fromkeys(threading.own_words(draft)))


def _best_share(draft: Draft, known: frozenset[str]) -> float:
    """The share that is known, in the words of papers or as it was said, whichever is more."""
    counts, many = _counted(catalog.state_mark())
    most = 0.0
    for words in _ways(draft):
        weights = {word: _weight(counts[word], many) for word in words}
        whole = sum(weights.values()) or 1.0
        most = max(most, sum(weights[word] for word in words if word in known) / whole)
    return most


def _weight(found: int, many: int) -> float:
    """How much a word that so many of the procedures say tells one from others."""
    return math.log((many + 1) / found) / math.log(many + 1) if found else _TALK


def ready() -> None:
    """Count the words of all procedures, so that the first question needs not wait for it."""
    _counted(catalog.state_mark())


@lru_cache(maxsize=1)
def _counted(_mark: str) -> tuple[Counter[str], int]:
    """In how many procedures each word stands, and how many there are."""
    known = [_words(procedure.code, content) for procedure, content in catalog.known_contents()]
    return Counter(word for words in known for word in words), len(known)


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
