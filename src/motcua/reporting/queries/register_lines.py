"""The register of dossiers (form 07) of a period and an agency, as far as this person may read."""

from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from motcua.directory.actor import Actor
from motcua.directory.queries import cards
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.papers import register as paper
from motcua.dossiers.queries.visibility import visible_to
from motcua.reporting.forms.sheet import Column, Row, Sheet
from motcua.reporting.rules import Period

MOST_ROWS = 2000
COLUMNS = tuple(
    Column(key=key, words=words, number=f"({place})", group=group, kind="text")
    for place, (key, words, group) in enumerate(
        (
            ("procedure", "Tên thủ tục hành chính", ""),
            ("sets", "Số bộ", ""),
            ("owner", "Cá nhân, tổ chức", ""),
            ("contact", "Địa chỉ, số điện thoại", ""),
            ("agency", "Cơ quan chủ trì giải quyết", ""),
            ("received", "Nhận hồ sơ", "Nhận và trả kết quả"),
            ("due", "Hẹn trả", "Nhận và trả kết quả"),
            ("returned", "Trả kết quả", "Nhận và trả kết quả"),
            ("mode", "Phương thức nhận", "Nhận và trả kết quả"),
            ("note", "Ghi chú", ""),
        ),
        start=3,
    )
)


def sheet(head: Sheet, period: Period, agency: cards.AgencyCard | None, actor: Actor) -> Sheet:
    """Return the register, the earliest on top; no more rows than a volume takes.

    Source: 03/2025/TT-VPCP Mẫu số 07.
    """
    if agency is None:
        return head
    column = "receiving_id" if agency.kind in ("centre", "support_point") else "competent_id"
    found = visible_to(actor).filter(
        accepted_at__gte=period.start, accepted_at__lt=period.until, **{column: agency.id}
    )
    count = found.count()
    rows: list[Dossier] = list(
        found.select_related("owner", "competent").order_by("accepted_at", "pk")[:MOST_ROWS]
    )
    data = paper(rows, agency_id=agency.id, first=period.first, last=period.last, keeper="")
    notes = tuple(f"{one.label}: {one.value}" for one in data.counts)
    if count > len(rows):
        notes += (f"Sổ in {len(rows)} trên {count} hồ sơ; chọn kỳ ngắn hơn để in hết.",)
    lines = tuple(
        Row(
            name=one.code,
            mark=str(place),
            values=(
                one.procedure_name, str(one.sets), one.owner_name, one.contact, one.agency,
                _moment(one.received_at), _moment(one.due_at), _moment(one.returned_at),
                one.return_method, one.note,
            ),
        )
        for place, one in enumerate(data.rows, start=1)
    )  # fmt: skip
    return replace(head, first_head="Mã hồ sơ", columns=COLUMNS, rows=lines, notes=notes)


def _moment(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%H:%M %d/%m/%Y}" if at is not None else ""
