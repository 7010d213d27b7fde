"""What is in force when: our own facts (data/validity.toml) over what the texts say themselves."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from motcua.assistant.knowledge.legal.endings import closing_of
from motcua.assistant.knowledge.legal.reading import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document and its dates; `ended` is the first day on which it no longer applies."""

    number: str
    title: str = ""
    issued: date | None = None
    in_force: date | None = None
    ended: date | None = None
    replaced_by: tuple[str, ...] = ()
    amended_by: tuple[str, ...] = ()
    consolidates: str = ""
    note: str = ""

    def applies_on(self, day: date) -> bool:
        """Tell whether it is in force on the day, as far as its dates are known."""
        begun = self.in_force is None or self.in_force <= day
        return begun and (self.ended is None or day < self.ended)


@dataclass(frozen=True, slots=True)
class Amendment:
    """An article whose wording at hand is older than what changed it."""

    document: str
    article: str
    clause: str
    by: str
    by_article: str
    since: date


@dataclass(frozen=True, slots=True)
class Validity:
    """Everything that is known of the dates of documents."""

    documents: Mapping[str, Document]
    amendments: Mapping[tuple[str, str], Amendment] = field(default_factory=dict)

    def of(self, number: str) -> Document:
        """Return the document of that number; without any date when nothing is known."""
        return self.documents.get(number) or Document(number=number)

    def cited(self, number: str) -> str:
        """Return the number under which a text is cited: a consolidated text is cited as its law."""
        return self.of(number).consolidates or number

    def ends(self, number: str) -> tuple[date | None, str]:
        """Return when the document ended and what replaced it first."""
        found = self.of(number)
        return found.ended, found.replaced_by[0] if found.replaced_by else ""


@cache
def known() -> Validity:
    """Return the facts that ship with us."""
    text = resources.files("motcua.assistant.data").joinpath("validity.toml").read_text("utf-8")
    read = tomllib.loads(text)
    documents = {number: _document(number, row) for number, row in read["documents"].items()}
    amendments = {
        (row["document"], part["article"]): Amendment(
            row["document"], part["article"], part["clause"], row["by"], part["by_article"],
            row["from"],
        )
        for row in read.get("amendment", [])
        for part in row["articles"]
    }  # fmt: skip
    return Validity(documents, amendments)


def _document(number: str, row: Mapping[str, Any]) -> Document:
    return Document(
        number=number,
        title=row.get("title", ""),
        issued=row.get("issued"),
        in_force=row.get("in_force"),
        ended=row.get("ended"),
        replaced_by=tuple(row.get("replaced_by", ())),
        amended_by=tuple(row.get("amended_by", ())),
        consolidates=row.get("consolidates", ""),
        note=row.get("note", ""),
    )


def with_texts(base: Validity, articles: Iterable[Article]) -> Validity:
    """Return the facts with what the texts themselves say; a fact of ours is never overwritten.

    A text's closing article says since when it applies and which documents end that day.
    """
    documents = dict(base.documents)
    endings: dict[str, list[str]] = {}
    for article in articles:
        number = base.cited(article.document)
        documents[number] = _filled(documents.get(number) or Document(number=number), article)
        closing = closing_of(article.title, article.text)
        if closing is None:
            continue
        if documents[number].in_force is None and closing.begins is not None:
            documents[number] = replace(documents[number], in_force=closing.begins)
        endings.setdefault(number, []).extend(closing.ends)
    for number, ended in endings.items():
        for other in ended:
            documents[other] = _ended(
                documents.get(other) or Document(number=other), documents[number]
            )
    return Validity(documents, base.amendments)


def _filled(known_of: Document, article: Article) -> Document:
    """Add what a row of a file says of its document."""
    since = article.note.since if article.note is not None else None
    changes = article.note.changes if article.note is not None else ()
    return replace(
        known_of,
        title=known_of.title or article.document_title,
        issued=known_of.issued or article.issued,
        in_force=known_of.in_force or article.begins or since,
        amended_by=tuple(dict.fromkeys((*known_of.amended_by, *(c.by for c in changes)))),
    )


def _ended(other: Document, by: Document) -> Document:
    is_itself = other.number == by.number
    is_older = other.in_force is None or by.in_force is None or other.in_force < by.in_force
    if is_itself or other.ended is not None or by.in_force is None or not is_older:
        return other
    return replace(other, ended=by.in_force, replaced_by=other.replaced_by or (by.number,))
