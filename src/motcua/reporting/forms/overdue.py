"""Biểu II.07b: why dossiers are overdue, a line for each field, a column for each reason.

Source: 02/2017/TT-VPCP biểu II.07b; the reasons are derived from facts, a person may add words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from motcua.kernel.text import fold
from motcua.reporting.forms.causes import Rules
from motcua.reporting.forms.sheet import Check, Column, Row, Sheet, checked, equal, summed

LAW = "02/2017/TT-VPCP"


@dataclass(frozen=True)
class Late:
    """The overdue dossiers of one field: settled late, still open, and how many by reason."""

    settled: int
    still: int
    reasons: Mapping[str, int]


def columns(rules: Rules) -> tuple[Column, ...]:
    """Return the columns of the form: the sum, its two parts, the reasons."""
    reasons = [
        Column(key=one.key, words=one.words, number=f"({place})", group="Nguyên nhân (số hồ sơ)")
        for place, one in enumerate(rules.reasons, start=6)
    ]
    both = "Hồ sơ quá hạn"
    return (
        Column(
            key="all",
            words="Tổng số",
            number="(3)",
            group=both,
            sum_of=("settled", "still"),
            figure="late_any",
        ),
        Column(key="settled", words="Đã giải quyết", number="(4)", group=both, figure="late"),
        Column(key="still", words="Đang giải quyết", number="(5)", group=both, figure="overdue"),
        *reasons,
    )


def reasons_of_overdue(
    head: Sheet, fields: Mapping[str, Late], *, rules: Rules, added: Sequence[str] = ()
) -> Sheet:
    """Return the form; `added` are the words that people put beside the figures."""
    laid = columns(rules)
    lines = [
        Row(name=name, mark=str(place), values=_values(fields[name], rules), opens=("field", name))
        for place, name in enumerate(sorted(fields, key=fold), start=1)
    ]
    rows = list(lines)
    if lines:
        sums = tuple(range(len(lines)))
        rows.append(Row(name="Tổng số", values=summed(lines, laid), sums=sums))
    return replace(
        head, first_head="Lĩnh vực giải quyết", unit="Số hồ sơ", columns=laid, rows=tuple(rows),
        checks=(*checked(laid, rows), _all_have_reasons(rows)),
        notes=tuple(f"Giải trình thêm: {words}" for words in added),
    )  # fmt: skip


def _values(late: Late, rules: Rules) -> tuple[int, ...]:
    parts = [late.reasons.get(one.key, 0) for one in rules.reasons]
    return (late.settled + late.still, late.settled, late.still, *parts)


def _all_have_reasons(rows: Sequence[Row]) -> Check:
    pairs = [
        (row.name, row.values[0], sum(one for one in row.values[3:] if isinstance(one, int)))
        for row in rows
    ]
    return equal("3 = tổng các nguyên nhân", pairs)


def with_settlement(sheet: Sheet, late: int, overdue: int) -> Sheet:
    """Return the form with the check that it names exactly the overdue of Biểu II.06a: 10 and 13."""
    total = sheet.total
    found = total.values[0] if total is not None else 0
    check = equal("07b cột 3 = 06 cột 10 + cột 13", [("Tổng số", found, late + overdue)])
    return replace(sheet, checks=(*sheet.checks, check))
