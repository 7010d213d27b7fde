"""Answers: JSON in one shape, an ETag where there is a revision, keyset pages."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

import pydantic_core
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from pydantic import BaseModel

from motcua.kernel.refused import Refused

MOST_PER_PAGE = 100
M = TypeVar("M", bound=Model)


class UnfitCursor(Refused):
    """The cursor is not one that this list gave."""

    field = "cursor"


class UnfitRevision(Refused):
    """If-Match does not name a revision."""

    field = "If-Match"


def answer(
    content: BaseModel | dict[str, Any] | list[Any],
    *,
    status: int = 200,
    revision: int | None = None,
    location: str = "",
) -> HttpResponse:
    """Return the answer as JSON; `revision` becomes its ETag."""
    body = (
        content.__pydantic_serializer__.to_json(content)
        if isinstance(content, BaseModel)
        else (pydantic_core.to_json(content))
    )
    response = HttpResponse(body, status=status, content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    if revision is not None:
        response.headers["ETag"] = f'"{revision}"'
    if location:
        response.headers["Location"] = location
    return response


def expected_revision(request: HttpRequest) -> int | None:
    """Return the revision that If-Match names, None when the caller does not care.

    Raises UnfitRevision: it names none.
    """
    wanted = request.headers.get("If-Match", "").strip()
    if wanted in {"", "*"}:
        return None
    number = wanted.removeprefix("W/").strip('"')
    if not number.isdecimal():
        raise UnfitRevision(_('If-Match phải là ETag đã nhận, như "7".'))
    return int(number)


class Column:
    """One column that a list is ordered by, as its cursor holds it; blanks come last."""

    def __init__(self, name: str, *, is_descending: bool = False, is_moment: bool = False) -> None:
        self.name = name
        self.is_descending = is_descending
        self.is_moment = is_moment

    def beyond(self, value: object) -> Q | None:
        """Return the condition of rows that come after the value, None when none can."""
        if value is None:
            return None
        sign = "lt" if self.is_descending else "gt"
        after = Q(**{f"{self.name}__{sign}": value})
        return after if self.is_descending else after | Q(**{f"{self.name}__isnull": True})

    def same(self, value: object) -> Q:
        """Return the condition of rows that have the value too."""
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})


def page(
    rows: "QuerySet[M]",
    shown: Callable[[M], BaseModel],
    *,
    request: HttpRequest,
    cursor: str,
    limit: int,
    order: Sequence[Column],
) -> HttpResponse:
    """Return one keyset page with the cursor of the next one, also as a Link header."""
    if cursor:
        rows = rows.filter(_after(order, _read(cursor, order)))
    found = list(rows[: limit + 1])
    following = _cursor(found[limit - 1], order) if len(found) > limit else ""
    items = [shown(row).model_dump(mode="json") for row in found[:limit]]
    response = answer({"items": items, "next": following or None})
    if following:
        query = request.GET.copy()
        query["cursor"] = following
        response.headers["Link"] = f'<{request.path}?{query.urlencode()}>; rel="next"'
    return response


def _after(order: Sequence[Column], values: Sequence[object]) -> Q:
    """Rows that come later; a plain bound on the first column lets an index start there."""
    condition, same = Q(pk__in=()), Q()
    for column, value in zip(order, values, strict=True):
        beyond = column.beyond(value)
        if beyond is not None:
            condition |= same & beyond
        same &= column.same(value)
    first, value = order[0], values[0]
    if value is not None and first.is_descending:
        condition &= Q(**{f"{first.name}__lte": value})
    return condition


def _cursor(row: Model, order: Sequence[Column]) -> str:
    values = [getattr(row, column.name) for column in order]
    text = json.dumps([v.isoformat() if isinstance(v, datetime) else v for v in values])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(cursor: str, order: Sequence[Column]) -> list[object]:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        values = json.loads(text)
        if not isinstance(values, list) or len(values) != len(order):
            raise ValueError(cursor)
        return [_value(column, value) for column, value in zip(order, values, strict=True)]
    except (binascii.Error, ValueError, TypeError, UnicodeError) as error:
        raise UnfitCursor(_("Con trỏ trang không đúng; hãy lấy lại từ trang đầu.")) from error


def _value(column: Column, value: object) -> object:
    if value is None:
        return None
    if column.is_moment:
        return datetime.fromisoformat(str(value))
    return int(str(value))
