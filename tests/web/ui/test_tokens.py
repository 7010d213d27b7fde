"""Colours: they stand in tokens.css alone, and every pair that carries text can be read."""

import re
from pathlib import Path

import pytest

WEB = Path(__file__).parents[3] / "src" / "motcua" / "web"
TOKENS = (WEB / "ui/static/ui/tokens.css").read_text(encoding="utf-8")
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(|\boklch\(")
STYLES = sorted(p for p in WEB.glob("*/static/**/*.css") if p.name != "tokens.css")
TEMPLATES = sorted(WEB.glob("*/templates/**/*.html"))

TEXT = [  # ink, ground
    ("ink", "paper"), ("ink", "surface"), ("ink", "sunk"), ("ink-soft", "paper"),
    ("ink-soft", "surface"), ("ink-soft", "sunk"), ("ink-inverse", "sea"), ("sea", "paper"),
    ("sea", "surface"), ("sea", "sea-faint"), ("sea-on-soft", "sea-soft"), ("ink", "sea-faint"),
    ("gold-on-soft", "gold-soft"), ("ink", "gold-soft"), ("late", "paper"), ("late", "surface"),
    ("late-on-soft", "late-soft"), ("ink-inverse", "late"), ("still-on-soft", "still-soft"),
    ("on-deep", "sea-deep"), ("sea-on-deep", "sea-deep"), ("on-door", "door"), ("ink", "late-soft"),
]  # fmt: skip
EDGES = [
    ("line-firm", "surface"), ("line-firm", "paper"), ("gold-line", "surface"),
    ("sea-mid", "surface"), ("focus", "paper"),
]  # fmt: skip


def themes() -> dict[str, dict[str, str]]:
    light = values(TOKENS.split("@media (prefers-color-scheme: dark)")[0])
    dark = values(TOKENS.split(':root[data-theme="dark"]')[1].split("}")[0])
    return {"light": light, "dark": {**light, **dark}}


def values(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})", css))


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(theme: str, ink: str, ground: str) -> None:
    colours = themes()[theme]

    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_of_controls_can_be_seen(theme: str, edge: str, ground: str) -> None:
    colours = themes()[theme]

    assert contrast(colours[edge], colours[ground]) >= 3


def test_both_ways_to_dark_say_the_same() -> None:
    by_device = TOKENS.split("@media (prefers-color-scheme: dark)")[1].split("}")[0]
    by_choice = TOKENS.split(':root[data-theme="dark"]')[1].split("}")[0]

    assert values(by_device) == values(by_choice)


@pytest.mark.parametrize("style", STYLES, ids=lambda p: p.name)
def test_colours_stand_in_the_tokens_only(style: Path) -> None:
    assert not COLOUR.findall(style.read_text(encoding="utf-8"))


@pytest.mark.parametrize("style", STYLES, ids=lambda p: p.name)
def test_every_token_that_is_used_exists(style: Path) -> None:
    css = style.read_text(encoding="utf-8")
    known = set(re.findall(r"--([a-z0-9-]+)\s*:", TOKENS + css))
    given_by_others = {"gap", "b", "t"}

    assert set(re.findall(r"var\(--([a-z0-9-]+)", css)) <= known | given_by_others


# The file that one takes along to check a QR without any network: it has to carry both.
_ALONE = "verification_file.html"


@pytest.mark.parametrize(
    "template", [one for one in TEMPLATES if one.name != _ALONE], ids=lambda p: p.name
)
def test_no_template_carries_style_or_script(template: Path) -> None:
    text = template.read_text(encoding="utf-8")

    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
