"""The procedure's sections as sources: what each says, whole, so that a claim can be held to it."""

from collections.abc import Callable

from motcua.assistant.answering import pages, phrases
from motcua.assistant.answering.draft import Draft
from motcua.assistant.answering.money import amount, dong
from motcua.assistant.answering.timing import limit_words
from motcua.catalog.content import Channel, Component, Content, FeeRule

WORDS = {
    "papers": {"vi": "thành phần hồ sơ", "en": "papers"},
    "fees": {"vi": "phí, lệ phí", "en": "fees"},
    "limits": {"vi": "thời hạn giải quyết", "en": "time limits"},
    "places": {"vi": "nơi nộp, cơ quan giải quyết, cách nộp", "en": "where and how to file"},
    "steps": {"vi": "trình tự thực hiện", "en": "steps"},
    "conditions": {"vi": "yêu cầu, điều kiện", "en": "conditions"},
    "legal": {"vi": "căn cứ pháp lý", "en": "legal basis"},
    "results": {"vi": "kết quả", "en": "result"},
    "plain": {"vi": "giới thiệu", "en": "summary"},
    "name": {"vi": "tên thủ tục", "en": "name"},
}

_LEVELS = {
    "ministry": "bộ, ngành", "province": "cấp tỉnh", "commune": "cấp xã", "other": "cơ quan khác",
}  # fmt: skip
_SUBJECTS = {
    "citizen": "cá nhân", "household": "hộ gia đình", "organisation": "tổ chức",
    "foreigner": "người nước ngoài",
}  # fmt: skip


def cite(draft: Draft, section: str) -> int:
    """Return the number of the source for a section of the chosen procedure."""
    content = draft.content
    if content is None:
        raise ValueError("no procedure is chosen")
    head = "Thủ tục" if draft.language == "vi" else "Procedure"
    title = f"{head} {draft.code}, {content.name}: {WORDS[section][draft.language]}"
    url = pages.procedure(draft.code, draft.case)
    return draft.cite(title, url=url, quote=said(draft, section))


def said(draft: Draft, section: str) -> str:
    """Return everything that a section says."""
    content = draft.content
    return "\n".join(line for line in _LINES[section](draft, content) if line) if content else ""


def paper_line(component: Component) -> str:
    """Return one paper with its numbers and its note, as published."""
    counted = [
        f"{count} {kind}"
        for count, kind in ((component.originals, "bản chính"), (component.copies, "bản sao"))
        if count
    ]
    held = f" ({', '.join(counted)})" if counted else ""
    note = f". {component.note}" if component.note else ""
    return f"{component.name}{held}{note}"


def _way(channel: Channel) -> str:
    """A channel in the words of the source, which is Vietnamese whoever asks."""
    said = phrases.table("frames")["channel"].get(channel.kind, {})
    return str(said.get("vi", channel.kind))


def fee_line(draft: Draft, rule: FeeRule) -> str:
    """Return one charge with everything that is published of it."""
    told = amount(draft, rule) if rule.amount_vnd is not None else ""
    return " · ".join(part for part in (rule.name, told, rule.text) if part)


def _papers(_draft: Draft, content: Content) -> list[str]:
    names = {case.key: case.name for case in content.cases}
    lines = [
        f"{names.get(c.case, '')}: {paper_line(c)}" if c.case else paper_line(c)
        for c in content.components
    ]
    return [*lines, *content.notes]


def _fees(draft: Draft, content: Content) -> list[str]:
    names = {case.key: case.name for case in content.cases}
    return [
        " · ".join(p for p in (_way(channel), names.get(fee.case, ""), fee_line(draft, fee)) if p)
        for channel in content.channels
        for fee in channel.fees
    ] or [dong(0)]


def _limits(draft: Draft, content: Content) -> list[str]:
    names = {case.key: case.name for case in content.cases}
    return [
        " · ".join(
            p
            for p in (
                _way(channel),
                names.get(rule.case, ""),
                limit_words(draft, rule),
                rule.text,
            )
            if p
        )
        for channel in content.channels
        for rule in channel.limits
    ]


def _places(_draft: Draft, content: Content) -> list[str]:
    return [
        content.authority,
        ", ".join(_LEVELS.get(level, level) for level in content.levels),
        ", ".join(_way(channel) for channel in content.channels),
        content.online_level,
        content.online_reason,
    ]


_Lines = Callable[[Draft, Content], list[str]]
_LINES: dict[str, _Lines] = {
    "papers": _papers,
    "fees": _fees,
    "limits": _limits,
    "places": _places,
    "steps": lambda _draft, content: [step.text for step in content.steps],
    "conditions": lambda _draft, content: [
        content.conditions,
        ", ".join(_SUBJECTS.get(subject, subject) for subject in content.subjects),
    ],
    "legal": lambda _draft, content: [f"{law.number} {law.name}" for law in content.legal],
    "results": lambda _draft, content: [result.name for result in content.results],
    "plain": lambda _draft, content: [content.plain],
    "name": lambda draft, content: [draft.code, content.name],
}
