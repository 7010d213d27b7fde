"""How quickly pages answer among two hundred thousand dossiers: one client, one page at a time."""

import time
from collections.abc import Callable, Sequence
from typing import TypeVar
from urllib.parse import quote

from django.db.models import QuerySet

from motcua.config.bench.cast import Officer, Town
from motcua.config.bench.report import Figures
from motcua.config.bench.wire import Wire
from motcua.dossiers.models import Dossier

T = TypeVar("T")
_TIMES, _WARM, _TRACKED = 120, 10, 4
_QUESTIONS = (
    "dang ky khai sinh", "hộ khẩu", "sổ đỏ", "giấy độc thân", "mất căn cước", "mở quán cà phê",
    "chung thuc ban sao", "trợ cấp người già", "xin phép xây nhà", "bhyt cho con",
)  # fmt: skip


def measure(*, town: Town, wire: Wire, host: tuple[str, int]) -> Figures:
    """Measure every kind of page; `wire` is an officer's session at that town."""
    visible = Dossier.objects.filter(receiving__code=town.centre).order_by("-filed_at")
    codes = [str(code) for code in visible.values_list("code", flat=True)[: _TIMES + _WARM]]
    public = Wire(*host)
    tracked = _tracked(visible, public)
    token = _bearer(town.officers["receptionist"])
    pages: dict[str, Callable[[int], object]] = {
        "inbox": lambda _n: wire.send("GET", "/desk/").must(200),
        "dossier": lambda n: wire.send("GET", f"/desk/dossiers/{_at(codes, n)}/").must(200),
        "desk_search": lambda n: wire.send("GET", f"/desk/search/?q={_at(codes, n)[-9:]}").must(
            200
        ),
        "list_of_100": lambda _n: wire.send(
            "GET", "/api/v1/dossiers?limit=100", headers=token
        ).must(200),
        "tracking": lambda n: public.send("GET", _at(tracked, n)).must(200),
        "procedure_search": lambda n: public.send(
            "GET", f"/tim-kiem/?q={quote(_at(_QUESTIONS, n))}"
        ).must(200),
        "home": lambda _n: public.send("GET", "/").must(200),
    }
    figures: dict[str, object] = {"dossiers": Dossier.objects.count(), "of_town": visible.count()}
    for name, page in pages.items():
        figures |= {f"{name}_{key}": value for key, value in _timed(page).items()}
    return {"pages": figures}


def _timed(page: Callable[[int], object]) -> dict[str, float]:
    took = []
    for number in range(_WARM + _TIMES):
        began = time.perf_counter()
        page(number)
        took.append((time.perf_counter() - began) * 1000)
    ordered = sorted(took[_WARM:])
    return {
        "p50_ms": round(ordered[_TIMES // 2], 1),
        "p95_ms": round(ordered[int(_TIMES * 0.95)], 1),
    }


def _tracked(visible: QuerySet[Dossier], public: Wire) -> list[str]:
    """Return the tracking pages of a few dossiers: asking for more at once is throttled."""
    public.send("GET", "/tra-cuu/").must(200)
    rows = visible.select_related("applicant").exclude(applicant__phone="")[:_TRACKED]
    asked = [{"code": row.code, "phone": row.phone or row.applicant.phone} for row in rows]
    return [public.post_form("/tra-cuu/", one).must(302).headers["location"] for one in asked]


def _at(rows: Sequence[T], number: int) -> T:
    return rows[number % len(rows)]


def _bearer(officer: Officer) -> dict[str, str]:
    return {"Authorization": f"Bearer {officer.token}"}
