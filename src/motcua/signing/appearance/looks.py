"""From a kind of signature to what stands on the page, by the rules of rendering."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from django.utils.timezone import localdate, localtime

from motcua.signing import rules
from motcua.signing.appearance import measures, pictures, places, type
from motcua.signing.appearance.stamp import Look, ReadyStyle
from motcua.signing.marks import Mark, Spot


@dataclass(frozen=True)
class Hand:
    """Whose mark it is: the name, and the picture that was uploaded, if any."""

    name: str
    png: bytes | None = None


@dataclass(frozen=True)
class Earlier:
    """The personal signature that a seal goes with."""

    name: str
    spot: Spot | None


def personal(
    document: IO[bytes] | Path, *, hand: Hand, mark: Mark, at: datetime
) -> tuple[Spot, ReadyStyle]:
    """Return place and look of a personal signature."""
    by = measures.on(localdate(at))
    spot = places.personal(document, mark=mark, words=(mark.anchor, hand.name), by=by)
    picture = (
        pictures.packed(hand.png)
        if hand.png
        else pictures.handwriting(hand.name, by.personal_colour)
    )
    return spot, ReadyStyle(look=Look(picture=picture, picture_size=_fitted(picture, spot)))


def agency(
    document: IO[bytes] | Path, *, hand: Hand, mark: Mark, beside: Earlier, at: datetime
) -> tuple[Spot, ReadyStyle]:
    """Return place and look of an agency's seal over the left third of the personal signature."""
    by = measures.on(localdate(at))
    earlier = beside.spot or places.personal(document, mark=Mark(), words=(beside.name,), by=by)
    spot = places.seal(document, mark=mark, beside=earlier, by=by)
    picture = _seal(hand, by)
    return spot, ReadyStyle(look=Look(picture=picture, picture_size=_fitted(picture, spot)))


def corner(
    document: IO[bytes] | Path, *, kind: str, hand: Hand, mark: Mark, at: datetime
) -> tuple[Spot, ReadyStyle]:
    """Return place and look of the mark of a copy or an attachment, top right of page 1."""
    by = measures.on(localdate(at))
    block = by.text[kind]
    spot = places.corner(document, mark=mark, kind=kind, by=by)
    first = mark.form if kind == "copy" else mark.reference
    fixed = tuple(line for line in (first, *_wrapped(hand.name)) if line)
    look = Look(
        picture=_seal(hand, by) if kind == "copy" else None,
        picture_size=(block.seal, block.seal),
        type=type.cut("".join(fixed)),
        lines=(*fixed, rules.moment_of_signing(localtime(at))),
        font_size=block.font_size,
        leading=block.leading,
    )
    return spot, ReadyStyle(look=look)


def _seal(hand: Hand, by: measures.Measures) -> pictures.Picture:
    if hand.png:
        return pictures.packed(hand.png)
    return pictures.seal(hand.name, by.seal_colour)


def _fitted(picture: pictures.Picture, spot: Spot) -> tuple[float, float]:
    left, bottom, right, top = spot.box
    scale = min((right - left) / picture.width, (top - bottom) / picture.height)
    return picture.width * scale, picture.height * scale


def _wrapped(name: str, width: int = 36) -> tuple[str, ...]:
    """Return a long name in two lines, as even as its words allow."""
    if len(name) <= width:
        return (name,)
    words = name.split()
    cuts = range(1, len(words))
    best = min(
        cuts, key=lambda at: abs(len(" ".join(words[:at])) - len(" ".join(words[at:]))), default=0
    )
    return (" ".join(words[:best]), " ".join(words[best:])) if best else (name,)
