"""What signatures a PDF shows already, as far as placing the next one needs it."""

from typing import IO

from django.utils.translation import gettext as _
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields

from motcua.signing.marks import Spot
from motcua.signing.refusals import CannotBeSigned


def spots(document: IO[bytes]) -> list[Spot]:
    """Return where the visible signatures of a PDF stand, in the order of its fields.

    Raises CannotBeSigned: it cannot be read.
    """
    try:
        reader = PdfFileReader(document, strict=False)
        pages = {
            reader.find_page_for_modification(number)[0].reference: number
            for number in range(int(reader.root["/Pages"]["/Count"]))
        }
        found = []
        for _name, _value, reference in enumerate_sig_fields(reader, filled_status=True):
            field = reference.get_object()
            left, bottom, right, top = (float(edge) for edge in field.get("/Rect", (0, 0, 0, 0)))
            page = field.raw_get("/P").reference if "/P" in field else None
            if right > left and top > bottom and page in pages:
                found.append(Spot(pages[page], (left, bottom, right, top)))
    except PdfError as error:
        raise CannotBeSigned(_("Tệp PDF bị hỏng nên không ký được.")) from error
    return found
