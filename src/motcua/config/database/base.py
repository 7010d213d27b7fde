"""The database wrapper that settings name as ENGINE."""

import select

from django.db.backends.postgresql import base
from psycopg import OperationalError
from psycopg.pq import ConnStatus


class DatabaseWrapper(base.DatabaseWrapper):
    """Looks at the socket of a kept connection instead of asking `SELECT 1` before each request.

    A server that went away has closed the socket, which then reads as ended.
    """

    def is_usable(self) -> bool:
        """Tell whether the connection still stands."""
        if self.connection is None:
            return False
        line = self.connection.pgconn
        if line.status != ConnStatus.OK:
            return False
        try:
            waiting = select.poll()
            waiting.register(line.socket, select.POLLIN | select.POLLHUP | select.POLLERR)
            if waiting.poll(0):  # a notice, or the end
                line.consume_input()
                return not waiting.poll(0) or self._answers()
        except (OperationalError, OSError, ValueError):
            return False
        return bool(line.status == ConnStatus.OK)

    def _answers(self) -> bool:
        return bool(super().is_usable())
