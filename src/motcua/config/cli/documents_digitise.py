"""`motcua documents digitise`: from scans to one PDF/A-2b that can be searched. No database."""

import argparse
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from motcua.config.cli.command import Answer, Arguments, Needs, command
from motcua.config.cli.progress import Progress
from motcua.kernel.refused import Refused

if TYPE_CHECKING:
    from motcua.documents.assembling.stack import Scanned


class NoSuchFile(Refused):
    """A named file is not there."""


class CannotBeRead(Refused):
    """A named file is damaged, locked, too large, or of a kind that is not taken."""


class CannotWrite(Refused):
    """The output cannot be written where it was asked for."""


class NothingLeft(Refused):
    """All sheets were blank or separators."""


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="TỆP", help="PDF, JPEG, PNG, HEIC")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="RA.pdf", help="tệp PDF/A"
    )
    parser.add_argument("--title", default="", metavar="TÊN", help="tên giấy tờ ghi trong tệp")
    parser.add_argument("--no-text", action="store_true", help="không đọc chữ (nhanh hơn)")


@dataclass
class _Work:
    """What was done so far."""

    pages: int = 0
    papers: int = 0
    blanks: int = 0
    separators: int = 0
    confidences: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    begins: bool = True


@command(
    "documents digitise",
    help="số hóa: ảnh, bản quét → một tệp PDF/A-2b tìm và chép được chữ",
    needs=Needs.NOTHING,
    arguments=_arguments,
)
def digitise(arguments: Arguments, progress: Progress) -> Answer:
    """Turn scans into one PDF/A-2b; blank and separator sheets part the papers and are left out."""
    from motcua.documents.assembling import faults

    started = time.perf_counter()
    if any(path.resolve() == arguments.output.resolve() for path in arguments.files):
        raise CannotWrite("tệp ra trùng với bản quét; hãy đặt tên khác, bản quét được giữ nguyên")
    kinds = [_kind_of(path) for path in arguments.files]
    with _written(arguments.output) as (out, partial):
        work, problem = _make(arguments, kinds, out, progress)
        out.flush()
        wrong = faults(partial)
    if problem and not arguments.no_text:
        progress.say(f"Không có lớp chữ: {problem}")
    size = arguments.output.stat().st_size
    seconds = round(time.perf_counter() - started, 2)
    words = sum(work.confidences) / len(work.confidences) if work.confidences else None
    document = {
        "output": str(arguments.output),
        "pages": work.pages,
        "papers": work.papers,
        "first_pages": work.starts,
        "dropped_blanks": work.blanks,
        "dropped_separators": work.separators,
        "size_bytes": size,
        "has_text": bool(work.confidences),
        "confidence": None if words is None else round(words, 4),
        "problem": problem,
        "faults": list(wrong),
        "seconds": seconds,
    }
    return Answer(document, _lines(arguments.output, work, document), is_ok=not wrong)


def _lines(output: Path, work: _Work, told: dict[str, object]) -> tuple[str, ...]:
    left_out = work.blanks + work.separators
    size = int(output.stat().st_size / 1000)
    lines = [
        f"{output}: {work.papers} giấy tờ, {work.pages} trang, {size} kB, {told['seconds']} giây",
        f"Bỏ {left_out} tờ trắng hoặc tờ phân cách" if left_out else "",
        "" if told["has_text"] else "Tệp không có lớp chữ: chưa tìm và chép chữ được.",
        *(f"Chưa đúng PDF/A-2b: {fault}" for fault in told["faults"]),  # type: ignore[attr-defined]
    ]
    return tuple(line for line in lines if line)


def _make(
    arguments: Arguments, kinds: list[str], out: BinaryIO, progress: Progress
) -> tuple[_Work, str]:
    from motcua.documents.assembling import About, PdfaWriter
    from motcua.documents.assembling.stack import Reader, put

    title = arguments.title or arguments.output.stem
    writer = PdfaWriter(out, about=About(title=title), at=datetime.now().astimezone())
    reader, work = Reader(), _Work()
    if arguments.no_text:
        reader.problem = "không yêu cầu đọc chữ"
    with progress.bar("Trang") as tell:
        for sheet in _sheets(arguments.files, kinds):
            if not _takes(sheet, work):
                continue
            if work.begins:
                work.papers, work.begins = work.papers + 1, False
                work.starts.append(work.pages + 1)
                writer.mark(f"Giấy tờ {work.papers}")
            read = reader.read(sheet.straight.image, number=work.pages + 1)
            put(writer, sheet.straight.image, dpi=sheet.dpi, read=read)
            work.pages += 1
            if read is not None and read.words:
                work.confidences.append(read.confidence)
            tell(work.pages)
    if not work.pages:
        raise NothingLeft("Mọi tờ đều trắng hoặc là tờ phân cách; không có gì để lập tệp.")
    writer.finish()
    return work, reader.problem


def _takes(sheet: "Scanned", work: _Work) -> bool:
    """Tell whether the sheet is kept; one that is not parts two papers."""
    from motcua.documents.rules.digitising import SEPARATOR, separates

    is_separator = any(
        text.startswith(SEPARATOR) or separates(text, code="") is not None for text in sheet.codes
    )
    work.blanks += sheet.is_blank
    work.separators += is_separator
    work.begins |= sheet.is_blank or is_separator
    return not (sheet.is_blank or is_separator)


def _sheets(files: list[Path], kinds: list[str]) -> "Iterator[Scanned]":
    from motcua.documents.assembling.stack import sheets_of
    from motcua.documents.scanning import Unreadable

    for number, (path, kind) in enumerate(zip(files, kinds, strict=True)):
        try:
            yield from sheets_of(path, kind, file=number)
        except Unreadable as why:
            raise CannotBeRead(f"{path.name}: {why}") from None


def _kind_of(path: Path) -> str:
    """Return the kind of file, told by its content."""
    import mmap

    from motcua.documents import rules

    if not path.is_file():
        raise NoSuchFile(f"không có tệp {path}")
    try:
        with path.open("rb") as file:
            if not path.stat().st_size:
                raise CannotBeRead(f"{path.name}: tệp không có nội dung")
            with (
                mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped,
                memoryview(mapped) as view,
            ):
                return rules.examine(view, name=path.name).content_type
    except rules.Unfit as unfit:
        raise CannotBeRead(
            f"{path.name}: {_UNFIT.get(unfit.fault.value, 'không nhận được')}"
        ) from None
    except OSError as error:
        raise NoSuchFile(f"không đọc được {path}: {error.strerror}") from None


_UNFIT = {
    "empty": "tệp không có nội dung",
    "unknown_kind": "không phải PDF hoặc ảnh JPEG, PNG, WebP, HEIC",
    "name_lies": "nội dung không đúng với đuôi tệp",
    "active": "PDF có nội dung tự chạy (mã lệnh, tệp đính kèm)",
    "encrypted": "PDF đặt mật khẩu hoặc bị khóa; hãy bỏ khóa rồi làm lại",
    "damaged": "tệp hỏng hoặc chưa tải hết",
    "too_dense": "tệp giãn ra quá lớn khi mở",
    "animated": "ảnh động",
    "too_many_pages": "quá nhiều trang (tối đa 500)",
    "too_many_pixels": "ảnh quá lớn (tối đa 40 triệu điểm ảnh)",
}


@contextmanager
def _written(output: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """Write aside and move into place at the end: a failure leaves nothing half-made behind."""
    try:
        handle, name = tempfile.mkstemp(dir=output.resolve().parent, suffix=".part")
    except OSError as error:
        why = "không có thư mục này" if isinstance(error, FileNotFoundError) else error.strerror
        raise CannotWrite(f"không ghi được vào {output.parent}: {why}") from None
    partial = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            yield out, partial
        partial.replace(output)
    finally:
        partial.unlink(missing_ok=True)
