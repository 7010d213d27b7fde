"""The province's report on a period: figures by level, digitisation, services online, comparisons.

Agencies are named by one rule (quarterly.toml), with their numbers, in the order of their names.
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from motcua.kernel.text import fold
from motcua.reporting.forms.evidence import percent
from motcua.reporting.forms.sheet import Column, Row, Section, Sheet

_FILE = Path(__file__).parent / "quarterly.toml"
LEVELS = {
    "": "Toàn tỉnh",
    "province": "Cơ quan chuyên môn cấp tỉnh",
    "commune": "Ủy ban nhân dân cấp xã",
}


@dataclass(frozen=True, kw_only=True)
class Rule:
    """From when which goal holds, and how many settled dossiers make an agency worth naming."""

    since: date
    goal: float
    least: int


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """The counts of one level, agency or the whole in a period."""

    received: int = 0
    carried: int = 0
    online: int = 0
    settled: int = 0
    on_time: int = 0
    late: int = 0
    open: int = 0
    overdue: int = 0
    digitised: int = 0
    resolved: int = 0
    e_result: int = 0
    reused: int = 0
    from_store: int = 0
    owing: int = 0
    paid_online: int = 0

    @property
    def on_time_share(self) -> float | None:
        """On time among those settled, in per cent."""
        return _share(self.on_time, self.settled)


def summed(many: Sequence[Numbers]) -> Numbers:
    """Return the sums of the counts of many."""
    names = Numbers.__dataclass_fields__
    return Numbers(**{name: sum(getattr(one, name) for one in many) for name in names})


@dataclass(frozen=True, kw_only=True)
class Told:
    """Everything that the report tells: the levels, the period before, the agencies, the reasons."""

    levels: Mapping[str, Numbers]
    before: Numbers | None
    before_words: str
    agencies: Sequence[tuple[str, Numbers]]
    reasons: Sequence[tuple[str, int]]


def report(head: Sheet, told: Told) -> Sheet:
    """Return the report: its sections, and the table of figures by level."""
    rule = rule_on(head.last)
    sections = (
        Section(title="I. Tiếp nhận, giải quyết hồ sơ", paragraphs=_settlement(told)),
        Section(title="II. Số hóa, ký số, khai thác dữ liệu", paragraphs=_digital(told)),
        Section(title="III. Dịch vụ công trực tuyến, thanh toán", paragraphs=_online(told)),
        Section(title="IV. So với kỳ trước", paragraphs=_compared(told)),
        Section(title="V. Kết quả của các cơ quan, đơn vị", paragraphs=_named(told, rule)),
        Section(title="VI. Hồ sơ quá hạn", paragraphs=_reasons(told)),
    )
    return replace(
        head, first_head="Chỉ tiêu", unit="Hồ sơ, %", sections=sections, columns=_COLUMNS,
        rows=_rows(told), size="a4",
        notes=("Số liệu tính từ sổ sự kiện của từng hồ sơ; N/A: không có hồ sơ nào để tính.",),
    )  # fmt: skip


def _settlement(told: Told) -> tuple[str, ...]:
    whole = told.levels[""]
    lines = [
        (
            f"Trong kỳ, toàn tỉnh tiếp nhận {_n(whole.received)} hồ sơ thủ tục hành chính"
            f" và chuyển tiếp từ kỳ trước {_n(whole.carried)} hồ sơ; đã giải quyết"
            f" {_n(whole.settled)} hồ sơ, trong đó {_n(whole.on_time)} hồ sơ trước hạn và đúng hạn"
            f" ({percent(whole.on_time_share)}), {_n(whole.late)} hồ sơ quá hạn."
            f" Đang giải quyết {_n(whole.open)} hồ sơ, trong đó {_n(whole.overdue)} hồ sơ đã quá hạn."
        )
    ]
    lines += [
        (
            f"{LEVELS[key]}: tiếp nhận {_n(own.received)}, giải quyết {_n(own.settled)} hồ sơ;"
            f" tỷ lệ trước hạn và đúng hạn đạt {percent(own.on_time_share)}."
        )
        for key in ("province", "commune")
        if (own := told.levels.get(key)) is not None
    ]
    return tuple(lines)


def _digital(told: Told) -> tuple[str, ...]:
    whole = told.levels[""]
    return (
        (
            f"Hồ sơ tiếp nhận có thành phần được số hóa: {_n(whole.digitised)} trên"
            f" {_n(whole.received)}, đạt {percent(_share(whole.digitised, whole.received))}."
        ),
        (
            f"Kết quả điện tử có ký số của người có thẩm quyền và cơ quan: {_n(whole.e_result)} trên"
            f" {_n(whole.resolved)} hồ sơ có kết quả, đạt"
            f" {percent(_share(whole.e_result, whole.resolved))}."
        ),
        (
            f"Hồ sơ dùng lại giấy tờ đã có trong kho: {_n(whole.reused)} trên {_n(whole.digitised)}"
            f" hồ sơ có thành phần số hóa, đạt {percent(_share(whole.reused, whole.digitised))};"
            f" {_n(whole.from_store)} hồ sơ được kho thay cho giấy phải nộp."
        ),
    )


def _online(told: Told) -> tuple[str, ...]:
    whole = told.levels[""]
    return (
        (
            f"Hồ sơ nộp trực tuyến: {_n(whole.online)} trên {_n(whole.received)}, đạt"
            f" {percent(_share(whole.online, whole.received))}."
        ),
        (
            f"Hồ sơ thanh toán trực tuyến: {_n(whole.paid_online)} trên {_n(whole.owing)} hồ sơ"
            f" có nghĩa vụ tài chính, đạt {percent(_share(whole.paid_online, whole.owing))}."
        ),
    )


def _compared(told: Told) -> tuple[str, ...]:
    now, before = told.levels[""], told.before
    if before is None or not (before.received or before.settled):
        return ("Kỳ trước không có số liệu trong hệ thống để so sánh.",)
    return (
        (
            f"So với {told.before_words}: tiếp nhận {_moved(now.received, before.received)};"
            f" giải quyết {_moved(now.settled, before.settled)};"
            f" đang quá hạn {_moved(now.overdue, before.overdue)};"
            f" tỷ lệ trước hạn và đúng hạn {_points(now.on_time_share, before.on_time_share)}."
        ),
    )


def _moved(now: int, before: int) -> str:
    if now == before:
        return f"không đổi ({_n(now)})"
    way = "tăng" if now > before else "giảm"
    share = f", {percent(100 * abs(now - before) / before)}" if before else ""
    return f"{way} {_n(abs(now - before))} ({_n(before)} → {_n(now)}{share})"


def _points(now: float | None, before: float | None) -> str:
    if now is None or before is None:
        return "không so được (N/A)"
    way = "tăng" if now >= before else "giảm"
    return f"{way} {percent(abs(now - before)).removesuffix('%')} điểm phần trăm"


def _named(told: Told, rule: Rule) -> tuple[str, ...]:
    known = [
        (name, own, own.on_time_share)
        for name, own in told.agencies
        if own.settled >= rule.least and own.on_time_share is not None
    ]
    good = [(name, own, share) for name, own, share in known if share >= rule.goal]
    below = [(name, own, share) for name, own, share in known if share < rule.goal]
    said = (
        f"Tính những cơ quan giải quyết từ {rule.least} hồ sơ trong kỳ; mục tiêu"
        f" {percent(rule.goal)} trước hạn và đúng hạn; xếp theo tên, không xếp hạng."
    )
    return (
        said,
        f"Đạt mục tiêu ({len(good)}): {_list(good)}.",
        f"Chưa đạt mục tiêu ({len(below)}): {_list(below)}.",
    )


def _list(found: Sequence[tuple[str, Numbers, float]]) -> str:
    if not found:
        return "không có"
    return "; ".join(
        f"{name} {percent(share)} ({_n(own.on_time)}/{_n(own.settled)})"
        for name, own, share in sorted(found, key=lambda one: fold(one[0]))
    )


def _reasons(told: Told) -> tuple[str, ...]:
    known = [(words, count) for words, count in told.reasons if count]
    if not known:
        return ("Trong kỳ không có hồ sơ quá hạn.",)
    parts = "; ".join(f"{words.lower()}: {_n(count)}" for words, count in known)
    return (f"Nguyên nhân quá hạn suy từ dữ kiện của từng hồ sơ: {parts}.",)


_COLUMNS = tuple(
    Column(key=key or "all", words=words, number=f"({place})")
    for place, (key, words) in enumerate(LEVELS.items(), start=3)
)
Line = tuple[str, str, str, Callable[[Numbers], int | float | None]]
_LINES: tuple[Line, ...] = (
    ("Tiếp nhận trong kỳ", "", "received", lambda n: n.received),
    ("Từ kỳ trước chuyển sang", "", "carried", lambda n: n.carried),
    ("Đã giải quyết", "", "settled", lambda n: n.settled),
    ("Trước hạn và đúng hạn", "", "on_time", lambda n: n.on_time),
    ("Quá hạn", "", "late", lambda n: n.late),
    ("Tỷ lệ trước hạn và đúng hạn", "share", "", lambda n: n.on_time_share),
    ("Đang giải quyết", "", "open", lambda n: n.open),
    ("Trong đó quá hạn", "", "overdue", lambda n: n.overdue),
    ("Tỷ lệ số hóa hồ sơ", "share", "", lambda n: _share(n.digitised, n.received)),
    ("Tỷ lệ kết quả điện tử", "share", "", lambda n: _share(n.e_result, n.resolved)),
    ("Tỷ lệ khai thác, tái sử dụng", "share", "", lambda n: _share(n.reused, n.digitised)),
    ("Tỷ lệ nộp trực tuyến", "share", "", lambda n: _share(n.online, n.received)),
    ("Tỷ lệ thanh toán trực tuyến", "share", "", lambda n: _share(n.paid_online, n.owing)),
)


def _rows(told: Told) -> tuple[Row, ...]:
    return tuple(
        Row(
            name=words,
            mark=str(place),
            values=tuple(tell(told.levels.get(key, Numbers())) for key in LEVELS),
            kind=kind,
            figures=(figure,) * len(LEVELS),
        )
        for place, (words, kind, figure, tell) in enumerate(_LINES, start=1)
    )


def _share(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None


def _n(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def rule_on(day: date) -> Rule:
    """Return by which rule agencies are named on a day."""
    return ([one for one in _rules() if one.since <= day] or [_rules()[0]])[-1]


@cache
def _rules() -> tuple[Rule, ...]:
    entries = tomllib.loads(_FILE.read_text("utf-8"))["rule"]
    return tuple(sorted((Rule(**one) for one in entries), key=lambda one: one.since))
