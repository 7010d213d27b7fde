"""An answer as JSON can hold it, and back. Pure."""

from dataclasses import asdict
from datetime import date
from typing import Any

from motcua.assistant.answering.answer import (
    Action,
    Answer,
    Before,
    Block,
    Choice,
    Claim,
    Outcome,
    Source,
    Thread,
)


def packed(answer: Answer) -> dict[str, Any]:
    """Return an answer as JSON; steps and what was looked at have columns of their own."""
    row = asdict(answer)
    del row["steps"], row["retrieved"]
    for source in row["sources"]:
        source["valid_from"] = source["valid_from"] and source["valid_from"].isoformat()
    return row | {"outcome": str(answer.outcome)}


def unpacked(row: dict[str, Any]) -> Answer:
    """Return the answer that was packed."""
    return Answer(
        outcome=Outcome(row["outcome"]),
        language=row["language"],
        blocks=tuple(_block(block) for block in row["blocks"]),
        sources=tuple(_source(source) for source in row["sources"]),
        procedures=tuple(row["procedures"]),
        choices=tuple(Choice(**choice) for choice in row["choices"]),
        actions=tuple(Action(**action) for action in row["actions"]),
        confidence=row["confidence"],
        facets=tuple(row["facets"]),
        case=row["case"],
        place=row["place"],
    )


def thread_of(turns: list[tuple[str, dict[str, Any]]]) -> Thread:
    """Return the thread of (question, packed answer) pairs, oldest first."""
    return Thread(tuple(_before(question, row) for question, row in turns))


def _before(question: str, row: dict[str, Any]) -> Before:
    return Before(
        question=question,
        outcome=Outcome(row["outcome"]),
        procedures=tuple(row["procedures"]),
        case=row["case"],
        facets=tuple(row["facets"]),
        language=row["language"],
        place=row["place"],
    )


def _block(row: dict[str, Any]) -> Block:
    claims = (Claim(c["text"], tuple(c["sources"]), c["exact"]) for c in row["claims"])
    return Block(row["kind"], tuple(claims), row["title"])


def _source(row: dict[str, Any]) -> Source:
    since = date.fromisoformat(row["valid_from"]) if row["valid_from"] else None
    return Source(**(row | {"valid_from": since}))
