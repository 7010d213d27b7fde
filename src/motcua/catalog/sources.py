"""Where procedures are read from: the national file, or the starter catalogue that ships with us."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from motcua.catalog.national import Parsed, SetAside, read_row
from motcua.catalog.starter import enriched, starter
from motcua.kernel.refused import Refused

STARTER = "starter"
_SHARED_NAME_FROM = 5  # that many national codes with one name and several ministries is a fault


class NotACatalogue(Refused):
    """The file is not a list of procedures."""


@dataclass
class Reading:
    """What a source holds: procedures by code, and the rows set aside."""

    procedures: dict[str, Parsed] = field(default_factory=dict)
    set_aside: list[SetAside] = field(default_factory=list)


def read(source: str) -> Reading:
    """Return what the source holds; a file of one JSON object a line, or the starter catalogue.

    The starter catalogue enriches a file and adds the procedures that the file does not have.
    Raises NotACatalogue: a line is not a JSON object, or no line is a procedure.
    """
    if source == STARTER:
        return Reading(dict(starter()))
    reading = Reading()
    for row in _rows(Path(source)):
        parsed = read_row(row)
        if isinstance(parsed, SetAside):
            reading.set_aside.append(parsed)
        elif parsed.code in reading.procedures:
            reading.set_aside.append(SetAside("twice", parsed.code, parsed.name))
        else:
            reading.procedures[parsed.code] = parsed
    if not reading.procedures:
        raise NotACatalogue(_("Tệp không có thủ tục nào đọc được."), field="file")
    _set_shared_names_aside(reading)
    national = {code: enriched(parsed) for code, parsed in reading.procedures.items()}
    reading.procedures = {**starter(), **national}
    return reading


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError:
                row = None
            if not isinstance(row, dict):
                message = _("Dòng %(number)s không phải một thủ tục viết bằng JSON.")
                raise NotACatalogue(message % {"number": number}, field="file")
            yield row


def _set_shared_names_aside(reading: Reading) -> None:
    """Set aside rows whose name was overwritten by another's: one name, many codes and ministries."""
    national = [p for p in reading.procedures.values() if p.scope == "national"]
    counts = Counter(p.family for p in national)
    issuers: dict[str, set[str]] = {}
    for parsed in national:
        issuers.setdefault(parsed.family, set()).add(parsed.issuer)
    for parsed in national:
        if counts[parsed.family] >= _SHARED_NAME_FROM and len(issuers[parsed.family]) > 1:
            del reading.procedures[parsed.code]
            reading.set_aside.append(SetAside("foreign_name", parsed.code, parsed.name))
