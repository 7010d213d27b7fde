"""Values that components are drawn from; surfaces make them, templates only show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode


@dataclass(frozen=True)
class Crumb:
    """One step of the way from the first page."""

    word: str
    href: str


@dataclass(frozen=True)
class Tab:
    """One tab; tone "late" marks its count as overdue work."""

    word: str
    href: str
    count: int | None = None
    is_current: bool = False
    tone: str = ""


@dataclass(frozen=True)
class Event:
    """One line of a timeline. tone: "" (past), "now", "turn" (yours) or "next" (expected)."""

    title: str
    icon: str = "check"
    at: datetime | None = None
    when: str = ""
    by: str = ""
    detail: str = ""
    href: str = ""
    link: str = ""
    tone: str = ""
    seal: str = ""


@dataclass(frozen=True)
class PageLinks:
    """Where a list is cut: the present page and the addresses around it ("" where there is none)."""

    number: int
    pages: tuple[tuple[str, str], ...]
    previous: str = ""
    following: str = ""


def page_links(*, number: int, last: int, query: Mapping[str, str]) -> PageLinks:
    """Return the links of a numbered list: first, last and the neighbours of the present page."""

    def href(page: int) -> str:
        kept = {key: value for key, value in query.items() if value and key != "trang"}
        return "?" + urlencode({**kept, "trang": page})

    shown = sorted({1, last, *range(max(1, number - 1), min(last, number + 1) + 1)})
    pages: list[tuple[str, str]] = []
    for before, page in zip([0, *shown], shown, strict=False):
        if page - before > 1:
            pages.append(("…", ""))
        pages.append((str(page), href(page)))
    return PageLinks(
        number=number,
        pages=tuple(pages),
        previous=href(number - 1) if number > 1 else "",
        following=href(number + 1) if number < last else "",
    )
