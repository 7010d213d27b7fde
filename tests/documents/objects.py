"""A real S3-compatible store on loopback: OpenStack Swift with its s3api, from Debian's packages."""

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

KEY, SECRET, BUCKET = "test:tester", "testing", "papers"
_SYSTEM_PYTHON = "/usr/bin/python3"  # Debian's packages are for its own Python
_KINDS = ("account", "container", "object")
_SWIFT_CONF = """\
[swift-hash]
swift_hash_path_prefix = test
swift_hash_path_suffix = test
[storage-policy:0]
name = one
default = yes
"""
_SERVER = """\
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
swift_dir = {folder}
devices = {folder}/disks
mount_check = false
log_level = ERROR
log_address = {folder}/log
[pipeline:main]
pipeline = {kind}-server
[app:{kind}-server]
use = egg:swift#{kind}
fallocate_reserve = 0
"""
_PROXY = """\
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
swift_dir = {folder}
log_level = ERROR
log_address = {folder}/log
[pipeline:main]
pipeline = catch_errors gatekeeper healthcheck cache listing_formats bulk s3api tempauth slo
    proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
allow_account_management = true
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:{cache}
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:healthcheck]
use = egg:swift#healthcheck
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:bulk]
use = egg:swift#bulk
[filter:slo]
use = egg:swift#slo
[filter:s3api]
use = egg:swift#s3api
s3_acl = false
location = us-east-1
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = testing .admin
"""
# Swift looks for its secrets in /etc/swift only; here they stand in the test's folder.
_LAUNCH = """\
import sys
from swift.common import utils
utils.SWIFT_CONF_FILE = sys.argv[1] + "/swift.conf"
from swift.common import storage_policy
storage_policy.SWIFT_CONF_FILE = utils.SWIFT_CONF_FILE
storage_policy.reload_storage_policies()
from swift.common.wsgi import run_wsgi
sys.exit(run_wsgi(sys.argv[2], sys.argv[3], verbose=True))
"""


def is_here() -> bool:
    """Tell whether this machine has all of Swift's servers."""
    return all(shutil.which(f"swift-{kind}-server") for kind in (*_KINDS, "proxy")) and bool(
        shutil.which("memcached")
    )


@contextmanager
def swift(folder: Path) -> Iterator[str]:
    """Run a store while the block lasts; its address is for MOTCUA_S3."""
    ports = dict(zip((*_KINDS, "proxy", "cache"), _free_ports(5), strict=True))
    (folder / "disks" / "d1").mkdir(parents=True)
    (folder / "swift.conf").write_text(_SWIFT_CONF)
    for kind in _KINDS:
        _make_ring(folder, kind, ports[kind])
        conf = _SERVER.format(folder=folder, kind=kind, port=ports[kind])
        (folder / f"{kind}-server.conf").write_text(conf)
    proxy = _PROXY.format(folder=folder, port=ports["proxy"], cache=ports["cache"])
    (folder / "proxy-server.conf").write_text(proxy)
    cache = ["memcached", "-l", "127.0.0.1", "-p", str(ports["cache"]), "-m", "16", "-u", "nobody"]
    with ExitStack() as running:
        running.enter_context(_process(folder, "cache", cache))
        for kind in (*_KINDS, "proxy"):
            words = [str(folder), str(folder / f"{kind}-server.conf"), f"{kind}-server"]
            running.enter_context(_process(folder, kind, [_SYSTEM_PYTHON, "-c", _LAUNCH, *words]))
        _wait(f"http://127.0.0.1:{ports['proxy']}/healthcheck", folder)
        yield f"http://{KEY.replace(':', '%3A')}:{SECRET}@127.0.0.1:{ports['proxy']}/{BUCKET}"


def _make_ring(folder: Path, kind: str, port: int) -> None:
    builder = str(folder / f"{kind}.builder")
    device = f"r1z1-127.0.0.1:{port}/d1"
    for words in (["create", "4", "1", "1"], ["add", device, "100"], ["rebalance"]):
        subprocess.run(
            ["swift-ring-builder", builder, *words], check=True, capture_output=True, cwd=folder
        )


@contextmanager
def _process(folder: Path, name: str, command: list[str]) -> Iterator[None]:
    with (folder / f"{name}.out").open("wb") as log:
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
        try:
            yield
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()
            process.wait()


def _free_ports(count: int) -> list[int]:
    with ExitStack() as held:
        lines = [held.enter_context(socket.socket()) for _n in range(count)]
        for line in lines:
            line.bind(("127.0.0.1", 0))
        return [line.getsockname()[1] for line in lines]


def _wait(address: str, folder: Path) -> None:
    for _try in range(300):
        with suppress(OSError), urllib.request.urlopen(address, timeout=2):  # noqa: S310
            return
        time.sleep(0.1)
    logs = "".join(path.read_text() for path in folder.glob("*.out"))
    raise RuntimeError(f"Swift did not come up: {logs}")
