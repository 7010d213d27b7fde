"""What the demo world leaves in the ledger about itself."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.facts import Fact


@dataclass(frozen=True, kw_only=True)
class DemoLoaded(Fact):
    """The demo world was loaded to its end."""

    kind: ClassVar[str] = "demo.loaded"
    dossiers: int
    seed: int
    seconds: int
