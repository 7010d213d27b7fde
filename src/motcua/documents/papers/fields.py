"""Fields in a PDF that stand before the first signature and are filled before the second.

The layout marks each place by a link to "motcua:NAME"; the link becomes a form field (number, date)
or only a place (where the signer's image goes). Filling adds to the file's end and changes no byte.
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

SCHEME = "motcua:"
PREFIX = "motcua_"
FIELDS = ("number", "date")
_READ_ONLY, _PRINTED = 1, 4


@dataclass(frozen=True)
class Place:
    """A named box: page from 0, then left, bottom, right, top in points."""

    name: str
    page: int
    box: tuple[float, float, float, float]
    is_filled: bool = False

    @property
    def width(self) -> float:
        """Width in points."""
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        """Height in points."""
        return self.box[3] - self.box[1]


def settled(pdf: bytes) -> tuple[bytes, tuple[Place, ...]]:
    """Return the PDF with its marks made into fields or taken out, and where they stood."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        places = tuple(_settle(document))
        out = io.BytesIO()
        document.save(out)
    return out.getvalue(), places


def _settle(document: pikepdf.Pdf) -> Iterator[Place]:
    made = []
    for number, page in enumerate(document.pages):
        kept = []
        for note in page.obj.get("/Annots", []):
            name = _mark(note)
            if not name:
                kept.append(note)
                continue
            place = Place(name, number, _box(note))
            if name in FIELDS:
                _become_field(document, note, place, page)
                made.append(note)
                kept.append(note)
            else:
                _forget(note, document)
            yield place
        if "/Annots" in page.obj:
            page.obj.Annots = Array(kept)
    if made:
        document.Root.AcroForm = document.make_indirect(
            Dictionary(Fields=Array(made), DA=pikepdf.String("/Helv 0 Tf 0 g"))
        )


def _mark(note: pikepdf.Object) -> str:
    address = str(note.get("/A", Dictionary()).get("/URI", ""))
    return address.removeprefix(SCHEME) if address.startswith(SCHEME) else ""


def _box(note: pikepdf.Object) -> tuple[float, float, float, float]:
    left, bottom, right, top = (round(float(value), 3) for value in note.Rect)
    return left, bottom, right, top


def _become_field(
    document: pikepdf.Pdf, note: pikepdf.Object, place: Place, page: pikepdf.Page
) -> None:
    empty = document.make_stream(b"")
    empty.Type, empty.Subtype = Name.XObject, Name.Form
    empty.BBox = Array([0, 0, place.width, place.height])
    for key in ("/A", "/Border", "/Contents"):
        if key in note:
            del note[key]
    note.Subtype, note.FT = Name.Widget, Name.Tx
    note.T, note.TU = pikepdf.String(PREFIX + place.name), pikepdf.String(_SAID[place.name])
    note.Ff, note.F, note.P = _READ_ONLY, _PRINTED, page.obj
    note.DA = pikepdf.String("/Helv 0 Tf 0 g")
    note.AP = Dictionary(N=empty)
    _forget(note, document)


_SAID = {"number": "Số, ký hiệu văn bản", "date": "Ngày ban hành"}


def _forget(note: pikepdf.Object, document: pikepdf.Pdf) -> None:
    """Take a mark out of the tags: a field that they name could not be filled after a signature."""
    for element in _elements(document):
        kids = _kids(element)
        if any(_is_reference(kid, note) for kid in kids):
            element.K = Array([kid for kid in kids if not _is_reference(kid, note)])
            element.S = Name.NonStruct


def _elements(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    waiting = [document.Root.get("/StructTreeRoot")]
    while waiting:
        element = waiting.pop()
        if not isinstance(element, Dictionary) or element is None:
            continue
        if "/S" in element:
            yield element
        waiting += _kids(element)


def _kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _is_reference(kid: pikepdf.Object, note: pikepdf.Object) -> bool:
    return (
        isinstance(kid, Dictionary)
        and kid.get("/Type") == Name.OBJR
        and kid.Obj.objgen == note.objgen
    )


def places_of(pdf: bytes) -> list[Place]:
    """Return the fields of a document that `settled` made."""
    reader = PdfFileReader(io.BytesIO(pdf), strict=False)
    if "/AcroForm" not in reader.root:
        return []
    pages = _page_numbers(reader)
    found = []
    for pointer in reader.root["/AcroForm"]["/Fields"]:
        field = pointer.get_object()
        name = str(field["/T"]) if "/T" in field else ""
        if name.startswith(PREFIX):
            left, bottom, right, top = (float(value) for value in field["/Rect"])
            page = pages.get(field.raw_get("/P").reference, 0)
            box = (left, bottom, right, top)
            found.append(Place(name.removeprefix(PREFIX), page, box, "/V" in field))
    return found


def _page_numbers(reader: Any) -> dict[object, int]:  # noqa: ANN401 (pyHanko has no types for it)
    count = int(reader.root["/Pages"]["/Count"])
    return {
        reader.find_page_for_modification(number)[0].reference: number for number in range(count)
    }


def filled(pdf: bytes, stamps: Mapping[str, tuple[str, bytes]]) -> bytes:
    """Return the PDF with fields filled by text and look (a page as large as the field)."""
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    for pointer in writer.root["/AcroForm"]["/Fields"]:
        field = pointer.get_object()
        name = str(field["/T"]).removeprefix(PREFIX) if "/T" in field else ""
        if name in stamps:
            text, look = stamps[name]
            field[generic.pdf_name("/V")] = generic.pdf_string(text)
            shown = writer.add_object(_look(writer, look))
            field[generic.pdf_name("/AP")] = _dictionary({"/N": shown})
            writer.mark_update(pointer.reference)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _look(writer: IncrementalPdfFileWriter, page_pdf: bytes) -> generic.StreamObject:
    reader: Any = PdfFileReader(io.BytesIO(page_pdf), strict=False)
    page = reader.root["/Pages"]["/Kids"][0]
    held = page["/Contents"]
    streams = held if isinstance(held, generic.ArrayObject) else [held]
    about = {
        "/Type": generic.pdf_name("/XObject"),
        "/Subtype": generic.pdf_name("/Form"),
        "/BBox": generic.ArrayObject(page["/MediaBox"]),
        "/Resources": writer.import_object(page["/Resources"]),
    }
    return generic.StreamObject(
        _dictionary(about), stream_data=b"\n".join(stream.data for stream in streams)
    )


def _dictionary(values: Mapping[str, Any]) -> Any:  # noqa: ANN401 (pyHanko has no types for it)
    make: Any = generic.DictionaryObject
    return make({generic.pdf_name(key): value for key, value in values.items()})
