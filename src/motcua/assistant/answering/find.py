"""Which procedure is meant, and whether that is clear."""

from motcua.assistant.answering import cases, coverage, threading
from motcua.assistant.answering.draft import Draft
from motcua.assistant.answering.ranking import rank
from motcua.catalog import queries as catalog


def procedures(draft: Draft) -> Draft:
    """Look for the procedures that the question may mean, the likeliest first."""
    draft.search_text = draft.text.said
    draft.hits = rank(draft.text)
    last = threading.before(draft)
    if last is not None:
        own = draft.hits[0].code if draft.hits else ""
        draft.hits = threading.together(draft, last, draft.hits)
        draft.is_follow_up = draft.hits[:1] != [] and (
            draft.hits[0].code == last.procedures[0] or draft.hits[0].code != own
        )
    if draft.is_follow_up and last is not None:
        draft.asked = threading.inherited(draft, last)
        draft.case = last.case if draft.hits[0].code == last.procedures[0] else ""
    draft.retrieved += [(f"tt:{hit.code}", round(hit.score, 4)) for hit in draft.hits]
    if draft.hits:
        choose(draft, draft.hits[0].code)
    cases.read(draft)
    _note(draft)
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


def _note(draft: Draft) -> None:
    """Note what tells how sure the choice is."""
    first = draft.hits[0] if draft.hits else None
    second = draft.hits[1].score if len(draft.hits) > 1 else 0.0
    own = threading.own_words(draft)
    draft.features |= {
        "first": first.score if first else 0.0,
        "margin": (first.score - second) if first else 0.0,
        "fit": first.feature("fit") if first and first.features else 0.0,
        "meant": first.feature("meant_score") if first and first.features else 0.0,
        "typed": first.feature("typed_score") if first and first.features else 0.0,
        "known": first.feature("known") if first and first.features else 0.0,
        "own_words": min(len(own), 12) / 12,
        "few_words": float(len(own) <= 3),
        "asked": float(bool(draft.asked)),
        "follow_up": float(draft.is_follow_up),
        "procedure_chance": draft.chances.get("procedure", 0.0),
        "agree": _agree(draft),
        "covered": coverage.of_procedure(draft),
    }


def _agree(draft: Draft) -> float:
    """The share of the searches that put the chosen procedure first."""
    first = draft.hits[0] if draft.hits else None
    if draft.is_follow_up:
        return 1.0  # the thread says which
    if first is None or not first.features:
        return 0.0
    looks: tuple[str, ...] = ("told_rank", "plain_rank")
    looks = looks if draft.language == "en" else ("typed_rank", "meant_rank", *looks)
    return sum(first.feature(look) >= 1 for look in looks) / len(looks)
