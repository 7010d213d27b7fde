"""The sizes and places of `rendering.toml`, by the day of signing."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

POINTS_PER_MM = 72 / 25.4
Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Measures:
    """What holds on one day; lengths in points."""

    personal_width: float
    personal_height: float
    personal_gap: float
    personal_block: tuple[float, float]
    personal_colour: Colour
    seal_diameter: float
    seal_cover: float
    seal_colour: Colour
    text: "dict[str, TextBlock]"


@dataclass(frozen=True)
class TextBlock:
    """A block of text at the top right of page 1; lengths in points."""

    seal: float
    width: float
    top: float
    right: float
    font_size: float
    leading: float

    @property
    def height(self) -> float:
        """Room for three lines, or for the seal where that is higher."""
        return max(self.seal, 3 * self.leading + 4)


@cache
def on(day: date) -> Measures:
    """Return the measures in force on a day; before the first block, the first block's."""
    blocks = tomllib.loads((Path(__file__).parent / "rendering.toml").read_text())["rendering"]
    reached = [block for block in blocks if block["valid_from"] <= day]
    block = max(reached or blocks[:1], key=lambda one: one["valid_from"])
    personal, agency = block["personal"], block["agency"]
    return Measures(
        personal_width=personal["width"] * POINTS_PER_MM,
        personal_height=personal["height"] * POINTS_PER_MM,
        personal_gap=personal["gap"] * POINTS_PER_MM,
        personal_block=(
            personal["right_half"][0] * POINTS_PER_MM,
            personal["right_half"][1] * POINTS_PER_MM,
        ),
        personal_colour=tuple(personal["colour"]),
        seal_diameter=agency["diameter"] * POINTS_PER_MM,
        seal_cover=agency["cover"],
        seal_colour=tuple(agency["colour"]),
        text={kind: _text(block[kind]) for kind in ("copy", "attachment")},
    )


def _text(block: dict[str, float]) -> TextBlock:
    return TextBlock(
        seal=block.get("seal", 0) * POINTS_PER_MM,
        width=block["width"] * POINTS_PER_MM,
        top=block["top"] * POINTS_PER_MM,
        right=block["right"] * POINTS_PER_MM,
        font_size=block["font_size"],
        leading=block["leading"] * POINTS_PER_MM,
    )
