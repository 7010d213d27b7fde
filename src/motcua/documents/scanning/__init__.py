"""Pixels only: from a file to pages, upright, straight and clean. No table is touched here.

An image is an array of bytes, (height, width, 3) in red, green, blue; a cleaned one is (height,
width), dark text on white.
"""

from motcua.documents.scanning.blank import is_blank
from motcua.documents.scanning.cleaning import clean
from motcua.documents.scanning.codes import Code, codes
from motcua.documents.scanning.pages import Unreadable, content_type_of, pages_of
from motcua.documents.scanning.straightening import Straightened, straighten

__all__ = [
    "Code",
    "Straightened",
    "Unreadable",
    "clean",
    "codes",
    "content_type_of",
    "is_blank",
    "pages_of",
    "straighten",
]
