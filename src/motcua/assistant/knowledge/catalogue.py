"""Procedure versions as passages, one a section (and case where papers differ by case). Pure."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date

from motcua.assistant.knowledge.rows import Row
from motcua.catalog.content import Channel, Component, Content, FeeRule, LimitRule
from motcua.kernel.money import grouped

_CHANNELS = {"counter": "Nộp trực tiếp", "online": "Nộp trực tuyến", "post": "Nộp qua bưu chính"}
_LEVELS = {
    "ministry": "bộ, ngành",
    "province": "cấp tỉnh",
    "commune": "cấp xã",
    "other": "cơ quan khác",
}
_PER = {"page": "một trang", "copy": "một bản", "person": "một người", "item": "một trường hợp"}
_ANYWHERE = (
    "Nộp trực tiếp được ở bất kỳ Trung tâm Phục vụ hành chính công nào trong tỉnh "
    "(118/2025/NĐ-CP Điều 14 khoản 2)."
)
_LONGEST_NAME = 160


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a procedure, as the catalogue's tables give it."""

    code: str
    number: int
    valid_from: date
    valid_to: date | None
    content: Content
    aliases: tuple[str, ...] = ()
    is_active: bool = True


def procedure_rows(version: Version) -> Iterator[Row]:
    """Yield the passages of a version; an older version's keys end in "@number"."""
    content = version.content
    yield _row(version, "about", "là gì, làm khi nào", _about(version), {})
    if content.cases:
        named = [asdict(case) for case in content.cases]
        text = "\n".join(f"- {case.name}" for case in content.cases)
        yield _row(version, "cases", "các trường hợp", text, {"items": named})
    yield from _components(version)
    yield from _limits(version)
    yield from _fees(version)
    if content.steps:
        texts = [step.text for step in content.steps]
        yield _row(version, "steps", "các bước thực hiện", "\n".join(texts), {"items": texts})
    yield _row(version, "places", "nộp ở đâu", _places(content), _place_facts(content))
    if content.legal:
        lines = [f"{law.number} {law.name}".strip() for law in content.legal]
        facts: dict[str, object] = {"items": [asdict(law) for law in content.legal]}
        yield _row(version, "legal_basis", "căn cứ pháp lý", "\n".join(lines), facts)
    if content.results:
        results = [result.name for result in content.results]
        yield _row(version, "result", "kết quả nhận được", "\n".join(results), {"items": results})


def _row(
    version: Version, section: str, what: str, text: str, facts: dict[str, object], case: str = ""
) -> Row:
    past = f"@{version.number}" if version.valid_to is not None else ""
    name = version.content.name
    case_name = next((c.name for c in version.content.cases if c.key == case), "")
    short = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME].rsplit(' ', 1)[0]}…"
    return Row(
        key=f"tt:{version.code}:{section}{f':{case}' if case else ''}{past}",
        kind="procedure",
        title=f"{short}: {what}{f' ({case_name})' if case_name else ''}",
        text=text,
        url=f"/thu-tuc/{version.code}/{f'?truong-hop={case}' if case else ''}",
        valid_from=version.valid_from,
        valid_to=version.valid_to,
        procedure=version.code,
        section=section,
        case=case,
        facts={"version": version.number, **facts},
    )


def _about(version: Version) -> str:
    content = version.content
    said = (content.plain, content.conditions, "; ".join(version.aliases), content.field)
    return "\n".join([content.name, *(part for part in said if part)])


def _components(version: Version) -> Iterator[Row]:
    content = version.content
    if not content.components:
        return
    own = {component.case for component in content.components if component.case}
    cases = [case.key for case in content.cases if case.key in own]
    for case in cases or [""]:
        papers = content.components_for(case)
        facts: dict[str, object] = {"items": [paper.to_json() for paper in papers]}
        text = "\n".join(_paper(paper) for paper in papers)
        yield _row(version, "components", "giấy tờ cần chuẩn bị", text, facts, case)
    if cases and len(cases) < len(content.cases):
        papers = content.components_for("")
        text = "\n".join(_paper(paper) for paper in papers)
        facts = {"items": [paper.to_json() for paper in papers]}
        yield _row(version, "components", "giấy tờ cần chuẩn bị", text, facts)


def _paper(paper: Component) -> str:
    counts = [
        f"{number} bản {kind}"
        for number, kind in ((paper.originals, "chính"), (paper.copies, "sao"))
        if number
    ]
    told = [", ".join(counts), "" if paper.required else "nếu có", paper.note]
    more = "; ".join(part for part in told if part)
    return f"- {paper.name}{f' ({more})' if more else ''}"


def _limits(version: Version) -> Iterator[Row]:
    rules = [(c, rule) for c in version.content.channels for rule in c.limits]
    if not rules and version.content.immediate:
        yield _row(version, "limits", "thời hạn giải quyết", "Giải quyết ngay", {"items": []})
    if not rules:
        return
    lines = [_line(version.content, channel, rule.case, _limit(rule)) for channel, rule in rules]
    items = [
        {"channel": c.kind, "case": r.case, "words": _limit(r), **r.to_json()} for c, r in rules
    ]
    text = "\n".join(_merged(lines))
    yield _row(version, "limits", "thời hạn giải quyết", text, {"items": items})


def _limit(rule: LimitRule) -> str:
    return rule.text or (rule.limit.words() if rule.limit is not None else "")


def _fees(version: Version) -> Iterator[Row]:
    rules = [(c, fee) for c in version.content.channels for fee in c.fees]
    if not rules:
        if version.content.channels:
            yield _row(version, "fees", "phí, lệ phí", "Không thu phí, lệ phí.", {"items": []})
        return
    lines = [_line(version.content, channel, fee.case, _fee(fee)) for channel, fee in rules]
    items = [
        {"channel": c.kind, "case": f.case, "words": _fee(f), **f.to_json()} for c, f in rules
    ]
    yield _row(version, "fees", "phí, lệ phí", "\n".join(_merged(lines)), {"items": items})


def _fee(fee: FeeRule) -> str:
    if fee.text:
        return f"{fee.name}: {fee.text}"
    if fee.amount_vnd is None:
        return fee.name
    if not fee.amount_vnd:
        return f"{fee.name}: không thu"
    per = f" {_PER[fee.per]}" if fee.per in _PER else ""
    return f"{fee.name}: {grouped(fee.amount_vnd)} đồng{per}"


def _line(content: Content, channel: Channel, case: str, words: str) -> tuple[str, str]:
    name = next((c.name for c in content.cases if c.key == case), "")
    where = _CHANNELS.get(channel.kind, channel.kind)
    return where, f"{name}: {words}" if name else words


def _merged(lines: list[tuple[str, str]]) -> list[str]:
    """Say once what is the same in every channel."""
    channels: dict[str, list[str]] = {}
    for where, words in lines:
        channels.setdefault(words, []).append(where)
    kinds = len({where for where, _words in lines})
    return [
        f"- {words}"
        if len(set(where)) == kinds
        else f"- {', '.join(dict.fromkeys(where))}: {words}"
        for words, where in channels.items()
    ]


def _places(content: Content) -> str:
    channels = [_CHANNELS[c.kind] for c in content.channels if c.kind in _CHANNELS]
    levels = [_LEVELS[level] for level in content.levels if level in _LEVELS]
    lines = [
        f"Cơ quan giải quyết: {content.authority}." if content.authority else "",
        f"Cấp giải quyết: {', '.join(levels)}." if levels else "",
        f"Cách nộp: {'; '.join(channels)}." if channels else "",
        _ANYWHERE,
        f"Mức độ trực tuyến: {content.online_level}." if content.online_level else "",
        content.online_reason,
    ]
    return "\n".join(line for line in lines if line)


def _place_facts(content: Content) -> dict[str, object]:
    return {
        "authority": content.authority,
        "levels": list(content.levels),
        "channels": [channel.kind for channel in content.channels],
        "online_level": content.online_level,
        "online_reason": content.online_reason,
    }
