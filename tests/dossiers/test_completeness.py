"""The completeness check of a real dossier: its files, what was read on them, its owner's store."""

from io import BytesIO
from typing import Any
from uuid import uuid4

from motcua.catalog.models import ProcedureVersion
from motcua.directory.actor import SYSTEM
from motcua.documents import services as files
from motcua.documents.models import File, Reading, ReadValue
from motcua.documents.services import kho
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier, Paper
from motcua.dossiers.queries import completeness
from tests.documents.samples import pdf
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, World

PROOF = {"key": "proof", "name": "Giấy xác nhận tình trạng hôn nhân", "originals": 1}


def _filed(world: World, **changes: Any) -> Dossier:
    version = ProcedureVersion.objects.get(procedure__code="1.004222")
    content = version.content | {"components": [*version.content["components"], PROOF]}
    ProcedureVersion.objects.filter(pk=version.pk).update(content=content)
    papers = (dossiers.PaperIn("ct01", originals=1),)
    return worlds.filed(world, papers=papers, **changes)


def _scanned(row: Dossier, **read: Any) -> File:
    """Put a scan into the dossier's component, read by the machine as told."""
    file = files.store(
        BytesIO(pdf()), name="giay.pdf", by_key="x", at=MONDAY_8AM, case_id=row.pk,
        component_key="proof", source="scan",
    )  # fmt: skip
    Paper.objects.filter(dossier=row, component_key="proof").update(files=[str(file.uuid)])
    values = read.pop("values", {})
    told = {"kind": "marital_status", "kind_confidence": 0.98, "state": "done"} | read
    Reading.objects.filter(file=file).delete()
    reading = Reading.objects.create(
        file=file, not_before=MONDAY_8AM, queued_at=MONDAY_8AM,
        pages=[{"confidence": told.pop("clarity", 0.95)}], **told,
    )  # fmt: skip
    for place, (key, value) in enumerate(values.items()):
        ReadValue.objects.create(
            reading=reading, position=place, key=key, label=key, value=value, read=value,
            raw=value, confidence=0.97, needs_person=False,
        )  # fmt: skip
    return file


def _proof(row: Dossier) -> completeness.Line:
    papers = list(Paper.objects.filter(dossier=row))
    checked = completeness.of_dossier(dossier=row, papers=papers, on=MONDAY_8AM.date())
    return checked.by_key["proof"]


def test_a_scan_that_says_what_it_should_is_there(world: World) -> None:
    row = _filed(world)
    _scanned(row, values={"issued_on": "2026-09-01"})

    assert _proof(row).status == "present"


def test_a_scan_that_ran_out_by_the_law_of_its_kind_is_named(world: World) -> None:
    row = _filed(world)
    _scanned(row, values={"issued_on": "2026-01-15"})

    line = _proof(row)

    assert line.status == "expired"
    assert "15/07/2026" in line.text
    assert "nộp bản còn hiệu lực" in line.reason


def test_a_scan_of_another_kind_is_doubted(world: World) -> None:
    row = _filed(world)
    _scanned(row, kind="diploma")

    assert (_proof(row).status, _proof(row).text) == (
        "doubtful",
        "Tệp này giống Văn bằng, chứng chỉ.",
    )


def test_a_pale_scan_is_doubted_and_a_waiting_one_left_to_the_eye(world: World) -> None:
    row = _filed(world)
    file = _scanned(row, clarity=0.2)
    assert "mờ" in _proof(row).text

    Reading.objects.filter(file=file).update(state="queued")

    assert _proof(row).finding.why.value == "unread"


def test_what_a_person_confirmed_is_sure(world: World) -> None:
    row = _filed(world)
    file = _scanned(row, kind_confidence=0.3)
    assert _proof(row).status == "doubtful"

    Reading.objects.filter(file=file).update(confirmed_at=MONDAY_8AM, confirmed_by="account:1")

    assert _proof(row).status == "present"


def test_r3_the_store_of_the_owner_is_offered(world: World) -> None:
    row = _filed(world)
    assert _proof(row).status == "missing"
    kept = kho.ToKeep(
        owner_id=row.owner_id, kind="marital_status", name="Giấy xác nhận", level=3,
        source="result", origin=f"test:{uuid4()}", abstract="Xác nhận", issued_on=MONDAY_8AM.date(),
    )  # fmt: skip

    kho.keep(paper=kept, by=SYSTEM, at=MONDAY_8AM)

    assert _proof(row).status == "held_by_store"


def test_a_form_taken_on_paper_at_the_counter_is_not_called_electronic(world: World) -> None:
    row = _filed(world)
    version = ProcedureVersion.objects.get(procedure__code="1.004222")
    version.content["form"] = {"key": "ct01", "title": "Tờ khai CT01", "fields": []}
    version.save()
    papers = list(Paper.objects.filter(dossier=row))

    checked = completeness.of_dossier(dossier=row, papers=papers, on=MONDAY_8AM.date())

    assert checked.by_key["ct01"].finding.why.value == "on_paper"
