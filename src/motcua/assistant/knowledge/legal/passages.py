"""Articles of law as rows: cited as their law, with the dates of the document and later changes."""

from collections.abc import Iterable, Iterator
from datetime import date

from motcua.assistant.knowledge.legal.reading import Article
from motcua.assistant.knowledge.legal.validity import Document, Validity
from motcua.assistant.knowledge.rows import Row, law_url

# What a source wrote where it had no text: a person must never take it for the law.
_NO_TEXT = ("đang cập nhật", "chưa có toàn văn")
_SHORTEST = 20


def law_rows(articles: Iterable[Article], validity: Validity) -> Iterator[Row]:
    """Yield one passage an article; the first file that has an article is the one that is shown."""
    seen: set[str] = set()
    for article in articles:
        number = validity.cited(article.document)
        key = f"vb:{number}:{article.article}"
        if key in seen or not _is_text(article):
            continue
        seen.add(key)
        yield _row(key, number, article, validity)


def _is_text(article: Article) -> bool:
    opening = article.text[:200].lower()
    return len(article.text) >= _SHORTEST and not any(word in opening for word in _NO_TEXT)


def _row(key: str, number: str, article: Article, validity: Validity) -> Row:
    document = validity.of(number)
    begun = article.note.since if article.note is not None else None
    since = begun or document.in_force
    notes = [*_changes(article, number, validity), document.note]
    return Row(
        key=key,
        kind="law",
        title=article.title or f"Điều {article.article}",
        text=article.text,
        url=law_url(number, article.article),
        valid_from=_earlier(since, document.ended),
        valid_to=document.ended,
        replaced_by=document.replaced_by[0] if document.replaced_by else "",
        section="article",
        document=number,
        article=article.article,
        note=" ".join(note for note in notes if note),
        facts=_facts(article, number, document, validity),
    )


def _earlier(since: date | None, ended: date | None) -> date | None:
    """A source's own date may be later than the end that we know: then it is not believed."""
    return None if since is not None and ended is not None and since >= ended else since


def _changes(article: Article, number: str, validity: Validity) -> Iterator[str]:
    found = validity.amendments.get((number, article.article))
    if found is not None:
        yield (
            f"Đã sửa đổi, bổ sung {found.clause} bởi {found.by} Điều {found.by_article} "
            f"từ {found.since:%d/%m/%Y}; nguyên văn dưới đây là bản trước đó."
        )
    for change in article.note.changes if article.note is not None else ():
        day = f" từ {change.since:%d/%m/%Y}" if change.since else ""
        yield f"Có nội dung được sửa đổi bởi {change.by}{day}."


def _facts(
    article: Article, number: str, document: Document, validity: Validity
) -> dict[str, object]:
    facts: dict[str, object] = {
        "cite": f"{number} Điều {article.article}",
        "document_title": document.title or article.document_title,
    }
    found = validity.amendments.get((number, article.article))
    if found is not None:
        facts["amended"] = {
            "by": found.by, "article": found.by_article, "clause": found.clause,
            "since": found.since.isoformat(),
        }  # fmt: skip
    if article.document != number:
        facts["read_from"] = article.document
    return facts
