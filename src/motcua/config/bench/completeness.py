"""The completeness check on the starter catalogue: recall, precision, and what they rest on."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from motcua.catalog.starter import starter
from motcua.config.bench import machine
from motcua.config.cli.command import Answer, Table
from motcua.config.cli.progress import Progress
from motcua.config.paths import HOME, VAR
from motcua.documents.completeness import Need
from motcua.documents.completeness.evaluation import Chances, Noise, Tally, evaluate
from motcua.documents.completeness.needs import need_of

SEEDS = 20
_WORDS = {
    "dropped": "không nộp",
    "expired": "hết hiệu lực",
    "wrong_person": "của người khác",
    "wrong_kind": "nộp nhầm loại giấy",
    "unreadable": "chụp không đọc được",
    "good": "đủ, đúng",
    "split": "đủ, bị cắt làm hai tệp",
    "merged": "đủ, quét chung tệp với giấy khác",
    "store": "có trong kho",
    "database": "cơ sở dữ liệu có",
    "declared": "khai trên biểu mẫu điện tử",
    "left_out": "không bắt buộc, không nộp",
}


def measure(*, progress: Progress) -> Answer:
    """Run the check over every case of the starter catalogue and write the table."""
    progress.say("Kiểm tra đủ giấy tờ trên bộ hồ sơ sinh ra…")
    tally = evaluate(cases(), seeds=SEEDS)
    rough = evaluate(cases(), seeds=SEEDS, noise=_rough())
    file = _file()
    file.write_text(page(tally, rough), encoding="utf-8")
    rows = tuple(_rows(tally))
    headings = ("Giấy tờ thật ra", "Số giấy", "Được nêu ra")
    return Answer(
        _document(tally), (*_summary(tally), f"Đã ghi {file.name}"), table=Table(headings, rows)
    )


def cases() -> Iterator[list[Need]]:
    """Give what every case of the starter catalogue needs."""
    for _code, parsed in sorted(starter().items()):
        content = parsed.content
        form = content.form.key if content.form else None
        for key in [case.key for case in content.cases] or [""]:
            yield [
                need_of(
                    key=one.key,
                    name=one.name,
                    declared_kind=one.paper_kind,
                    required=one.required,
                    held_by=one.held_by,
                    is_declared=form is not None and one.form == form,
                )
                for one in content.components_for(key)
            ]


def page(tally: Tally, rough: Tally) -> str:
    """Return docs/figures/completeness.md."""
    head = _HEAD.format(
        day=f"{datetime.now(UTC):%Y-%m-%d}",
        commit=machine.description()["commit"],
        cases=tally.cases,
        procedures=len(starter()),
        seeds=SEEDS,
        components=tally.components,
        chances=_shares(Chances()),
        noise=_shares(Noise()),
    )
    measures = [
        ("recall of missing components (not handed in at all)", tally.missing_recall, "≥ 97 %"),
        (
            "recall of all that is not fulfilled (also expired, wrong, unreadable)",
            tally.recall,
            "",
        ),
        ("precision of what it names", tally.precision, ""),
        ("precision of what it ticks for the supplement request", tally.proposed_precision, ""),
        ("papers of the store and of databases told", tally.held_found / max(1, tally.held), ""),
        ("readings three times as bad: recall of missing", rough.missing_recall, ""),
        ("readings three times as bad: precision of what it names", rough.precision, ""),
    ]
    lines = [
        head,
        "| measure | value | aim |",
        "|---|---|---|",
        *(f"| {words} | {value:.1%} | {aim} |" for words, value, aim in measures),
        "",
        "| what was true of the component | components | named |",
        "|---|---|---|",
        *(f"| {words} | {count} | {named} |" for words, count, named in _rows(tally)),
    ]
    return "\n".join(lines) + "\n"


_HEAD = """# Completeness check: what it finds

Made by `motcua documents bench completeness` on {day}, code {commit}. The same seeds give the same
numbers.

The set: {cases} generated cases ({procedures} procedures of the starter catalogue, each in every of its
cases, {seeds} seeds), {components} components.

**What it is, and is not.** No image is read here. Which papers lie in a case and what the machine
reads of each are drawn at random from the shares below; the check then decides. So the numbers say how
well it *decides* on readings of that quality. How well papers are read and understood is measured on
images by itself (understanding.md). Real cases of a real counter are not in it.

What happens to a paper: {chances}; else it is in order.

How readings go wrong: {noise}.
"""


def _rough() -> Noise:
    return Noise(**{name: min(1.0, 3 * share) for name, share in vars(Noise()).items()})


def _shares(of: Noise | Chances) -> str:
    return ", ".join(f"{name} {share:.1%}" for name, share in vars(of).items())


def _rows(tally: Tally) -> Iterator[tuple[str, str, str]]:
    for truth, words in _WORDS.items():
        if count := tally.by_truth[truth]:
            yield words, str(count), f"{tally.found[truth] / count:.1%}"


def _summary(tally: Tally) -> tuple[str, ...]:
    return (
        f"Hồ sơ: {tally.cases}; giấy tờ: {tally.components}",
        f"Giấy còn thiếu được nêu ra: {tally.missing_recall:.1%} (mục tiêu ≥ 97 %)",
        f"Mọi giấy chưa đạt được nêu ra: {tally.recall:.1%}",
        f"Nêu ra mà đúng: {tally.precision:.1%}",
        f"Tự đánh dấu để yêu cầu bổ sung mà đúng: {tally.proposed_precision:.1%}",
    )


def _document(tally: Tally) -> dict[str, object]:
    return {
        "cases": tally.cases,
        "components": tally.components,
        "missing_recall": round(tally.missing_recall, 4),
        "recall": round(tally.recall, 4),
        "precision": round(tally.precision, 4),
        "proposed_precision": round(tally.proposed_precision, 4),
        "by_truth": {
            truth: {"count": count, "named": tally.found[truth]}
            for truth, count in tally.by_truth.items()
        },
    }


def _file() -> Path:
    folder = HOME / "docs" / "figures"
    return (folder if folder.is_dir() else VAR) / "completeness.md"
