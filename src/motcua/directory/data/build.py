"""Builds the rows of the territory from its rules: communes, agencies, and who is competent.

Pure: it reads the TOML files beside it and returns plain values, so that loading, tests and the
documentation all see the same 65 communes and their agencies.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

Row = dict[str, Any]

KIND_WORDS = {"ward": "phường", "commune": "xã", "special_zone": "đặc khu"}
PROVINCE_CODE = "56"
COMMITTEE, POLICE, BRANCH, CENTRE = "committee", "police", "branch", "centre"
_HERE = Path(__file__).resolve().parent


@cache
def _read(name: str) -> Row:
    return tomllib.loads((_HERE / f"{name}.toml").read_text(encoding="utf-8"))


def province() -> Row:
    """Return the province: code, name, kind, lat, lon."""
    return dict(_read("communes")["province"])


def communes() -> list[Row]:
    """Return the communes: code, name, kind, lat, lon, area (the former district)."""
    return [dict(row) for row in _read("communes")["communes"]["rows"]]


def hotline() -> str:
    """Return the province's telephone for questions."""
    return str(_read("centres")["hotline"])


def agencies(places: Sequence[Mapping[str, Any]] | None = None) -> list[Row]:
    """Return every agency, parents before their parts.

    Each row has code, name, short_name, kind, level, parent, place, calendar_key, phone and
    code_status; parent and place are codes ("" at the top).
    """
    wanted = communes() if places is None else list(places)
    data = _read("agencies")
    rows = [_province_agency({**data["province"]["committee"], "kind": COMMITTEE})]
    rows += [
        _province_agency({"parent": "H32", **row})
        for row in _in_order(data["departments"]["rows"])
    ]
    rows += _provincial_centre()
    rows += [_branch(area, number) for area, number in data["branches"]["numbers"].items()]
    for rule in data["per_commune"]:
        rows += [_commune_agency(rule, place) for place in wanted]
    return rows


def code_of(target: str, place_code: str) -> str:
    """Return the code of "committee", "centre", "police" or "branch" at a commune; codes stay.

    Raises KeyError: no commune has that code.
    """
    if target not in (COMMITTEE, CENTRE, POLICE, BRANCH):
        return target
    place = _place(place_code)
    if target == BRANCH:
        return _branch_code(_read("agencies")["branches"]["numbers"][place["area"]])
    rule = next(rule for rule in _read("agencies")["per_commune"] if rule["key"] == target)
    return str(rule["code"].format(code=place["code"]))


def competent(code: str, *, field: str, level: str, issuer: str = "", on: date) -> str:
    """Return who settles a procedure at a level on a day: a target for `code_of`.

    The first rule that fits decides: by code, by field, by issuing ministry, by level alone.
    """
    rules = _read("competence")
    by_code = [rule for rule in rules["codes"] if code in rule["codes"]]
    by_field = [rule for rule in rules["fields"] if field in rule["fields"]]
    for rule in by_code + by_field:
        if rule["level"] == level and _holds(rule, on):
            return str(rule["agency"])
    for rule in rules["issuers"]:
        if rule["level"] == level and issuer in rule["agencies"] and _holds(rule, on):
            return str(rule["agencies"][issuer])
    return str(rules["defaults"][level])


def level_of(levels: Sequence[str]) -> str:
    """Return the level at which a procedure is settled here: the commune when it may be."""
    return "commune" if "commune" in levels or "province" not in levels else "province"


def _holds(rule: Mapping[str, Any], on: date) -> bool:
    start = rule.get("valid_from", _read("competence")["default_valid_from"])
    return bool(start <= on <= rule.get("valid_to", date.max))


def _in_order(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row["code"].count("."))


def _agency(row: Mapping[str, Any], **known: str) -> Row:
    status = _read("agencies")["code_status"]
    blank = {
        "parent": "",
        "place": "",
        "phone": "",
        "calendar_key": _calendar("default"),
        "code_status": status,
    }
    return {**blank, **row, **known}


def _calendar(key: str) -> str:
    calendars = _read("centres")["calendars"]
    return str(calendars.get(key, calendars["default"]))


def _province_agency(row: Mapping[str, Any]) -> Row:
    return _agency({"kind": "department", **row}, level="province", place=PROVINCE_CODE)


def _provincial_centre() -> list[Row]:
    data = _read("centres")
    known = {
        "level": "province",
        "calendar_key": _calendar("provincial_centre"),
        "phone": hotline(),
    }
    centre = _agency(
        {**data["provincial_centre"], "kind": CENTRE, "place": PROVINCE_CODE}, **known
    )
    points = [
        _agency({**point, "kind": "support_point", "parent": centre["code"]}, **known)
        for point in data.get("points", [])
    ]
    return [centre, *points]


def _branch_code(number: int) -> str:
    return f"{_read('agencies')['branches']['parent']}.{number:02d}"


def _branch(area: str, number: int) -> Row:
    data = _read("agencies")["branches"]
    return _agency(
        {
            "code": _branch_code(number),
            "name": data["name"].format(area=area),
            "short_name": data["short_name"].format(area=area),
            "parent": data["parent"],
        },
        kind="office",
        level="province",
        place=PROVINCE_CODE,
        calendar_key=_calendar(BRANCH),
    )


def _commune_agency(rule: Mapping[str, Any], place: Mapping[str, Any]) -> Row:
    words = {"code": place["code"], "name": place["name"], "kind": KIND_WORDS[place["kind"]]}
    filled = {key: rule[key].format(**words) for key in ("code", "parent", "name", "short_name")}
    phone = hotline() if rule["key"] == CENTRE else ""
    return _agency(
        filled,
        kind=rule["kind"],
        level="commune",
        place=place["code"],
        phone=phone,
        calendar_key=_calendar(rule["key"]),
    )


def _place(place_code: str) -> Row:
    for place in _read("communes")["communes"]["rows"]:
        if place["code"] == place_code:
            return dict(place)
    raise KeyError(place_code)
