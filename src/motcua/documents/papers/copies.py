"""A certified copy: the pages of the original as they were scanned, then the page of certification."""

import io
from dataclasses import replace

import pikepdf
from PIL import Image

from motcua.documents.papers.results import Printed

A4_POINTS = (595.28, 841.89)
_QUALITY = 90


class Unreadable(ValueError):
    """The scan cannot be opened, though it looked whole when it came in."""


def joined(original: bytes, content_type: str, certificate: Printed) -> Printed:
    """Return scan and certificate as one document; its places move with the certificate's page.

    The claim to be archivable is kept only where the scan makes it too.
    Raises Unreadable: the scan is damaged inside.
    """
    try:
        return _joined(original, content_type, certificate)
    except (pikepdf.PdfError, OSError, ValueError) as error:
        raise Unreadable(str(error)) from error


def _joined(original: bytes, content_type: str, certificate: Printed) -> Printed:
    scan = original if content_type == "application/pdf" else _page_of(original)
    with (
        pikepdf.open(io.BytesIO(certificate.pdf)) as document,
        pikepdf.open(io.BytesIO(scan)) as source,
    ):
        count = len(source.pages)
        is_archivable = _claims_archive(source)
        for number, page in enumerate(source.pages):
            document.pages.insert(number, page)
        if not is_archivable and "/Metadata" in document.Root:
            del document.Root.Metadata
        out = io.BytesIO()
        document.save(out)
    moved = tuple(replace(place, page=place.page + count) for place in certificate.places)
    return Printed(out.getvalue(), moved)


def repeated(documents: list[tuple[bytes, int]]) -> bytes:
    """Return several documents after each other, each as often as it is wanted, for one print."""
    with pikepdf.new() as whole:
        for pdf, times in documents:
            with pikepdf.open(io.BytesIO(pdf)) as source:
                for _time in range(times):
                    whole.pages.extend(source.pages)
        out = io.BytesIO()
        whole.save(out)
    return out.getvalue()


def _claims_archive(document: pikepdf.Pdf) -> bool:
    held = document.Root.get("/Metadata")
    return held is not None and b"pdfaid:part>2" in bytes(held.read_bytes())


def _page_of(picture: bytes) -> bytes:
    """Return a picture as a page of A4, as large as it fits, upright or across."""
    with Image.open(io.BytesIO(picture)) as image:
        drawn = image.convert("RGB")
    width, height = A4_POINTS if drawn.height >= drawn.width else A4_POINTS[::-1]
    scale = min(width / drawn.width, height / drawn.height)
    jpeg = io.BytesIO()
    drawn.save(jpeg, "JPEG", quality=_QUALITY)
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(width, height))
        name = page.add_resource(_picture(document, jpeg.getvalue(), drawn), pikepdf.Name.XObject)
        wide, high = drawn.width * scale, drawn.height * scale
        left, bottom = (width - wide) / 2, (height - high) / 2
        page.contents_add(
            f"q {wide:.3f} 0 0 {high:.3f} {left:.3f} {bottom:.3f} cm {name} Do Q".encode()
        )
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def _picture(document: pikepdf.Pdf, jpeg: bytes, drawn: Image.Image) -> pikepdf.Stream:
    stream = pikepdf.Stream(document, jpeg)
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height = drawn.width, drawn.height
    stream.ColorSpace, stream.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
    stream.Filter = pikepdf.Name.DCTDecode
    return stream
