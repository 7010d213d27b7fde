"""One published row becomes a procedure with its content, or is set aside with a reason."""

import re
from dataclasses import dataclass
from typing import Any

from motcua.catalog.content import Channel, Content, FeeRule, Legal, LimitRule, Result, StepText
from motcua.catalog.national.cleaning import clean, is_nothing, paragraphs
from motcua.catalog.national.fees import fee_rules
from motcua.catalog.national.limits import limit_rule
from motcua.catalog.national.papers import read_papers
from motcua.catalog.national.scope import (
    CODE,
    family_of,
    is_offered,
    levels_of,
    scope_of,
    subjects_of,
)
from motcua.kernel.text import fold, squeeze

Row = dict[str, Any]
_CHANNELS = {"Trực tiếp": "counter", "Trực tuyến": "online", "Dịch vụ bưu chính": "post"}
_LEGAL_KINDS = (
    "luat", "nghi dinh", "thong tu", "quyet dinh", "nghi quyet", "phap lenh", "hiep dinh",
    "cong uoc", "bo luat", "hien phap", "van ban",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parsed:
    """A procedure as one source publishes it."""

    code: str
    name: str
    family: str
    field: str
    issuer: str
    scope: str
    state: str
    is_offered: bool
    decision_number: str
    source: str
    content: Content
    usage: int = 0
    online_filing: bool = False
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that was not taken.

    reason: "code", "name", "deleted", "not_a_procedure", "foreign_name" or "twice".
    """

    reason: str
    code: str
    name: str


def read_row(row: Row) -> Parsed | SetAside:
    """Return the procedure of a published row, or why it is not one."""
    code = str(row.get("code") or "").strip()
    name = _name(str(row.get("name") or ""))
    reason = _reason_against(code, name)
    if reason:
        return SetAside(reason, code, name)
    issuer = squeeze(row.get("issuing_agency") or "")
    scope = scope_of(row.get("scope_type") or "", issuer)
    state = "active" if row.get("in_catalogue_202607", True) else "withdrawn"
    levels = levels_of(row.get("level") or "", row.get("agency") or "", name)
    return Parsed(
        code=code,
        name=name,
        family=family_of(name)[:400],
        field=squeeze(row.get("field") or "")[:200],
        issuer=issuer[:200],
        scope=scope,
        state=state,
        is_offered=is_offered(scope, state, levels, name),
        decision_number=squeeze(row.get("decision_number") or "")[:200],
        source="national",
        content=_content(row, name, levels),
    )


def _name(text: str) -> str:
    """The name in one line; names published wholly in capitals are written as sentences."""
    name = squeeze(text).strip(" .;")
    name = re.sub(r"^(?:thủ tục)\s*:\s*", "", name, flags=re.IGNORECASE)
    letters = [c for c in name if c.isalpha()]
    if letters and sum(c.isupper() for c in letters) > 0.8 * len(letters):
        name = name[0] + name[1:].lower()
    return name[:1].upper() + name[1:]


def _reason_against(code: str, name: str) -> str:
    if re.search(r"xoa|xóa|del", code, re.IGNORECASE):
        return "deleted"
    if not CODE.fullmatch(code):
        return "code"
    if len(name) < 4:
        return "name"
    if fold(name).startswith(
        ("cong bo danh muc va quy trinh", "danh muc thu tuc", "quyet dinh cong bo")
    ):
        return "not_a_procedure"
    return ""


def _content(row: Row, name: str, levels: tuple[str, ...]) -> Content:
    channels = _channels(row)
    papers = read_papers(row.get("components") or [])
    full = row.get("detail") == "full"
    return Content(
        name=name,
        field=squeeze(row.get("field") or ""),
        subjects=subjects_of(row.get("subjects") or ""),
        cases=papers.cases(),
        components=tuple(papers.components),
        channels=channels,
        steps=tuple(StepText(text) for text in paragraphs(row.get("steps") or "")),
        conditions=""
        if is_nothing(row.get("requirements") or "")
        else _lines(row.get("requirements") or ""),
        results=_results(row.get("results") or []),
        legal=_legal(row.get("legal_basis") or []),
        levels=levels,
        authority=squeeze(row.get("authority") or row.get("agency") or ""),
        immediate=any(rule.value == 0 for channel in channels for rule in channel.limits),
        detail="full" if full else "name",
        notes=tuple(dict.fromkeys(papers.notes)),
        online_level=(row.get("online_level") or "").lower(),
    )


def _channels(row: Row) -> tuple[Channel, ...]:
    limits: dict[str, list[LimitRule]] = {}
    fees: dict[str, list[FeeRule]] = {}
    for method in row.get("methods") or []:
        kind = _CHANNELS.get(method.get("method") or "")
        if kind is None:
            continue
        rule = limit_rule(method, row)
        known = limits.setdefault(kind, [])
        if rule is not None and rule not in known:
            known.append(rule)
        charged = fees.setdefault(kind, [])
        charged.extend(fee for fee in fee_rules(method) if fee not in charged)
    order = [kind for kind in _CHANNELS.values() if kind in limits]
    return tuple(Channel(kind, tuple(limits[kind]), _keyed(fees[kind])) for kind in order)


def _keyed(fees: list[FeeRule]) -> tuple[FeeRule, ...]:
    return tuple(
        FeeRule(f"fee{n}", f.name, f.kind, f.amount_vnd, f.per, f.case, f.text, f.tiers, f.max_vnd)
        for n, f in enumerate(fees, start=1)
    )


def _lines(text: str) -> str:
    return "\n".join(paragraphs(text))


def _results(names: list[Any]) -> tuple[Result, ...]:
    texts = [clean(item if isinstance(item, str) else item.get("name") or "") for item in names]
    return tuple(
        Result("", text) for text in dict.fromkeys(texts) if text and not is_nothing(text)
    )


def _legal(rows: list[Row]) -> tuple[Legal, ...]:
    """Numbers are reliable; a name is kept only where it reads like the title of a legal text."""
    found: dict[str, Legal] = {}
    for row in rows:
        number = squeeze(row.get("number") or "")
        name = clean(row.get("name") or "")
        sound = fold(name).startswith(_LEGAL_KINDS) and len(name) <= 300
        if number and (number not in found or (sound and not found[number].name)):
            found[number] = Legal(number, name if sound else "")
    return tuple(found.values())
