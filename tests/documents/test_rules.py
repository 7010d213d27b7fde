"""What a file is, told by its content."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.documents import samples

from motcua.documents import papers, rules
from motcua.documents.papers import samples as paper_samples
from motcua.documents.rules import Fault, Unfit
from motcua.documents.rules.names import ending_of

FIT = {
    "đơn.pdf": (samples.pdf(), "application/pdf"),
    "ĐƠN.PDF": (samples.pdf(), "application/pdf"),
    "Tờ khai": (samples.pdf(), "application/pdf"),
    "1. Tờ khai": (samples.pdf(), "application/pdf"),
    "Bản khai ngày 16.11.2026": (samples.pdf(), "application/pdf"),
    "nén.pdf": (samples.pdf(samples.object_stream(b"<< /A 1 >>")), "application/pdf"),
    "ảnh.jpg": (samples.jpeg(), "image/jpeg"),
    "ảnh.JPEG": (samples.jpeg(), "image/jpeg"),
    "ảnh.png": (samples.png(), "image/png"),
    "ảnh.webp": (samples.webp(), "image/webp"),
}

JAVASCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
UNFIT = {
    "empty": ("a.pdf", b"", Fault.EMPTY),
    "zip": ("a.zip", b"PK\x03\x04" + bytes(99), Fault.UNKNOWN_KIND),
    "word": ("a.docx", b"PK\x03\x04" + bytes(99), Fault.UNKNOWN_KIND),
    "old word": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Fault.UNKNOWN_KIND),
    "html": ("a.pdf", b"<!doctype html><script>1</script>", Fault.UNKNOWN_KIND),
    "html late": ("a.pdf", b"<html>%PDF-1.7" + samples.pdf(), Fault.UNKNOWN_KIND),
    "svg": ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", Fault.UNKNOWN_KIND),
    "xml": ("a.png", b"\xef\xbb\xbf<?xml version='1.0'?><svg/>", Fault.UNKNOWN_KIND),
    "exe": ("a.pdf", b"MZ\x90\x00", Fault.UNKNOWN_KIND),
    "script": ("a.pdf", b"#!/bin/sh\nrm -rf /", Fault.UNKNOWN_KIND),
    "gif": ("a.gif", b"GIF89a", Fault.UNKNOWN_KIND),
    "heic of nothing": ("a.heic", b"\x00\x00\x00\x18ftypheic", Fault.DAMAGED),
    "avif": ("a.avif", b"\x00\x00\x00\x18ftypavif", Fault.UNKNOWN_KIND),
    "text": ("a.txt", "xin chào".encode(), Fault.UNKNOWN_KIND),
    "png called pdf": ("a.pdf", samples.png(), Fault.NAME_LIES),
    "pdf called exe": ("a.exe", samples.pdf(), Fault.NAME_LIES),
    "pdf called html": ("a.pdf.html", samples.pdf(), Fault.NAME_LIES),
    "script in pdf": ("a.pdf", samples.pdf(JAVASCRIPT), Fault.ACTIVE),
    "script, escaped": (
        "a.pdf",
        samples.pdf(b"<< /S /J#61vaScript /JS (1) >>"),
        Fault.ACTIVE,
    ),
    "script, packed": ("a.pdf", samples.pdf(samples.object_stream(JAVASCRIPT)), Fault.ACTIVE),
    "script, packed without a type": (
        "a.pdf",
        samples.pdf(samples.object_stream(JAVASCRIPT, extra=b"/Filter /FlateDecode")),
        Fault.ACTIVE,
    ),
    "script, packed behind a false end": (
        "a.pdf",
        samples.pdf(
            samples.object_stream(
                JAVASCRIPT, extra=b"/Type /ObjStm /X (endobj) % endobj\n /Filter [/FlateDecode]"
            )
        ),
        Fault.ACTIVE,
    ),
    "packed in a way we do not open": (
        "a.pdf",
        samples.pdf(
            samples.object_stream(
                JAVASCRIPT, extra=b"/Type /ObjStm /Filter [/ASCIIHexDecode /FlateDecode]"
            )
        ),
        Fault.DAMAGED,
    ),
    "packed behind a false stream": (
        "a.pdf",
        samples.pdf(
            samples.object_stream(
                JAVASCRIPT, extra=b"/Type /ObjStm /X (stream\n9 0 ) /Filter /FlateDecode"
            )
        ),
        Fault.DAMAGED,
    ),
    "bomb": ("a.pdf", samples.pdf(samples.object_stream(bytes(70_000_000))), Fault.TOO_DENSE),
    "escaped object stream": (
        "a.pdf",
        samples.pdf(samples.object_stream(JAVASCRIPT, extra=b"/Type /Obj#53tm /Filter /Fl")),
        Fault.DAMAGED,
    ),
    "program": (
        "a.pdf",
        samples.pdf(b"<< /S/Launch/F (cmd.exe) >>"),
        Fault.ACTIVE,
    ),
    "attachment": ("a.pdf", samples.pdf(b"<< /Type /EmbeddedFile >>"), Fault.ACTIVE),
    "zip at the end": ("a.pdf", samples.pdf() + b"PK\x05\x06" + bytes(18), Fault.ACTIVE),
    "encrypted": ("a.pdf", samples.pdf(trailer=b"/Encrypt 9 0 R"), Fault.ENCRYPTED),
    "cut off": ("a.pdf", samples.pdf()[:-60], Fault.DAMAGED),
    "no page": ("a.pdf", samples.pdf(pages=0), Fault.DAMAGED),
    "many pages": ("a.pdf", samples.pdf(pages=501), Fault.TOO_MANY_PAGES),
    "png without end": ("a.png", samples.png()[:-20], Fault.DAMAGED),
    "png of nothing": ("a.png", samples.png(0, 5), Fault.DAMAGED),
    "huge png": ("a.png", samples.png(100_000, 100_000), Fault.TOO_MANY_PIXELS),
    "huge jpeg": ("a.jpg", samples.jpeg(8_000, 8_000), Fault.TOO_MANY_PIXELS),
    "huge webp": ("a.webp", samples.webp(9_000, 9_000), Fault.TOO_MANY_PIXELS),
    "jpeg without frame": ("a.jpg", samples.jpeg()[:12], Fault.DAMAGED),
    "jpeg of rubbish": ("a.jpg", b"\xff\xd8\xff" + bytes(200), Fault.DAMAGED),
    "webp of rubbish": ("a.webp", samples.webp().replace(b"VP8X", b"VP9?"), Fault.DAMAGED),
}


@pytest.mark.parametrize("name", FIT)
def test_fit_files_are_known(name):
    content, content_type = FIT[name]

    assert rules.examine(content, name=name).content_type == content_type


@pytest.mark.parametrize("case", UNFIT)
def test_unfit_files_are_refused_for_their_reason(case):
    name, content, fault = UNFIT[case]

    with pytest.raises(Unfit) as refused:
        rules.examine(memoryview(content), name=name)

    assert refused.value.fault is fault


@pytest.mark.parametrize("make", [samples.png, samples.jpeg, samples.webp])
def test_the_size_of_an_image_is_read(make):
    examined = rules.examine(make(640, 480), name="")

    assert (examined.width, examined.height) == (640, 480)


@pytest.mark.parametrize("kind", [b"VP8 ", b"VP8L"])
def test_both_plain_kinds_of_webp_are_read(kind):
    size = (
        bytes([0, 0, 0, 0x9D, 1, 0x2A]) + (640).to_bytes(2, "little") + (480).to_bytes(2, "little")
        if kind == b"VP8 "
        else b"\x2f" + (639 | 479 << 14).to_bytes(4, "little")
    )
    body = b"WEBP" + kind + len(size).to_bytes(4, "little") + size
    content = b"RIFF" + len(body).to_bytes(4, "little") + body

    examined = rules.examine(content, name="a.webp")

    assert (examined.width, examined.height) == (640, 480)


def test_a_file_made_to_take_long_does_not():
    """Without a clock: whoever looks at each byte once for each byte does not come back today."""
    many = samples.pdf(b"<< " + b"/First 1 " * 200_000 + b">>", b"(" * 200_000)

    assert rules.examine(many, name="a.pdf").pages == 1


def test_pages_are_counted():
    assert rules.examine(samples.pdf(pages=7), name="a.pdf").pages == 7


@pytest.mark.parametrize("key", ["01", "07", "result"])
def test_our_own_papers_are_fit(key):
    paper = papers.render(key, paper_samples.ALL[key], paper_samples.AT)

    assert rules.examine(paper, name=f"{key}.pdf").pages >= 1


@given(
    st.binary(max_size=400),
    st.sampled_from([b"%PDF-1.7\n", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]),
)
def test_rubbish_is_refused_and_never_breaks(rubbish, head):
    with suppress(Unfit):
        rules.examine(head + rubbish, name="")


@given(st.text(max_size=300), st.sampled_from(sorted(rules.ENDINGS)))
def test_a_clean_name_is_short_and_harmless(name, content_type):
    clean = rules.clean_name(name, content_type)

    assert ending_of(clean) in rules.ENDINGS[content_type]
    assert len(clean) <= 150
    assert not set(clean) & set('/\\<>:"|?*\x00\n\u202e')
    assert not clean.startswith(".")


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Lành\\đơn xin.PDF", "đơn xin.pdf"),
        ("hóa\u202efdp.exe.pdf", "hóafdp.exe.pdf"),
        ("", "tep.pdf"),
        (".pdf", "tep.pdf"),
        ("Đơn 16.11.2026", "Đơn 16.11.2026.pdf"),
    ],
)
def test_names_are_cleaned(name, clean):
    assert rules.clean_name(name, "application/pdf") == clean
