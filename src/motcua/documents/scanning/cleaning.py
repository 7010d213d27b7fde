"""Grey for the reading machine: light made even, seals faded, dust gone, text kept."""

import cv2
import numpy as np

from motcua.documents.scanning.arrays import Image, as_image, grey, is_too_small
from motcua.documents.scanning.colours import without_seals
from motcua.documents.scanning.streaks import without_streaks

# Lighter than this share of the paper's light is paper.
_PAPER = 0.88
_SOME_INK, _MUCH_INK = 200, 160
# A speck covers less than this share of the square of a stroke's width.
_SPECK = 0.7
# Dots a pixel, of so few pixels each, that only dithering makes; the blur that melts them.
_DOTS_OF_DITHER, _DOT_PIXELS, _BLUR_OF_DOTS = 0.006, 12, 0.9
# So many specks on empty paper tell a dusty page.
_MUCH_DUST = 60
# Ink is looked at in squares of so many to the page's width; weaker than this share of the strong
# it is weak, and print where its edges are as steep; so much of the page makes it uneven.
_SQUARES, _LEAST_INK, _WEAK, _STEEP, _UNEVEN = 65, 50, 0.65, 0.7, 0.12
_MOST_GAIN = 4.0
# The width of A5 at 150 dots an inch.
_SHEET = 870


def clean(image: Image) -> Image:
    """Return the page in grey: paper white, black ink dark, seals faded, dust removed."""
    if is_too_small(image):
        return grey(image)
    page = without_streaks(grey(without_seals(image)))
    if is_dithered(page):
        page = as_image(cv2.GaussianBlur(page, (0, 0), _BLUR_OF_DOTS))
    return without_dust(stretched(even_ink(even_light(page))))


def is_dithered(page: Image) -> bool:
    """Tell whether the scanner drew grey as black dots: more specks than any dust makes."""
    height, width = page.shape
    part = page[height // 3 : 2 * height // 3, width // 3 : 2 * width // 3]
    _, _, stats, _ = cv2.connectedComponentsWithStats((part < _SOME_INK).astype(np.uint8))
    specks = int((stats[:, cv2.CC_STAT_AREA] < _DOT_PIXELS).sum())
    return specks > _DOTS_OF_DITHER * part.size


def even_light(page: Image) -> Image:
    """Return the page divided by its own background, so that shadows go and the paper is white."""
    height, width = page.shape
    small = cv2.resize(
        page, (max(width // 4, 1), max(height // 4, 1)), interpolation=cv2.INTER_AREA
    )
    ground = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    ground = cv2.medianBlur(ground, 21)
    ground = cv2.resize(ground, (width, height), interpolation=cv2.INTER_LINEAR)
    return as_image(cv2.divide(page, cv2.max(ground, np.full_like(ground, 1)), scale=255))


def even_ink(page: Image) -> Image:
    """Return the page with print that lacks toner in places as dark there as elsewhere.

    What shines through from the back is weak too, but its edges are soft: it stays weak.
    A card is printed weak and strong on purpose: what is smaller than a sheet stays as it is.
    """
    if min(page.shape) < _SHEET:
        return page
    size = 2 * round(min(page.shape) / _SQUARES / 2) + 1
    square = np.ones((size, size), np.uint8)
    depth = cv2.subtract(np.full_like(page, 255), cv2.medianBlur(page, 5))
    local = cv2.dilate(depth, square)
    edges = cv2.morphologyEx(depth, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    has_ink = local > _LEAST_INK
    if not has_ink.any():
        return page
    strong = float(np.percentile(local[has_ink], 75))
    steep = cv2.dilate(edges, square).astype(np.float32) / np.maximum(local, 1)
    usual = float(np.median(steep[local > 0.8 * strong]))
    is_weak = has_ink & (local < _WEAK * strong) & (steep > _STEEP * usual)
    if float(is_weak.sum()) < _UNEVEN * float(has_ink.sum()):
        return page
    is_print = has_ink & (steep > _STEEP * usual)
    gain = np.where(is_print, strong / np.maximum(local, 1), 1.0).astype(np.float32)
    smooth = cv2.blur(np.clip(gain, 1.0, _MOST_GAIN), (size // 2, size // 2))
    return as_image(np.clip(255 - (255 - page.astype(np.float32)) * smooth, 0, 255))


def stretched(page: Image) -> Image:
    """Return the page with grain of the paper white and ink black, whatever the toner's strength."""
    ink = float(np.percentile(page[::4, ::4], 1))
    dark = min(max(ink, 10.0), 150.0)
    light = dark + (255 - dark) * _PAPER
    table = np.clip((np.arange(256) - dark) / (light - dark) * 255, 0, 255)
    return as_image(cv2.LUT(page, table.astype(np.uint8)))


def without_dust(page: Image) -> Image:
    """Return the page without specks smaller than a mark over a letter.

    Specks far from letters are always taken away. Those near letters may be marks: they go only
    where the empty paper shows that the page is full of dust.
    """
    ink = (page < _SOME_INK).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    if count < 20:
        return page
    stroke = stroke_width((page < _MUCH_INK).astype(np.uint8))
    is_small = stats[:, cv2.CC_STAT_AREA] < _SPECK * stroke**2
    is_small[0] = False
    letters = (~is_small)[labels].astype(np.uint8) * ink
    reach = 2 * round(2.5 * stroke) + 1
    near = cv2.dilate(letters, np.ones((reach, reach), np.uint8))
    small = np.flatnonzero(is_small[labels])
    is_lonely = is_small.copy()
    is_lonely[labels.ravel()[small[near.ravel()[small] > 0]]] = False
    is_dust = is_small if int(is_lonely.sum()) > _MUCH_DUST else is_lonely
    dust = cv2.dilate(is_dust[labels].astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    kept = cv2.dilate(letters, np.ones((3, 3), np.uint8)) > 0
    result = page.copy()
    result[dust & ~kept] = 255
    return result


def stroke_width(ink: Image) -> float:
    """Return the usual width in pixels of a letter's stroke; ink is 1, paper 0."""
    edges = np.diff(ink[::3].astype(np.int8), axis=1, prepend=0, append=0)
    starts = np.nonzero(edges.ravel() == 1)[0]
    ends = np.nonzero(edges.ravel() == -1)[0]
    if len(starts) < 50:
        return 3.0
    lengths = ends - starts
    return float(np.median(lengths[lengths > 1])) if (lengths > 1).any() else 1.0
