"""Wear: what printing, stamping, copying, scanning and photographing do to a page."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.random import Generator

from motcua.documents.scanning.arrays import Image, as_image
from motcua.documents.synthetic import ink


@dataclass(frozen=True)
class Wear:
    """How worn a page is; degrees, shares 0 to 1, and dots per inch."""

    dpi: int = 200
    skew: float = 0.0
    noise: float = 4.0  # standard deviation of the grain, in grey levels
    blur: float = 0.5  # pixels of the result
    shadow: float = 0.0  # share of light lost in the darkest place
    stamps: int = 0
    signature: bool = False
    jpeg: int = 85
    is_colour: bool = True
    is_black_and_white: bool = False
    speckle: float = 0.0  # share of pixels that are dust
    faded: float = 0.0  # share of the ink's darkness lost
    is_photo: bool = False
    quarter_turns: int = 0


def worn(page: Image, wear: Wear, *, seed: int, page_dpi: int = 300) -> Image:
    """Return the page (grey, sharp) as a scanner or telephone gives it, in colour."""
    chance = np.random.default_rng(seed)
    image = ink.printed(page, chance, faded=wear.faded)
    for _ in range(wear.stamps):
        image = ink.stamped(image, chance, dpi=page_dpi)
    if wear.signature:
        image = ink.signed(image, chance, dpi=page_dpi)
    image = _laid_down(image, wear, chance)
    image = _scaled(image, wear.dpi / page_dpi)
    image = _lit(image, wear, chance)
    image = _grained(image, wear, chance)
    if wear.is_black_and_white:
        image = _copied(image)
    elif not wear.is_colour:
        image = as_image(cv2.cvtColor(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB))
    image = np.ascontiguousarray(np.rot90(image, wear.quarter_turns))
    return image if wear.is_black_and_white else _packed(image, wear.jpeg)


def chosen(kind: str, *, seed: int) -> Wear:
    """Return wear of a kind by chance: clean, scan, stamped, shadow, copy, fax or photo."""
    chance = np.random.default_rng([seed, *kind.encode()])
    skew = float(chance.uniform(-5, 5))
    scan = Wear(
        skew=skew,
        noise=float(chance.uniform(3, 9)),
        blur=float(chance.uniform(0.4, 0.8)),
        jpeg=int(chance.integers(60, 92)),
    )
    worse = {
        "clean": Wear(noise=1.0, blur=0.3, jpeg=95),
        "scan": scan,
        "stamped": replace(scan, stamps=int(chance.integers(1, 3)), signature=True),
        "shadow": replace(scan, shadow=float(chance.uniform(0.3, 0.6))),
        "copy": replace(scan, is_colour=False, speckle=0.0006, faded=0.25, noise=10.0),
        "fax": replace(scan, is_black_and_white=True, speckle=0.0003, skew=skew / 3),
        "photo": replace(scan, is_photo=True, shadow=0.35, dpi=230),
    }
    return worse[kind]


def _laid_down(image: Image, wear: Wear, chance: Generator) -> Image:
    if wear.is_photo:
        return _photographed(image, wear.skew, chance)
    height, width = image.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), wear.skew, 1.0)
    paper = (250, 250, 248)
    return as_image(
        cv2.warpAffine(image, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=paper)
    )


def _photographed(image: Image, skew: float, chance: Generator) -> Image:
    """Lay the page on a dark desk and look at it from an angle."""
    height, width = image.shape[:2]
    edge = round(0.08 * width)
    table = np.full((height + 2 * edge, width + 2 * edge, 3), (92, 74, 60), dtype=np.uint8)
    grain = chance.normal(0, 9, (table.shape[0] // 8 + 1, table.shape[1] // 8 + 1, 1))
    spread = np.asarray(cv2.resize(grain, (table.shape[1], table.shape[0])))[..., None]
    table = np.clip(table + spread, 0, 255).astype(np.uint8)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    middle = np.array([width / 2, height / 2])
    lean = np.deg2rad(skew)
    spin = np.array([[np.cos(lean), np.sin(lean)], [-np.sin(lean), np.cos(lean)]])
    seen = (corners - middle) @ spin.T * 0.95 + middle + edge
    seen = (seen + chance.uniform(-0.02, 0.02, (4, 2)) * width).astype(np.float32)
    look = cv2.getPerspectiveTransform(corners, seen)
    size = (table.shape[1], table.shape[0])
    page = cv2.warpPerspective(image, look, size, flags=cv2.INTER_CUBIC)
    mask = cv2.warpPerspective(np.full((height, width), 255, np.uint8), look, size)
    share = (mask / 255.0)[..., None].astype(np.float32)
    return as_image(np.clip(page * share + table * (1 - share), 0, 255).astype(np.uint8))


def _scaled(image: Image, factor: float) -> Image:
    size = (round(image.shape[1] * factor), round(image.shape[0] * factor))
    return as_image(cv2.resize(image, size, interpolation=cv2.INTER_AREA))


def _lit(image: Image, wear: Wear, chance: Generator) -> Image:
    """Blur, and light that falls off towards one side with a soft shadow across."""
    image = as_image(cv2.GaussianBlur(image, (0, 0), max(wear.blur, 0.1)))
    if wear.shadow <= 0:
        return image
    height, width = image.shape[:2]
    rows, columns = np.mgrid[0:height:8, 0:width:8].astype(np.float32)
    lean = chance.uniform(0, 2 * np.pi)
    across = (columns / width - 0.5) * np.cos(lean) + (rows / height - 0.5) * np.sin(lean)
    edge = 1 / (1 + np.exp(-across / chance.uniform(0.02, 0.2)))
    light = 1 - wear.shadow * (0.6 * edge + 0.4 * (across + 0.7) / 1.4)
    light = cv2.resize(light.astype(np.float32), (width, height))[..., None]
    return as_image(np.clip(image * light, 0, 255).astype(np.uint8))


def _grained(image: Image, wear: Wear, chance: Generator) -> Image:
    grain = chance.normal(0, wear.noise, image.shape[:2]).astype(np.float32)[..., None]
    image = as_image(np.clip(image + grain, 0, 255).astype(np.uint8))
    if wear.speckle > 0:
        dust = (chance.random(image.shape[:2]) < wear.speckle).astype(np.uint8)
        dusty = cv2.dilate(dust, np.ones((2, 2), np.uint8)) > 0
        image[dusty] = np.where(chance.random((int(dusty.sum()), 1)) < 0.7, 30, 250)
    return image


def _copied(image: Image) -> Image:
    dark = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    _, both = cv2.threshold(dark, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return as_image(cv2.cvtColor(both, cv2.COLOR_GRAY2RGB))


def _packed(image: Image, quality: int) -> Image:
    backwards = cv2.cvtColor(image, cv2.COLOR_RGB2BGR)
    _, packed = cv2.imencode(".jpg", backwards, [cv2.IMWRITE_JPEG_QUALITY, quality])
    unpacked = cv2.imdecode(packed, cv2.IMREAD_COLOR)
    if unpacked is None:
        raise ValueError("OpenCV could not read its own JPEG")
    return as_image(cv2.cvtColor(unpacked, cv2.COLOR_BGR2RGB))
