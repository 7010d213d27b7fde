"""An accepted answer as rows of the evaluation: what it must say, for each way it was asked. Pure."""

import re
from collections.abc import Sequence
from datetime import date

_FACT = re.compile(r"\d[\d.,/]*\d|\d")
_MOST_MUSTS, _MOST_WAYS = 4, 5


def rows(
    *,
    number: int,
    question: str,
    text: str,
    procedures: Sequence[str],
    on: date,
    ways: Sequence[str],
) -> list[dict[str, object]]:
    """Return one row for the question and one for each other way in which people asked it.

    number: of the answer; on: the day by which it is answered. What it must say are its numbers, or
    its first words where it has none.
    """
    musts = list(dict.fromkeys(_FACT.findall(text)))[:_MOST_MUSTS] or [" ".join(text.split()[:6])]
    asked = list(dict.fromkeys([question, *ways]))[: _MOST_WAYS + 1]
    return [
        {
            "id": f"learned-{number}-{at}",
            "part": "learned",
            "question": one,
            "lang": "vi",
            "outcome": ["answered"],
            "procedures": list(procedures),
            "must": musts,
            "must_not": [],
            "on": on.isoformat(),
            "split": "dev" if at % 2 == 0 else "test",
        }
        for at, one in enumerate(asked)
    ]
