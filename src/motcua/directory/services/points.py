"""Verbs about where people are served and the communes they live in: load lists and outlines."""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.directory import events
from motcua.directory.actor import Actor
from motcua.directory.models import Place, PlacePopulation, PlaceShape, ServicePoint
from motcua.directory.reach import shapes
from motcua.kernel.facts import Fact
from motcua.kernel.refused import Refused
from motcua.kernel.text import squeeze
from motcua.ledger import services as ledger

STREAM = "directory"
MOST_BYTES = 64 * 2**20
MOST_ROWS = 20_000
MOST_PEOPLE = 2_000_000
_COLUMNS = {"kind", "name", "lat", "lon"}


class NotAList(Refused):
    """The file is not what this command loads."""


@dataclass
class Loaded:
    """How many rows were taken, and which were set aside and why."""

    taken: int = 0
    set_aside: list[str] = field(default_factory=list)


def load_points(path: str, *, source: str, by: Actor, at: datetime) -> Loaded:
    """Load service points from a CSV with kind, name, address, lat, lon, hours, place, dates.

    A point is known by its kind and name: loading again brings it up to date.
    Raises NotAList: no CSV of service points, or too long.
    """
    report, today = Loaded(), at.date()
    known = set(Place.objects.values_list("code", flat=True))
    found: dict[tuple[str, str], ServicePoint] = {}
    for number, row in enumerate(_rows(path, _COLUMNS), start=2):
        try:
            point = _point(row, source=source, today=today, known=known)
        except ValueError as error:
            report.set_aside.append(_("dòng %d: %s") % (number, error))
            continue
        found[point.kind, point.name] = point
    report.taken = len(found)
    with transaction.atomic():
        ServicePoint.objects.bulk_create(
            found.values(),
            update_conflicts=True,
            unique_fields=["kind", "name"],
            update_fields=["address", "place", "lat", "lon", "hours", "source", "valid_from",
                           "valid_to"],
        )  # fmt: skip
        _record(events.ServicePointsLoaded, report, source=source, by=by, at=at)
    return report


def load_shapes(path: str, *, source: str, by: Actor, at: datetime) -> Loaded:
    """Load the outlines of the communes from GeoJSON; those of other provinces are set aside.

    Raises NotAList: no GeoJSON of areas, or larger than 64 MiB.
    """
    report, known = Loaded(), set(Place.objects.values_list("code", flat=True))
    made = []
    for feature in _features(path):
        properties = feature.get("properties") or {}
        code = str(properties.get("code") or feature.get("id") or "")
        if code not in known:
            report.set_aside.append(_("%s: không phải xã, phường của tỉnh") % (code or "?"))
            continue
        try:
            polygons = shapes.polygons_of(feature.get("geometry") or {})
        except shapes.NotAShape as error:
            report.set_aside.append(f"{code}: {error}")
            continue
        size = shapes.area_km2(polygons)
        made.append(
            PlaceShape(
                place_id=code, polygons=polygons, area_km2=size, source=source, loaded_at=at
            )
        )
    report.taken = len(made)
    with transaction.atomic():
        PlaceShape.objects.bulk_create(
            made,
            update_conflicts=True,
            unique_fields=["place"],
            update_fields=["polygons", "area_km2", "source", "loaded_at"],
        )
        _record(events.PlaceShapesLoaded, report, source=source, by=by, at=at)
    return report


def load_population(path: str, *, source: str, by: Actor, at: datetime) -> Loaded:
    """Load how many people live in each commune from a CSV with code and population.

    Raises NotAList: no such CSV.
    """
    report, known = (
        Loaded(),
        set(Place.objects.exclude(kind="province").values_list("code", flat=True)),
    )
    made = []
    for row in _rows(path, {"code", "population"}):
        if row["code"] not in known:
            continue
        said = row["population"].replace(".", "").replace(",", "").strip()
        if not said.isdecimal() or not 0 < int(said) <= MOST_PEOPLE:
            report.set_aside.append(_("%s: chưa có số dân") % row["code"])
            continue
        made.append(
            PlacePopulation(place_id=row["code"], people=int(said), source=source, loaded_at=at)
        )
    report.taken = len(made)
    with transaction.atomic():
        PlacePopulation.objects.bulk_create(
            made,
            update_conflicts=True,
            unique_fields=["place"],
            update_fields=["people", "source", "loaded_at"],
        )
        _record(events.PlacePopulationsLoaded, report, source=source, by=by, at=at)
    return report


def _record(
    kind: type[events.ServicePointsLoaded]
    | type[events.PlaceShapesLoaded]
    | type[events.PlacePopulationsLoaded],
    report: Loaded,
    *,
    source: str,
    by: Actor,
    at: datetime,
) -> None:
    fact: Fact = kind(source=source, taken=report.taken, set_aside=len(report.set_aside))
    ledger.record_alone(fact, stream=STREAM, at=at, actor=by.key, actor_name=by.name)


def _rows(path: str, columns: set[str]) -> list[dict[str, str]]:
    _check_size(path)
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if not columns <= set(reader.fieldnames or ()):
            raise NotAList(_("tệp CSV phải có các cột: %s") % ", ".join(sorted(columns)))
        rows = [{k: v or "" for k, v in row.items() if k} for row in reader]
    if len(rows) > MOST_ROWS:
        raise NotAList(_("tệp có hơn %d dòng") % MOST_ROWS)
    return rows


def _features(path: str) -> list[dict[str, Any]]:
    _check_size(path)
    try:
        document = json.loads(Path(path).read_text(encoding="utf-8"))
        features = document["features"]
    except (ValueError, KeyError, TypeError) as error:
        raise NotAList(_("tệp không phải là GeoJSON FeatureCollection")) from error
    if not isinstance(features, list) or len(features) > MOST_ROWS:
        raise NotAList(_("tệp không phải là GeoJSON FeatureCollection"))
    return [feature for feature in features if isinstance(feature, dict)]


def _check_size(path: str) -> None:
    if not Path(path).is_file():
        raise NotAList(_("không có tệp %s") % path)
    if Path(path).stat().st_size > MOST_BYTES:
        raise NotAList(_("tệp lớn hơn 64 MiB"))


def _point(row: Mapping[str, str], *, source: str, today: date, known: set[str]) -> ServicePoint:
    kind, name = row["kind"].strip(), squeeze(row["name"])[:200]
    if kind not in ServicePoint.Kind.values:
        raise ValueError(_("không có loại “%s”") % kind)
    if not name:
        raise ValueError(_("thiếu tên"))
    lat, lon = float(row["lat"]), float(row["lon"])
    if not (6 <= lat <= 24 and 102 <= lon <= 118):
        raise ValueError(_("tọa độ ở ngoài lãnh thổ"))
    place = row.get("place", "").strip()
    return ServicePoint(
        kind=kind,
        name=name,
        address=squeeze(row.get("address", ""))[:300],
        place_id=place if place in known else None,
        lat=lat,
        lon=lon,
        hours=squeeze(row.get("hours", ""))[:200],
        source=row.get("source", "").strip()[:200] or source,
        valid_from=_day(row.get("valid_from", "")) or today,
        valid_to=_day(row.get("valid_to", "")),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text.strip()) if text.strip() else None
