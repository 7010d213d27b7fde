"""Commands about internal processes: look at one, write it as BPMN, check and approve one."""

import argparse
from datetime import date
from pathlib import Path

from motcua.config.cli.command import Answer, Arguments, Table, command
from motcua.config.cli.progress import Progress
from motcua.kernel.refused import Refused


def _code(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--code", default="", metavar="MÃ", help="mã thủ tục; trống: mặc định")


@command("workflow show", help="các bước của quy trình đang áp dụng", arguments=_code)
def show(arguments: Arguments, progress: Progress) -> Answer:
    """Show the process in force for a procedure."""
    from django.utils import timezone

    from motcua.workflow import definition, layout, queries

    version = queries.process_for(arguments.code, on=timezone.localdate())
    process = version.process
    rows = tuple(
        (step.key, step.name, layout.post_name(step.role), str(step.hours))
        for step in process.steps
    )
    document = definition.to_json(process)
    return Answer(document, table=Table(("Bước", "Tên", "Vị trí", "Giờ"), rows))


def _export_arguments(parser: argparse.ArgumentParser) -> None:
    _code(parser)
    parser.add_argument("file", metavar="TỆP", help="tệp BPMN 2.0 sẽ ghi")


@command("workflow export", help="ghi quy trình ra tệp BPMN 2.0", arguments=_export_arguments)
def export(arguments: Arguments, progress: Progress) -> Answer:
    """Write the process in force as BPMN 2.0."""
    from django.utils import timezone

    from motcua.workflow import bpmn, queries

    process = queries.process_for(arguments.code, on=timezone.localdate()).process
    written = bpmn.write_bpmn(process)
    Path(arguments.file).write_bytes(written)
    document = {"file": arguments.file, "bytes": len(written), "steps": len(process.steps)}
    return Answer(document, (f"Đã ghi {len(process.steps)} bước vào {arguments.file}.",))


def _import_arguments(parser: argparse.ArgumentParser) -> None:
    _code(parser)
    parser.add_argument("file", metavar="TỆP", help="tệp BPMN 2.0")
    parser.add_argument("--decision", default="", metavar="SỐ", help="số quyết định phê duyệt")
    parser.add_argument("--since", default="", metavar="NGÀY", help="áp dụng từ ngày (2026-12-01)")


@command(
    "workflow import",
    help="đọc tệp BPMN 2.0, kiểm tra; có --decision thì áp dụng",
    arguments=_import_arguments,
)
def import_(arguments: Arguments, progress: Progress) -> Answer:
    """Read a BPMN file and check it; with a decision number it is approved too."""
    from django.utils import timezone

    from motcua.directory.actor import SYSTEM
    from motcua.workflow import checks
    from motcua.workflow.services import processes

    now = timezone.now()
    file = Path(arguments.file)
    if not file.is_file():
        raise Refused(f"không có tệp {file}")
    imported = processes.import_bpmn(
        content=file.read_bytes(), procedure_code=arguments.code, by=SYSTEM, at=now
    )
    problems = [str(problem) for problem in checks.check(imported.process)]
    document = {"steps": len(imported.process.steps), "problems": problems, "approved": False}
    if problems or not arguments.decision:
        lines = (f"Đọc được {len(imported.process.steps)} bước.", *problems)
        return Answer(document, lines, is_ok=not problems)
    since = date.fromisoformat(arguments.since) if arguments.since else timezone.localdate()
    row = processes.approve(
        process=imported.process,
        decision=processes.Decision(arguments.decision, since),
        procedure_code=arguments.code,
        by=SYSTEM,
        at=now,
    )
    return Answer(document | {"approved": True, "version": row.version}, (f"Đã áp dụng: {row}",))
