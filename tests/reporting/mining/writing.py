"""Logs as files, written by the tests."""

import csv
import gzip
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from tests.reporting.mining.naive import Event

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0" '
    'xmlns="http://www.xes-standard.org/">\n<extension name="Time" prefix="time" uri="x"/>\n'
)


def xes(path: Path, events: Sequence[Event], *, style: str = "plain") -> Path:
    """Write events as XES; "nested", "prefixed" and "quoted" are no flat lists of strings."""
    cases: dict[str, list[Event]] = {}
    for event in events:
        cases.setdefault(event.case, []).append(event)
    body = "".join(_trace(case, many, style) for case, many in cases.items())
    text = HEAD + body + "</log>\n"
    if style == "prefixed":
        text = text.replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?")
        text = text.replace("xmlns=", "xmlns:x=")
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def _trace(case: str, events: list[Event], style: str) -> str:
    inner = "".join(_event(event, style) for event in events)
    return f'<trace>\n\t<string key="concept:name" value={quoteattr(case)}/>\n{inner}</trace>\n'


def _event(event: Event, style: str) -> str:
    name, time = quoteattr(event.activity), event.at.isoformat()
    more = ""
    if style == "nested":
        more = '<string key="a" value="b"><string key="concept:name" value="inside"/></string>'
    if style == "quoted":
        more = "<!-- said --><string key='concept:instance' value='1'/>"
    return (
        f'\t<event>\n\t\t{more}<string key="concept:name" value={name}/>'
        f'<date key="time:timestamp" value="{time}"/>\n\t</event>\n'
    )


def table(path: Path, events: Sequence[Event], *, delimiter: str = ",") -> Path:
    """Write events as CSV."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(["case", "activity", "timestamp"])
        writer.writerows([one.case, one.activity, one.at.isoformat()] for one in events)
    return path
