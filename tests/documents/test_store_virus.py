"""What the virus scanner finds: refused, recorded, isolated; without its verdict nobody else reads."""

import io
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from tests.documents import samples, virus
from tests.documents.test_store import AT, PDF, on_disk, shelf, store  # noqa: F401

from motcua.documents import ports, queries, services
from motcua.documents.models import File
from motcua.documents.services import reading
from motcua.documents.services.digitising import working
from motcua.ledger.models import FactRow

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not virus.is_here(), reason="clamd is missing (apt: clamav-daemon)"),
]
SAFETY = File.Safety


@pytest.fixture(scope="module")
def daemon():
    with (
        tempfile.TemporaryDirectory(prefix="clamd-") as folder,
        virus.clamd(Path(folder)) as address,
    ):
        yield address


@pytest.fixture
def scanner(daemon, settings):
    settings.MOTCUA_CLAMD = daemon
    return daemon


@pytest.fixture
def deaf(settings, tmp_path):
    """A scanner that is set up and does not answer."""
    settings.MOTCUA_CLAMD = f"unix:{tmp_path}/nobody.sock"


def infected_pdf(mark: bytes = virus.OWN_MARK) -> bytes:
    return samples.pdf(b"(" + mark.replace(b"\\", b"\\\\").replace(b")", b"\\)") + b")")


def facts() -> list[FactRow]:
    return list(FactRow.objects.filter(kind="file.quarantined"))


def test_a_clean_file_is_known_clean(scanner, shelf):  # noqa: F811
    file = store(case_id=7)

    assert (file.safety, file.scanned_at, file.threat) == (SAFETY.CLEAN, AT, "")
    assert not facts()


@pytest.mark.parametrize(
    ("content", "name", "threat"),
    [
        (virus.EICAR, "eicar.com", "Eicar.Test.Own.UNOFFICIAL"),
        (virus.EICAR, "giấy khai sinh.pdf", "Eicar.Test.Own.UNOFFICIAL"),
        (infected_pdf(), "đơn.pdf", "Motcua.Test.Own.UNOFFICIAL"),
        (samples.png() + virus.OWN_MARK, "ảnh.png", "Motcua.Test.Own.UNOFFICIAL"),
    ],
)
def test_an_infected_file_is_refused_recorded_and_isolated(scanner, shelf, content, name, threat):  # noqa: F811
    with pytest.raises(services.Infected, match="mã độc"):
        store(content, name=name, case_id=7, component_key="don")

    kept = File.objects.get()
    assert (kept.safety, kept.threat, kept.case_id) == (SAFETY.INFECTED, threat, None)
    assert kept.storage_path.startswith("quarantine/")
    assert queries.files_of_case(case_id=7) == []
    (fact,) = facts()
    assert threat in fact.body
    assert '"case_id":7' in fact.body.replace(" ", "")


def test_bytes_in_quarantine_are_handed_to_nobody(scanner, shelf):  # noqa: F811
    with pytest.raises(services.Infected):
        store(virus.EICAR, draft_key="k")
    kept = File.objects.get()

    for who in ("", kept.uploaded_by, "account:9"):
        with pytest.raises(services.HeldBack):
            services.open_file(kept, by_key=who)
    assert queries.files_of_draft(draft_key="k") == []
    assert services.sweep(at=AT + timedelta(days=60)) == 0


def test_a_rolled_back_act_keeps_the_quarantine(scanner, shelf):  # noqa: F811
    with pytest.raises(services.Infected), transaction.atomic():
        store(virus.EICAR, name="a.pdf", case_id=7)

    assert File.objects.get().safety == SAFETY.INFECTED
    assert len(facts()) == 1
    assert len(on_disk(shelf)) == 1


def test_taking_before_the_act_is_scanned_too(scanner, shelf):  # noqa: F811
    stream = io.BytesIO(infected_pdf())

    with pytest.raises(services.Infected):
        services.take(stream, name="a.pdf", component_key="don", at=AT, by_key="account:3")

    assert File.objects.get().uploaded_by == "account:3"


def test_our_own_papers_are_not_scanned(scanner, shelf):  # noqa: F811
    assert store(source="system").safety == SAFETY.OWN


def test_without_a_scanner_a_file_is_kept_and_says_so(shelf):  # noqa: F811
    file = store(case_id=7)

    assert file.safety == SAFETY.UNSCANNED
    with services.open_file(file) as opened:
        assert opened.read() == PDF


def test_while_the_scanner_is_deaf_only_the_sender_reads(deaf, shelf):  # noqa: F811
    file = store(case_id=7)

    assert file.safety == SAFETY.WAITING
    with pytest.raises(services.HeldBack, match="chờ quét"):
        services.open_file(file)
    with pytest.raises(services.HeldBack):
        services.open_file(file, by_key="account:2")
    with services.open_file(file, by_key="account:1") as opened:
        assert opened.read() == PDF
    assert services.scan_waiting(at=AT) == 0


def test_what_waited_is_scanned_when_the_scanner_is_back(daemon, settings, shelf):  # noqa: F811
    before = store(case_id=7)
    settings.MOTCUA_CLAMD = "tcp://127.0.0.1:9"
    waiting, harmful = store(case_id=7), store(infected_pdf(), case_id=7)
    settings.MOTCUA_CLAMD = daemon

    assert services.scan_waiting(at=AT) == 3
    assert services.scan_waiting(at=AT) == 0

    states = {file.pk: file.safety for file in File.objects.all()}
    assert states == {
        before.pk: SAFETY.CLEAN, waiting.pk: SAFETY.CLEAN, harmful.pk: SAFETY.INFECTED,
    }  # fmt: skip
    with services.open_file(File.objects.get(pk=waiting.pk)):
        pass
    with pytest.raises(services.HeldBack):
        services.open_file(File.objects.get(pk=harmful.pk), by_key="account:1")
    assert len(facts()) == 1
    assert len(queries.files_of_case(case_id=7)) == 3


def test_a_file_lost_from_the_storage_does_not_stop_the_others(daemon, settings, shelf):  # noqa: F811
    lost, kept = store(case_id=7), store(case_id=7)
    default_storage.delete(lost.storage_path)
    settings.MOTCUA_CLAMD = daemon

    assert services.scan_waiting(at=AT) == 1

    assert File.objects.get(pk=kept.pk).safety == SAFETY.CLEAN


def test_the_daemon_says_what_it_is(scanner):
    assert ports.scanner().version().startswith("ClamAV ")


def test_a_daemon_that_speaks_rubbish_gives_no_verdict(settings, shelf):  # noqa: F811
    settings.MOTCUA_CLAMD = "carrier-pigeon:7"

    assert store(case_id=7).safety == SAFETY.WAITING


def test_large_files_go_through(scanner, shelf):  # noqa: F811
    noise = samples.pdf(b"<< /Length 9000000 >>\nstream\n" + bytes(9_000_000) + b"\nendstream")

    assert store(noise, case_id=7).safety == SAFETY.CLEAN


def test_no_machine_reads_what_is_held_back(deaf, shelf):  # noqa: F811
    file = store(case_id=7)

    with pytest.raises(services.HeldBack), working.local_copy(file):
        pass
    with pytest.raises(services.HeldBack), reading._on_disk(file):
        pass
