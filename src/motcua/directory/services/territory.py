"""Verbs about places and agencies: load the province that ships with us."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.directory import events
from motcua.directory.actor import Actor
from motcua.directory.data import build
from motcua.directory.models import Agency, Place
from motcua.directory.services import calendars
from motcua.kernel.text import fold
from motcua.ledger import services as ledger

STREAM = "directory"
_PLACE = ("name", "name_folded", "kind", "parent", "lat", "lon")
_AGENCY = (
    "name", "short_name", "name_folded", "kind", "level", "parent", "place", "calendar_key",
    "phone", "code_status",
)  # fmt: skip


@dataclass(frozen=True)
class LoadedTerritory:
    """How many places and agencies there are after a load, and which calendars are new."""

    places: int
    agencies: int
    calendars: tuple[str, ...]


@transaction.atomic
def load_territory(*, by: Actor, at: datetime) -> LoadedTerritory:
    """Load the province, its communes, agencies, centres and calendars.

    Loading again brings rows up to date by their codes; agencies opened by hand stay.
    """
    changed = calendars.load_calendars(by=by, at=at)
    province = build.province()
    _put_places([{**province, "kind": Place.Kind.PROVINCE}], parent=None)
    _put_places(build.communes(), parent=province["code"])
    _put_agencies()
    counts = {"places": Place.objects.count(), "agencies": Agency.objects.count()}
    fact = events.TerritoryLoaded(**counts)
    ledger.record_alone(fact, stream=STREAM, at=at, actor=by.key, actor_name=by.name)
    return LoadedTerritory(**counts, calendars=tuple(changed.changed))


def _put_places(rows: list[dict[str, Any]], *, parent: str | None) -> None:
    places = [
        Place(
            code=row["code"],
            name=row["name"],
            name_folded=fold(row["name"]),
            kind=row["kind"],
            parent_id=parent,
            lat=row["lat"],
            lon=row["lon"],
        )
        for row in rows
    ]
    Place.objects.bulk_create(
        places, update_conflicts=True, unique_fields=["code"], update_fields=_PLACE
    )


def _put_agencies() -> None:
    """Put parents before their parts: the parts need the parents' keys."""
    ids = dict(Agency.objects.values_list("code", "pk"))
    waiting = build.agencies()
    while waiting:
        ready = [row for row in waiting if not row["parent"] or row["parent"] in ids]
        if not ready:
            raise ValueError(f"no parent of {waiting[0]['code']} is there")
        Agency.objects.bulk_create(
            [_agency(row, ids) for row in ready],
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=_AGENCY,
        )
        ids = dict(Agency.objects.values_list("code", "pk"))
        waiting = [row for row in waiting if row["code"] not in ids]


def _agency(row: Mapping[str, Any], ids: Mapping[str, int]) -> Agency:
    return Agency(
        code=row["code"],
        name=row["name"],
        short_name=row["short_name"],
        name_folded=fold(row["name"]),
        kind=row["kind"],
        level=row["level"],
        parent_id=ids[row["parent"]] if row["parent"] else None,
        place_id=row["place"] or None,
        calendar_key=row["calendar_key"],
        phone=row["phone"],
        code_status=row["code_status"],
    )
