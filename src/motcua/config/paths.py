"""Where things are kept: everything that Một Cửa writes lies under one folder, `var/`."""

import os
from pathlib import Path

_SOURCE = Path(__file__).resolve().parents[3]


def _home() -> Path:
    """Return the checkout when running from one, else the folder for user data."""
    if (_SOURCE / "pyproject.toml").is_file():
        return _SOURCE
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "motcua"


HOME = Path(os.environ.get("MOTCUA_HOME") or _home())
VAR = Path(os.environ.get("MOTCUA_VAR") or HOME / "var")
PACKAGE = Path(__file__).resolve().parents[1]
