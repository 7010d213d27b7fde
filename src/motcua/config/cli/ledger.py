"""Commands about the ledger."""

from dataclasses import asdict

from motcua.config.cli.command import Answer, Arguments, Needs, command
from motcua.config.cli.progress import Progress


@command("ledger verify", help="kiểm tra từng sự kiện, từng mắt xích", needs=Needs.TABLES)
def verify(arguments: Arguments, progress: Progress) -> Answer:
    """Recompute every hash; the exit code is 0 only when nothing was touched."""
    from motcua.ledger import queries

    with progress.bar("Kiểm tra sổ cái") as tell:
        verdict = queries.verify(progress=tell)
    count = f"{verdict.facts} sự kiện, {verdict.streams} chuỗi, {verdict.anchors} mốc neo giờ"
    state = "nguyên vẹn" if verdict.is_whole else "KHÔNG nguyên vẹn"
    lines = (f"Sổ cái {state}: {count}.", *verdict.faults)
    return Answer(asdict(verdict) | {"whole": verdict.is_whole}, lines, is_ok=verdict.is_whole)
