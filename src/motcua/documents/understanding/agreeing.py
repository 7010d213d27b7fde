"""What a paper says twice: where both agree a value is surer, where they differ it is not."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from motcua.documents.understanding.layout import Sheet
from motcua.kernel.codes import read_personal_id
from motcua.kernel.text import fold, squeeze

if TYPE_CHECKING:
    from motcua.documents.understanding.reading import FieldRead

_DOUBTED, _SURER, _EXACT = 0.55, 0.35, 0.999


def weighed(sheets: Sequence[Sheet], fields: "tuple[FieldRead, ...]") -> "tuple[FieldRead, ...]":
    """Return the fields with their confidence raised or lowered by what else the paper says."""
    lines = [squeeze(run.text) for sheet in sheets for run in sheet.runs]
    plain = [fold(line) for line in lines]
    born = {one.value[:4] for one in fields if one.shape == "date" and "birth" in one.key}
    return tuple(_weighed(one, lines, plain, born) for one in fields)


def _weighed(one: "FieldRead", lines: list[str], plain: list[str], born: set[str]) -> "FieldRead":
    if not one.value or one.confidence >= _EXACT:
        return one
    if one.shape == "name":
        return _name(one, lines, plain)
    if one.shape == "id":
        return _number(one, born)
    return one


def _name(one: "FieldRead", lines: list[str], plain: list[str]) -> "FieldRead":
    """A name often stands again under a signature, in small letters, whose marks are read better.

    Where the two differ the small one is taken, and doubted.
    """
    wanted = fold(one.value)
    spelled = [
        line[text.index(wanted) : text.index(wanted) + len(wanted)]
        for line, text in zip(lines, plain, strict=True)
        if wanted in text and len(line) == len(text)
    ]
    if any(said.lower() != one.value.lower() for said in spelled):
        small = next((said for said in reversed(spelled) if not said.isupper()), one.value)
        return replace(one, value=small, confidence=round(one.confidence * _DOUBTED, 4))
    if len(spelled) > 1:
        return replace(one, confidence=round(1 - (1 - one.confidence) * _SURER, 4))
    return one


def _number(one: "FieldRead", born: set[str]) -> "FieldRead":
    """A personal number holds the year of birth: it must be a possible one."""
    known = read_personal_id(one.value)
    if known is None:
        return one
    if not 1900 <= known.birth_year <= 2030 or known.number[0] not in "0123":
        return replace(one, confidence=round(one.confidence * _DOUBTED, 4))
    if str(known.birth_year) in born:
        return replace(one, confidence=round(1 - (1 - one.confidence) * _SURER, 4))
    return one
