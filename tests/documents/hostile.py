"""Files made to cost time or memory, or to be something other than they say."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
from PIL import Image
from tests.documents import phone, samples

MB = 1024 * 1024


def zip_named_pdf() -> bytes:
    """An archive that is called a PDF."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("don.exe", b"MZ" + bytes(100))
    return out.getvalue()


def pdf_and_zip() -> bytes:
    """A PDF that is a sound archive too."""
    return samples.pdf() + b"%" + zip_named_pdf() + b"\nstartxref\n0\n%%EOF\n"


def stream(content: bytes, extra: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (extra, len(content), content)


def swelling(megabytes: int, *, times: int = 1) -> bytes:
    """A stream that swells to that size, packed once or several times."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(MB)) for _n in range(megabytes)) + packer.flush()
    for _n in range(times - 1):
        packed = zlib.compress(packed, 9)
    filters = b" ".join([b"/FlateDecode"] * times)
    return samples.pdf(stream(packed, b"/Filter [%s]" % filters))


def locked(**passwords: str) -> bytes:
    """A PDF under a password."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(out, encryption=pikepdf.Encryption(**passwords))
    return out.getvalue()


def sound(pages: int, *, times: int = 1) -> bytes:
    """A sound PDF of that many blank pages; the last is shown several times."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        for _page in range(pages):
            document.add_blank_page()
        kids = list(document.Root.Pages.Kids)
        document.Root.Pages.Kids = pikepdf.Array([*kids, *kids[-1:] * (times - 1)])
        document.save(out)
    return out.getvalue()


def deep_tree(depth: int) -> bytes:
    """A tree of pages that goes down and down."""
    nodes = [
        b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>" % (number + 1)
        for number in range(4, 4 + depth)
    ]
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"
    return samples.pdf(*nodes, page).replace(b"/Kids [3 0 R]", b"/Kids [4 0 R]")


def picture_in_pdf(width: int, height: int, packing: bytes) -> bytes:
    """A PDF with one picture of that size, as far as it says."""
    told = b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 1" % (
        width,
        height,
    )
    return samples.pdf(stream(bytes(100), told + b" /Filter /" + packing))


def swelling_png(width: int, height: int) -> bytes:
    """A PNG of that size in a few kilobytes, every row of it there, and turned on its side."""
    rows = zlib.compressobj(9)
    packed = b"".join(rows.compress(bytes(1 + width * 4)) for _row in range(height)) + rows.flush()
    header = struct.pack(">LLBBBBB", width, height, 8, 6, 0, 0, 0)
    chunks = (
        (b"IHDR", header),
        (b"eXIf", phone.exif(turned=6)[6:]),
        (b"IDAT", packed),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))
        for kind, body in chunks
    )


def turned_jpeg(width: int, height: int) -> bytes:
    """The largest photograph that is taken, to be turned upright."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), (90, 120, 60)).save(out, "JPEG", exif=phone.exif(turned=8))
    return out.getvalue()


def in_kids(text: bytes) -> bytes:
    """A PDF whose list of pages is something else."""
    return samples.pdf().replace(b"/Kids [3 0 R]", text)


def swelling_changes() -> bytes:
    """A PDF whose list of objects swells."""
    told = b"/Type /XRef /W [1 2 1] /Size 9 /Filter /FlateDecode"
    return samples.pdf(stream(zlib.compress(bytes(400 * MB), 9), told))


def nothing() -> bytes:
    """Twenty megabytes that begin and end like a PDF."""
    return b"%PDF-1.7\n" + bytes(20 * MB - 100) + b"startxref %%EOF"


_PIXELS = "too_many_pixels"
# name: (how the file is called, how it is made, the fault; "" where it is taken)
CASES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a PDF that is a ZIP": ("a.pdf", zip_named_pdf, "unknown_kind"),
    "a PDF and a ZIP at once": ("a.pdf", pdf_and_zip, "active"),
    "a password to open": ("a.pdf", lambda: locked(user="mk", owner="chu"), "encrypted"),
    "a password to change": ("a.pdf", lambda: locked(owner="chu"), "encrypted"),
    "2,000 pages": ("a.pdf", lambda: sound(2000), "too_many_pages"),
    "one page shown 2,000 times": ("a.pdf", lambda: sound(1, times=2000), "too_many_pages"),
    "one page shown 3,000,000 times": (
        "a.pdf", lambda: in_kids(b"/Kids [" + b"3 0 R " * 3_000_000 + b"]"), "too_dense",
    ),
    "pages that lead to themselves": (
        "a.pdf", lambda: in_kids(b"/Kids [2 0 R 3 0 R]"), "damaged",
    ),
    "a tree of pages 300 deep": ("a.pdf", lambda: deep_tree(300), "damaged"),
    "pages nested 5,000,000 deep": (
        "a.pdf", lambda: in_kids(b"/Kids " + b"[" * 5_000_000), "too_dense",
    ),
    "brackets 5,000,000 deep": ("a.pdf", lambda: samples.pdf(b"[" * 5_000_000), "too_dense"),
    "an array of 9,000,000 numbers": (
        "a.pdf",
        lambda: in_kids(b"/X [" + b"0 " * 9_000_000 + b"] /Kids [3 0 R]"),
        "too_dense"),
    "900,000 objects": ("a.pdf", lambda: samples.pdf(*[b"1"] * 900_000), "too_dense"),
    "brackets 1,000,000 deep": ("a.pdf", lambda: samples.pdf(b"[" * 1_000_000), ""),
    "a stream of 400 MB": ("a.pdf", lambda: swelling(400), "too_dense"),
    "a stream packed twice": ("a.pdf", lambda: swelling(400, times=2), "too_dense"),
    "objects of 200 MB": (
        "a.pdf", lambda: samples.pdf(samples.object_stream(bytes(200 * MB))), "too_dense",
    ),
    "a JBIG2 picture of 30,000 points": (
        "a.pdf", lambda: picture_in_pdf(30_000, 30_000, b"JBIG2Decode"), _PIXELS,
    ),
    "a JPX picture of a billion points": (
        "a.pdf", lambda: picture_in_pdf(40_000, 40_000, b"JPXDecode"), _PIXELS,
    ),
    "a picture whose sides are elsewhere": (
        "a.pdf",
        lambda: picture_in_pdf(9, 9, b"JBIG2Decode").replace(b"/Width 9", b"/Width 3 0 R"),
        "damaged",
    ),
    "packed objects of 16,000,000 numbers": (
        "a.pdf", lambda: samples.pdf(samples.object_stream(b"0 " * 16_000_000)), "too_dense",
    ),
    "as many words as are taken": (
        "a.pdf", lambda: in_kids(b"/X [" + b"0 " * 2_400_000 + b"] /Kids [3 0 R]"), "",
    ),
    "a list of changes that swells": (
        "a.pdf",
        swelling_changes,
        "too_dense",
    ),
    "half a PDF": ("a.pdf", lambda: samples.pdf(pages=9)[:400], "damaged"),
    "20 MB of nothing": ("a.pdf", nothing, "damaged"),
    "a PNG of 30,000 × 30,000 points": ("a.png", lambda: samples.png(30_000, 30_000), _PIXELS),
    "a PNG of 40 million points in some KB": ("a.png", lambda: swelling_png(6_000, 6_600), ""),
    "the largest photograph, turned": ("a.jpg", lambda: turned_jpeg(6_300, 6_300), ""),
    "a JPEG of 30,000 × 30,000 points": ("a.jpg", lambda: samples.jpeg(30_000, 30_000), _PIXELS),
    "a WebP of 16,000 × 16,000 points": ("a.webp", lambda: samples.webp(16_000, 16_000), _PIXELS),
    "half a photograph of a telephone": ("a.heic", lambda: phone.HEIC[:300], "damaged"),
}  # fmt: skip
