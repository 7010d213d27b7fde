"""A circuit breaker: a server that failed several times in a row is left alone for a while."""

import threading
import time
from collections.abc import Callable


class Breaker:
    """Closed while calls go well; after `failures` in a row open for `seconds`, then one is tried."""

    def __init__(
        self,
        *,
        failures: int = 3,
        seconds: float = 60.0,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most = failures
        self._seconds = seconds
        self._now = now
        self._failed = 0
        self._until = 0.0
        self._lock = threading.Lock()

    def lets_through(self) -> bool:
        """Tell whether a call may be made; after the rest only one is, until it ended."""
        with self._lock:
            if self._failed < self._most:
                return True
            if self._now() < self._until:
                return False
            self._until = self._now() + self._seconds
            return True

    def succeeded(self) -> None:
        """Note that a call went well: all is forgotten."""
        with self._lock:
            self._failed = 0

    def failed(self) -> None:
        """Note that a call failed."""
        with self._lock:
            self._failed += 1
            self._until = self._now() + self._seconds
