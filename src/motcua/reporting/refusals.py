"""Why an act on figures is refused."""

from motcua.kernel.refused import Refused


class NotOver(Refused):
    """The period still runs: what it will be cannot be reported yet."""


class AlreadyClosed(Refused):
    """The period was closed before; a report is sent once."""


class NotReady(Refused):
    """The figures are being built: ask again when they are there."""
