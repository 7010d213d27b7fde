"""The answer's body: what was asked, then what helps, then what to do next."""

from datetime import timedelta

from motcua.assistant.answering import dates, entries, evidence, law, pages, places
from motcua.assistant.answering.answer import Action, Block, Choice, Claim
from motcua.assistant.answering.draft import Draft
from motcua.assistant.answering.facets import leading
from motcua.assistant.answering.frames import frame
from motcua.assistant.answering.lead import short_name
from motcua.assistant.answering.parts import PARTS, missing
from motcua.catalog import queries as catalog
from motcua.kernel.text import fold

_MOST_CHOICES = 4
_NO_PROCEDURE = 0.6
_PLAIN_LAW = 0.72
_HARDLY = 0.42
_HARDLY_MEANT = 0.2
_A_LITTLE = 0.1  # enough for "partly": the rest was told
_THRESHOLDS = frozenset(("deadline", "penalty", "valid", "exempt", "who"))
_NOT_MEANT, _CLEARLY = 0.5, 0.1
_FROM_EVIDENCE = ("deadline", "penalty", "valid", "exempt", "who", "next", "how", "online")


def body(draft: Draft) -> Draft:
    """Add a block for each thing asked, the sentences that speak of it, and what is missing."""
    content = draft.content
    if content is None or content.detail == "name":
        return draft
    asked = leading(draft.asked) or ("bring",)
    untold = []
    for facet in asked:
        part = PARTS.get(facet)
        if facet in ("where", "hours"):
            block = places.block(draft, content) if facet == "where" else places.hours(draft)
        else:
            block = part(draft, content) if part is not None else None
        if block is not None and block not in draft.blocks:
            draft.blocks.append(block)
        elif block is None:
            untold.append(facet)
    quoted = evidence.block(draft, content)
    if quoted is not None:
        draft.blocks.insert(min(2, len(draft.blocks)), quoted)
    if quoted is not None or content.plain:
        untold = [facet for facet in untold if facet not in _FROM_EVIDENCE]
    _tell_missing(draft, untold)
    return draft


def counted(draft: Draft) -> Draft:
    """Count the period that the source gives from the day that the question names."""
    days = [day for day in dates.named(draft.text.said, draft.on) if day <= draft.on]
    if not days or draft.content is None:
        return draft
    for claim in (claim for block in draft.blocks for claim in block.claims):
        period = dates.period(claim.text)
        if period is None:
            continue
        until = days[0] + timedelta(days=period)
        late = (draft.on - until).days
        told = {"from": f"{days[0]:%d/%m/%Y}", "until": f"{until:%d/%m/%Y}", "days": late}
        said = frame(draft, "date_late" if late > 0 else "date_until", **told)
        draft.blocks.insert(2, Block("facts", (Claim(said, claim.sources),)))
        break
    return draft


def number(draft: Draft) -> Draft:
    """Note where the kind of number that a rule's threshold asks for stands nowhere in the answer."""
    asked = set(draft.asked)
    wanted = entries.numbers(draft)
    if draft.language != "vi" or draft.content is None or not wanted or not asked & _THRESHOLDS:
        return draft
    shown = fold(" ".join(claim.text for one in draft.blocks for claim in one.claims))
    if not any(written.search(shown) for written in wanted):
        draft.features["untold"] = max(_A_LITTLE, draft.features.get("untold", 0.0))
    return draft


def by_law(draft: Draft) -> Draft:
    """Put what the law says first where no procedure is meant, else after the first sentence."""
    said = law.block(draft)
    if said is None:
        return draft
    if _is_law_alone(draft):
        draft.code, draft.content, draft.case = "", None, ""
        draft.blocks, draft.choices = [], []
        kept = law.block(draft)
        draft.blocks = [kept] if kept is not None else []
        draft.features["only_law"] = 1.0
        draft.features.pop("untold", None)
        return draft
    shown = " ".join(claim.text for one in draft.blocks for claim in one.claims)
    if any(claim.text not in shown for claim in said.claims):
        draft.blocks.insert(min(2, len(draft.blocks)), said)
    return draft


def _is_law_alone(draft: Draft) -> bool:
    """The law speaks of it and no procedure does, or hardly."""
    by_law, first = draft.features.get("law", 0.0), draft.features.get("first", 0.0)
    if draft.is_follow_up:
        return False
    clearly = first < _NOT_MEANT and by_law > max(_NO_PROCEDURE, first + _CLEARLY)
    if (
        clearly
        and draft.language == "vi"
        and not draft.weighed[0].found.passage.facts.get("procedures")
    ):
        return True  # a general rule, of no procedure
    if draft.features.get("known", 0.0) > 0:
        return first < _HARDLY_MEANT and by_law > _NO_PROCEDURE
    if first < _NO_PROCEDURE and by_law > first:
        return True
    return by_law >= _PLAIN_LAW and draft.features.get("fit", 0.0) < _HARDLY


def _tell_missing(draft: Draft, untold: list[str]) -> None:
    if untold:
        draft.features["untold"] = len(untold) / max(1, len(draft.asked))
        draft.blocks.append(missing(draft, untold))


def choices(draft: Draft) -> Draft:
    """Ask back once which case it is, where cases differ and none was named."""
    content = draft.content
    if content is None or draft.case or len(content.cases) < 2:
        return draft
    for case in content.cases[:_MOST_CHOICES]:
        draft.choices.append(Choice(case.name, f"{draft.text.said} ({case.name})"))
    return draft


def actions(draft: Draft) -> Draft:
    """Offer what can be done next on pages that stand."""
    content = draft.content
    if content is None or not draft.code:
        law.open_source(draft)
        return draft
    version = catalog.version_in_force(draft.code, on=draft.on)
    procedure = version.procedure if version is not None else None
    url = pages.procedure(draft.code, draft.case)
    draft.actions.append(
        Action(frame(draft, "act_open", name=short_name(content.name)), url, "open")
    )
    if content.components:
        suffix = f"?truong-hop={draft.case}" if draft.case else ""
        address = pages.page("portal:checklist", draft.code) + suffix
        draft.actions.append(Action(frame(draft, "act_print"), address, "print"))
    if procedure is not None and procedure.is_offered and procedure.online_filing:
        address = pages.page("portal:file", draft.code)
        draft.actions.append(Action(frame(draft, "act_file"), address, "file"))
    address = pages.page("portal:places")
    draft.actions.append(Action(frame(draft, "act_places"), address, "open"))
    return draft
