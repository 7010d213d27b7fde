"""Whether a PDF keeps what PDF/A-2b asks of its structure.

No validator of the standard runs here: these are the rules that can be told from the objects. What
is drawn inside fonts and pictures is not judged.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

_FORBIDDEN = (
    "/JavaScript",
    "/JS",
    "/Launch",
    "/EmbeddedFile",
    "/RichMedia",
    "/Movie",
    "/Sound",
    "/3D",
)
_PDFA = "{http://www.aiim.org/pdfa/ns/id/}"


def faults(path: str | Path) -> tuple[str, ...]:
    """Return what keeps the file from being PDF/A-2b, in words; nothing when it keeps all of it."""
    try:
        with pikepdf.open(path) as pdf:
            return tuple(
                fault
                for check in (_file, _metadata, _intent, _objects, _fonts, _pages)
                for fault in check(pdf)
            )
    except pikepdf.PdfError as error:
        return (f"không mở được: {error}",)


def _file(pdf: pikepdf.Pdf) -> Iterator[str]:
    if pdf.is_encrypted:
        yield "tệp bị mã hóa"
    if "/ID" not in pdf.trailer:
        yield "thiếu mã nhận dạng tệp (ID)"
    for key in ("/AA", "/OpenAction", "/NeedsRendering"):
        if key in pdf.Root:
            yield f"tệp tự làm việc ({key})"
    names = _at(pdf.Root, "/Names")
    for key in ("/JavaScript", "/EmbeddedFiles"):
        if key in names:
            yield f"tệp có {key}"


def _metadata(pdf: pikepdf.Pdf) -> Iterator[str]:
    stream = pdf.Root.get("/Metadata")
    if stream is None:
        yield "thiếu siêu dữ liệu XMP"
        return
    if "/Filter" in stream:
        yield "siêu dữ liệu XMP bị nén"
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:
        if (told.get(f"{_PDFA}part"), told.get(f"{_PDFA}conformance")) != ("2", "B"):
            yield "XMP không ghi PDF/A-2b"
        title = told.get("dc:title")
    if "/Title" in pdf.docinfo and str(pdf.docinfo["/Title"]) != title:
        yield "tên tệp ở hai nơi khác nhau"


def _intent(pdf: pikepdf.Pdf) -> Iterator[str]:
    found = [one for one in pdf.Root.get("/OutputIntents", []) if one.get("/S") == "/GTS_PDFA1"]
    if not found or "/DestOutputProfile" not in found[0]:
        yield "thiếu không gian màu đầu ra (OutputIntent)"
        return
    profile = found[0].DestOutputProfile
    body = profile.read_bytes()
    if body[36:40] != b"acsp" or body[16:20] != b"RGB " or int(profile.N) != 3:
        yield "hồ sơ màu đầu ra không phải RGB"


def _objects(pdf: pikepdf.Pdf) -> Iterator[str]:
    for one in pdf.objects:
        if not isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            continue
        if one.get("/S") in _FORBIDDEN or one.get("/Type") == "/EmbeddedFile":
            yield f"có nội dung bị cấm ({one.get('/S', '/EmbeddedFile')})"
        if isinstance(one, pikepdf.Stream):
            yield from _stream(one)


def _stream(one: pikepdf.Stream) -> Iterator[str]:
    filters: Any = one.get("/Filter", [])
    listed = [filters] if isinstance(filters, pikepdf.Name) else list(filters)
    if "/LZWDecode" in listed or "/Crypt" in listed:
        yield "nén bằng LZW hoặc mã hóa"
    if "/F" in one:
        yield "nội dung nằm ngoài tệp"
    if one.get("/Subtype") != "/Image":
        return
    if "/SMask" in one or "/Alternates" in one or "/OPI" in one:
        yield "ảnh có độ trong suốt hoặc ảnh thay thế"
    if one.get("/Interpolate", False):
        yield "ảnh nội suy"


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    for page in pdf.pages:
        for name, one in _at(page.obj, "/Resources", "/Font").items():
            below = one.DescendantFonts[0] if "/DescendantFonts" in one else one
            described = _at(below, "/FontDescriptor")
            if not any(key in described for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                yield f"phông chữ {name} không nhúng"
            if "/ToUnicode" not in one:
                yield f"phông chữ {name} không chép được chữ"


def _pages(pdf: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, start=1):
        if _at(page.obj, "/Group").get("/S") == "/Transparency":
            yield f"trang {number} có độ trong suốt"
        if "/AA" in page:
            yield f"trang {number} tự làm việc"
        states = _at(page.obj, "/Resources", "/ExtGState")
        for state in states.values():
            if state.get("/SMask", "/None") != "/None" or float(state.get("/ca", 1)) < 1:
                yield f"trang {number} có độ trong suốt"


def _at(start: Any, *keys: str) -> Any:  # noqa: ANN401  a PDF object is of any kind
    """Return the dictionary below these keys, an empty one where there is none."""
    for key in keys:
        start = start.get(key)
        if start is None:
            return pikepdf.Dictionary()
    return start
