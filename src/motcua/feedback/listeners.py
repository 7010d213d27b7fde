"""What feedback does when one of its facts was recorded; and how many facts each case must have."""

from collections.abc import Iterator

from motcua.feedback import notices
from motcua.feedback.models import Case
from motcua.ledger import queries as trail
from motcua.ledger.models import FactRow
from motcua.ledger.services import listen


def _tell(fact: FactRow) -> None:
    """Tell the sender, followers, desks and inspectors that a fact concerns."""
    notices.tell(fact)


for _kind in sorted(notices.TO_SENDER | notices.TO_DESKS):
    listen(_kind, name="feedback.notices")(_tell)


def heads() -> Iterator[tuple[str, int]]:
    """Give each case's stream with the number of its last fact, for `ledger verify`."""
    for key, revision in Case.objects.values_list("pk", "revision").iterator(5000):
        yield f"feedback:{key}", revision


trail.heads.append(heads)
