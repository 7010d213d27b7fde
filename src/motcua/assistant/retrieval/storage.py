"""An index as a folder of files that several processes map into memory and share."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from motcua.assistant.retrieval.arrays import Arrays, Meaning, Postings
from motcua.assistant.retrieval.building import Built
from motcua.assistant.retrieval.passages import BadIndex

_VERSION = 2
_GROUPS = {"terms": Postings, "pairs": Postings, "meaning": Meaning}
_LISTS = ("terms", "folds", "keys", "kinds")


def save(built: Built, folder: Path) -> None:
    """Write the index beside its place and move it there, so that no reader sees half of one."""
    fresh = folder.with_name(folder.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for field in fields(Arrays):
        values = getattr(built.arrays, field.name)
        if isinstance(values, Postings | Meaning):
            for part in fields(values):
                _write(fresh, f"{field.name}_{part.name}", getattr(values, part.name))
        else:
            _write(fresh, field.name, values)
    for name in _LISTS:
        (fresh / f"{name}.json").write_text(json.dumps(getattr(built, name), ensure_ascii=False))
    (fresh / "index.json").write_text(json.dumps({"version": _VERSION}))
    _move(fresh, folder)


def _write(folder: Path, name: str, values: NDArray[np.generic]) -> None:
    np.save(folder / f"{name}.npy", values, allow_pickle=False)


def _move(fresh: Path, folder: Path) -> None:
    old = folder.with_name(folder.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def load(folder: Path) -> Built:
    """Open a saved index; the arrays stay in the files until they are read."""
    try:
        about = json.loads((folder / "index.json").read_text())
        if not isinstance(about, Mapping) or about.get("version") != _VERSION:
            raise BadIndex(f"Chỉ mục ở {folder} thuộc phiên bản khác; hãy dựng lại.")
        parts = {field.name: _part(folder, field.name) for field in fields(Arrays)}
        lists = {name: json.loads((folder / f"{name}.json").read_text()) for name in _LISTS}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadIndex(f"Không mở được chỉ mục ở {folder}: {error}") from error
    return Built(Arrays(**parts), **lists)  # type: ignore[arg-type]  # fields are named alike


def _part(folder: Path, name: str) -> NDArray[np.generic] | Postings | Meaning:
    group = _GROUPS.get(name)
    if group is None:
        return _mapped(folder, name)
    parts: Postings | Meaning = group(
        *(_mapped(folder, f"{name}_{part.name}") for part in fields(group))
    )
    return parts


def _mapped(folder: Path, name: str) -> NDArray[Any]:
    values: NDArray[Any] = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
    return values
