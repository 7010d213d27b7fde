"""Commands about feedback: how well triage and its classifier do."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.config.cli.command import Answer, Arguments, Needs, Table, command
from motcua.config.cli.progress import Progress
from motcua.kernel.refused import Refused

if TYPE_CHECKING:
    from motcua.feedback.triage.evaluating import Report
    from motcua.feedback.triage.learning.benchmark import Outcome

_FIGURES = Path("docs/figures/feedback.md")


def _eval_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--train", type=Path, metavar="TỆP", help="tệp huấn luyện: JSONL, CSV, TSV")
    parser.add_argument("--test", type=Path, metavar="TỆP", help="tệp kiểm tra")
    parser.add_argument("--text", default="", metavar="CỘT", help="cột văn bản (mặc định: tự đoán)")
    parser.add_argument("--label", default="", metavar="CỘT", help="cột nhãn (mặc định: tự đoán)")
    parser.add_argument("--retrain", action="store_true", help="huấn luyện lại trọng số trước khi đo")


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
    return Answer({"columns": columns, **made.as_dict()}, _lines(made, columns), table=_table(made))


def _lines(made: "Outcome", columns: dict[str, str]) -> tuple[str, ...]:
    ours, plain = made.ours, made.baseline
    return (
        f"Huấn luyện {made.train} dòng, kiểm tra {made.test} dòng;"
        f" cột {columns['text']} → {columns['label']}",
        f"Của ta:  đúng {ours.accuracy:.4f} · F1 trọng số {ours.weighted_f1:.4f}"
        f" · F1 trung bình {ours.macro_f1:.4f} · {ours.seconds} giây",
        f"Mốc:     đúng {plain.accuracy:.4f} · F1 trọng số {plain.weighted_f1:.4f}"
        f" · F1 trung bình {plain.macro_f1:.4f} · {plain.seconds} giây",
    )


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


def _figures(made: "Report") -> str:
    from motcua.config.bench import machine

    right, signs, twice = made.right, made.signs, made.duplicates
    names = {
        "agency": "Competent agency, first proposal",
        "field": "Field (27)",
        "kind": "Kind (4)",
        "urgency": "Urgency",
    }
    lines = [
        "# Feedback: triage on our own labelled texts",
        "",
        f"`motcua feedback eval --retrain` on {machine.words()}.",
        f"{made.train} texts to train, {made.test} to test, written for this project; the {len(made.writers)}"
        f" styles of the test ({', '.join(made.writers)}) are in no training text. No real person is in them."
        " The lists of words and signs were written by the same hand as the texts: texts by others will score"
        " lower.",
        "",
        "| Proposed right at first | Share |",
        "|---|---:|",
        *(f"| {words} | {100 * right[name]:.1f} % |" for name, words in names.items()),
        f"| Field, weighted F1 | {made.field_f1:.3f} |",
        "",
        "| Signs | True ones | Found | Recall | Others | Falsely shown |",
        "|---|---:|---:|---:|---:|---:|",
        *(
            f"| {name} | {f.true} | {f.found} | {100 * f.recall:.1f} % | {f.others} |"
            f" {f.false} ({100 * f.false_share:.1f} %) |"
            for name, f in signs.items()
        ),
        "",
        "Harassment, delay and bribe count as found when the text reaches the inspectors; a text with another of"
        " the three signs then counts as falsely shown in the row of the one that it lacks, not in “any”.",
        "",
        "| Duplicates | Value |",
        "|---|---:|",
        f"| texts that repeat an earlier one | {twice.true} |",
        f"| first case offered is the right one | {twice.found} ({100 * twice.recall:.1f} %) |",
        f"| texts offered a wrong case first | {twice.false} of {twice.others} ({100 * twice.false_share:.1f} %) |",
        "",
        "| Writer (test) | Agency right at first |",
        "|---|---:|",
        *(f"| {writer} | {100 * share:.1f} % |" for writer, share in made.by_writer.items()),
        "",
    ]
    return "\n".join(lines)
