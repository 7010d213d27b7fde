"""Which case of the procedure it is: named, told by what happened, or chosen when asked back."""

from motcua.assistant.answering import phrases
from motcua.assistant.answering.draft import Draft
from motcua.assistant.answering.wording import telling
from motcua.catalog.content import Content
from motcua.kernel.text import fold


def read(draft: Draft) -> None:
    """Note the case that the question tells; without one that of the thread stays."""
    content = draft.content
    if content is None or len(content.cases) < 2:
        draft.case = "" if content is None else draft.case
        return
    told = _chosen(draft, content) or _happened(draft, content) or _named(draft, content)
    if told:
        draft.case, draft.case_named = told, True


def _chosen(draft: Draft, content: Content) -> str:
    """The case whose whole name was said, the longest where one holds another."""
    said = " ".join(telling(draft.text.folded))
    whole = f" {fold(draft.text.said)} "
    held = [case for case in content.cases if fold(case.name) in whole]
    held = held or [
        case for case in content.cases if said and " ".join(telling(case.name)) == said
    ]
    return max(held, key=lambda case: len(case.name)).key if held else ""


def _happened(draft: Draft, content: Content) -> str:
    """The first case that a phrase written for it tells."""
    written = phrases.table("cases").get(draft.code, {})
    known = {case.key for case in content.cases}
    for key in written:
        if key in known and draft.text.finds("cases", draft.code, key):
            return str(key)
    return ""


def _named(draft: Draft, content: Content) -> str:
    """The only case all of whose own words stand in the question."""
    asked = set(telling(draft.text.folded))
    names = {case.key: set(telling(case.name)) for case in content.cases}
    title = set(telling(content.name))
    fitting = []
    for key, words in names.items():
        others = set().union(*(other for one, other in names.items() if one != key))
        own = words - others - title
        if len(own) >= 2 and own <= asked and "khong" not in fold(draft.text.said).split():
            fitting.append(key)
    return fitting[0] if len(fitting) == 1 else ""
