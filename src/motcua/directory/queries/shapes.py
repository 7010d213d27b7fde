"""The outlines of the communes, drawn as a map when they were loaded."""

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, Max, Sum

from motcua.directory.models import Place, PlaceShape
from motcua.directory.reach import shapes
from motcua.directory.reach.shapes import Frame, Polygons

FAR_OUT_LON = 110.5  # the islands of Trường Sa: drawn beside the map, not on it


@dataclass(frozen=True)
class Map:
    """A map of the communes on the mainland: (code, name, SVG path) of each, and its size."""

    frame: Frame
    paths: tuple[tuple[str, str, str], ...]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in whole units."""
        return round(self.frame.width), round(self.frame.height)


def are_loaded() -> bool:
    """Tell whether there are outlines to draw."""
    return PlaceShape.objects.exists()


def paths_for(width: float) -> list[tuple[str, str, str]]:
    """Return (code, name, path) of each commune on a map so wide; nothing when none was loaded.

    Trường Sa is left out: it lies 500 km off the coast. `size_for(width)` gives width and height.
    """
    drawn = map_for(width)
    return list(drawn.paths) if drawn else []


def size_for(width: float) -> tuple[int, int]:
    """Return width and height of the map so wide, (0, 0) when none was loaded."""
    drawn = map_for(width)
    return drawn.size if drawn else (0, 0)


def map_for(width: float) -> Map | None:
    """Return the map so wide, None when no outlines were loaded."""
    since = mark()
    return _drawn(since, round(width, 1)) if since else None


def outlines() -> dict[str, Polygons]:
    """Return the outlines that were loaded, by code of the commune."""
    since = mark()
    return dict(_loaded(since)) if since else {}


def source() -> str:
    """Return where the outlines come from, "" when there are none."""
    row = PlaceShape.objects.order_by("-loaded_at").values_list("source", flat=True).first()
    return row or ""


def mark() -> str:
    """Return what changes when outlines are loaded anew (one query)."""
    found = PlaceShape.objects.aggregate(
        last=Max("loaded_at"), count=Count("pk"), size=Sum("area_km2")
    )
    return (
        f"{found['last']:%Y%m%d%H%M%S%f}|{found['count']}|{found['size']:.6f}"
        if found["count"]
        else ""
    )


@lru_cache(maxsize=2)
def _loaded(_since: str) -> tuple[tuple[str, Polygons], ...]:
    rows = PlaceShape.objects.order_by("place_id").values_list("place_id", "polygons")
    return tuple(
        (code, [[[(x, y) for x, y in ring] for ring in polygon] for polygon in polygons])
        for code, polygons in rows
    )


@lru_cache(maxsize=8)
def _drawn(since: str, width: float) -> Map | None:
    near = [(code, polygons) for code, polygons in _loaded(since) if not is_far_out(polygons)]
    if not near:
        return None
    names = {place.pk: place.full_name for place in Place.objects.all()}
    frame = shapes.frame_of([polygons for _code, polygons in near], width=width)
    paths = ((code, names[code], shapes.path_of(polygons, frame)) for code, polygons in near)
    return Map(frame, tuple(paths))


def is_far_out(polygons: Polygons) -> bool:
    """Tell whether most of an outline lies on the far islands."""
    far = [polygon[0][0][0] > FAR_OUT_LON for polygon in polygons]
    return 2 * sum(far) > len(far)
