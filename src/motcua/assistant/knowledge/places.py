"""Communes, centres, opening hours and the hotline of the directory as passages."""

import tomllib
from collections.abc import Iterator
from datetime import date
from importlib import resources

from motcua.assistant.knowledge.rows import Row
from motcua.directory.models import Agency, Place
from motcua.directory.queries import territory
from motcua.directory.queries.calendars import calendar_for
from motcua.kernel.worktime.week import week_words


def place_rows(on: date) -> Iterator[Row]:
    """Yield what the directory knows of where to go; hours are those of an ordinary week by `on`."""
    centres = territory.centres()
    of_place = {centre.place_id: centre for centre in centres if centre.level == "commune"}
    for place in territory.communes():
        yield _commune(place, of_place.get(place.pk))
    for centre in centres:
        yield _centre(centre, on)
    yield from _hours({centre.calendar_key for centre in centres}, on)
    yield _hotline()


def _commune(place: Place, centre: Agency | None) -> Row:
    name = place.full_name[:1].upper() + place.full_name[1:]
    lines = [f"{name}, tỉnh Khánh Hòa."]
    if place.seat_address:
        lines.append(f"Trụ sở: {place.seat_address}.")
    if centre is not None:
        lines.append(f"Nơi nộp hồ sơ: {centre.name}.")
    return Row(
        key=f"noi:{place.code}",
        kind="place",
        title=name,
        text="\n".join(lines),
        url=f"/noi-nop/{centre.place_id}/" if centre is not None else "/noi-nop/",
        facts={"place": place.code, "name": place.full_name, "seat": place.seat_address},
    )


def _centre(centre: Agency, on: date) -> Row:
    hours = _week(centre.calendar_key, on)
    said = {
        "Địa chỉ": centre.address,
        "Điện thoại": centre.phone,
        "Giờ làm việc": hours,
    }
    lines = [centre.name, *(f"{name}: {value}." for name, value in said.items() if value)]
    return Row(
        key=f"tt-pvhcc:{centre.code}",
        kind="centre",
        title=centre.name,
        text="\n".join(lines),
        url=f"/noi-nop/{centre.place_id}/" if centre.place_id else "/noi-nop/",
        facts={
            "agency": centre.code,
            "place": centre.place_id or "",
            "address": centre.address,
            "phone": centre.phone,
            "hours": hours,
            "calendar": centre.calendar_key,
        },
    )


def _hours(keys: set[str], on: date) -> Iterator[Row]:
    for key in sorted(keys):
        words = _week(key, on)
        if words:
            yield Row(
                key=f"gio:{key}",
                kind="hours",
                title="Giờ làm việc của Trung tâm Phục vụ hành chính công",
                text=(
                    f"Giờ làm việc: {words}. Nghỉ ngày lễ, Tết và ngày nghỉ do Chính phủ quyết định."
                ),
                url="/noi-nop/",
                facts={"calendar": key, "hours": words},
            )


def _hotline() -> Row:
    text = resources.files("motcua.directory.data").joinpath("centres.toml").read_text("utf-8")
    number = str(tomllib.loads(text)["hotline"])
    return Row(
        key="duong-day-nong",
        kind="hotline",
        title="Đường dây nóng hỗ trợ thủ tục hành chính",
        text=f"Gọi {number} để hỏi về thủ tục hành chính, phản ánh, kiến nghị trong tỉnh Khánh Hòa.",
        url="/noi-nop/",
        facts={"phone": number},
    )


def _week(key: str, on: date) -> str:
    try:
        return week_words(calendar_for(key), on)
    except LookupError:
        return ""
