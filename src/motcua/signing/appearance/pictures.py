"""Pictures of signatures and seals: what an officer uploaded, or a drawn one that says it is none."""

import io
import math
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.writer import BasePdfFileWriter

from motcua.documents import papers
from motcua.signing.appearance.measures import Colour

MAX_BYTES = 512 * 1024
MAX_SIDE = 2000
TRIAL = "THỬ NGHIỆM"
_FONTS = Path(papers.__file__).parent / "fonts"
_SIDE = 480


@dataclass(frozen=True)
class Picture:
    """A transparent picture, its colours and its opacity packed once."""

    width: int
    height: int
    colours: bytes
    opacity: bytes

    def written_to(self, writer: BasePdfFileWriter) -> generic.IndirectObject:
        """Put the picture into a PDF and return its reference."""
        mask = writer.add_object(self._image("/DeviceGray", self.opacity))
        image = self._image("/DeviceRGB", self.colours)
        image[pdf_name("/SMask")] = mask
        return writer.add_object(image)

    def _image(self, space: str, packed: bytes) -> generic.StreamObject:
        return generic.StreamObject(
            {
                pdf_name("/Type"): pdf_name("/XObject"),
                pdf_name("/Subtype"): pdf_name("/Image"),
                pdf_name("/Width"): generic.NumberObject(self.width),
                pdf_name("/Height"): generic.NumberObject(self.height),
                pdf_name("/BitsPerComponent"): generic.NumberObject(8),
                pdf_name("/ColorSpace"): pdf_name(space),
                pdf_name("/Filter"): pdf_name("/FlateDecode"),
            },
            encoded_data=packed,
        )


class Unfit(ValueError):
    """The picture is no transparent PNG of a sane size."""


@lru_cache(maxsize=256)
def packed(png: bytes) -> Picture:
    """Return an uploaded PNG ready for a PDF.

    Raises Unfit: it is no PNG with transparency, or too large.
    """
    return _pack(checked(png))


def checked(png: bytes) -> Image.Image:
    """Return the picture of a PNG.

    Raises Unfit: it is no PNG with transparency, or too large.
    """
    if len(png) > MAX_BYTES:
        raise Unfit("bytes")
    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
            if max(opened.size) > MAX_SIDE:
                raise Unfit("pixels")
            if opened.mode not in {"RGBA", "LA", "PA"} and "transparency" not in opened.info:
                raise Unfit("opaque")
            return opened.convert("RGBA")
    except (OSError, SyntaxError) as error:
        raise Unfit("format") from error


@lru_cache(maxsize=256)
def handwriting(name: str, colour: Colour) -> Picture:
    """Return a drawn stand-in for a handwritten signature: the name, slanted, with a stroke."""
    font = ImageFont.truetype(_FONTS / "Tinos-Italic.ttf", 92)
    left, top, right, bottom = font.getbbox(name)
    width, height = int(right - left) + 150, int(bottom - top) + 130
    ink = Image.new("L", (width, height), 0)
    pen = ImageDraw.Draw(ink)
    pen.text((60 - left, 40 - top), name, font=font, fill=255)
    curve = [
        (x, height - 48 + 14 * math.sin(x / 60) - 10 * x / width) for x in range(30, width - 20, 4)
    ]
    pen.line(curve, fill=255, width=5, joint="curve")
    slanted = ink.transform(
        ink.size,
        Image.Transform.AFFINE,
        (1, 0.22, -0.11 * height, 0, 1, 0),
        Image.Resampling.BICUBIC,
    )
    return _pack(_coloured(slanted, colour))


@lru_cache(maxsize=256)
def seal(agency: str, colour: Colour) -> Picture:
    """Return a drawn stand-in for a seal: the agency around a star, and that it is for trial."""
    ink = Image.new("L", (_SIDE, _SIDE), 0)
    pen, half = ImageDraw.Draw(ink), _SIDE / 2
    for inset, width in ((4, 8), (18, 3), (112, 3)):
        pen.ellipse((inset, inset, _SIDE - inset, _SIDE - inset), outline=255, width=width)
    _around(ink, agency.upper())
    _star(pen, half, half - 30, 58)
    font = ImageFont.truetype(_FONTS / "Tinos-Bold.ttf", 34)
    pen.text((half, half + 66), TRIAL, font=font, fill=255, anchor="mm")
    return _pack(_coloured(ink, colour))


def _around(ink: Image.Image, words: str) -> None:
    """Write the words along the upper arc, each letter turned to the centre."""
    text = f"{words} ★ ".replace("★", "*")
    size = max(26, min(50, round(2 * math.pi * 170 / (len(text) * 0.72))))
    font = ImageFont.truetype(_FONTS / "Tinos-Bold.ttf", size)
    lengths = [font.getlength(char) for char in text]
    scale = 2 * math.pi / max(sum(lengths), 1)
    turn, half, radius = -math.pi, _SIDE / 2, 174
    for char, length in zip(text, lengths, strict=True):
        middle = turn + length * scale / 2
        letter = Image.new("L", (size * 2, size * 2), 0)
        ImageDraw.Draw(letter).text((size, size), char, font=font, fill=255, anchor="mm")
        letter = letter.rotate(-math.degrees(middle), Image.Resampling.BICUBIC)
        at = (
            round(half + radius * math.sin(middle) - size),
            round(half - radius * math.cos(middle) - size),
        )
        ink.paste(255, (*at, at[0] + size * 2, at[1] + size * 2), letter)
        turn += length * scale


def _star(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float) -> None:
    points = []
    for number in range(10):
        reach = radius if number % 2 == 0 else radius * 0.4
        angle = math.pi * number / 5
        points.append((x + reach * math.sin(angle), y - reach * math.cos(angle)))
    pen.polygon(points, fill=255)


def _coloured(ink: Image.Image, colour: Colour) -> Image.Image:
    picture = Image.new("RGBA", ink.size, (*colour, 0))
    picture.putalpha(ink)
    return picture


def _pack(picture: Image.Image) -> Picture:
    red, green, blue, alpha = picture.split()
    colours = Image.merge("RGB", (red, green, blue))
    return Picture(
        width=picture.width,
        height=picture.height,
        colours=zlib.compress(colours.tobytes(), 9),
        opacity=zlib.compress(alpha.tobytes(), 9),
    )
