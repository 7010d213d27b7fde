"""The figures of a period in the shape of the province's quarterly report."""

from collections.abc import Mapping

from motcua.directory.queries import cards
from motcua.reporting.queries.figures import Figures, table, total, value_of
from motcua.reporting.queries.scope import EVERYTHING, Scope
from motcua.reporting.rules import Period, Ratio

_COUNTS = ("received", "carried", "settled", "on_time", "early", "late", "ended", "open",
           "in_time", "waiting", "overdue")  # fmt: skip
_RATES = {
    "digitised_rate": "received_digital_share",
    "online_rate": "online_share",
    "e_result_rate": "e_result_share",
    "reuse_rate": "reused_share",
    "paid_online_rate": "paid_online_share",
}


def percent(ratio: Ratio | int) -> float | None:
    """Return a share in per cent with two decimals, None of nothing."""
    share = ratio.percent if isinstance(ratio, Ratio) else None
    return None if share is None else round(share, 2)


def quarter(period: Period, *, agency: cards.AgencyCard | None = None) -> dict[str, object]:
    """Return the figures of a period: counts, rates by level, and by agency.

    "province": the province's own agencies; "commune": the communes' committees.
    """
    scope = Scope(agency=agency) if agency else EVERYTHING
    whole = total(period, scope=scope)
    levels = {row.key: row for row in table(("settled",), period, by="level", scope=scope)}
    agencies = table(("settled",), period, by="agency", scope=scope)
    counts: Mapping[str, int] = whole.counts
    return {
        "quarter": period.name,
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        **{key: counts[key] for key in _COUNTS},
        "balances": whole.balances,
        "on_time_rate": {
            "province": _on_time(levels.get("province")),
            "commune": _on_time(levels.get("commune")),
            "all": percent(whole.on_time),
        },
        **{name: percent(value_of(key, counts)) for name, key in _RATES.items()},
        "by_agency": [_line(row) for row in agencies],
    }


def _on_time(row: Figures | None) -> float | None:
    return None if row is None else percent(row.on_time)


def _line(row: Figures) -> dict[str, object]:
    return {
        "code": row.key,
        "name": row.name,
        **{key: row.counts[key] for key in _COUNTS},
        "on_time_rate": percent(row.on_time),
        **{name: percent(value_of(key, row.counts)) for name, key in _RATES.items()},
    }
