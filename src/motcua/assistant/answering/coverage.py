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
    known = _words(draft.code, draft.content)
    return max(_share(words, known) for words in _ways(draft))


def of_found(draft: Draft) -> float:
    """The share of the telling words that the best entry of the digest says."""
    if not draft.found or not _asked(draft):
        return 0.0
    row = draft.found[0].passage
    known = frozenset(telling(f"{row.title} {row.text}"))
    return max(_share(words, known) for words in _ways(draft))


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


def _share(words: tuple[str, ...], known: frozenset[str]) -> float:
    whole = sum(_weight(word) for word in words)
    return sum(_weight(word) for word in words if word in known) / whole if whole else 0.0


def _weight(word: str) -> float:
    """How much a word tells one procedure from others."""
    counts, many = _counted(catalog.state_mark())
    found = counts[word]
    return math.log((many + 1) / found) / math.log(many + 1) if found else _TALK


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
