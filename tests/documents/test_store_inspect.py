"""A stored file that changes or goes is found, marked and recorded, once; and when it is back too."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from tests.documents.test_store import AT, PDF, shelf, store  # noqa: F401

from motcua.config.cli.main import main as cli
from motcua.documents import queries, services
from motcua.documents.models import File, Inspection
from motcua.ledger.models import FactRow

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_shelf(shelf):  # noqa: F811
    """Every test has a storage of its own."""


def spoil(file: File) -> None:
    with Path(default_storage.path(file.storage_path)).open("r+b") as opened:
        opened.seek(20)
        opened.write(b"?")


def kinds() -> list[str]:
    return list(FactRow.objects.filter(kind__startswith="file.").values_list("kind", flat=True))


def test_files_that_are_whole_are_found_whole():
    files = [store(name=f"{n}.pdf") for n in range(3)]

    found = services.inspect(at=AT)

    assert found.is_whole
    assert (found.files, found.size_bytes, found.strays) == (3, 3 * len(PDF), 0)
    assert set(File.objects.values_list("checked_at", flat=True)) == {AT}
    assert Inspection.objects.get().files == len(files)
    assert not kinds()


def test_one_changed_byte_and_a_lost_file_are_found_once():
    store(), spoil(changed := store())
    default_storage.delete((lost := store()).storage_path)

    found = services.inspect(at=AT)
    services.inspect(at=AT + timedelta(hours=1))

    assert (found.changed, found.missing, found.is_whole) == (1, 1, False)
    assert {(f.uuid, f.found) for f in found.faults} == {
        (str(changed.uuid), "changed"), (str(lost.uuid), "missing"),
    }  # fmt: skip
    assert sorted(kinds()) == ["file.damaged", "file.damaged"]
    assert {file.pk for file in queries.condition().damaged} == {changed.pk, lost.pk}


def test_a_file_that_is_whole_again_is_told_too():
    file = store()
    spoil(file)
    services.inspect(at=AT)
    with Path(default_storage.path(file.storage_path)).open("wb") as opened:
        opened.write(PDF)

    assert services.inspect(at=AT + timedelta(hours=1)).is_whole

    assert kinds() == ["file.damaged", "file.mended"]
    assert File.objects.get().damage == ""


def test_strays_are_named(shelf):  # noqa: F811
    (shelf / "lạ.pdf").write_bytes(PDF)
    os.utime(shelf / "lạ.pdf", times=(AT.timestamp(), AT.timestamp()))

    found = services.inspect(at=AT + timedelta(days=2))

    assert (found.strays, found.stray_paths, found.is_whole) == (1, ["lạ.pdf"], True)


def test_a_sample_takes_those_that_waited_longest():
    files = [store() for _n in range(4)]
    services.inspect_sample(at=AT, most=2)
    spoil(files[0]), spoil(files[3])

    found = services.inspect_sample(at=AT + timedelta(hours=1), most=2)

    assert [fault.uuid for fault in found.faults] == [str(files[3].uuid)]
    assert Inspection.objects.filter(scope="sample").count() == 2


def test_the_command_tells_by_its_exit_code(monkeypatch, capsys):
    monkeypatch.setattr("motcua.config.prepare.stand_up", lambda *_args, **_more: None)
    file = store()
    assert cli(["documents", "verify", "--json", "--quiet"]) == 0
    assert '"whole": true' in capsys.readouterr().out

    spoil(file)

    assert cli(["documents", "verify", "--quiet"]) == 1
    said = capsys.readouterr().out
    assert "KHÔNG nguyên vẹn" in said
    assert file.storage_path in said
