"""Tools of the catalogue: search, what a case needs, what it costs and when it would be due."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import Field

from motcua.catalog import queries as catalog
from motcua.catalog.content import Content, FeeRule
from motcua.directory.queries.calendars import calendar_for
from motcua.kernel import worktime
from motcua.kernel.bounds import is_keepable
from motcua.kernel.money import vnd
from motcua.kernel.refused import Refused

Code = Annotated[
    str,
    Field(
        min_length=3,
        max_length=40,
        description="Mã thủ tục, như 1.004222 (từ search_procedures). — Procedure code.",
    ),
]
CaseKey = Annotated[
    str,
    Field(
        max_length=80,
        description="Khóa trường hợp (từ requirements), có thể trống. — Key of the case, or empty.",
    ),
]
Channel = Annotated[
    Literal["counter", "online", "post"],
    Field(description="Cách nộp: tại quầy, trực tuyến, bưu chính. — How it is filed."),
]
On = Annotated[
    date | None,
    Field(
        description="Ngày áp dụng, mặc định hôm nay. — Day whose rules apply; today by default."
    ),
]


class NoSuchProcedure(Refused):
    """No procedure of that code is in force on that day."""

    field = "code"


class NoSuchCase(Refused):
    """The procedure does not know that case."""

    field = "case"


class Unreadable(Refused):
    """A text holds signs that cannot be kept."""


def search_procedures(
    text: Annotated[
        str,
        Field(
            min_length=2,
            max_length=300,
            description="Việc cần làm, có hay không dấu. — What the person wants to do.",
        ),
    ],
    limit: Annotated[int, Field(ge=1, le=20, description="Số kết quả. — How many.")] = 5,
    level: Annotated[
        Literal["", "province", "commune"],
        Field(description="Cấp giải quyết; trống: mọi cấp. — Level of the agency."),
    ] = "",
) -> dict[str, Any]:
    """Tìm thủ tục hành chính theo lời người dân nói; trả mã, tên, lĩnh vực, địa chỉ trang.
    — Find administrative procedures by what people call them."""
    hits = catalog.search(readable(text), limit=limit, level=level or None)
    return {
        "procedures": [
            {
                "code": hit.code,
                "name": hit.name,
                "field": hit.field,
                "score": round(hit.score, 3),
                "received_here": hit.is_offered,
                "url": page(hit.code),
            }
            for hit in hits
        ]
    }


def requirements(
    code: Code, case: CaseKey = "", channel: Channel = "counter", on: On = None
) -> dict[str, Any]:
    """Giấy tờ cần chuẩn bị cho một trường hợp, kèm danh sách các trường hợp, điều kiện, căn cứ pháp lý.
    — Papers that one case needs, with the procedure's cases, conditions and legal basis."""
    content = in_force(code, on)
    check_case(content, case)
    return {
        "code": code,
        "name": content.name,
        "case": case,
        "cases": [{"key": one.key, "name": one.name} for one in content.cases],
        "papers": [
            {
                "name": paper.name,
                "case": paper.case,
                "originals": paper.originals,
                "copies": paper.copies,
                "required": paper.required,
                "already_in_database": paper.held_by,
                "note": paper.note,
            }
            for paper in content.components_for(case)
        ],
        "conditions": content.conditions,
        "limit": _limit(content, channel, case),
        "legal_basis": [{"number": law.number, "name": law.name} for law in content.legal],
        "results": [result.name for result in content.results],
        "url": page(code),
    }


def fees_and_due_date(
    code: Code,
    case: CaseKey = "",
    channel: Channel = "counter",
    units: Annotated[
        int, Field(ge=1, le=1000, description="Số bản, trang, người. — Copies, pages or persons.")
    ] = 1,
    received_at: Annotated[
        datetime | None,
        Field(
            description="Lúc tiếp nhận (ISO 8601), mặc định bây giờ. — Moment of receipt, or now."
        ),
    ] = None,
) -> dict[str, Any]:
    """Phí, lệ phí và ngày hẹn trả tính theo lịch làm việc của tỉnh (ngày nghỉ, làm bù), kèm cách tính.
    — Fees, and the due date reckoned by the province's working calendar, with the reckoning."""
    at = _moment(received_at)
    content = in_force(code, timezone.localdate(at))
    check_case(content, case)
    fees = [_fee(fee, units) for fee in content.fees_for(channel, case)]
    found = {"code": code, "name": content.name, "case": case, "channel": channel, "units": units}
    limit = content.limit_for(channel, case)
    due: dict[str, Any] = {
        "limit": _limit(content, channel, case),
        "due_at": None,
        "reckoning": [],
    }
    if limit is not None:
        try:
            proof = worktime.prove(calendar_for(""), at, limit)
        except worktime.OutsideCalendar:
            raise Unreadable(
                _("Lịch làm việc chưa có cho ngày này."), field="received_at"
            ) from None
        due |= {"due_at": proof.due_at.isoformat(), "reckoning": list(proof.words())}
    return found | {"fees": fees, "received_at": at.isoformat()} | due | {"url": page(code)}


def in_force(code: str, on: date | None) -> Content:
    """Return what a procedure says on a day.

    Raises NoSuchProcedure: nothing of that code is in force then.
    """
    day = on or timezone.localdate()
    version = catalog.version_in_force(readable(code).strip(), on=day)
    if version is None:
        raise NoSuchProcedure(_("Không có thủ tục %s đang có hiệu lực.") % code)
    return catalog.content_of(version.pk)


def check_case(content: Content, case: str) -> None:
    """Raise NoSuchCase: the procedure has no such case; the refusal names those it has."""
    known = {one.key: one.name for one in content.cases}
    if case and case not in known:
        listed = "; ".join(f"{key}: {name}" for key, name in known.items()) or _("không có")
        said = _("Thủ tục này không có trường hợp “%(case)s”. Các trường hợp: %(cases)s.")
        raise NoSuchCase(said % {"case": case, "cases": listed})


def readable(text: str) -> str:
    """Return the text. Raises Unreadable: it holds signs that tables cannot hold."""
    if not is_keepable(text):
        raise Unreadable(_("Nội dung có ký tự không đọc được."))
    return text


def page(code: str) -> str:
    """Return the address of a procedure's page."""
    return f"{settings.MOTCUA_PUBLIC_URL}/thu-tuc/{code}/"


def _moment(at: datetime | None) -> datetime:
    if at is None:
        return timezone.now()
    return at if at.tzinfo else timezone.make_aware(at)


def _limit(content: Content, channel: str, case: str) -> str:
    rule = content.limit_rule_for(channel, case)
    if rule is None:
        return ""
    return str(rule.text or (rule.limit.words() if rule.limit else ""))


def _fee(fee: FeeRule, units: int) -> dict[str, Any]:
    total = fee.amount_for(units)
    return {
        "name": fee.name,
        "amount_vnd": fee.amount_vnd,
        "per": fee.per,
        "total_vnd": total,
        "total": "" if total is None else vnd(total),
        "text": fee.text,
    }
