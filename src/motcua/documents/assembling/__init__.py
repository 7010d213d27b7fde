"""From pages and what was read on them to PDF/A-2b with text under the picture. No table here."""

from motcua.documents.assembling.conformity import faults
from motcua.documents.assembling.metadata import About
from motcua.documents.assembling.picture import Picture, picture_of, preview_of, thumbnail_of
from motcua.documents.assembling.titling import retitle
from motcua.documents.assembling.writer import PdfaWriter

__all__ = [
    "About", "PdfaWriter", "Picture", "faults", "picture_of", "preview_of", "retitle",
    "thumbnail_of",
]  # fmt: skip
