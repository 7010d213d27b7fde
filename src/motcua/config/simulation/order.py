"""What decides one slice of a quarter. Read by the other process before Django is set up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from motcua.config.simulation.published import Targets

Tell = Callable[[int], None]


@dataclass(frozen=True)
class Order:
    """What decides one slice of a quarter; every process that reads it decides the same."""

    first: date
    last: date
    targets: Targets
    seed: int
    recorded_at: datetime
    until: datetime | None
    party_keys: list[int]
    quarter: str = ""
    number: int = 0
    slip_key: int = 0
    slip_numbers: tuple[tuple[str, int], ...] = ()
