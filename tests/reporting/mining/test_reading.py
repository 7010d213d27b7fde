"""Files as they come: odd, broken, hostile; each is read or refused with a plain sentence."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from motcua.reporting.mining import Columns, NotALog, discover, read_log
from tests.reporting.mining import writing
from tests.reporting.mining.naive import Event

AT = datetime(2025, 7, 1, 8, 0, tzinfo=UTC)


def log_of(folder: Path, text: str | bytes, name: str = "log.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def edges(path: Path, **columns: str) -> dict[tuple[str, str], int]:
    found = discover(read_log(path, columns=Columns(**columns)))  # type: ignore[arg-type]
    return {(one.source, one.target): one.count for one in found.edges}


def test_equal_times_keep_the_order_of_the_file(tmp_path: Path):
    path = writing.table(tmp_path / "a.csv", [Event("1", "b", AT), Event("1", "a", AT)])

    assert edges(path) == {("b", "a"): 1}


def test_events_out_of_order_are_put_in_order(tmp_path: Path):
    text = "case,activity,timestamp\n1,b,2025-07-02\n1,a,2025-07-01\n"

    assert edges(log_of(tmp_path, text)) == {("a", "b"): 1}


def test_a_case_of_one_event_has_a_path_and_no_edge(tmp_path: Path):
    found = discover(read_log(writing.table(tmp_path / "a.csv", [Event("1", "a", AT)])))

    assert (found.cases, found.edges, found.variants[0].path) == (1, [], ("a",))


def test_traces_of_one_name_are_one_case(tmp_path: Path):
    trace = (
        '<trace><string key="concept:name" value="1"/><event><string key="concept:name" '
        'value="{}"/><date key="time:timestamp" value="2025-07-0{}T00:00:00Z"/></event></trace>'
    )
    text = writing.HEAD + trace.format("a", 1) + trace.format("b", 2) + "</log>"

    found = discover(read_log(log_of(tmp_path, text, "log.xes")))

    assert (found.cases, found.variants[0].path) == (1, ("a", "b"))


def test_traces_without_a_name_are_cases_of_their_own(tmp_path: Path):
    event = (
        '<trace><event><string key="concept:name" value="a"/>'
        '<date key="time:timestamp" value="2025-07-01T00:00:00Z"/></event></trace>'
    )

    found = discover(read_log(log_of(tmp_path, writing.HEAD + event * 2 + "</log>", "log.xes")))

    assert found.cases == 2


def test_events_without_name_or_time_are_left_out_and_counted(tmp_path: Path):
    rows = ["1,a,2025-07-01", "1,,2025-07-02", ",a,2025-07-02", "1,b,", "1,c,2025-07-03"]
    text = "\n".join(["case,activity,timestamp", *rows])

    log = read_log(log_of(tmp_path, text))

    assert log.events == 2
    assert (log.left_out.no_case, log.left_out.no_activity, log.left_out.no_time) == (1, 1, 1)


def test_a_log_without_any_time_keeps_its_order(tmp_path: Path):
    event = '<event><string key="concept:name" value="{}"/></event>'
    body = "<trace>" + event.format("b") + event.format("a") + "</trace>"

    found = discover(read_log(log_of(tmp_path, writing.HEAD + body + "</log>", "log.xes")))

    assert found.edges[0].median_seconds is None
    assert found.variants[0].path == ("b", "a")


def test_gzip_is_unpacked(tmp_path: Path):
    path = writing.xes(tmp_path / "log.xes.gz", [Event("1", "a", AT), Event("1", "b", AT)])

    assert edges(path) == {("a", "b"): 1}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_found(tmp_path: Path, encoding: str):
    text = "Case ID;Activity;Complete Timestamp\n1;café;2025-07-01 08:00\n1;b;2025-07-01 09:00\n"

    assert edges(log_of(tmp_path, text.encode(encoding))) == {("café", "b"): 1}


def test_columns_may_be_named(tmp_path: Path):
    text = "so,viec lam,khi nao\n1,a,01/07/2025 08:00\n1,b,01/07/2025 09:00\n"

    found = edges(log_of(tmp_path, text), case="so", activity="viec lam", time="khi nao")

    assert found == {("a", "b"): 1}


def test_a_classifier_names_the_activity(tmp_path: Path):
    event = (
        '<event><string key="concept:name" value="a"/><string key="lifecycle:transition" '
        'value="{}"/><date key="time:timestamp" value="2025-07-01T0{}:00:00Z"/></event>'
    )
    head = '<classifier name="Both" keys="concept:name lifecycle:transition"/>'
    body = "<trace>" + event.format("start", 1) + event.format("complete", 2) + "</trace>"
    path = log_of(tmp_path, writing.HEAD + head + body + "</log>", "log.xes")

    assert edges(path) == {("a", "a"): 1}
    assert edges(path, activity="Both") == {("a+start", "a+complete"): 1}
    assert read_log(path).of_complete().events == 1


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]>'
    "<log><trace>&lol2;</trace></log>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE log SYSTEM "file:///etc/passwd"><log></log>'


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("", "log.csv", "rỗng"),
        ("một cột\n1\n", "log.csv", "Dòng 1"),
        ("case,activity\n1,a\n", "log.csv", "thời điểm"),
        ("case,activity,timestamp\n1,a,hôm qua\n", "log.csv", "Dòng 2"),
        ("case,activity,timestamp\n", "log.csv", "không có sự kiện"),
        ('case,activity,timestamp\n1,"' + "a" * 200_000 + '",2025-07-01\n', "log.csv", "Dòng 2"),
        (
            'case,activity,timestamp\n1,a,2025-07-01\n1,"b,2025-07-02\n1,c,2025-07-03\n',
            "log.csv",
            "Dòng 3",
        ),
        (b"\x1f\x8b\x08\x00broken", "log.xes.gz", "nén"),
        ("<a></a>", "log.xes", "không phải nhật ký XES"),
        ("<log>\n<trace>\n<event>\n</trace></log>", "log.xes", "Dòng 4"),
        ("<log>\n<trace>", "log.xes", "Dòng 2"),
        ("<log></log>", "log.xes", "không có sự kiện"),
        (BOMB, "log.xes", "DOCTYPE"),
        (OUTSIDE, "log.xes", "DOCTYPE"),
        ("<log>" + "<list>" * 5000, "log.xes", "sâu"),
    ],
)
def test_a_wrong_file_is_refused_with_the_reason(
    tmp_path: Path, text: str | bytes, name: str, said: str
):
    with pytest.raises(NotALog, match=said):
        discover(read_log(log_of(tmp_path, text, name)))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(NotALog, match="Không có tệp"):
        read_log(tmp_path / "none.xes")
