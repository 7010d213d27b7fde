"""The pages of a PDF, walked as a reader walks them: a page named twice counts twice.

qpdf's bounds are set here for the whole process: a hostile array, tree or stream ends as a refusal
instead of filling the memory. Rule of the house.
"""

import io
from pathlib import Path

import pikepdf

from motcua.documents.rules.unfit import Fault, Unfit

MAX_DEPTH = 64

pikepdf.settings.set_qpdf_limits(
    doc_max_warnings=20_000,
    parser_max_container_size=200_000,
    parser_max_container_size_damaged=20_000,
    flate_max_memory=256 * 1024 * 1024,
    png_max_memory=256 * 1024 * 1024,
    tiff_max_memory=256 * 1024 * 1024,
    run_length_max_memory=256 * 1024 * 1024,
    dct_max_memory=256 * 1024 * 1024,
    dct_max_progressive_scans=200,
)


def pages(content: bytes | memoryview, *, most: int, path: Path | None = None) -> int:
    """Return how many pages a reader shows.

    path: where the same bytes lie, if they do; mapped from there they are read much faster.
    Raises Unfit: more than `most`, none, encrypted, or the tree of pages cannot be followed.
    """
    try:
        with pikepdf.open(path or io.BytesIO(content), suppress_warnings=True) as document:
            found = _count(document.Root.Pages, most=most)
    except pikepdf.PasswordError as error:
        raise Unfit(Fault.ENCRYPTED) from error
    except (pikepdf.PdfError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise Unfit(Fault.DAMAGED) from error
    except (MemoryError, RuntimeError) as error:
        raise Unfit(Fault.TOO_DENSE) from error
    if not found:
        raise Unfit(Fault.DAMAGED)
    return found


def _count(root: pikepdf.Object, *, most: int) -> int:
    """Count the leaves, giving up when there are too many or a branch leads into itself."""
    found, waiting = 0, [(root, 0)]
    while waiting:
        node, depth = waiting.pop()
        if depth > MAX_DEPTH:
            raise Unfit(Fault.DAMAGED)
        kids = node.get("/Kids")
        if kids is None:
            found += 1
        elif len(kids) + len(waiting) > most * 4:
            raise Unfit(Fault.TOO_MANY_PAGES, f"hơn {most}")
        else:
            waiting += [(kid, depth + 1) for kid in kids]
        if found > most:
            raise Unfit(Fault.TOO_MANY_PAGES, f"hơn {most}")
    return found
