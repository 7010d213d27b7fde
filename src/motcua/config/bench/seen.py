"""Papers of our own making, really read: what the machine makes of each kind, for the check's set."""

from collections.abc import Iterator

from motcua.config.cli.progress import Progress
from motcua.documents.completeness.evaluation import Pool, Seen
from motcua.documents.reading import read_page
from motcua.documents.scanning import straighten
from motcua.documents.scanning.arrays import Image
from motcua.documents.synthetic import letters, wear
from motcua.documents.synthetic.kinds.worn import papers
from motcua.documents.understanding import OTHER, Understood, kinds, understand
from motcua.kernel.text import fold

# Seeds that are in no other set: neither thresholds nor any other figure rest on them.
ROWS = (("c", 61, "stamped"),)
LETTERS = 6


def pool(*, progress: Progress) -> Pool:
    """Read a paper of every kind for each row, and letters that are none of the kinds."""
    found: dict[str, list[Seen]] = {}
    with progress.bar("Đọc giấy mẫu") as tell:
        for number, (kind, owner, pages) in enumerate(_papers(), start=1):
            found.setdefault(kind, []).append(_seen(kind, owner, pages))
            tell(number)
    return found


def _papers() -> Iterator[tuple[str, str, list[Image]]]:
    for one in papers(ROWS):
        truth = one.specimen.truth.get(kinds()[one.specimen.kind].owner, "")
        yield one.specimen.kind, truth, one.pages
    for seed in range(70, 70 + LETTERS):
        drawn = letters.drawn(letters.letter("decree", seed=seed))
        yield OTHER, "", [wear.worn(drawn, wear.chosen("scan", seed=seed), seed=seed)]


def _seen(kind: str, owner: str, pages: list[Image]) -> Seen:
    straight = [straighten(page) for page in pages]
    read = [read_page(one, number=at) for at, one in enumerate(straight, start=1)]
    understood = understand(read, [one.image for one in straight])
    said = understood.metadata.owner_name if understood.metadata else ""
    return Seen(
        kind=understood.kind,
        kind_confidence=understood.confidence,
        clarity=sum(page.confidence for page in read) / len(read),
        owner_confidence=_confidence(understood),
        is_owner_right=kind == OTHER or fold(said) == fold(owner),
    )


def _confidence(understood: Understood) -> float:
    kind = kinds().get(understood.kind)
    fields = {one.key: one.confidence for one in understood.fields}
    return fields.get(kind.owner, 0.0) if kind else 0.0
