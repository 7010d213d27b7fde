"""Small files of every kind, fit and unfit, made byte by byte."""

import struct
import zlib


def pdf(*objects: bytes, pages: int = 1, trailer: bytes = b"") -> bytes:
    """Return a PDF with that many page objects, and whatever else is asked for."""
    kids = b" ".join(b"%d 0 R" % (3 + number) for number in range(pages))
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (pages, kids),
        *(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>" for _ in range(pages)),
        *objects,
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % item for item in enumerate(parts, start=1))
    return (
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
        + body
        + b"trailer << /Root 1 0 R %s >>\nstartxref\n0\n%%%%EOF\n" % trailer
    )


def object_stream(text: bytes, *, extra: bytes = b"/Type /ObjStm /Filter /FlateDecode") -> bytes:
    """Return an object stream that hides the text from a plain look."""
    packed = zlib.compress(b"9 0 " + text)
    return b"<< %s /N 1 /First 4 /Length %d >>\nstream\n%s\nendstream" % (
        extra,
        len(packed),
        packed,
    )


def png(width: int = 8, height: int = 8) -> bytes:
    """Return a PNG of that size as far as its header says."""
    header = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", b"")
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">L", len(content))
        + kind
        + content
        + struct.pack(">L", zlib.crc32(kind + content))
    )


def jpeg(width: int = 8, height: int = 8) -> bytes:
    """Return the segments of a JPEG up to its frame, and an end."""
    application = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\x00" + bytes(9)
    frame = b"\xff\xc2" + struct.pack(">HBHH", 11, 8, height, width) + bytes(4)
    return b"\xff\xd8" + application + frame + b"\xff\xd9"


def webp(width: int = 8, height: int = 8) -> bytes:
    """Return an extended WebP of that size as far as its header says."""
    canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<L", 10) + bytes(4) + canvas
    return b"RIFF" + struct.pack("<L", len(body)) + body
