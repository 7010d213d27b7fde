"""Whatever comes in costs bounded time and memory: looked at in a process that has 1 GiB in all."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.documents import hostile

from motcua.documents.services import receiving

LIMIT_BYTES = 1024**3
MOST_SECONDS = 240
_CHILD = """
import json, resource, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]), int(sys.argv[1])))
import django
django.setup()
from pathlib import Path
from motcua.documents import rules
from motcua.documents.services import cleaning, disk
found = {}
for path in sorted(Path(sys.argv[2]).iterdir()):
    with path.open("rb") as stream:
        received = disk.receive(stream, limit=rules.MAX_BYTES)
    try:
        with cleaning.mapped(received.path) as view:
            examined = rules.examine(view, name=path.name, path=received.path)
        kept, _what = cleaning.clean(received, examined=examined)
        kept.path.unlink(missing_ok=True)
        found[path.name] = ""
    except rules.Unfit as unfit:
        found[path.name] = unfit.fault.value
    received.path.unlink(missing_ok=True)
status = Path("/proc/self/status").read_text()  # ru_maxrss begins with the parent's peak
peak = int(status.partition("VmHWM:")[2].split()[0]) * 1024
print(json.dumps({"found": found, "peak_bytes": peak}))
"""


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """Have a child of 1 GiB look at every hostile file, one after the other."""
    folder = tmp_path_factory.mktemp("hostile")
    for number, (name, make, _fault) in enumerate(hostile.CASES.values()):
        content = make()
        assert len(content) <= receiving.rules.MAX_BYTES
        (folder / f"{number:02}-{name}").write_bytes(content)
    own = tmp_path_factory.mktemp("var")
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, str(LIMIT_BYTES), str(folder)],
        capture_output=True, text=True, timeout=MOST_SECONDS, check=False,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "MOTCUA_VAR": str(own), "OPENBLAS_NUM_THREADS": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


@pytest.mark.parametrize("case", hostile.CASES)
def test_a_hostile_file_is_refused_for_its_reason(looked_at, case):
    number = list(hostile.CASES).index(case)
    name, _make, fault = hostile.CASES[case]

    assert looked_at["found"][f"{number:02}-{name}"] == fault


def test_the_whole_of_it_stays_under_a_gibibyte(looked_at):
    assert looked_at["peak_bytes"] < LIMIT_BYTES


@pytest.mark.parametrize("fault", list(receiving.Fault))
def test_every_fault_has_a_sentence(fault):
    kind, sentence = receiving._REFUSALS[fault]

    said = str(sentence) % {"name": "a.pdf", "detail": "x"}
    assert said.endswith(".")
    assert len(said) > 40
    assert issubclass(kind, receiving.Refused)
