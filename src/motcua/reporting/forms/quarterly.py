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
from motcua.reporting.forms.sheet import Column, Opens, Row, Section, Sheet

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


@dataclass(frozen=True)
class Named:
    """An agency by its code and name."""

    code: str
    name: str


@dataclass(frozen=True)
class Why:
    """How many dossiers are overdue for one reason."""

    key: str
    words: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Told:
    """Everything that the report tells: the levels, the period before, the agencies, the reasons."""

    levels: Mapping[str, Numbers]
    before: Numbers | None
    before_words: str
    agencies: Sequence[tuple[Named, Numbers]]
    reasons: Sequence[Why]


class _Said:
    """One paragraph being written: its numbers are noted in their order, each with what it opens."""

    def __init__(self, kind: str = "", key: str = "") -> None:
        self.kind, self.key = kind, key
        self.opens: list[Opens] = []

    def n(self, value: int, figure: str, kind: str | None = None, key: str = "") -> str:
        """Return a number as it is written, and note whose dossiers it opens."""
        own = (self.kind, self.key) if kind is None else (kind, key)
        self.opens.append(Opens(text=_n(value), figure=figure, kind=own[0], key=own[1]))
        return _n(value)


Paragraph = tuple[str, tuple[Opens, ...]]


def report(head: Sheet, told: Told) -> Sheet:
    """Return the report: its sections, and the table of figures by level."""
    rule = rule_on(head.last)
    sections = (
        _section("I. Tiếp nhận, giải quyết hồ sơ", _settlement(told)),
        _section("II. Số hóa, ký số, khai thác dữ liệu", _digital(told)),
        _section("III. Dịch vụ công trực tuyến, thanh toán", _online(told)),
        _section("IV. So với kỳ trước", _compared(told)),
        _section("V. Kết quả của các cơ quan, đơn vị", _named(told, rule)),
        _section("VI. Hồ sơ quá hạn", _reasons(told)),
    )
    return replace(
        head, first_head="Chỉ tiêu", unit="Hồ sơ, %", sections=sections, columns=_COLUMNS,
        rows=_rows(told), size="a4",
        notes=("Số liệu tính từ sổ sự kiện của từng hồ sơ; N/A: không có hồ sơ nào để tính.",),
    )  # fmt: skip


def _section(title: str, told: Sequence[Paragraph]) -> Section:
    return Section(
        title=title,
        paragraphs=tuple(text for text, _opens in told),
        opens=tuple(opens for _text, opens in told),
    )


def _settlement(told: Told) -> list[Paragraph]:
    whole, s = told.levels[""], _Said()
    lines = [
        (
            (
                f"Trong kỳ, toàn tỉnh tiếp nhận {s.n(whole.received, 'received')} hồ sơ thủ tục"
                f" hành chính và chuyển tiếp từ kỳ trước {s.n(whole.carried, 'carried')} hồ sơ;"
                f" đã giải quyết {s.n(whole.settled, 'settled')} hồ sơ, trong đó"
                f" {s.n(whole.on_time, 'on_time')} hồ sơ trước hạn và đúng hạn"
                f" ({percent(whole.on_time_share)}), {s.n(whole.late, 'late')} hồ sơ quá hạn."
                f" Đang giải quyết {s.n(whole.open, 'open')} hồ sơ, trong đó"
                f" {s.n(whole.overdue, 'overdue')} hồ sơ đã quá hạn."
            ),
            tuple(s.opens),
        )
    ]
    for key in ("province", "commune"):
        own = told.levels.get(key)
        if own is not None:
            s = _Said("level", key)
            text = (
                f"{LEVELS[key]}: tiếp nhận {s.n(own.received, 'received')}, giải quyết"
                f" {s.n(own.settled, 'settled')} hồ sơ;"
                f" tỷ lệ trước hạn và đúng hạn đạt {percent(own.on_time_share)}."
            )
            lines.append((text, tuple(s.opens)))
    return lines


def _digital(told: Told) -> list[Paragraph]:
    whole = told.levels[""]
    one, two, three = _Said(), _Said(), _Said()
    return [
        (
            (
                f"Hồ sơ tiếp nhận có thành phần được số hóa: {one.n(whole.digitised, 'digitised')} trên"
                f" {one.n(whole.received, 'received')},"
                f" đạt {percent(_share(whole.digitised, whole.received))}."
            ),
            tuple(one.opens),
        ),
        (
            (
                "Kết quả điện tử có ký số của người có thẩm quyền và cơ quan:"
                f" {two.n(whole.e_result, 'e_result')} trên {two.n(whole.resolved, 'resolved')} hồ sơ"
                f" có kết quả, đạt {percent(_share(whole.e_result, whole.resolved))}."
            ),
            tuple(two.opens),
        ),
        (
            (
                f"Hồ sơ dùng lại giấy tờ đã có trong kho: {three.n(whole.reused, 'reused')} trên"
                f" {three.n(whole.digitised, 'digitised')} hồ sơ có thành phần số hóa,"
                f" đạt {percent(_share(whole.reused, whole.digitised))};"
                f" {three.n(whole.from_store, 'from_store')} hồ sơ được kho thay cho giấy phải nộp."
            ),
            tuple(three.opens),
        ),
    ]


def _online(told: Told) -> list[Paragraph]:
    whole = told.levels[""]
    one, two = _Said(), _Said()
    return [
        (
            (
                f"Hồ sơ nộp trực tuyến: {one.n(whole.online, 'online')} trên"
                f" {one.n(whole.received, 'received')},"
                f" đạt {percent(_share(whole.online, whole.received))}."
            ),
            tuple(one.opens),
        ),
        (
            (
                f"Hồ sơ thanh toán trực tuyến: {two.n(whole.paid_online, 'paid_online')} trên"
                f" {two.n(whole.owing, 'obliged')} hồ sơ có nghĩa vụ tài chính,"
                f" đạt {percent(_share(whole.paid_online, whole.owing))}."
            ),
            tuple(two.opens),
        ),
    ]


def _compared(told: Told) -> list[Paragraph]:
    now, before = told.levels[""], told.before
    if before is None or not (before.received or before.settled):
        return [("Kỳ trước không có số liệu trong hệ thống để so sánh.", ())]
    s = _Said()
    text = (
        f"So với {told.before_words}: tiếp nhận"
        f" {_moved(s, now.received, before.received, 'received')};"
        f" giải quyết {_moved(s, now.settled, before.settled, 'settled')};"
        f" đang quá hạn {_moved(s, now.overdue, before.overdue, 'overdue')};"
        f" tỷ lệ trước hạn và đúng hạn {_points(now.on_time_share, before.on_time_share)}."
    )
    return [(text, tuple(s.opens))]


def _moved(said: _Said, now: int, before: int, figure: str) -> str:
    if now == before:
        return f"không đổi ({said.n(now, figure)})"
    way = "tăng" if now > before else "giảm"
    share = f", {percent(100 * abs(now - before) / before)}" if before else ""
    moved = said.n(abs(now - before), "")
    was, stands = said.n(before, figure, "before"), said.n(now, figure)
    return f"{way} {moved} ({was} → {stands}{share})"


def _points(now: float | None, before: float | None) -> str:
    if now is None or before is None:
        return "không so được (N/A)"
    way = "tăng" if now >= before else "giảm"
    return f"{way} {percent(abs(now - before)).removesuffix('%')} điểm phần trăm"


def _named(told: Told, rule: Rule) -> list[Paragraph]:
    known = [
        (one, own, own.on_time_share)
        for one, own in told.agencies
        if own.settled >= rule.least and own.on_time_share is not None
    ]
    good = [(one, own, share) for one, own, share in known if share >= rule.goal]
    below = [(one, own, share) for one, own, share in known if share < rule.goal]
    said = (
        f"Tính những cơ quan giải quyết từ {rule.least} hồ sơ trong kỳ; mục tiêu"
        f" {percent(rule.goal)} trước hạn và đúng hạn; xếp theo tên, không xếp hạng."
    )
    return [
        (said, ()),
        _list(f"Đạt mục tiêu ({len(good)})", good),
        _list(f"Chưa đạt mục tiêu ({len(below)})", below),
    ]


def _list(title: str, found: Sequence[tuple[Named, Numbers, float]]) -> Paragraph:
    if not found:
        return f"{title}: không có.", ()
    said = _Said()
    told = [
        f"{one.name} {percent(share)} ({said.n(own.on_time, 'on_time', 'agency', one.code)}"
        f"/{said.n(own.settled, 'settled', 'agency', one.code)})"
        for one, own, share in sorted(found, key=lambda line: fold(line[0].name))
    ]
    return f"{title}: {'; '.join(told)}.", tuple(said.opens)


def _reasons(told: Told) -> list[Paragraph]:
    known = [one for one in told.reasons if one.count]
    if not known:
        return [("Trong kỳ không có hồ sơ quá hạn.", ())]
    said = _Said()
    parts = "; ".join(
        f"{one.words.lower()}: {said.n(one.count, 'late_any', 'reason', one.key)}" for one in known
    )
    text = f"Nguyên nhân quá hạn suy từ dữ kiện của từng hồ sơ: {parts}."
    return [(text, tuple(said.opens))]


_COLUMNS = tuple(
    Column(key=key or "all", words=words, number=f"({place})")
    for place, (key, words) in enumerate(LEVELS.items(), start=3)
)
Line = tuple[str, str, str | tuple[str, str], Callable[[Numbers], int | float | None]]
_LINES: tuple[Line, ...] = (
    ("Tiếp nhận trong kỳ", "", "received", lambda n: n.received),
    ("Từ kỳ trước chuyển sang", "", "carried", lambda n: n.carried),
    ("Đã giải quyết", "", "settled", lambda n: n.settled),
    ("Trước hạn và đúng hạn", "", "on_time", lambda n: n.on_time),
    ("Quá hạn", "", "late", lambda n: n.late),
    ("Tỷ lệ trước hạn và đúng hạn", "share", ("on_time", "settled"), lambda n: n.on_time_share),
    ("Đang giải quyết", "", "open", lambda n: n.open),
    ("Trong đó quá hạn", "", "overdue", lambda n: n.overdue),
    (
        "Tỷ lệ số hóa hồ sơ",
        "share",
        ("digitised", "received"),
        lambda n: _share(n.digitised, n.received),
    ),
    (
        "Tỷ lệ kết quả điện tử",
        "share",
        ("e_result", "resolved"),
        lambda n: _share(n.e_result, n.resolved),
    ),
    (
        "Tỷ lệ khai thác, tái sử dụng",
        "share",
        ("reused", "digitised"),
        lambda n: _share(n.reused, n.digitised),
    ),
    (
        "Tỷ lệ nộp trực tuyến",
        "share",
        ("online", "received"),
        lambda n: _share(n.online, n.received),
    ),
    (
        "Tỷ lệ thanh toán trực tuyến",
        "share",
        ("paid_online", "obliged"),
        lambda n: _share(n.paid_online, n.owing),
    ),
)


def _rows(told: Told) -> tuple[Row, ...]:
    return tuple(
        Row(
            name=words,
            mark=str(place),
            values=tuple(tell(told.levels.get(key, Numbers())) for key in LEVELS),
            kind=kind,
            figures=("" if isinstance(opens, tuple) else opens,) * len(LEVELS),
            of=opens if isinstance(opens, tuple) else (),
        )
        for place, (words, kind, opens, tell) in enumerate(_LINES, start=1)
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
