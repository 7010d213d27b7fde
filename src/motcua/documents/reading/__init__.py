"""Reading: from the pixels of a page to its words, each with a place and a confidence."""

from motcua.documents.reading.engine import Engine, Unavailable, engines
from motcua.documents.reading.page import read_page, read_scan
from motcua.documents.reading.paper import read_file, read_images
from motcua.documents.reading.words import Box, PageRead, Word

__all__ = [
    "Box",
    "Engine",
    "PageRead",
    "Unavailable",
    "Word",
    "engines",
    "read_file",
    "read_images",
    "read_page",
    "read_scan",
]
