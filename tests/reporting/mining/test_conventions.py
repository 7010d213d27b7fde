"""What counts as what, where miners could differ: as docs/figures/mining.md says."""

from pathlib import Path

import pytest

from motcua.reporting.mining import Columns, Found, NotALog, discover, read_log
from motcua.reporting.mining.lifecycle import work_of
from tests.reporting.mining.writing import HEAD

NAME, AT = "concept:name", "time:timestamp"


def said(key: str, value: str, kind: str = "string") -> str:
    return f'<{kind} key="{key}" value="{value}"/>'


def event(name: str | None, hour: int, more: str = "") -> str:
    named = "" if name is None else said(NAME, name)
    return f"<event>{more}{named}{said(AT, f'2025-07-01T{hour:02d}:00:00Z', 'date')}</event>"


def trace(case: str, *events: str) -> str:
    return f"<trace>{said(NAME, case)}{''.join(events)}</trace>"


def mined(folder: Path, text: str, name: str = "log.xes", columns: Columns | None = None) -> Found:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return discover(read_log(path, columns=columns))


def xes(folder: Path, *traces: str, head: str = "", columns: Columns | None = None) -> Found:
    return mined(folder, f"{HEAD}{head}{''.join(traces)}</log>", columns=columns)


def test_an_attribute_said_twice_counts_as_last_said(tmp_path: Path):
    found = xes(tmp_path, trace("1", event("b", 8, said(NAME, "a")), event("c", 9)))

    assert dict(found.activities) == {"b": 1, "c": 1}


def test_a_case_named_twice_is_named_as_last(tmp_path: Path):
    found = xes(tmp_path, f"<trace>{said(NAME, '1')}{event('a', 8)}{said(NAME, '2')}</trace>",
                trace("2", event("b", 9)))  # fmt: skip

    assert found.cases == 1


def test_an_empty_name_is_a_name_in_xes(tmp_path: Path):
    found = xes(tmp_path, trace("1", event("", 8), event("a", 9), event(None, 10)))

    assert dict(found.activities) == {"": 1, "a": 1}


def test_a_declared_default_counts_only_when_asked_for(tmp_path: Path):
    head = f'<global scope="event">{said(NAME, "standard")}</global>'
    body = trace("1", event(None, 8), event("a", 9))

    assert xes(tmp_path, body, head=head).events == 1
    asked = xes(tmp_path, body, head=head, columns=Columns(with_defaults=True))
    assert dict(asked.activities) == {"standard": 1, "a": 1}


@pytest.mark.parametrize(
    "inside",
    [
        f'<string key="k" value="v">{said(NAME, "in")}</string>',
        f'<list key="l"><values>{said(NAME, "in")}{said(AT, "1999-01-01", "date")}</values></list>',
        f'<list key="l"><list key="m">{said(NAME, "in")}</list></list>',
        f'<container key="c">{said(NAME, "in")}</container>',
        '<string key="k" value="v > w"></string>',
    ],
)
def test_what_stands_in_an_attribute_is_not_the_events(tmp_path: Path, inside: str):
    whole = f"<trace>{inside}{said(NAME, '1')}{event('a', 8, inside)}{event('b', 9)}</trace>"

    found = xes(tmp_path, whole, trace("2", event("a", 8)))

    assert dict(found.activities) == {"a": 2, "b": 1}
    assert set(found.log.cases) == {"1", "2"}


def test_an_interval_ends_before_the_next_begins(tmp_path: Path):
    rows = ["1,a,2025-07-01 08:00,2025-07-01 09:00", "1,b,2025-07-01 09:30,2025-07-01 11:00",
            "1,c,2025-07-01 08:30,2025-07-01 12:00"]  # fmt: skip
    head = "case:concept:name,concept:name,start_timestamp,time:timestamp"
    text = "\n".join([head, *rows])

    found = mined(tmp_path, text, "log.csv")

    assert {(e.source, e.target): e.median_seconds for e in found.edges} == {
        ("a", "c"): -1800.0,
        ("c", "b"): -9000.0,
    }
    assert {w.activity: w.median_working_seconds for w in work_of(found)} == {
        "a": 3600.0, "b": 5400.0, "c": 12600.0,
    }  # fmt: skip


def test_a_cell_that_says_that_there_is_nothing_is_no_name(tmp_path: Path):
    text = "case,activity,timestamp\n1,a,2025-07-01\n1,NA,2025-07-02\n1,null,2025-07-03\n"

    assert mined(tmp_path, text, "log.csv").events == 1
    assert mined(tmp_path, text, "log.csv", Columns(literal=True)).events == 3


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (trace("1", event("a &x; b", 8)), "không phải XML hợp lệ"),
        (trace("1", event("a", 8)) + "<trace><event></trace></event>", "không phải XML hợp lệ"),
        (trace("1", event("a", 8)) + '<trace><string key="k value="v"/></trace>', "XML hợp lệ"),
        (trace("1", event("a", 8)) + "<trace><event>", "không phải XML hợp lệ"),
        (trace("1", event("a", 8)).replace("</event>", ""), "không phải XML hợp lệ"),
    ],
)
def test_a_broken_body_is_refused_with_its_line(tmp_path: Path, body: str, why: str):
    with pytest.raises(NotALog, match=f"Dòng .*{why}"):
        xes(tmp_path, body)
