"""The visible mark as pyHanko wants it: ready-made pieces put side by side, nothing computed."""

import zlib
from dataclasses import dataclass

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.stamp import BaseStampStyle

from motcua.signing.appearance.pictures import Picture
from motcua.signing.appearance.type import Type


@dataclass(frozen=True)
class Look:
    """What stands in the box: a picture, lines of text right of it, or both.

    picture_size: width and height in points; lines: top to bottom.
    """

    picture: Picture | None = None
    picture_size: tuple[float, float] = (0, 0)
    type: Type | None = None
    lines: tuple[str, ...] = ()
    font_size: float = 10
    leading: float = 12


@dataclass(frozen=True)
class ReadyStyle(BaseStampStyle):
    """A stamp style whose stamp is a small form of prepared pieces."""

    look: Look = Look()

    def create_stamp(  # type: ignore[override]
        self,
        writer: BasePdfFileWriter,
        box: BoxConstraints,
        text_params: dict[str, object],  # noqa: ARG002 (pyHanko's signature)
    ) -> "ReadyStamp":
        """Return the stamp for that box of that document."""
        return ReadyStamp(writer, self.look, float(box.width), float(box.height))


@dataclass(frozen=True)
class ReadyStamp:
    """One mark in one document."""

    writer: BasePdfFileWriter
    look: Look
    width: float
    height: float

    def apply_appearance(self, annotation: generic.DictionaryObject) -> None:
        """Make this the appearance of the signature's field."""
        form = self.writer.add_object(self._form())
        annotation[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): form})

    def _form(self) -> generic.StreamObject:
        resources = generic.DictionaryObject()
        look = self.look
        if look.picture is not None:
            resources[pdf_name("/XObject")] = generic.DictionaryObject(
                {pdf_name("/P"): look.picture.written_to(self.writer)}
            )
        if look.type is not None:
            resources[pdf_name("/Font")] = generic.DictionaryObject(
                {pdf_name("/T"): look.type.written_to(self.writer)}
            )
        box = (0, 0, self.width, self.height)
        return generic.StreamObject(
            {
                pdf_name("/Type"): pdf_name("/XObject"),
                pdf_name("/Subtype"): pdf_name("/Form"),
                pdf_name("/BBox"): generic.ArrayObject(generic.FloatObject(edge) for edge in box),
                pdf_name("/Resources"): resources,
                pdf_name("/Filter"): pdf_name("/FlateDecode"),
            },
            encoded_data=zlib.compress(self._drawn()),
        )

    def _drawn(self) -> bytes:
        return b"\n".join([*self._drawn_picture(), *self._drawn_lines()])

    def _drawn_picture(self) -> list[bytes]:
        if self.look.picture is None:
            return []
        width, height = self.look.picture_size
        left = (self.width - width) / 2
        if self.look.lines:
            left = max(0.0, self.width - self._longest() - width - 6)
        bottom = (self.height - height) / 2
        return [b"q %.2f 0 0 %.2f %.2f %.2f cm /P Do Q" % (width, height, left, bottom)]

    def _longest(self) -> float:
        type, size = self.look.type, self.look.font_size
        return (
            max((type.width(line, size=size) for line in self.look.lines), default=0)
            if type
            else 0
        )

    def _drawn_lines(self) -> list[bytes]:
        look = self.look
        if look.type is None:
            return []
        top = (self.height + len(look.lines) * look.leading) / 2 - look.font_size
        drawn = [b"BT 0 g /T %.2f Tf" % look.font_size]
        for number, line in enumerate(look.lines):
            left = self.width - look.type.width(line, size=look.font_size)
            drawn.append(
                b"1 0 0 1 %.2f %.2f Tm %s Tj"
                % (left, top - number * look.leading, look.type.shown(line))
            )
        return [*drawn, b"ET"]
