"""One block for each thing that is asked, copied from the procedure's version in force."""

from collections.abc import Callable

from motcua.assistant.answering import money, timing
from motcua.assistant.answering.answer import Block, Claim
from motcua.assistant.answering.draft import Draft
from motcua.assistant.answering.frames import frame, hotline, word
from motcua.assistant.answering.sections import cite, fee_line, paper_line
from motcua.catalog.content import Component, Content
from motcua.kernel.worktime.words import moment_words

_LONG = 420
_MANY = 12
_STEPS = 8

Part = Callable[[Draft, Content], "Block | None"]


def bring(draft: Draft, content: Content) -> Block | None:
    """The papers of the case; without a case the common ones first, then those of each case."""
    if not content.components:
        return None
    source = (cite(draft, "papers"),)
    names = {case.key: case.name for case in content.cases}
    chosen = names.get(draft.case, "")
    shown = [c for c in content.components if c.case in ("", draft.case) or not draft.case]
    own = sorted(shown, key=lambda c: (bool(c.case) and not draft.case, bool(c.held_by)))
    claims = [
        Claim(_paper(draft, c, names if not draft.case else {}), source, exact=True)
        for c in own[: _MANY * 2]
    ]
    title = frame(draft, "bring_for", case=chosen) if chosen else frame(draft, "bring")
    return Block("list", tuple(claims), title)


def _paper(draft: Draft, component: Component, names: dict[str, str]) -> str:
    line = paper_line(component)
    if component.held_by and not component.note:
        line = f"{line} ({frame(draft, 'not_brought')})"
    elif not component.required and not component.note:
        line = f"{line} ({frame(draft, 'if_needed')})"
    case = names.get(component.case, "")
    return f"{case}: {line}" if case else line


def fee(draft: Draft, content: Content) -> Block | None:
    """Every charge by channel, with the words of the source where they say more."""
    told = money.fees(content, draft.case, draft.on)
    if not told:
        said = frame(draft, "fee_unpublished", hotline=hotline())
        draft.features["facet_missing"] = 1.0
        return Block("para", (Claim(said, (cite(draft, "name"),)),))
    source = (cite(draft, "fees"),)
    names = {case.key: case.name for case in content.cases}
    lines: dict[str, list[str]] = {}
    for kind, rules in told.items():
        for rule in rules:
            said = "0 đồng" if rule.amount_vnd == 0 else ""
            line = fee_line(draft, rule) if money.says_more(rule) or not said else ""
            if not line:
                line = (
                    f"{rule.name}: {said}" if draft.language == "en" else f"{rule.name}: không thu"
                )
            if rule.case and not draft.case:
                line = f"{names.get(rule.case, rule.case)}: {line}"
            lines.setdefault(line, []).append(timing.channel_word(draft, kind))
    claims = [
        Claim(f"{', '.join(dict.fromkeys(where))}: {line}", source, exact=True)
        for line, where in lines.items()
    ]
    return Block("facts", tuple(claims[:_MANY]), frame(draft, "fees"))


def limit(draft: Draft, content: Content) -> Block | None:
    """The limit of each channel, and of each case that has its own."""
    told = timing.by_channel(draft, content, draft.case)
    if not told:
        said = frame(draft, "limit_unpublished")
        draft.features["facet_missing"] = 1.0
        return Block("para", (Claim(said, (cite(draft, "name"),)),))
    source = (cite(draft, "limits"),)
    claims = []
    if len(set(told.values())) == 1:
        said = frame(draft, "limit_same", limit=next(iter(told.values())))
        claims.append(Claim(said, source, exact=True))
    else:
        for kind, words in told.items():
            channel = timing.channel_word(draft, kind)
            said = frame(draft, "limit_line", channel=channel, limit=words)
            claims.append(Claim(said, source, exact=True))
    claims += _limits_of_cases(draft, content, source)
    texts = [r.text for c in content.channels for r in c.limits if r.text and r.limit is not None]
    for text in dict.fromkeys(texts):
        claims.append(Claim(text.strip()[:_LONG], source, exact=True))
    return Block("facts", tuple(claims[:_MANY]))


def _limits_of_cases(draft: Draft, content: Content, source: tuple[int, ...]) -> list[Claim]:
    return [
        Claim(frame(draft, "limit_case", case=case, limit=words), source, exact=True)
        for case, words in timing.by_case(draft, content).items()
    ]


def due(draft: Draft, content: Content) -> Block | None:
    """The day on which a complete dossier handed in now would be due, by the house's clock."""
    moment = timing.due_at(content, draft.case, draft.at)
    if moment is None:
        return limit(draft, content)
    start = moment_words(draft.at.astimezone(moment.tzinfo), draft.language)
    said = frame(draft, "due", start=start, due=moment_words(moment, draft.language))
    before = limit(draft, content)
    claims = before.claims if before else ()
    return Block("facts", (Claim(said, (cite(draft, "limits"),)), *claims))


def online(draft: Draft, content: Content) -> Block | None:
    """Whether it goes online or by post, and how far."""
    source = (cite(draft, "places"),)
    channels = {channel.kind for channel in content.channels}
    claims = []
    if content.online_level == "toàn trình" and "online" in channels:
        claims.append(frame(draft, "online_full"))
    elif content.online_reason:
        reason = content.online_reason.rstrip(".")
        claims.append(frame(draft, "online_part_why", reason=reason))
    elif "online" in channels:
        key = "online_part" if content.online_level else "online_channel"
        claims.append(frame(draft, key))
    elif channels:
        told = ", ".join(timing.channel_word(draft, kind).lower() for kind in sorted(channels))
        claims.append(frame(draft, "online_no", channels=told))
    if "post" in channels:
        claims.append(frame(draft, "post_yes"))
    return Block("facts", tuple(Claim(said, source, exact=True) for said in claims))


def how(draft: Draft, content: Content) -> Block | None:
    """The published steps."""
    texts = [s.text for s in content.steps if s.case in ("", draft.case) or not draft.case]
    if not texts:
        return None
    source = (cite(draft, "steps"),)
    claims = [Claim(text.strip()[:_LONG], source, exact=True) for text in texts[:_STEPS]]
    return Block("list", tuple(claims), frame(draft, "how"))


def law(draft: Draft, content: Content) -> Block | None:
    """The legal documents that the procedure rests on."""
    if not content.legal:
        return None
    source = (cite(draft, "legal"),)
    claims = [
        Claim(f"{one.number} {one.name}".strip()[:_LONG], source, exact=True)
        for one in content.legal[:_MANY]
    ]
    return Block("list", tuple(claims), frame(draft, "law"))


def result(draft: Draft, content: Content) -> Block | None:
    """What the person receives."""
    if not content.results:
        return None
    source = (cite(draft, "results"),)
    claims = [Claim(one.name, source, exact=True) for one in content.results[:_MANY]]
    return Block("list", tuple(claims), frame(draft, "result"))


def who(draft: Draft, content: Content) -> Block | None:
    """The published conditions."""
    lines = [line.strip() for line in content.conditions.split("\n") if line.strip()]
    if not lines:
        return None
    source = (cite(draft, "conditions"),)
    claims = [Claim(line[:_LONG], source, exact=True) for line in lines[:_STEPS]]
    return Block("list", tuple(claims), frame(draft, "who"))


def form(draft: Draft, content: Content) -> Block | None:
    """The forms to fill in, among the papers."""
    forms = [c for c in content.components if c.form or _is_form(c)]
    if not forms:
        return None
    source = (cite(draft, "papers"),)
    claims = [Claim(paper_line(c), source, exact=True) for c in forms[:_STEPS]]
    if any(channel.kind == "online" for channel in content.channels):
        claims.append(Claim(frame(draft, "form_online"), (cite(draft, "places"),)))
    return Block("list", tuple(claims), frame(draft, "form"))


def _is_form(component: Component) -> bool:
    name = component.name.lower()
    return (
        name.lstrip("-+ ").startswith(("tờ khai", "đơn", "giấy đề nghị", "phiếu")) or "mẫu" in name
    )


def missing(draft: Draft, facets: list[str]) -> Block:
    """Say which of the things asked for the source does not tell."""
    named = ", ".join(word(draft, "facet", facet) for facet in facets)
    return Block("warning", (Claim(frame(draft, "missing", facets=named)),))


PARTS: dict[str, Part] = {
    "bring": bring,
    "fee": fee,
    "exempt": fee,
    "limit": limit,
    "due": due,
    "online": online,
    "how": how,
    "law": law,
    "result": result,
    "who": who,
    "form": form,
}
