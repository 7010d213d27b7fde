"""Whatever the log and the file: the same as the slow, plain way."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.reporting.mining import Found, discover, read_log
from tests.reporting.mining import naive, writing
from tests.reporting.mining.naive import Event

START = datetime(2025, 7, 1, 8, 0, tzinfo=UTC)
NAMES = [
    "Tiếp nhận",
    "Thẩm định & trình",
    'Phê "duyệt"',
    "<Trả>",
    "01_HOOFD_010",
    "a;b,c",
    "l'étape",
]
zones = st.sampled_from(
    [UTC, timezone(timedelta(hours=7)), timezone(-timedelta(hours=3, minutes=30))]
)
events = st.lists(
    st.builds(
        lambda case, name, seconds, zone: Event(
            f"hồ sơ {case}", name, (START + timedelta(seconds=seconds)).astimezone(zone)
        ),
        st.integers(0, 4),
        st.sampled_from(NAMES),
        st.integers(0, 30) | st.integers(0, 9_000_000),
        zones,
    ),
    min_size=1,
    max_size=40,
)


def as_told(found: Found) -> dict[str, object]:
    """Return what was found in the shape of the naive miner."""
    return {
        "cases": found.cases,
        "activities": dict(found.activities),
        "edges": {(e.source, e.target): (e.count, e.median_seconds) for e in found.edges},
        "variants": {one.path: one.count for one in found.variants},
    }


@given(events)
@settings(max_examples=60, deadline=None)
@pytest.mark.parametrize("style", ["plain", "nested", "prefixed", "quoted"])
def test_xes_is_mined_as_the_naive_way_does(style: str, log: list[Event]):
    with TemporaryDirectory() as folder:
        path = writing.xes(Path(folder) / "log.xes", log, style=style)

        assert as_told(discover(read_log(path))) == naive.mined(log)


@given(events, st.sampled_from([",", ";", "\t", "|"]))
@settings(max_examples=60, deadline=None)
def test_csv_is_mined_as_the_naive_way_does(log: list[Event], delimiter: str):
    with TemporaryDirectory() as folder:
        path = writing.table(Path(folder) / "log.csv", log, delimiter=delimiter)

        assert as_told(discover(read_log(path))) == naive.mined(log)
