"""A province simulated in working minutes: who comes, who waits, what becomes late.

`run(setting, days=…, seed=…)` is the door for what-ifs; `setting.changed(appraisers=+2)` a variant.
Pure: no database, no clock of the machine.
"""

from motcua.reporting.simulating.engine import run, run_by_office
from motcua.reporting.simulating.outcome import Outcome
from motcua.reporting.simulating.setting import DAY_MINUTES, Office, Setting, Work

__all__ = ["DAY_MINUTES", "Office", "Outcome", "Setting", "Work", "run", "run_by_office"]
