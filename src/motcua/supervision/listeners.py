"""How many facts each warning and each signal must have, for `ledger verify`."""

from collections.abc import Iterator

from motcua.ledger import queries as trail
from motcua.supervision.models import Signal, Warning


def heads() -> Iterator[tuple[str, int]]:
    """Give each warning's and signal's stream with the number of its last fact."""
    for key, revision in Warning.objects.values_list("pk", "revision").iterator(5000):
        yield f"warning:{key}", revision
    for key, revision in Signal.objects.values_list("pk", "revision").iterator(5000):
        yield f"signal:{key}", revision


trail.heads.append(heads)
