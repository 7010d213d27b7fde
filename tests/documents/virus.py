"""A real clamd on a Unix socket, with signatures of the test's own and nothing downloaded."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# In two parts, so that no scanner takes this file for the test virus itself.
EICAR = (
    rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-"
    rb"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
)
OWN_MARK = b"MOTCUA-TEST-SIGNATURE-" + b"0f6e1d"
_CONFIG = """\
Foreground yes
LocalSocket {folder}/clamd.sock
DatabaseDirectory {folder}/db
TemporaryDirectory {folder}
PidFile {folder}/clamd.pid
StreamMaxLength 30M
MaxThreads 2
SelfCheck 0
OfficialDatabaseOnly no
"""


def is_here() -> bool:
    """Tell whether this machine has clamd."""
    return shutil.which("clamd") is not None or Path("/usr/sbin/clamd").exists()


@contextmanager
def clamd(folder: Path) -> Iterator[str]:
    """Run a daemon while the block lasts; its address is for MOTCUA_CLAMD."""
    (folder / "db").mkdir(parents=True, exist_ok=True)
    (folder / "db" / "own.ndb").write_text(
        f"Motcua.Test.Own:0:*:{OWN_MARK.hex()}\nEicar.Test.Own:0:*:{EICAR.hex()}\n"
    )
    (folder / "clamd.conf").write_text(_CONFIG.format(folder=folder))
    folder.chmod(0o755)
    program = shutil.which("clamd") or "/usr/sbin/clamd"
    with (folder / "clamd.log").open("wb") as log:
        process = subprocess.Popen(
            [program, "--config-file", str(folder / "clamd.conf")],
            stdout=log, stderr=log, env={**os.environ, "LANG": "C"},
        )  # fmt: skip
        try:
            _wait(folder / "clamd.sock", process)
            yield f"unix:{folder}/clamd.sock"
        finally:
            process.terminate()
            process.wait(20)


def _wait(path: Path, process: "subprocess.Popen[bytes]") -> None:
    for _try in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"clamd ended: {(path.parent / 'clamd.log').read_text()}")
        with suppress(OSError), socket.socket(socket.AF_UNIX) as line:
            line.connect(str(path))
            return
        time.sleep(0.1)
    raise RuntimeError("clamd did not come up")
