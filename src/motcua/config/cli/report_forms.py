"""Commands about report forms: one form as a file, what is due, closing one."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.config.cli.command import Answer, Arguments, Table, command
from motcua.config.cli.progress import Progress

if TYPE_CHECKING:
    from motcua.reporting.forms.sheet import Sheet
    from motcua.reporting.queries.forms import Wanted


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "form",
        metavar="BIỂU",
        help="06a, 06b, 07b, quarterly, agencies, officers, evidence",
    )
    parser.add_argument("--period", required=True, metavar="KỲ", help="2025Q3, 2025-09 hoặc 2025")
    parser.add_argument(
        "--agency", default="", metavar="MÃ", help="mã cơ quan (bỏ trống: toàn tỉnh)"
    )
    parser.add_argument(
        "--by", choices=("agency", "field"), default="agency", help="06b chia theo"
    )
    for kind in ("xlsx", "pdf", "csv"):
        parser.add_argument(
            f"--{kind}", type=Path, metavar="TỆP", help=f"ghi {kind.upper()} vào tệp"
        )


@command(
    "report form", help="một biểu báo cáo: in ra, hoặc ghi XLSX, PDF, CSV", arguments=_arguments
)
def form(arguments: Arguments, progress: Progress) -> Answer:
    """Show a form, or write it; the exit code is 0 only when its identities hold."""
    from motcua.reporting.forms import writing
    from motcua.reporting.queries import forms as queries
    from motcua.reporting.services import forms as services
    from motcua.reporting.services import wait_until_built

    wait_until_built()
    wanted = _wanted(arguments)
    progress.say("Tính số liệu…")
    sheet = queries.sheet_of(wanted)
    written = []
    for kind in services.KINDS:
        path = getattr(arguments, kind)
        if path is not None:
            path.write_bytes(services.rendered(sheet=sheet, kind=kind, at=wanted.at))
            written.append(str(path))
    lines = (
        f"{sheet.number}: {sheet.title}",
        f"{sheet.issuer.name}, {sheet.period} ({sheet.first:%d/%m/%Y} đến {sheet.last:%d/%m/%Y})",
        *(f"Kiểm tra {c.words}: {'khớp' if c.holds else 'LỆCH'}" for c in sheet.checks),
        *(paragraph for part in sheet.sections for paragraph in (part.title, *part.paragraphs)),
        *(f"Đã ghi {path}" for path in written),
    )
    document = writing.as_document(sheet) | {"files": written}
    return Answer(document, lines, is_ok=sheet.balances, table=_table(sheet))


def _wanted(arguments: Arguments) -> "Wanted":
    from django.utils import timezone

    from motcua.directory.actor import SYSTEM
    from motcua.reporting.services import forms as services

    return services.wanted(
        form=arguments.form,
        period=arguments.period,
        agency=arguments.agency,
        by=SYSTEM,
        at=timezone.now(),
        breakdown=arguments.by,
    )


def _table(sheet: "Sheet") -> Table | None:
    from motcua.reporting.forms.sheet import shown

    if not sheet.columns:
        return None
    headings = (sheet.first_head, *(one.number or one.words for one in sheet.columns))
    rows = tuple(
        (
            row.name,
            *(shown(v, c, row) for c, v in zip(sheet.columns, row.values, strict=True)),
        )
        for row in sheet.rows
    )
    return Table(headings, rows)


@command("report due", help="lập các biểu đến lịch mà chưa ai lập, báo người kiểm soát")
def due(arguments: Arguments, progress: Progress) -> Answer:
    """Make what the schedule asks for."""
    from django.utils import timezone

    from motcua.reporting.services import forms as services

    made = services.make_due(at=timezone.localtime())
    return Answer({"made": made}, (f"Đã lập {made} biểu.",))
