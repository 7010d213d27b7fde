"""What the page of places shows, put together from the directory's distances."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from motcua.directory.queries import points as known
from motcua.directory.queries import shapes
from motcua.directory.queries.points import Known, Reach
from motcua.directory.reach.distance import Gain, Share
from motcua.directory.reach.shapes import Frame, Polygons, frame_of
from motcua.kernel.text import in_order
from motcua.web.ui.parts import Tab

WIDTH = 420
MOST_PUT = 3
_STEPS = ((0.5, "p0"), (10.0, "p1"), (30.0, "p2"), (60.0, "p3"))


@dataclass(frozen=True)
class Area:
    """A commune on the map: its outline, or its seat as a dot, and how it is shaded."""

    name: str
    path: str
    x: float
    y: float
    shade: str
    told: str


@dataclass(frozen=True)
class Mark:
    """A point on the map: tone "" there is, "next" would help, "put" tried."""

    x: float
    y: float
    name: str
    tone: str = ""
    label: str = ""


@dataclass(frozen=True)
class Line:
    """A commune in the table."""

    code: str
    name: str
    share: Share
    nearest: float | None
    is_apart: bool


@dataclass(frozen=True)
class Brought:
    """One more point of a kind at the tried places: what it brings within reach."""

    kind: str
    people: int
    km2: float
    has_points: bool


def context_of(*, kind: str, put: Sequence[str], on: date) -> dict[str, Any]:
    """Return everything that the page of a kind shows; `put`: communes where a point is tried."""
    kind = kind if kind in known.KINDS else known.KINDS[0]
    here = known.known(on=on)
    names = here.names
    tried = tuple(code for code in dict.fromkeys(put) if code in names)[:MOST_PUT]
    now = known.reach(kind, on=on)
    then = known.reach(kind, on=on, more=tried) if tried else now
    return {
        "kind": kind,
        "kind_name": known.kind_names()[kind],
        "tabs": _tabs(kind, tried),
        "reach": now,
        "then": then if tried else None,
        "tried": [names[code] for code in tried],
        "tried_codes": tried,
        "brought": [_brought(one, tried, on) for one in known.KINDS] if tried else [],
        "gained_people": now.far_people - then.far_people,
        "gained_km2": now.far_km2 - then.far_km2,
        "map": _map(then, tried, here),
        "lines": _lines(then),
        "heads": _heads(then),
        "following": [(n, one, names.get(one.code, "")) for n, one in enumerate(now.following, 1)],
        "communes": here.communes,
        "shapes_source": here.shapes_source,
        "population_source": here.population_source,
        **_unknown(then, names),
    }


def _unknown(reach: Reach, names: Mapping[str, str]) -> dict[str, Any]:
    """Return of which communes something is not known, and how much of their land is far."""
    return {
        "uncounted": [names[one.code] for one in reach.uncounted],
        "uncounted_codes": {one.code for one in reach.uncounted},
        "uncounted_km2": sum(one.km2 for one in reach.uncounted),
        "uncounted_far_km2": sum(one.far_km2 for one in reach.uncounted if not one.is_point),
        "undrawn": [names[one.code] for one in reach.undrawn] if reach.has_outlines else [],
    }


def _tabs(kind: str, tried: Sequence[str]) -> list[Tab]:
    names = known.kind_names()
    return [
        Tab(
            names[one],
            "?" + urlencode([("loai", one), *(("dat", code) for code in tried)]),
            is_current=one == kind,
        )
        for one in known.KINDS
    ]


def _brought(kind: str, tried: tuple[str, ...], on: date) -> Brought:
    now, then = known.reach(kind, on=on), known.reach(kind, on=on, more=tried)
    return Brought(
        known.kind_names()[kind],
        now.far_people - then.far_people,
        now.far_km2 - then.far_km2,
        bool(now.points),
    )


def shade(share: Share) -> str:
    """Return the shade of a commune: p0 (all near) to p4 (60 % and more too far); or "none"."""
    if share.is_point:
        return "none"
    return next((name for limit, name in _STEPS if share.percent < limit), "p4")


def _heads(reach: Reach) -> str:
    """Return the heads of the table; without outlines nothing is known of who lives far."""
    if reach.has_outlines:
        return _(
            "Xã, phường|Số dân>|Người ở xa>|Phần đất ở xa>|Từ trung tâm xã đến điểm gần nhất>"
        )
    return _("Xã, phường|Số dân>|Từ trung tâm xã đến điểm gần nhất>")


def _lines(reach: Reach) -> list[Line]:
    made = [
        Line(
            share.code,
            reach.names.get(share.code, share.code),
            share,
            reach.nearest.get(share.code),
            share.code in reach.apart,
        )
        for share in reach.shares
    ]
    return sorted(made, key=_farthest_first)


def _farthest_first(line: Line) -> tuple[Any, ...]:
    share = line.share
    if share.is_point:
        return line.is_apart, 1, 0.0, -(line.nearest or 0), in_order(line.name)
    return line.is_apart, 0, -(share.far_people or 0), -share.percent, in_order(line.name)


def _map(reach: Reach, tried: tuple[str, ...], here: Known) -> dict[str, Any]:
    places = here.seats
    drawn = shapes.map_for(WIDTH)
    frame = drawn.frame if drawn else _frame_of_seats(reach, places)
    paths = {code: path for code, _name, path in drawn.paths} if drawn else {}
    areas = []
    for share in reach.shares:
        place = places.get(share.code)
        if place is None or share.code in reach.apart:
            continue
        x, y = frame.xy(*place)
        name = reach.names[share.code]
        areas.append(Area(name, paths.get(share.code, ""), x, y, shade(share), _told(share)))
    return {
        "width": round(frame.width),
        "height": round(frame.height),
        "areas": areas,
        "marks": _marks(reach, tried, frame, places),
        "is_real": drawn is not None,
    }


def _frame_of_seats(reach: Reach, places: Mapping[str, tuple[float, float]]) -> Frame:
    near = [seat for code, seat in places.items() if code not in reach.apart]
    # Two corners of the province, so that the frame has a size whatever seats are known.
    seats: Polygons = [[[*near, (108.6, 11.35), (109.4, 12.85)]]]
    return frame_of([seats], width=WIDTH, margin=16)


def _marks(
    reach: Reach, tried: tuple[str, ...], frame: Frame, places: Mapping[str, tuple[float, float]]
) -> list[Mark]:
    found = []
    for point in reach.points:
        x, y = frame.xy(point.lon, point.lat)
        if 0 <= x <= frame.width and 0 <= y <= frame.height:
            found.append(Mark(x, y, point.name))
    for code in tried:
        if code in places:
            x, y = frame.xy(*places[code])
            found.append(Mark(x, y, reach.names[code], "put"))
    if not tried:
        found += [_next(n, one, frame) for n, one in enumerate(reach.following, 1)]
    return found


def _next(number: int, gain: Gain, frame: Frame) -> Mark:
    x, y = frame.xy(gain.lon, gain.lat)
    return Mark(x, y, _("điểm nên đặt thứ %d") % number, "next", str(number))


def _told(share: Share) -> str:
    return _("chưa biết") if share.is_point else f"{share.percent:.0f}%"
