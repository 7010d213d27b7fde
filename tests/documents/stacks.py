"""Stacks of scans of our own making, small and with their truth."""

import io
from functools import cache

import numpy as np
import PIL.Image
import segno

from motcua.documents.rules.digitising import separator
from motcua.documents.synthetic import letters, wear


@cache
def page(kind: str = "letter", seed: int = 1, worn: str = "scan") -> PIL.Image.Image:
    """Return a page as a flat-bed gives it."""
    drawn = letters.drawn(letters.letter(kind, seed=seed), dpi=300)
    image = wear.worn(drawn, wear.chosen(worn, seed=seed), seed=seed) if worn else drawn
    return PIL.Image.fromarray(image).convert("RGB")


def blank(width: int = 1240, height: int = 1754) -> PIL.Image.Image:
    """Return a sheet with nothing on it but the paper's grain."""
    grain = np.random.default_rng(1).normal(244, 2, (height, width, 1))
    return PIL.Image.fromarray(np.repeat(grain, 3, axis=2).clip(0, 255).astype(np.uint8))


def parted(code: str, component: str) -> PIL.Image.Image:
    """Return a separator sheet for a component, as it comes back from the scanner."""
    sheet = blank()
    out = io.BytesIO()
    segno.make(separator(code, component), error="m", micro=False).save(out, kind="png", scale=8)
    sheet.paste(PIL.Image.open(out).convert("RGB"), (300, 500))
    return sheet


def pdf(*pages: PIL.Image.Image, dpi: int = 150) -> bytes:
    """Return the pages as a scanner's PDF."""
    out = io.BytesIO()
    first, *rest = pages
    first.save(out, "PDF", save_all=True, append_images=rest, resolution=dpi)
    return out.getvalue()


def jpeg(image: PIL.Image.Image) -> bytes:
    """Return the page as a telephone's picture."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()
