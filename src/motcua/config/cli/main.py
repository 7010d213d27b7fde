"""From the words typed to one command, its answer and an exit code."""

import argparse
import json
import os
import re
import sys
from importlib import import_module
from typing import NoReturn

from motcua.config.cli.command import Answer, Arguments, Command, Needs, commands
from motcua.config.cli.progress import Progress
from motcua.kernel.refused import Refused

_MODULES = (
    "house",
    "catalog",
    "time",
    "workflow",
    "directory",
    "ledger",
    "world",
    "measure",
    "report",
    "report_forms",
    "bench_figures",
    "documents_bench",
    "documents_digitise",
    "documents",
    "documents_read",
    "verify",
    "sign",
    "ask",
    "mcp",
    "assistant_learned",
    "assistant",
    "assistant_eval",
    "feedback",
    "supervision",
    "simulate",
    "mine",
    "catalog_compare",
    "foresight",
    "directory_places",
    "report_index",
    "report_publish",
)
_OK, _FAILED, _MISUSED, _INTERRUPTED = 0, 1, 2, 130


class _Misused(Exception):
    """The words typed are not a command."""

    def __init__(self, usage: str, message: str) -> None:
        super().__init__(message)
        self.usage = usage


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one place, so that `--json` gets a document too."""

    def error(self, message: str) -> NoReturn:
        for pattern, words in _IN_VIETNAMESE:
            message = re.sub(pattern, words, message)
        raise _Misused(self.format_usage(), message)


# argparse speaks English only.
_IN_VIETNAMESE = (
    (r"^the following arguments are required: (.*)$", r"thiếu \1"),
    (r"^unrecognized arguments: (.*)$", r"không hiểu: \1"),
    (
        r"^argument (\S.*): invalid choice: (.*) \(choose from (.*)\)$",
        r"\1: không có \2; chọn: \3",
    ),
    (r"^argument (\S.*): expected one argument$", r"\1 cần một giá trị"),
    (r"^argument (\S.*): invalid int value: (.*)$", r"\1 phải là một số, không phải \2"),
)


def main(words: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 only on success."""
    words = sys.argv[1:] if words is None else words
    is_json = "--json" in words
    try:
        arguments = _parser().parse_args(words)
        answer = _run(commands[arguments.command], arguments)
        _print(answer, is_json=is_json)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:  # `motcua … | head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _FAILED
    except Exception as error:  # the last handler: a person gets a sentence
        if os.environ.get("MOTCUA_DEBUG") and not isinstance(error, Refused | _Misused):
            raise
        return _fail(error, is_json=is_json)
    return _OK if answer.is_ok else _FAILED


def _parser() -> argparse.ArgumentParser:
    for module in _MODULES:
        import_module(f"motcua.config.cli.{module}")
    parser = _Parser(
        prog="motcua",
        description="Một Cửa: giải quyết thủ tục hành chính. Lệnh nào cũng nhận --json.",
    )
    top = parser.add_subparsers(title="lệnh", metavar="LỆNH", required=True)
    groups: dict[str, argparse._SubParsersAction[_Parser]] = {}
    for command in commands.values():
        place, _space, verb = command.name.rpartition(" ")
        if place and place not in groups:
            group = top.add_parser(place, help=_GROUPS[place], description=_GROUPS[place])
            groups[place] = group.add_subparsers(title="lệnh", metavar="LỆNH", required=True)
        where = groups[place] if place else top
        own = where.add_parser(verb, help=command.help, description=command.help)
        own.add_argument("--json", action="store_true", help="in một tài liệu JSON")
        own.add_argument("--quiet", action="store_true", help="không in tiến độ")
        own.set_defaults(command=command.name)
        command.describe(own)
    return parser


_GROUPS = {
    "directory": "địa bàn, điểm phục vụ",
    "assistant": "trợ lý hỏi đáp",
    "feedback": "phản ánh, kiến nghị",
    "supervision": "cảnh báo thời hạn, dấu hiệu cần kiểm tra",
    "documents": "tệp và giấy tờ",
    "catalog": "danh mục thủ tục hành chính",
    "ledger": "sổ cái các sự kiện",
    "calendar": "lịch làm việc",
    "workflow": "quy trình nội bộ",
    "demo": "thế giới mẫu để dùng thử",
    "foresight": "nguy cơ trễ hạn, dự báo hồ sơ đến, thử phương án nhân lực",
    "report": "các chỉ số, và tính lại chúng từ sổ cái",
    "account": "tài khoản",
    "signing": "ký số: khóa thử nghiệm, đúng và đủ, tốc độ",
    "rules": "các quy tắc của pháp luật",
}


def _run(command: Command, arguments: Arguments) -> Answer:
    progress = Progress(is_quiet=arguments.quiet)
    if command.needs is not Needs.NOTHING:
        from motcua.config import prepare

        prepare.stand_up(command.needs.value, progress=progress)
    return command.run(arguments, progress)


def _print(answer: Answer, *, is_json: bool) -> None:
    if is_json:
        indent = None if answer.is_long else 2
        print(json.dumps(answer.document, ensure_ascii=False, indent=indent, default=str))
        return
    for line in answer.lines:
        print(line)
    if answer.table is not None:
        _print_table(answer.table.headings, answer.table.rows)


def _print_table(headings: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(*headings, box=box.SIMPLE_HEAD, pad_edge=False)
    for row in rows:
        table.add_row(*row)
    Console(width=None if sys.stdout.isatty() else 160).print(table)


def _fail(error: Exception, *, is_json: bool) -> int:
    """Say what went wrong, to people on standard error and to programs on standard output."""
    message = str(error).strip() or type(error).__name__
    told = {"code": type(error).__name__.lstrip("_"), "message": message}
    start, law = "Không làm được", ""
    if isinstance(error, Refused):
        told |= {"field": error.field, "law": error.law}
        law = f" [{error.law}]" if error.law else ""
    elif isinstance(error, _Misused):
        print(error.usage, end="", file=sys.stderr)
    else:
        start = "Lỗi ngoài dự tính (MOTCUA_DEBUG=1 để xem chỗ lỗi)"
    if is_json:
        print(json.dumps({"error": told}, ensure_ascii=False, indent=2))
    print(f"{start}: {message}{law}", file=sys.stderr)
    return _MISUSED if isinstance(error, _Misused) else _FAILED
