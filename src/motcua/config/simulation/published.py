"""What the province published of its first quarter, and the same in other sizes."""

from dataclasses import dataclass

# The province's report of the third quarter of 2025; departments 90.5 % on time, communes 95.5 %.
RECEIVED, SETTLED, ON_TIME = 191_957, 147_818, 137_884
SETTLED_PROVINCE, ON_TIME_PROVINCE = 65_644, 59_408
DIGITISED_SHARE = 0.6579
# Not published: how many of those received are the professional agencies' own.
RECEIVED_PROVINCE = 88_700


@dataclass(frozen=True)
class Level:
    """What is to come out at one level."""

    received: int
    settled: int
    late: int


@dataclass(frozen=True)
class Targets:
    """What is to come out: the two levels, and how many dossiers have electronic components."""

    province: Level
    commune: Level
    digitised: int

    @property
    def received(self) -> int:
        """Accepted in the quarter."""
        return self.province.received + self.commune.received

    @property
    def settled(self) -> int:
        """Settled in the quarter, withdrawn and stopped ones too."""
        return self.province.settled + self.commune.settled

    @property
    def on_time(self) -> int:
        """Settled and not late."""
        return self.settled - self.province.late - self.commune.late


def targets(received: int) -> Targets:
    """Return the published proportions for so many dossiers, rounded so that the sums hold."""
    settled, on_time = _share(received, SETTLED), _share(received, ON_TIME)
    own = _share(received, RECEIVED_PROVINCE)
    own_settled = min(own, _share(received, SETTLED_PROVINCE))
    own_late = _share(received, SETTLED_PROVINCE - ON_TIME_PROVINCE)
    late = settled - on_time
    own_late = min(own_late, late, own_settled)
    return Targets(
        province=Level(own, own_settled, own_late),
        commune=Level(received - own, settled - own_settled, late - own_late),
        digitised=int(received * DIGITISED_SHARE + 0.5),
    )


def _share(received: int, part: int) -> int:
    return (received * part * 2 + RECEIVED) // (2 * RECEIVED)
