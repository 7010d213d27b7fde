"""How long each paper takes, for `motcua bench`."""

import statistics
import time
from dataclasses import replace
from datetime import timedelta

from motcua.documents.papers import data, samples
from motcua.documents.papers.press import render


def milliseconds(*, rounds: int = 10) -> dict[str, float]:
    """Return the median milliseconds per paper, warm, with data that differ in every round."""
    return {key: _median(key, paper, rounds) for key, paper in samples.ALL.items()}


def _median(key: str, paper: data.Paper, rounds: int) -> float:
    render(key, paper, samples.AT)
    taken = []
    for turn in range(1, rounds + 1):
        other = _varied(paper, turn)
        start = time.perf_counter()
        render(key, other, samples.AT + timedelta(minutes=turn))
        taken.append(1000 * (time.perf_counter() - start))
    return round(statistics.median(taken), 1)


def _varied(paper: data.Paper, turn: int) -> data.Paper:
    """Return the paper of another dossier, so that nothing Typst remembers helps."""
    issuer = replace(paper.issuer, place=f"{paper.issuer.place} {turn}")
    if isinstance(
        paper, data.RegisterData | data.HandoverData | data.ChecklistData | data.VerificationData
    ):
        return replace(paper, issuer=issuer)
    dossier = replace(
        paper.dossier,
        code=f"{paper.dossier.code[:-7]}{turn:07}",
        owner_name=f"{paper.dossier.owner_name} {turn}",
        procedure_name=f"{turn}. {paper.dossier.procedure_name}",
    )
    return replace(paper, issuer=issuer, dossier=dossier)
