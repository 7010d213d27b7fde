"""Everything that `motcua run` starts, and its end: nothing is left running."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field

_TOLD_TO_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
_GRACE_SECONDS = 15.0
_THREADS = 4


@dataclass
class House:
    """The processes of one running house: web, worker, and the push to open boards (0: none)."""

    host: str
    port: int
    web_processes: int
    push_port: int = 0
    children: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where the house answers."""
        host = "localhost" if self.host in {"127.0.0.1", "0.0.0.0"} else self.host  # noqa: S104
        return f"http://{host}:{self.port}/"

    def start(self) -> None:
        """Start the web processes, the worker and the push, each in a group of its own."""
        if self.push_port:
            os.environ.setdefault("MOTCUA_PUSH", f":{self.push_port}")
            self.children["push"] = _start(push_command(self.host, self.push_port))
        self.children["web"] = _start(web_command(self.host, self.port, self.web_processes))
        self.children["worker"] = _start([sys.executable, "-m", "motcua", "worker", "--quiet"])
        self.children["figures"] = _start([sys.executable, "-m", "motcua", "follow", "--quiet"])

    def wait_until_it_answers(self, *, seconds: float = 90.0) -> None:
        """Wait until the web server answers.

        Raises RuntimeError: a process ended, or nothing answers in that time.
        """
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.check()
            try:
                with urllib.request.urlopen(f"{self.address}healthz", timeout=5):  # noqa: S310
                    return
            except urllib.error.HTTPError as fault:
                raise RuntimeError(f"{self.address} trả lời lỗi {fault.code}") from fault
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"{self.address} không trả lời sau {seconds:.0f} giây")

    def check(self) -> None:
        """Raise RuntimeError when a process has ended by itself."""
        for name, child in self.children.items():
            if child.poll() is not None:
                raise RuntimeError(f"tiến trình {name} đã dừng (mã {child.returncode})")

    def watch(self, *, seconds: float | None) -> None:
        """Watch over the processes for so long (None: until a signal comes).

        Raises RuntimeError: one of them has ended by itself.
        """
        end = None if seconds is None else time.monotonic() + seconds
        while end is None or time.monotonic() < end:
            self.check()
            time.sleep(0.2)

    def stop(self) -> None:
        """End every process and all that it started; what is being done is finished first."""
        finish_undisturbed()
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        end = time.monotonic() + _GRACE_SECONDS
        for child in self.children.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(max(end - time.monotonic(), 0.1))
            _kill_group(child.pid)
            child.wait()


def web_command(host: str, port: int, processes: int) -> list[str]:
    """Return the command of the web server: WSGI, so many processes, threads in each."""
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface=wsgi",
        f"--host={host}",
        f"--port={port}",
        f"--workers={processes}",
        f"--blocking-threads={_THREADS}",
        "--blocking-threads-idle-timeout=600",  # each thread keeps its database connection
        "--no-ws",
        "--http=1",
        "--http1-header-read-timeout=60000",  # it counts idle kept connections too
        "--respawn-failed-workers",
        "--workers-kill-timeout=10",
        "--log-level=warning",
        "motcua.config.wsgi:application",
    ]


def push_command(host: str, port: int) -> list[str]:
    """Return the command of the push: one small ASGI process (see `config.push`)."""
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface=asgi",
        f"--host={host}",
        f"--port={port}",
        "--workers=1",
        "--no-ws",
        "--http=1",
        "--loop=asyncio",
        "--respawn-failed-workers",
        "--workers-kill-timeout=3",
        "--log-level=warning",
        "motcua.config.push:application",
    ]


def end_like_ctrl_c() -> None:
    """Treat SIGTERM and a closed terminal like Ctrl-C: all of them end the house in order."""
    # SIGINT too: a shell that starts us in the background hands it down ignored.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)


def finish_undisturbed() -> None:
    """Ignore further signals: the end is under way and takes seconds."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def free_port(host: str) -> int:
    """Return a port on which nobody listens."""
    import socket

    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def is_free(host: str, port: int) -> bool:
    """Tell whether nobody listens on that port."""
    import socket

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _start(command: list[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C reaches us only; we end the children in order
        preexec_fn=_die_with_parent,  # noqa: PLW1509  one thread only at this point
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )


def _die_with_parent() -> None:
    """Ask the kernel to end this child when we are killed outright (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_TOLD_TO_DIE_WITH_PARENT, signal.SIGTERM)


def _kill_group(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return
