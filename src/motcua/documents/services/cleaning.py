"""Images made fit to keep: upright, of a kind every reader knows, and saying nothing beside."""

import mmap
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import pi_heif  # type: ignore[import-untyped]
from PIL import Image, ImageOps

from motcua.documents import rules
from motcua.documents.rules import Fault, Unfit, strip
from motcua.documents.services import disk

QUALITY = 92
_SAVED_AS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_UNREADABLE = (OSError, ValueError, SyntaxError, RuntimeError, EOFError, MemoryError)

pi_heif.register_heif_opener()


def clean(
    received: disk.Received, *, examined: rules.Examined
) -> tuple[disk.Received, rules.Examined]:
    """Return what is to be kept and what it is: the same bytes where nothing has to go.

    Raises Unfit: the picture cannot be read.
    """
    if examined.content_type == "image/heic":
        return _drawn_anew(received, "image/jpeg")
    if examined.content_type not in _SAVED_AS:
        return received, examined
    with mapped(received.path) as view:
        if strip.orientation(view, examined.content_type) != 1:
            return _drawn_anew(received, examined.content_type)
        parts = list(strip.stripped(view, examined.content_type))
        if sum(len(part) for part in parts) == received.size_bytes:
            return received, examined
        return disk.write(parts), examined


@contextmanager
def mapped(path: Path) -> Iterator[memoryview]:
    """Look at bytes where they lie: memory stays small whatever the file's size."""
    with path.open("rb") as file:
        whole = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    try:
        yield memoryview(whole)
    finally:
        with suppress(BufferError):  # a refusal on its way still holds views; they let go later
            whole.close()


def _drawn_anew(
    received: disk.Received, content_type: str
) -> tuple[disk.Received, rules.Examined]:
    """Decode the picture, turn it upright and write it without anything beside it."""
    try:
        with Image.open(received.path) as opened:
            _check_sides(opened)
            profile = opened.info.get("icc_profile")
            upright = ImageOps.exif_transpose(opened)
    except _UNREADABLE as error:
        raise Unfit(Fault.DAMAGED) from error
    if content_type == "image/jpeg" and upright.mode not in {"RGB", "L", "CMYK"}:
        upright = upright.convert("RGB")

    def save(out: IO[bytes]) -> None:
        upright.save(out, _SAVED_AS[content_type], quality=QUALITY, icc_profile=profile, exif=b"")

    try:
        drawn = disk.written_by(save)
    except _UNREADABLE as error:
        raise Unfit(Fault.DAMAGED) from error
    return drawn, rules.Examined(content_type, 1, upright.width, upright.height)


def _check_sides(opened: Image.Image) -> None:
    if opened.width * opened.height > rules.MAX_PIXELS:
        raise Unfit(Fault.TOO_MANY_PIXELS, f"{opened.width} × {opened.height}")
