"""Commands about feedback: how well triage and its classifier do."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.config.cli.command import Answer, Arguments, Needs, Table, command
from motcua.config.cli.progress import Progress
from motcua.kernel.refused import Refused

if TYPE_CHECKING:
    from motcua.feedback.triage.evaluating import Report
    from motcua.feedback.triage.learning.benchmark import Outcome, Scores

_FIGURES = Path("docs/figures/feedback.md")


def _eval_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--train", type=Path, metavar="TỆP", help="tệp huấn luyện: JSONL, CSV, TSV"
    )
    parser.add_argument("--test", type=Path, metavar="TỆP", help="tệp kiểm tra")
    parser.add_argument(
        "--text", default="", metavar="CỘT", help="cột văn bản (mặc định: tự đoán)"
    )
    parser.add_argument("--label", default="", metavar="CỘT", help="cột nhãn (mặc định: tự đoán)")
    parser.add_argument(
        "--retrain", action="store_true", help="huấn luyện lại trọng số trước khi đo"
    )


@command(
    "feedback eval",
    help="đo bộ phân loại: trên tệp bất kỳ, hoặc trên bộ của ta (ghi docs/figures/feedback.md)",
    needs=Needs.NOTHING,
    arguments=_eval_arguments,
)
def evaluate(arguments: Arguments, progress: Progress) -> Answer:
    """Train and test on two files, or measure triage on the repository's own texts."""
    if bool(arguments.train) != bool(arguments.test):
        raise Refused("cần cả --train và --test, hoặc không có tệp nào")
    if arguments.train:
        return _on_files(arguments)
    return _on_ours(arguments)


def _on_files(arguments: Arguments) -> Answer:
    from motcua.feedback.triage.learning import benchmark, files

    train = files.read(arguments.train, text=arguments.text, label=arguments.label)
    test = files.read(arguments.test, text=arguments.text, label=arguments.label)
    made = benchmark.compare(train, test)
    columns = {"text": train.text_column, "label": train.label_column}
    return Answer(
        {"columns": columns, **made.as_dict()}, _lines(made, columns), table=_table(made)
    )


def _lines(made: "Outcome", columns: dict[str, str]) -> tuple[str, ...]:
    size = f"Huấn luyện {made.train} dòng, kiểm tra {made.test} dòng"
    return (
        f"{size}; cột {columns['text']} → {columns['label']}",
        _line("Của ta", made.ours),
        _line("Mốc", made.baseline),
    )


def _line(name: str, found: "Scores") -> str:
    f1 = f"F1 trọng số {found.weighted_f1:.4f} · F1 trung bình {found.macro_f1:.4f}"
    return f"{name}: đúng {found.accuracy:.4f} · {f1} · {found.seconds} giây"


def _table(made: "Outcome") -> Table:
    rows = tuple(
        (one.label, f"{one.precision:.3f}", f"{one.recall:.3f}", f"{one.f1:.3f}", str(one.rows))
        for one in made.ours.labels
    )
    return Table(("Nhãn", "Chính xác", "Bao phủ", "F1", "Số dòng"), rows)


def _on_ours(arguments: Arguments) -> Answer:
    from motcua.feedback.triage import evaluating, train

    if arguments.retrain:
        train.main()
    made = evaluating.measure()
    written = _figures(made)
    if _FIGURES.parent.is_dir():
        _FIGURES.write_text(written, encoding="utf-8")
    return Answer(made.as_dict(), tuple(written.splitlines()))


_ABOUT = """\
# Feedback: triage on our own labelled texts

`motcua feedback eval --retrain` on {machine}.
{train} texts to train, {test} to test, written for this project; the {count} styles of the test
({writers}) are in no training text. No real person is in them. The lists of words and signs were
written by the same hand as the texts, and signs were widened after training texts had been read:
texts by others will score lower.
"""
_SIGNS = """
Harassment, delay and bribe count as found when the text reaches the inspectors; a text with another
of the three signs counts as falsely shown in the row of the one that it lacks, not in "any".
"""
_NAMES = {
    "agency": "Competent agency, first proposal",
    "field": "Field (27)",
    "kind": "Kind (4)",
    "urgency": "Urgency",
}


def _figures(made: "Report") -> str:
    from motcua.config.bench import machine

    about = _ABOUT.format(
        machine=machine.words(machine.description()),
        train=made.train,
        test=made.test,
        count=len(made.writers),
        writers=", ".join(made.writers),
    )
    right = [(_NAMES[name], _percent(made.right[name])) for name in _NAMES]
    signs = [
        (name, f.true, f.found, _percent(f.recall), f.others, f.false, _percent(f.false_share))
        for name, f in made.signs.items()
    ]
    twice = made.duplicates
    repeats = [
        ("texts that repeat an earlier one", twice.true),
        ("first case offered is the right one", f"{twice.found} ({_percent(twice.recall)})"),
        ("texts offered a wrong case first", f"{twice.false} ({_percent(twice.false_share)})"),
    ]
    writers = [(writer, _percent(share)) for writer, share in made.by_writer.items()]
    return "\n".join(
        [
            about,
            _markdown(("Proposed right at first", "Share"), right),
            f"\nField: weighted F1 {made.field_f1:.3f}.\n",
            _markdown(("Sign", "True", "Found", "Recall", "Others", "Falsely", "Share"), signs),
            _SIGNS,
            _markdown(("Duplicates", "Texts"), repeats),
            "",
            _markdown(("Writer (test)", "Agency right at first"), writers),
            "",
        ]
    )


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _markdown(heads: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> str:
    lines = [heads, ("---",) + ("---:",) * (len(heads) - 1), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


@command(
    "feedback forward", help="chuyển và hỏi lại các phản ánh qua hệ thống Open311 của cơ quan khác"
)
def forward(arguments: Arguments, progress: Progress) -> Answer:
    """Hand over what waits for agencies with a system of their own, and read how it stands there."""
    from django.utils import timezone

    from motcua.integration.open311 import forwarding

    read, failed = forwarding.poll_all(at=timezone.now())
    lines = (f"Đã chuyển và đọc {read} phản ánh.", *failed)
    return Answer({"read": read, "failed": list(failed)}, lines, is_ok=not failed)
