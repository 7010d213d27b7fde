"""Ink on paper: print that spreads, round red seals over text, blue signatures."""

import math

import cv2
import numpy as np
import PIL.Image
import PIL.ImageDraw
import PIL.ImageFont
from numpy.random import Generator

from motcua.documents.papers import glyphs
from motcua.documents.scanning.arrays import Image, as_image

_SEAL_MM = 36
_SEALS = (
    "ỦY BAN NHÂN DÂN PHƯỜNG VĨNH THỌ",
    "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",
    "VĂN PHÒNG CÔNG CHỨNG",
)


def printed(page: Image, chance: Generator, *, faded: float = 0.0) -> Image:
    """Return the page as toner on slightly warm paper."""
    darkness = (255 - page).astype(np.float32) / 255
    spread = cv2.GaussianBlur(darkness, (0, 0), 0.6 + 0.4 * chance.random())
    darkness = np.clip(spread * (1.05 - faded), 0, 1)[..., None]
    paper = np.array([252, 251, 246], np.float32) - chance.uniform(0, 8)
    black = np.array([35, 33, 36], np.float32)
    return as_image((paper * (1 - darkness) + black * darkness).astype(np.uint8))


def stamped(image: Image, chance: Generator, *, dpi: int) -> Image:
    """Press a round red seal somewhere on the text."""
    size = round(_SEAL_MM / 25.4 * dpi)
    seal = _seal(size, str(chance.choice(_SEALS)))
    lean = cv2.getRotationMatrix2D((size / 2, size / 2), float(chance.uniform(-25, 25)), 1.0)
    seal = as_image(cv2.warpAffine(seal, lean, (size, size)))
    height, width = image.shape[:2]
    left = int(chance.integers(round(0.15 * width), round(0.9 * width) - size))
    top = int(chance.integers(round(0.2 * height), round(0.85 * height) - size))
    red = np.array([205, 30, 45]) + chance.integers(-25, 25, 3)
    return _inked(image, seal, (left, top), red, chance, strength=float(chance.uniform(0.6, 0.95)))


def signed(image: Image, chance: Generator, *, dpi: int) -> Image:
    """Draw a signature in blue ink in the lower right."""
    size = round(2.0 * dpi)
    drawing = PIL.Image.new("L", (size, size // 2))
    x = np.linspace(0, 6 * np.pi, 60)
    points = np.stack(
        [
            size * (0.08 + 0.8 * x / x[-1] + 0.05 * np.cos(2.3 * x)),
            size * (0.25 + 0.16 * np.sin(x + chance.uniform(0, 6)) * np.cos(0.37 * x)),
        ],
        axis=1,
    )
    line = [(float(a), float(b)) for a, b in points]
    PIL.ImageDraw.Draw(drawing).line(line, fill=255, width=max(dpi // 60, 2), joint="curve")
    height, width = image.shape[:2]
    place = (round(0.55 * width), round(0.78 * height))
    blue = np.array([30, 50, 160])
    return _inked(image, np.asarray(drawing).copy(), place, blue, chance, strength=0.9)


def _inked(
    image: Image,
    mark: Image,
    place: tuple[int, int],
    colour: np.typing.NDArray[np.int64],
    chance: Generator,
    *,
    strength: float,
) -> Image:
    """Multiply coloured ink onto the page, patchy as a seal pressed by hand is."""
    left, top = place
    part = image[top : top + mark.shape[0], left : left + mark.shape[1]]
    mark = mark[: part.shape[0], : part.shape[1]]
    patches = cv2.resize(chance.uniform(0.55, 1.0, (12, 12)), (part.shape[1], part.shape[0]))
    share = (mark / 255.0 * patches * strength)[..., None]
    through = 1 - share * (1 - colour / 255.0)
    result = image.copy()
    result[top : top + part.shape[0], left : left + part.shape[1]] = np.clip(
        part * through, 0, 255
    )
    return result


def _seal(size: int, words: str) -> Image:
    drawing = PIL.Image.new("L", (size, size))
    pen = PIL.ImageDraw.Draw(drawing)
    wide, thin = max(size // 60, 2), max(size // 150, 1)
    pen.ellipse((wide, wide, size - wide, size - wide), outline=255, width=wide)
    inner = size * 0.24
    pen.ellipse((inner, inner, size - inner, size - inner), outline=255, width=thin)
    _around(drawing, words, size)
    star = [
        (
            size / 2 + size * r * math.sin(i * math.pi / 5),
            size / 2 - size * r * math.cos(i * math.pi / 5),
        )
        for i, r in enumerate([0.12, 0.05] * 5)
    ]
    pen.polygon(star, fill=255)
    return np.asarray(drawing).copy()


def _around(drawing: PIL.Image.Image, words: str, size: int) -> None:
    font = PIL.ImageFont.truetype(str(glyphs.FONTS / "Tinos-Bold.ttf"), round(size * 0.095))
    letter = round(size * 0.13)
    step = 2 * math.pi * 0.86 / len(words)
    for index, sign in enumerate(words):
        angle = -math.pi * 0.86 + step * (index + 0.5)
        tile = PIL.Image.new("L", (letter, letter))
        PIL.ImageDraw.Draw(tile).text(
            (letter / 2, letter / 2), sign, fill=255, font=font, anchor="mm"
        )
        tile = tile.rotate(-math.degrees(angle), resample=PIL.Image.Resampling.BICUBIC)
        x = size / 2 + size * 0.38 * math.sin(angle) - letter / 2
        y = size / 2 - size * 0.38 * math.cos(angle) - letter / 2
        drawing.paste(255, (round(x), round(y)), tile)
