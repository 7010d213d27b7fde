"""The law that a step rests on: of each act that may be done now, and of the procedure itself."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from motcua.assistant import knowledge
from motcua.assistant.models import Passage
from motcua.catalog.content import Content
from motcua.dossiers.queries import Allowed

_CITED = re.compile(r"(\d+/\d{4}/[A-ZĐ0-9-]+)(?:[^;]*?Điều (\d+[a-zđ]?))?")
_LONGEST = 700
_DIGEST = 6


@dataclass(frozen=True)
class Article:
    """An article with its words, as far as it is known; `ended_on`: it is no longer in force."""

    citation: str
    title: str = ""
    text: str = ""
    url: str = ""
    ended_on: date | None = None


@dataclass(frozen=True)
class ActBasis:
    """An act that may be done now, and the articles that allow it."""

    label: str
    articles: tuple[Article, ...]


@dataclass(frozen=True)
class Basis:
    """The acts of this moment, what the law says about the procedure, and its published basis."""

    acts: tuple[ActBasis, ...]
    digest: tuple[Article, ...]
    published: tuple[Article, ...]


def of(*, content: Content, procedure: str, acts: Iterable[Allowed], on: date) -> Basis:
    """Return the legal basis of a procedure's present step on a day."""
    sections = knowledge.about_procedure(procedure, on=on)
    digest = [_article(row.title, row) for row in sections.get("law", [])[:_DIGEST]]
    known = knowledge.documents([legal.number for legal in content.legal])
    published = [
        Article(
            citation=legal.number,
            title=legal.name,
            ended_on=known[legal.number].ended_on if legal.number in known else None,
        )
        for legal in content.legal
    ]
    return Basis(
        acts=tuple(ActBasis(act.label, cited(act.law, on=on)) for act in acts if act.law),
        digest=tuple(digest),
        published=tuple(published),
    )


def cited(law: str, *, on: date) -> tuple[Article, ...]:
    """Return the articles that a citation names ("118/2025/NĐ-CP Điều 17"), with their words."""
    found = []
    for part in law.split(";"):
        match = _CITED.search(part)
        rows = knowledge.law(match[1], match[2] or "", on=on) if match and match[2] else []
        found.append(_article(part.strip(), rows[0]) if rows else Article(part.strip()))
    return tuple(found)


def _article(citation: str, row: Passage) -> Article:
    text = row.text if len(row.text) <= _LONGEST else f"{row.text[:_LONGEST].rsplit(' ', 1)[0]}…"
    return Article(citation, row.title, text, row.url, row.valid_to)
