"""Verifying in a process of its own, so that no file can take more than its share."""

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from motcua.documents.rules import MAX_BYTES
from motcua.signing.verifying import report as reports
from motcua.signing.verifying.report import Report, Verdict

SECONDS = 30
# So many at once for each process of ours: a crowd of uploads waits instead of taking the machine.
_SLOTS = threading.BoundedSemaphore(2)


@dataclass(frozen=True)
class Looked:
    """The report on a file by itself, and the texts of the codes on its first page."""

    report: Report
    codes: Sequence[str]


def look(source: Path | bytes, *, name: str, at: datetime, with_codes: bool = True) -> Looked:
    """Return what the file is worth by itself; our records are not asked.

    source: where the file lies, or its bytes. A file that takes too much time or memory is
    reported as unreadable.
    """
    if isinstance(source, Path):
        return _looked(source, name=name, at=at, with_codes=with_codes)
    with tempfile.NamedTemporaryFile(prefix="motcua-verify-") as file:
        file.write(source[: MAX_BYTES + 1])
        file.flush()
        return _looked(Path(file.name), name=name, at=at, with_codes=with_codes)


def _looked(path: Path, *, name: str, at: datetime, with_codes: bool) -> Looked:
    request = {
        "path": str(path),
        "name": name,
        "now": at.isoformat(),
        "trust": [str(settings.MOTCUA_TRUST), str(Path(settings.MOTCUA_KEYS) / "trial")],
        "may_ask": settings.MOTCUA_ASK_CAS,
        "with_codes": with_codes,
    }
    if not _SLOTS.acquire(timeout=SECONDS):
        return Looked(_gave_up(path, name, at, fault="busy"), ())
    try:
        done = subprocess.run(
            [sys.executable, "-m", "motcua.signing.verifying.child"],
            input=json.dumps(request) + "\n",
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=True,
        )
        answer = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        return Looked(_gave_up(path, name, at, fault="too_heavy"), ())
    finally:
        _SLOTS.release()
    return Looked(reports.read(answer["report"]), tuple(answer["codes"]))


def _gave_up(path: Path, name: str, at: datetime, *, fault: str) -> Report:
    return Report(
        name=name,
        sha256="",
        size_bytes=path.stat().st_size,
        verified_at=at,
        verdict=Verdict.UNREADABLE,
        fault=fault,
    )
