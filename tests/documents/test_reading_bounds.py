"""A long file and a large picture stay under a gibibyte, in a process of their own."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pikepdf
import PIL.Image
import pytest

from motcua.documents import reading
from motcua.documents.reading import tesseract
from motcua.documents.synthetic import letters

try:
    tesseract.model_folder()
except reading.Unavailable as missing:
    pytest.skip(str(missing), allow_module_level=True)
if not Path("/proc/self/status").is_file():
    pytest.skip("the peak of memory is read from /proc (Linux)", allow_module_level=True)

# VmHWM, not ru_maxrss: that one begins with the peak of the process that started this one.
_CHILD = """
import json, sys
from pathlib import Path
from motcua.documents.reading import read_file
def peak():
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024
read, most = [], []
for page in read_file(sys.argv[1], sys.argv[2]):
    read.append("vàng" in page.text)
    most.append(peak())
print(json.dumps({"pages": len(read), "mebibytes": most, "read": all(read)}))
"""


def _read_elsewhere(path, content_type):
    words = [sys.executable, "-c", _CHILD, str(path), content_type]
    done = subprocess.run(words, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def _page():
    return letters.drawn(letters.with_body("Tờ giấy màu vàng của phường. " * 3, seed=1))


@pytest.mark.slow
def test_a_long_file_takes_no_more_memory_than_a_short_one(tmp_path):
    """The page as pixels is 11 MiB: were pages kept, the last five would not fit into one."""
    PIL.Image.fromarray(_page()).convert("RGB").save(tmp_path / "page.pdf", resolution=200)
    with pikepdf.open(tmp_path / "page.pdf") as one, pikepdf.new() as many:
        for _ in range(9):
            many.pages.append(one.pages[0])
        many.save(tmp_path / "many.pdf")

    found = _read_elsewhere(tmp_path / "many.pdf", "application/pdf")

    assert found["pages"] == 9
    assert found["mebibytes"][-1] < 1024
    assert found["mebibytes"][-1] - found["mebibytes"][3] < 22
    assert found["read"]


@pytest.mark.slow
def test_a_picture_of_forty_million_pixels_is_read_in_less_than_a_gibibyte(tmp_path):
    large = PIL.Image.fromarray(_page()).resize((5315, 7518), PIL.Image.Resampling.BILINEAR)
    PIL.Image.fromarray(np.stack([np.asarray(large)] * 3, axis=-1)).save(tmp_path / "large.png")

    found = _read_elsewhere(tmp_path / "large.png", "image/png")

    assert found["mebibytes"][-1] < 1024
    assert found["read"]
