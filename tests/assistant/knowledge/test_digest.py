"""The digest of the law: whole, cited, and true to the texts where they are at hand."""

from collections import Counter
from pathlib import Path

import pytest
from tests.architecture.source import ROOT

from motcua.assistant.knowledge.legal import digest, numbers, reading, validity
from motcua.catalog.starter import starter

TEXTS = ROOT.parent / "shared" / "data" / "legal_texts"
FILES = ("laws_articles.jsonl", "nd118_2025.jsonl", "nd309_2026.jsonl", "phapdien_core.jsonl")
KEYS = {
    "key", "document", "article", "clause", "title", "text", "proof", "procedures", "topic", "from",
    "to", "note", "source", "verified",
}  # fmt: skip


def plain(text: str) -> str:
    return " ".join(text.lower().split())


def test_there_are_at_least_a_hundred_entries_each_once() -> None:
    keys = Counter(entry["key"] for entry in digest.entries())

    assert len(keys) >= 100
    assert max(keys.values()) == 1


@pytest.mark.parametrize("entry", digest.entries(), ids=lambda entry: str(entry["key"]))
def test_every_entry_is_cited_and_checked_or_says_that_it_is_not(entry: dict[str, object]) -> None:
    assert set(entry) <= KEYS
    assert numbers.is_number(str(entry["document"]))
    assert str(entry["title"]).strip()
    assert len(str(entry["text"])) >= 15
    if entry.get("source", "text") == "text":
        assert entry["article"]
        assert entry["proof"]
    else:
        assert entry["source"] in {"catalogue", "domain"}


def test_entries_concern_procedures_that_exist() -> None:
    named = {code for entry in digest.entries() for code in entry.get("procedures", [])}

    assert named <= set(starter())


def test_documents_of_entries_have_dates_and_are_in_force() -> None:
    facts = validity.known()

    ended = {e["document"] for e in digest.entries() if facts.ends(e["document"])[0] is not None}

    assert not ended


@pytest.fixture(scope="module")
def texts() -> dict[tuple[str, str], str]:
    """Articles by the number under which they are cited."""
    if not all((TEXTS / name).is_file() for name in FILES):
        pytest.skip(f"không có văn bản pháp luật ở {TEXTS.parent.parent.name}/")
    facts = validity.known()
    found: dict[tuple[str, str], str] = {}
    for name in FILES:
        for article in reading.read_file(Path(TEXTS / name)).articles:
            found.setdefault((facts.cited(article.document), article.article), article.text)
    return found


def test_the_words_of_proof_stand_in_the_articles(texts: dict[tuple[str, str], str]) -> None:
    wrong = [
        (entry["key"], word)
        for entry in digest.entries()
        if entry.get("source", "text") == "text"
        for word in entry["proof"]
        if plain(word) not in plain(texts.get((entry["document"], entry["article"]), ""))
    ]

    assert not wrong
