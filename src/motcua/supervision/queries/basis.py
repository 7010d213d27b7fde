"""By what a look at the ladder judges, so that a change of it is seen."""

import hashlib
from datetime import date

from motcua.directory.models import CalendarVersion
from motcua.supervision.queries.owners import Owners
from motcua.supervision.rules import ladder


def basis(*, owners: Owners, on: date) -> str:
    """Return the mark of the ladder, the calendars and the posts by which dossiers are judged."""
    calendars = CalendarVersion.objects.filter(is_current=True).order_by("calendar_id")
    current = list(calendars.values_list("calendar_id", "number", "checksum"))
    text = f"{ladder.ladder(on=on)}{current}{owners.basis}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]
