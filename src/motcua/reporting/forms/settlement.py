"""Biểu II.06a and II.06b: how dossiers were received and settled, thirteen columns.

Source: 02/2017/TT-VPCP biểu II.06a, II.06b.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from motcua.kernel.text import fold
from motcua.reporting.forms.sheet import Check, Column, Row, Sheet, checked, equal, summed

LAW = "02/2017/TT-VPCP"
_IN, _DONE, _OPEN = "Số hồ sơ tiếp nhận", "Số hồ sơ đã giải quyết", "Số hồ sơ đang giải quyết"

COLUMNS = (
    Column(
        key="all", words="Tổng số", number="(3)", group=_IN,
        sum_of=("online", "direct", "carried"), figure="whole",
    ),
    Column(key="online", words="Trực tuyến trong kỳ", number="(4)", group=_IN, figure="online"),
    Column(
        key="direct", words="Trực tiếp, bưu chính trong kỳ", number="(5)", group=_IN,
        figure="direct",
    ),
    Column(key="carried", words="Từ kỳ trước", number="(6)", group=_IN, figure="carried"),
    Column(
        key="settled", words="Tổng số", number="(7)", group=_DONE,
        sum_of=("early", "in_term", "late"), figure="settled",
    ),
    Column(key="early", words="Trước hạn", number="(8)", group=_DONE, figure="early"),
    Column(key="in_term", words="Đúng hạn", number="(9)", group=_DONE, figure="in_term"),
    Column(key="late", words="Quá hạn", number="(10)", group=_DONE, figure="late"),
    Column(
        key="open", words="Tổng số", number="(11)", group=_OPEN, sum_of=("in_time", "overdue"),
        figure="open",
    ),
    Column(key="in_time", words="Trong hạn", number="(12)", group=_OPEN, figure="not_overdue"),
    Column(key="overdue", words="Quá hạn", number="(13)", group=_OPEN, figure="overdue"),
)  # fmt: skip
KEYS = tuple(column.key for column in COLUMNS)


@dataclass(frozen=True, kw_only=True)
class Counts:
    """The eight counts that a line is made of; everything else is their sum.

    `in_term` holds what was settled on the due day, stopped or withdrawn; `in_time` also holds
    what waits for the person.
    """

    online: int = 0
    direct: int = 0
    carried: int = 0
    early: int = 0
    in_term: int = 0
    late: int = 0
    in_time: int = 0
    overdue: int = 0

    @property
    def values(self) -> tuple[int, ...]:
        """Return columns 3 to 13."""
        settled, still = self.early + self.in_term + self.late, self.in_time + self.overdue
        return (
            self.online + self.direct + self.carried, self.online, self.direct, self.carried,
            settled, self.early, self.in_term, self.late, still, self.in_time, self.overdue,
        )  # fmt: skip


def line(name: str, counts: Counts, *, opens: tuple[str, str] = ("", "")) -> Row:
    """Return one line of the form."""
    return Row(name=name, values=counts.values, opens=opens)


def one_agency(head: Sheet, fields: Mapping[str, Counts]) -> Sheet:
    """Return Biểu II.06a of one agency: a line for each field, then their sum."""
    rows = [line(name, fields[name], opens=("field", name)) for name in sorted(fields, key=fold)]
    return finished(replace(head, first_head="Lĩnh vực giải quyết"), rows)


def finished(head: Sheet, rows: Sequence[Row], more: Sequence[Check] = ()) -> Sheet:
    """Return the form with its sum and its checks."""
    numbered = [replace(row, mark=str(place)) for place, row in enumerate(rows, start=1)]
    total = Row(name="Tổng số", values=summed(numbered, COLUMNS), sums=tuple(range(len(numbered))))
    whole = (*numbered, total) if numbered else ()
    return replace(
        head, columns=COLUMNS, rows=whole, unit="Số hồ sơ", checks=(*identities(whole), *more)
    )


def identities(rows: Sequence[Row]) -> tuple[Check, ...]:
    """Return the identities of the form: 3=4+5+6, 7=8+9+10, 11=12+13, 3=7+11, sums of rows."""
    of_columns = checked(COLUMNS, rows)
    whole, settled, still = KEYS.index("all"), KEYS.index("settled"), KEYS.index("open")
    pairs = [
        (row.name, row.values[whole], _plus(row.values[settled], row.values[still]))
        for row in rows
    ]
    return (*of_columns[:3], equal("3 = 7 + 11", pairs), *of_columns[3:])


def _plus(left: object, right: object) -> int:
    return sum(value for value in (left, right) if isinstance(value, int))


@dataclass(frozen=True, kw_only=True)
class Part:
    """One agency's Biểu II.06a as it goes into the aggregated one."""

    code: str
    name: str
    level: str
    fields: Mapping[str, Counts]


LEVELS = (
    ("province", "A", "Cơ quan chuyên môn, đơn vị cấp tỉnh"),
    ("commune", "B", "Ủy ban nhân dân cấp xã"),
)


def by_agency(head: Sheet, parts: Sequence[Part]) -> Sheet:
    """Return Biểu II.06b with a line for each agency under its level, and the sum of the levels."""
    rows: list[Row] = []
    tops: list[int] = []
    for level, mark, words in LEVELS:
        own = sorted((one for one in parts if one.level == level), key=lambda one: fold(one.name))
        if not own:
            continue
        lines = [line(one.name, _whole(one), opens=("agency", one.code)) for one in own]
        top = len(rows)
        tops.append(top)
        numbers = [replace(row, mark=str(place)) for place, row in enumerate(lines, start=1)]
        under = tuple(range(top + 1, top + 1 + len(numbers)))
        whole = summed(numbers, COLUMNS)
        rows.append(Row(name=words, mark=mark, values=whole, sums=under, opens=("level", level)))
        rows += numbers
    if tops:
        total = summed([rows[top] for top in tops], COLUMNS)
        rows.append(Row(name="Tổng số", values=total, sums=tuple(tops)))
    checks = (*identities(rows), _is_sum_of_parts(rows, parts))
    return replace(
        head, first_head="Cơ quan giải quyết", columns=COLUMNS, rows=tuple(rows),
        unit="Số hồ sơ", checks=checks,
    )  # fmt: skip


def by_field(head: Sheet, parts: Sequence[Part]) -> Sheet:
    """Return Biểu II.06b with a line for each field, added up over the agencies."""
    sums: dict[str, tuple[int, ...]] = {}
    for part in parts:
        for name, counts in part.fields.items():
            known = sums.get(name, (0,) * len(COLUMNS))
            sums[name] = tuple(a + b for a, b in zip(known, counts.values, strict=True))
    rows = [
        Row(name=name, values=sums[name], opens=("field", name)) for name in sorted(sums, key=fold)
    ]
    sheet = finished(replace(head, first_head="Lĩnh vực giải quyết"), rows)
    check = _is_sum_of_parts(sheet.rows, parts)
    return replace(sheet, checks=(*sheet.checks, check))


def with_whole(sheet: Sheet, whole: Counts) -> Sheet:
    """Return the form with the check that its sum is the province's own count, column by column."""
    total = sheet.total
    values = total.values if total is not None else (0,) * len(COLUMNS)
    pairs = [
        (f"cột {column.number}", values[place], whole.values[place])
        for place, column in enumerate(COLUMNS)
    ]
    return replace(sheet, checks=(*sheet.checks, equal("06b = số đếm toàn tỉnh", pairs)))


def _whole(part: Part) -> Counts:
    names = list(Counts.__dataclass_fields__)
    return Counts(**{n: sum(getattr(one, n) for one in part.fields.values()) for n in names})


def _is_sum_of_parts(rows: Sequence[Row], parts: Sequence[Part]) -> Check:
    """06b = Σ 06a, in every column."""
    if not rows:
        return equal("06b = Σ 06a", [("Tổng số", 0, len(parts))] if parts else [])
    each = [one.values for part in parts for one in part.fields.values()]
    pairs = [
        (
            f"{rows[-1].name}, cột {column.number}",
            rows[-1].values[place],
            sum(v[place] for v in each),
        )
        for place, column in enumerate(COLUMNS)
    ]
    return equal("06b = Σ 06a", pairs)
