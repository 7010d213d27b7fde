"""What foresight shows and when it warns: read once from foresight.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("foresight.toml")


@dataclass(frozen=True)
class Settings:
    """Thresholds per mille, lengths in days; see foresight.toml."""

    likely: int
    possible: int
    changed: int
    whole_minutes: int
    warn_from: int
    calm_below: int
    most_warned: int
    learning_days: int
    learning_least: int
    near_days: int
    forecast_days: int
    least_days: int
    least_per_week: float


@cache
def settings() -> Settings:
    """Return the settings of the house."""
    kept = tomllib.loads(FILE.read_text(encoding="utf-8"))
    marks, warning = kept["marks"], kept["warning"]
    learning, forecast = kept["learning"], kept["forecast"]
    return Settings(
        likely=marks["likely"],
        possible=marks["possible"],
        changed=marks["changed"],
        whole_minutes=marks["whole_minutes"],
        warn_from=warning["from"],
        calm_below=warning["calm_below"],
        most_warned=warning["most"],
        learning_days=learning["days"],
        learning_least=learning["least_days"],
        near_days=learning["near_days"],
        forecast_days=forecast["days"],
        least_days=forecast["least_days"],
        least_per_week=float(forecast["least_per_week"]),
    )
