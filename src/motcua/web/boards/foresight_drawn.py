"""Forecasts, promises and what-ifs as plain numbers and words; the templates draw them as SVG."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from motcua.reporting.foresight.banding import SIZES
from motcua.web.ui import words

if TYPE_CHECKING:
    from motcua.reporting.models import KeptWhatIf

WIDTH, HEIGHT, FOOT, SIDE = 840, 220, 24, 40
OTHERS = "-"
Document = Mapping[str, Any]


@dataclass(frozen=True)
class Bar:
    """Promised and observed of one tenth of the looks, in per cent."""

    said: str
    count: int
    promised: float
    observed: float


@dataclass(frozen=True)
class Picture:
    """The days before, the expected days and their band; marks below name some days."""

    width: int
    height: int
    past: str
    expected: str
    band: str
    today: float
    lines: list[tuple[float, str]]
    marks: list[tuple[float, str]]


@dataclass(frozen=True)
class Week:
    """One week of the forecast: what is expected, and between which numbers."""

    first: date
    last: date
    mean: str
    low: str
    high: str


@dataclass(frozen=True)
class Outcome:
    """One number of a what-if: as it is, as it would be, how it moves, and whether that is good."""

    name: str
    base: str
    variant: str
    moves: str
    between: str
    tone: str


def bins(judged: Document) -> list[Bar]:
    """Return promised beside observed, a line for each tenth of the looks."""
    return [
        Bar(
            f"{words.number(100 * one['low'], 1)} – {words.number(100 * one['high'], 1)} %",
            one["count"], 100 * one["promised"], 100 * one["observed"],
        )
        for one in judged.get("bins", ())
    ]  # fmt: skip


def points(judged: Document) -> list[tuple[float, float]]:
    """Return where the tenths lie on a square of 200: promised to the right, observed upwards."""
    return [
        (round(200 * one["promised"], 1), round(200 - 200 * one["observed"], 1))
        for one in judged.get("bins", ())
    ]


def foretold(told: Document) -> list[dict[str, Any]]:
    """Return the weeks that were foretold one after the other: said and came, in per cent."""
    return [
        {
            "first": date.fromisoformat(one["first"]), "count": one["count"], "ece": one["ece"],
            "promised": 100 * one["promised"], "base": 100 * one["base"],
        }
        for one in told.get("weeks", ())
    ]  # fmt: skip


def name_of(series: Document) -> str:
    """Return the name of a series; what was put together says so."""
    if not series["kind"]:
        return _("Toàn tỉnh")
    if series["key"] == OTHERS:
        return {
            "centre": _("Các nơi tiếp nhận khác"), "agency": _("Các cơ quan khác"),
            "field": _("Các lĩnh vực khác"), "procedure": _("Các thủ tục khác"),
        }[series["kind"]]  # fmt: skip
    return str(series["name"])


def choices(series: Sequence[Document]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what can be chosen, grouped: the province, centres, agencies, fields, procedures."""
    said = {
        "": _("Tỉnh"), "centre": _("Nơi tiếp nhận"), "agency": _("Cơ quan giải quyết"),
        "field": _("Lĩnh vực"), "procedure": _("Thủ tục"),
    }  # fmt: skip
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in series:
        groups.setdefault(one["kind"], []).append((f"{one['kind']}|{one['key']}", name_of(one)))
    return [(said[kind], names) for kind, names in groups.items()]


def picture(document: Document, shown: Document) -> Picture:
    """Return the picture of one series: the last weeks, and the next four with their band."""
    past, high = shown["recent"], shown["high"]
    mean, low = shown["mean"], shown["low"]
    top = float(max([*past, *high, 1]))
    step = _round_step(top)
    many = len(past) + len(mean)

    def x(place: float) -> float:
        return round(SIDE + (WIDTH - SIDE) * place / max(1, many - 1), 1)

    def y(value: float) -> float:
        return round(HEIGHT - FOOT - (HEIGHT - FOOT - 8) * float(value / top), 1)

    def path(values: Sequence[float], begin: int) -> str:
        return " ".join(f"{x(begin + n)},{y(value)}" for n, value in enumerate(values))

    begin = len(past)
    back = " ".join(f"{x(begin + n)},{y(low[n])}" for n in range(len(low) - 1, -1, -1))
    first = date.fromisoformat(document["days"][0]) - timedelta(days=len(past))
    days = [(n, first + timedelta(days=n)) for n in range(many)]
    return Picture(
        WIDTH,
        HEIGHT,
        path(past, 0),
        path(mean, begin),
        f"{path(high, begin)} {back}",
        x(begin - 0.5),
        [(y(value), words.number(value)) for value in range(0, int(top) + 1, step)],
        [(x(n), words.day_month(day)) for n, day in days if day.weekday() == 0][::2],
    )


def _round_step(top: float) -> int:
    """Return a round distance of lines, of which at most five fit."""
    heads = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)
    return next(step for step in heads if top / step <= 5)


def weeks(document: Document, shown: Document) -> list[Week]:
    """Return the four weeks as a table."""
    first = date.fromisoformat(document["days"][0])
    return [
        Week(
            first + timedelta(days=7 * n), first + timedelta(days=7 * n + 6),
            words.number(mean), words.number(low), words.number(high),
        )
        for n, (mean, low, high) in enumerate(shown["weeks"])
    ]  # fmt: skip


def checks(found: Mapping[str, Document]) -> list[tuple[str, Document]]:
    """Return how forecasts did on the past, by kind, in per cent."""
    said = {
        "": _("Toàn tỉnh"), "centre": _("Nơi tiếp nhận"), "agency": _("Cơ quan giải quyết"),
        "field": _("Lĩnh vực"), "procedure": _("Thủ tục"),
    }  # fmt: skip
    return [
        (said[kind], {
            "days": one["days"],
            **{key: 100 * one.get(key, 0) for key in ("error", "naive", "inside", "wide", "week")},
        })
        for kind, one in found.items() if one["days"]
    ]  # fmt: skip


def sizes(found: Mapping[str, Document]) -> list[tuple[str, Document]]:
    """Return how often the bands held, by how many come on a working day, in per cent."""
    names = [_("dưới %d") % int(SIZES[0])]
    names += [
        _("%(low)d đến %(high)d") % {"low": low, "high": high} for low, high in pairwise(SIZES)
    ]
    names.append(_("trên %d") % int(SIZES[-1]))
    return [
        (names[int(size)], {
            "days": one["banded"], "weeks": one["weeks"],
            **{key: 100 * one[key] for key in ("inside", "wide", "week")},
        })
        for size, one in found.items() if one["banded"]
    ]  # fmt: skip


def changes(inputs: Document) -> list[str]:
    """Return what was asked for, in words."""
    said = []
    if people := inputs["appraisers"]:
        said.append(
            _("thêm %d chuyên viên thụ lý") % people if people > 0
            else _("bớt %d chuyên viên thụ lý") % -people
        )  # fmt: skip
    if desks := inputs["counters"]:
        said.append(_("thêm %d quầy") % desks if desks > 0 else _("bớt %d quầy") % -desks)
    if inputs["courier_runs"]:
        said.append(_("giao nhận giấy tờ %d chuyến mỗi ngày") % inputs["courier_runs"])
    if inputs["open_saturday"]:
        said.append(_("quầy mở sáng thứ Bảy"))
    if inputs["limit_of"]:
        said.append(
            _("thời hạn thủ tục %(code)s còn %(days)s ngày làm việc")
            % {"code": inputs["limit_of"], "days": words.number(inputs["limit_days"])}
        )
    return said


def told(kept: "KeptWhatIf") -> str:
    """Return a kept what-if in one line."""
    return "; ".join(changes(kept.inputs))


def outcome(result: Document) -> list[Outcome]:
    """Return what a what-if found, a line for each number."""
    said = (
        ("on_time", _("Đúng hạn, trên 100 hồ sơ xong"), 1, True),
        ("median_days", _("Một nửa hồ sơ xong trong, ngày làm việc"), 2, False),
        ("open", _("Còn tồn cuối kỳ, hồ sơ"), 0, False),
        ("overdue", _("Trong đó đã quá hạn"), 0, False),
        ("wait_counter", _("Chờ ở quầy, phút"), 1, False),
        ("load", _("Chuyên viên bận, trên 100 giờ làm"), 0, None),
    )
    lines = []
    for key, name, places, is_up_good in said:
        base, variant, moves = (result[part][key] for part in ("base", "variant", "difference"))
        lines.append(
            Outcome(
                name,
                words.number(base["mean"], places),
                words.number(variant["mean"], places),
                _signed(moves["mean"], places),
                f"{_signed(moves['low'], places)} … {_signed(moves['high'], places)}",
                _tone(moves, good=is_up_good),
            )
        )
    return lines


def least(result: Document) -> str:
    """Return by how much the share on time moves where dossiers lie for other reasons than hands."""
    found = result.get("lying")
    return _signed(found["difference"]["on_time"]["mean"], 1) if found else ""


def held_out(check: Document | None) -> dict[str, Any] | None:
    """Return the check on days that were held out, as it is told; None where there was none."""
    if not check:
        return None
    return {
        "since": date.fromisoformat(check["since"]),
        "on_time": share(check["on_time"]), "observed": share(check["observed"]),
        "days": words.number(check["median_days"], 1),
        "came": words.number(check["observed_days"], 1),
    }  # fmt: skip


def share(part: float | None) -> str:
    """Return a part as "92,5%", a dash of nothing."""
    return "–" if part is None else f"{words.number(100 * part, 1)}%"


def _signed(value: float, places: int) -> str:
    shown = words.number(abs(value), places)
    if not any(digit in "123456789" for digit in shown):
        return shown
    return ("+" if value > 0 else "−") + shown


def _tone(moves: Document, *, good: bool | None) -> str:
    """Return "good", "bad" or "" (it may as well be nothing)."""
    if good is None or moves["low"] <= 0 <= moves["high"]:
        return ""
    return "good" if (moves["mean"] > 0) == good else "bad"
