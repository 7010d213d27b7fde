"""From which confidence on a value needs nobody's eye, by shape of field (thresholds.toml).

Made by `motcua documents bench understanding` from specimens that are in no figure.
"""

import tomllib
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent / "thresholds.toml"
NEVER = 1.01


def accepts(shape: str, confidence: float) -> bool:
    """Tell whether a value of that shape and confidence holds without a person."""
    return confidence >= _thresholds().get(shape, NEVER)


@cache
def _thresholds() -> dict[str, float]:
    if not FILE.exists():
        return {}
    return {key: float(value) for key, value in tomllib.loads(FILE.read_text())["shapes"].items()}
