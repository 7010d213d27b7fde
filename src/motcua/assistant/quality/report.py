"""The table of the answers: by part and half, as it is printed and as it stands in docs/figures."""

from collections.abc import Iterator, Mapping, Sequence

from motcua.assistant.quality.answers import CONFIDENT, Figures

HEADINGS = ("nửa", "phần", "câu hỏi", "đúng", "sai mà chắc", "p95 ms")
_ALL = "tất cả"
_COMMAND = "motcua assistant eval --write docs/figures/assistant.md"
Halves = Mapping[str, Sequence[Figures]]


def rows(halves: Halves) -> tuple[tuple[str, ...], ...]:
    """Return one row for each part of each half, the whole last."""
    return tuple(
        (
            split,
            one.part or _ALL,
            str(one.many),
            _share(one.right, one.many),
            _share(one.confidently_wrong, one.many),
            f"{one.milliseconds:.0f}",
        )
        for split, figures in halves.items()
        for one in figures
        if one.many
    )


def document(halves: Halves) -> dict[str, object]:
    """Return the figures as JSON can hold them."""
    return {
        split: [
            {
                "part": one.part or "all",
                "questions": one.many,
                "right": one.right,
                "confidently_wrong": one.confidently_wrong,
                "p95_ms": round(one.milliseconds, 1),
            }
            for one in figures
        ]
        for split, figures in halves.items()
    }


def missed(halves: Halves) -> tuple[str, ...]:
    """Return what was wrong in the half that is learned from; the other half is never looked at."""
    return tuple(_missed(halves))


def _missed(halves: Halves) -> Iterator[str]:
    for figures in halves.get("dev", ()):
        for one in figures.judged if figures.part else ():
            if one.fault:
                yield f"[{figures.part}] {one.question.question} → {one.fault}"


def markdown(halves: Halves) -> str:
    """Return the page of figures."""
    lines = [
        "# Answers on the repo's own questions",
        "",
        f"`{_COMMAND}`, as printed. A question is right when its outcome is allowed, the procedure is",
        "the one meant, and every fact asked for is said; partly right counts as wrong. Confidently",
        f"wrong: wrong, answered, and confidence at least {CONFIDENT}. Weights were learned on `dev`;",
        "`test` is only measured.",
        "",
        f"| {' | '.join(HEADINGS)} |",
        f"|{'---|' * len(HEADINGS)}",
        *(f"| {' | '.join(row)} |" for row in rows(halves)),
        "",
    ]
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{part} ({100 * part / whole:.1f} %)" if whole else "0"
