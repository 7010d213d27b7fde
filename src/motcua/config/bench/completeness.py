"""The completeness check on the starter catalogue: recall, precision, and what they rest on."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from motcua.catalog.starter import starter
from motcua.config.bench import machine, seen
from motcua.config.cli.command import Answer, Table
from motcua.config.cli.progress import Progress
from motcua.config.paths import HOME, VAR
from motcua.documents.completeness import Need
from motcua.documents.completeness.evaluation import Chances, Noise, Pool, Tally, evaluate
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
    really = seen.pool(progress=progress)
    real = evaluate(cases(), seeds=SEEDS, pool=really)
    file = _file()
    file.write_text(page(tally, rough, real, really), encoding="utf-8")
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


def page(tally: Tally, rough: Tally, real: Tally, really: Pool) -> str:
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
    lines = [
        head.rstrip(),
        _POOL.format(papers=sum(map(len, really.values())), told=_told(really)),
        "| measure | modelled | really read | three times the noise | aim |",
        "|---|---|---|---|---|",
        *_measures(tally, real, rough),
        "",
        "| what was true of the component | components | named | named, really read |",
        "|---|---|---|---|",
        *(
            f"| {words} | {count} | {named} | {also} |"
            for (words, count, named), (_w, _c, also) in zip(
                _rows(tally), _rows(real), strict=True
            )
        ),
    ]
    return "\n".join(lines) + "\n"


def _measures(*tallies: Tally) -> Iterator[str]:
    named: tuple[tuple[str, Callable[[Tally], float], str], ...] = (
        ("recall of missing components (not there at all)", lambda t: t.missing_recall, "≥ 97 %"),
        ("recall of all not fulfilled (also expired, wrong, unreadable)", lambda t: t.recall, ""),
        ("precision of what it names", lambda t: t.precision, ""),
        ("precision of what it ticks for the request", lambda t: t.proposed_precision, ""),
        ("papers of the store, of databases told", lambda t: t.held_found / max(1, t.held), ""),
    )
    for words, of, aim in named:
        yield f"| {words} | " + " | ".join(f"{of(t):.1%}" for t in tallies) + f" | {aim} |"


def _told(really: Pool) -> str:
    read = [(kind, one.kind) for kind, all_of in really.items() for one in all_of]
    return f"{sum(kind == said for kind, said in read)} of {len(read)}"


_POOL = """
*Modelled*: readings drawn from the shares above. *Really read*: the reading of a paper in order is
drawn from {papers} papers of our own making (15 kinds, and letters that are none of them, worn like
scans) that the machine really read in this run, {told} taken for their kind; the case's name and day
are put on them; unreadable copies and days stay modelled.
"""


_HEAD = """# Completeness check: what it finds

Made by `motcua documents bench completeness` on {day}, code {commit}. The same seeds give the same
numbers.

The set: {cases} generated cases ({procedures} procedures of the starter catalogue, each in every of its
cases, {seeds} seeds), {components} components.

**What it is, and is not.** Which papers lie in a case is drawn at random from the shares below; the
check then decides on what the machine reads of them. The numbers say how well it *decides*; how well
papers are read is measured by itself (understanding.md). Real cases of a counter are not in it.

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
