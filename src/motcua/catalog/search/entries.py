"""What the index knows of a procedure, and how variants fold into one entry."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from motcua.catalog.content import Content
from motcua.catalog.national.rows import Parsed

_HEAD = re.compile(
    r"\s*(?:[;(]|, (?:trừ|bao gồm)|\s(?:đối với|trong trường hợp|thuộc thẩm quyền|theo quy định"
    r"|quy định tại|bằng dịch vụ công|thực hiện (?:tại|bằng)|do cơ quan)\s).*$"
)
_BODY_MAX = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One procedure as search sees it."""

    code: str
    name: str
    family: str
    field: str
    scope: str
    state: str
    issuer: str = ""
    is_offered: bool = False
    level_province: bool = False
    level_commune: bool = False
    usage: int = 0
    aliases: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    body: str = ""

    @property
    def is_abroad(self) -> bool:
        """Whether our missions abroad settle it, not an agency here."""
        return self.issuer == "Bộ Ngoại giao" and not (self.level_province or self.level_commune)

    @property
    def standing(self) -> tuple[int, ...]:
        """Orders the variants of a family: what our people can file here and now comes first."""
        return (
            self.is_offered,
            self.state == "active",
            self.scope == "province",
            self.scope == "national",
            self.level_commune,
            self.level_province,
            self.usage,
        )


@dataclass(frozen=True, slots=True)
class Family:
    """Variants of one procedure; the first is the one that is shown."""

    variants: tuple[Entry, ...]

    @property
    def main(self) -> Entry:
        """The variant that is shown."""
        return self.variants[0]


def families(entries: Iterable[Entry]) -> list[Family]:
    """Return the families, each with its best variant first."""
    grouped: dict[str, list[Entry]] = {}
    for entry in entries:
        grouped.setdefault(entry.family or entry.code, []).append(entry)
    return [
        Family(
            tuple(
                sorted(sorted(group, key=lambda e: e.code), key=lambda e: e.standing, reverse=True)
            )
        )
        for group in grouped.values()
    ]


def heads(name: str) -> tuple[str, ...]:
    """Return the name and its first clause, where that says enough by itself."""
    head = _HEAD.sub("", name)
    if head != name and len(head.split()) >= 3:
        return name, head
    return (name,)


def entry_of(parsed: Parsed) -> Entry:
    """Return a procedure as it was read from a source, as search sees it."""
    content = parsed.content
    return Entry(
        code=parsed.code,
        name=parsed.name,
        family=parsed.family,
        field=parsed.field,
        scope=parsed.scope,
        state=parsed.state,
        issuer=parsed.issuer,
        is_offered=parsed.is_offered,
        level_province="province" in content.levels,
        level_commune="commune" in content.levels,
        usage=parsed.usage,
        aliases=parsed.aliases,
        results=tuple(result.name for result in content.results[:4]),
        body=body_of(content),
    )


def body_of(content: Content) -> str:
    """Return the words of cases and papers that may be asked for, the telling part only."""
    parts = [case.name for case in content.cases[:8]]
    parts += [component.name for component in content.components[:12]]
    return " ".join(" ".join(part.split()[:_BODY_MAX]) for part in parts)
