"""The digest of the law that ships with us (data/law/*.toml) as rows."""

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from motcua.assistant.knowledge.legal.validity import Validity
from motcua.assistant.knowledge.rows import Row, law_url

_TOLD = {"text": "", "catalogue": "Theo danh mục thủ tục đang công bố.", "domain": ""}


@cache
def entries() -> tuple[dict[str, Any], ...]:
    """Return every entry with the topic of its file, in the order of files."""
    folder = resources.files("motcua.assistant.data").joinpath("law")
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    read = [tomllib.loads(file.read_text("utf-8")) for file in files]
    return tuple({"topic": data["topic"], **entry} for data in read for entry in data["entry"])


def digest_rows(validity: Validity) -> Iterator[Row]:
    """Yield one passage an entry, with the dates of its document."""
    for entry in entries():
        yield _row(entry, validity)


def _row(entry: dict[str, Any], validity: Validity) -> Row:
    number, article = entry["document"], entry["article"]
    document = validity.of(number)
    since: date | None = entry.get("from") or document.in_force
    until: date | None = entry.get("to") or document.ended
    place = [number, f"Điều {article}" if article else "", entry.get("clause", "")]
    codes = entry.get("procedures", [])
    return Row(
        key=f"vb:{number}:{article}#{entry['key']}",
        kind="law",
        title=entry["title"],
        text=entry["text"],
        url=f"{law_url(number, article)}#{entry['key']}",
        valid_from=since,
        valid_to=until,
        replaced_by=document.replaced_by[0] if document.replaced_by else "",
        procedure=codes[0] if codes else "",
        section="digest",
        document=number,
        article=article,
        clause=entry.get("clause", ""),
        note=" ".join(n for n in (entry.get("note", ""), _TOLD[entry.get("source", "text")]) if n),
        facts={
            "topic": entry["topic"],
            "cite": " ".join(part for part in place if part),
            "document_title": document.title,
            "procedures": codes,
        },
        is_verified=entry.get("verified", True),
    )
