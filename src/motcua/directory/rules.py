"""Signing in: how many wrong tries are borne, how long a door stays shut (rule of the house)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=15)
TRIES_FROM_ONE_ADDRESS = 5
TRIES_AT_ONE_ACCOUNT = 20
TRIES_OF_ONE_ADDRESS = 40
TOTP_SECONDS = 30


def shut_until(*, failures: Sequence[datetime], allowed: int, at: datetime) -> datetime | None:
    """Return until when the door stays shut after these failures; None when it is open.

    The door shuts at the failure number `allowed` within the window and opens a window after it.
    Source: rule of the house, no decree.
    """
    recent = sorted(moment for moment in failures if at - moment < WINDOW)
    if len(recent) < allowed:
        return None
    return recent[-allowed] + WINDOW


def totp_step(*, at: datetime) -> int:
    """Return the number of the half-minute in which a one-time code counts (RFC 6238)."""
    return int(at.timestamp()) // TOTP_SECONDS
