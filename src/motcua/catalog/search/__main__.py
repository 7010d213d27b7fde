"""`python -m motcua.catalog.search [FILE]`: search on the gold questions, by part, with what missed."""

import argparse
import resource
import sys
import time

from motcua.catalog.search.entries import entry_of
from motcua.catalog.search.evaluate import measure, questions
from motcua.catalog.search.index import build
from motcua.catalog.search.lexicon import lexicon
from motcua.catalog.sources import STARTER, read


def main() -> None:
    """Print hit@1 and hit@5 over a file of the national catalogue, or the starter catalogue."""
    parser = argparse.ArgumentParser(prog="python -m motcua.catalog.search", description=__doc__)
    parser.add_argument("file", nargs="?", default=STARTER)
    parser.add_argument("--missed", action="store_true", help="list what the first hit missed")
    arguments = parser.parse_args()
    entries = [entry_of(parsed) for parsed in read(arguments.file).procedures.values()]
    begun = time.process_time()
    index = build(entries, lexicon())
    built = time.process_time() - begun
    for part in (*dict.fromkeys(question.part for question in questions()), ""):
        figures = measure(index, questions(part))
        _say(f"{part or 'tất cả':10} {figures}")
        for text, rank, first in figures.missed if arguments.missed and part else ():
            _say(f"    {rank or '—'}  {text}  → {first}")
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    _say(f"{len(entries)} thủ tục, dựng chỉ mục {built:.1f} s CPU, tiến trình {megabytes} MB")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main()
