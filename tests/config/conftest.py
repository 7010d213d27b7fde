"""The command line inside the tests' own process and database."""

import json
from dataclasses import dataclass

import pytest

from motcua.config import prepare
from motcua.config.cli import main


@dataclass
class Said:
    """What a command said and with which code it ended."""

    code: int
    out: str
    err: str

    @property
    def document(self):
        return json.loads(self.out)


@pytest.fixture
def motcua(db, capsys, monkeypatch, tmp_path):
    """Run a command: motcua("search", "hộ khẩu", "--json")."""
    monkeypatch.setattr(prepare, "_STAMP", tmp_path / "prepared.json")
    monkeypatch.setenv("CATALOG", "starter")

    def run(*words: str) -> Said:
        code = main(list(words))
        captured = capsys.readouterr()
        return Said(code, captured.out, captured.err)

    return run
