"""`motcua documents read FILE`: what stands on a paper, and what kind of paper it is. No database."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.config.cli.command import Answer, Arguments, Needs, command
from motcua.config.cli.progress import Progress

if TYPE_CHECKING:
    from motcua.documents.reading import PageRead
    from motcua.documents.scanning import Straightened
    from motcua.documents.understanding import FieldRead


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="TỆP", help="PDF, JPEG, PNG, WebP, TIFF, HEIC")
    parser.add_argument("--engine", default="tesseract", metavar="MÁY", help="máy đọc đã đăng ký")


@command(
    "documents read",
    help="đọc chữ trên giấy tờ: lời văn, độ tin cậy, loại giấy và các mục",
    needs=Needs.NOTHING,
    arguments=_arguments,
)
def read(arguments: Arguments, progress: Progress) -> Answer:
    """Read every page of one file; one page is in memory at a time."""
    from motcua.documents.reading import read_images
    from motcua.documents.scanning import content_type_of

    kind = content_type_of(arguments.file)
    pages: list[dict[str, object]] = []
    before = ""
    with progress.bar("Trang") as tell:
        for image, page in read_images(arguments.file, kind, engine=arguments.engine):
            told = _told(image, page, before)
            before = str(told["kind"])
            pages.append(told)
            tell(page.number)
    text = "\n\n".join(str(page["text"]) for page in pages)
    return Answer({"text": text, "pages": pages}, tuple(_lines(pages)))


def _told(image: "Straightened", page: "PageRead", before: str) -> dict[str, object]:
    """Return one page in words; a page that names no kind goes on with the paper before it."""
    from motcua.documents.understanding import understand

    understood = understand([page], [image.image])
    if understood.kind == "other" and before not in {"", "other"}:
        understood = understand([page], [image.image], kind=before)
    return {
        "number": page.number,
        "text": page.text,
        "confidence": page.confidence,
        "kind": understood.kind,
        "fields": [_field(one) for one in understood.fields if one.value],
        "codes": [asdict(code) for code in page.codes],
    }


def _field(field: "FieldRead") -> dict[str, object]:
    return {
        "key": field.key,
        "label": field.label,
        "value": field.value,
        "confidence": field.confidence,
        "box": asdict(field.box) if field.box else None,
    }


def _lines(pages: list[dict[str, object]]) -> list[str]:
    lines = []
    for page in pages:
        sure = f"{100 * float(str(page['confidence'])):.0f} %"
        lines.append(f"--- Trang {page['number']} · loại: {page['kind']} · tin cậy {sure} ---")
        lines.append(str(page["text"]))
    return lines
