"""The counts behind the written report and the evidence sheets, by level and agency."""

import json
from collections.abc import Mapping
from datetime import datetime

from motcua.directory.queries import cards
from motcua.ledger.models import FactRow
from motcua.reporting.forms.evidence import Shown
from motcua.reporting.forms.quarterly import LEVELS, Numbers, summed
from motcua.reporting.queries.counts import counts_of, total_of
from motcua.reporting.queries.scope import Scope
from motcua.reporting.rules import Period

CONTENT = 4  # faces of five
LEDGER = "sổ sự kiện của hồ sơ"
FEEDBACK, RATINGS = "sổ sự kiện phản ánh, kiến nghị", "sổ sự kiện đánh giá"
_SHARES = (
    ("on_time_share", "Trước hạn và đúng hạn trên đã giải quyết", "on_time", "settled"),
    ("online_share", "Nộp trực tuyến trên tiếp nhận", "online", "received"),
    ("supplement_share", "Phải bổ sung trên tiếp nhận", "supplemented", "received"),
    ("e_result_share", "Kết quả điện tử trên có kết quả", "e_result", "resolved"),
    ("digitised_share", "Số hóa cả hồ sơ và kết quả trên có kết quả", "e_whole", "resolved"),
    ("reused_share", "Dùng lại giấy tờ trên số hóa", "reused", "digitised"),
    ("from_store_share", "Kho thay giấy phải nộp trên tiếp nhận", "from_store", "received"),
    ("paid_online_share", "Thanh toán trực tuyến trên có nghĩa vụ tài chính", "paid_online", "obliged"),
)  # fmt: skip


def numbers(period: Period, *, level: str) -> Numbers:
    """Return the counts of a level ("" all) in a period."""
    return numbers_of(total_of(period, scope=Scope(level=level)))


def numbers_by_agency(period: Period) -> dict[int, Numbers]:
    """Return the counts of every agency that settles dossiers, by its number."""
    found = counts_of(period, by=("competent_id",))
    return {key: numbers_of(counts) for (key,), counts in found.items()}


def numbers_by_level(agencies: Mapping[int, Numbers]) -> dict[str, Numbers]:
    """Return the sums of the agencies, and of those of each level."""
    return {
        level: summed(
            [own for key, own in agencies.items() if level in ("", cards.card(key).level)]
        )
        for level in LEVELS
    }


def numbers_of(counts: Mapping[str, int]) -> Numbers:
    """Return the counts that a report tells."""
    return Numbers(
        received=counts["received"],
        carried=counts["carried"],
        online=counts["online"],
        settled=counts["settled"],
        on_time=counts["on_time"],
        late=counts["late"],
        open=counts["open"],
        overdue=counts["overdue"],
        digitised=counts["digitised"],
        resolved=counts["resolved"],
        e_result=counts["e_result"],
        reused=counts["reused"],
        from_store=counts["from_store"],
        owing=counts["obliged"],
        paid_online=counts["paid_online"],
    )


def shown(period: Period, *, agency: cards.AgencyCard | None) -> dict[str, Shown]:
    """Return every figure that can be evidence, of the levels under "key@level" too."""
    found: dict[str, Shown] = {}
    levels = ("",) if agency is not None else tuple(LEVELS)
    for level in levels:
        counts = total_of(period, scope=Scope(agency=agency, level=level))
        for key, words, over, under in _SHARES:
            name = f"{words} ({LEVELS[level].lower()})" if level else words
            tag = f"{key}@{level}" if level else key
            found[tag] = Shown(
                name, counts[over], counts[under], LEDGER, (over, under), level=level
            )
    if agency is not None:
        found |= {f"{key}@{agency.level}": one for key, one in list(found.items())}
    return found | _of_people(period, agency.code if agency else "")


def _of_people(period: Period, code: str) -> dict[str, Shown]:
    approved = [
        body
        for body in _bodies("feedback.approved", period.start, period.until)
        if not code or body["agency_code"] == code
    ]
    rated = [
        body
        for body in _bodies("rating.given", period.start, period.until)
        if not code or body["agency_code"] == code
    ]
    on_time = sum(not body["is_late"] for body in approved)
    content = sum(int(str(body["score"])) >= CONTENT for body in rated)
    return {
        "feedback_on_time_share": Shown(
            "Phản ánh, kiến nghị xử lý đúng hạn trên đã xử lý", on_time, len(approved), FEEDBACK
        ),
        "satisfied_share": Shown(
            "Đánh giá hài lòng, rất hài lòng trên số đánh giá", content, len(rated), RATINGS
        ),
    }


def _bodies(kind: str, start: datetime, until: datetime) -> list[dict[str, object]]:
    rows = FactRow.objects.filter(kind=kind, at__gte=start, at__lt=until)
    return [json.loads(body) for body in rows.values_list("body", flat=True)]
