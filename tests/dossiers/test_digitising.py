"""Scans of a dossier: who signs, what the agency certifies, what goes into the store and out of it."""

import io
from datetime import timedelta

import numpy as np
import pytest
from django.test import override_settings

from motcua.documents import assembling
from motcua.documents.models import Batch, Digitised, Reading, StoredPaper
from motcua.documents.services import digitising as desk
from motcua.documents.services import kho, receiving
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier, Paper
from motcua.dossiers.queries import digitising as scans
from motcua.dossiers.services import digitising
from motcua.ledger import queries as trail
from motcua.ledger import services as ledger
from motcua.signing import services as signing
from motcua.signing.models import Wish
from motcua.signing.pades import trust
from motcua.signing.queries import key_of_agency
from tests.factories import world as stories
from tests.factories.world import MONDAY_8AM, World
from tests.signing import pki as services
from tests.signing.conftest import give_key

AT = MONDAY_8AM + timedelta(hours=1)


@pytest.fixture(scope="module")
def pki(tmp_path_factory):
    with services.running(tmp_path_factory.mktemp("pki")) as running:
        yield running


@pytest.fixture
def keyed(world: World, pki, tmp_path):
    """The receptionist has a key; the centre's is kept by its head."""
    with override_settings(MOTCUA_KEYS=tmp_path):
        trust.configured.cache_clear()
        give_key(pki, tmp_path, "receptionist", account_id=world.accounts["receptionist"].pk)
        give_key(pki, tmp_path, "centre", agency_id=world.agencies["centre"].pk)
        signing.name_keeper(
            key=key_of_agency(world.agencies["centre"].pk),
            account_id=world.accounts["centre_lead"].pk,
            by=world["centre_lead"],
            at=AT,
        )
        yield
    trust.configured.cache_clear()


@pytest.fixture
def dossier(world: World) -> Dossier:
    return stories.accepted(world)


def scan(world: World, dossier: Dossier, component: str = "ct01") -> Digitised:
    """Return a scan whose PDF is made, without the machine's help."""
    batch = Batch.objects.create(
        case_id=dossier.pk, case_code=dossier.code, state="ready", stage="assemble",
        opened_by=world["receptionist"].key, opened_by_name="Lê Quang Vinh",
        opened_at=AT, changed_at=AT,
    )  # fmt: skip
    out = io.BytesIO()
    writer = assembling.PdfaWriter(out, about=assembling.About(title="Bản quét"), at=AT)
    writer.add(assembling.picture_of(np.full((1169, 827, 3), 250, np.uint8)), None)
    writer.finish()
    out.seek(0)
    file = receiving.store(
        out, name="g1.pdf", by_key=batch.opened_by, at=AT, case_id=dossier.pk, source="system"
    )
    return Digitised.objects.create(
        batch=batch, case_id=dossier.pk, piece="g1", component_key=component, state="read",
        state_by="system", state_by_name="Hệ thống", state_at=AT, file=file, has_text=True,
        scanned_by=batch.opened_by, sheets=[],
    )  # fmt: skip


def said(kind: str = "declaration", **changes) -> desk.Described:
    values = {
        "kind": kind,
        "owner": "Nguyễn Văn Phúc",
        "title": "Tờ khai",
        "abstract": "Đăng ký thường trú",
        "is_unlimited": True,
    }
    return desk.Described(**{**values, **changes})


def compared(world: World, dossier: Dossier, kind: str = "declaration", **changes) -> Digitised:
    row = scan(world, dossier)
    digitising.compare(
        code=dossier.code, paper=row.uuid, said=said(kind, **changes), by=world["receptionist"],
        at=AT,
    )  # fmt: skip
    row.refresh_from_db()
    return row


def sign(world: World, dossier: Dossier, by: str = "receptionist") -> list[digitising.Done]:
    return digitising.sign(code=dossier.code, papers=(), pin=services.PIN, by=world[by], at=AT)


def test_a_paper_that_nobody_assigned_is_not_compared(world: World, dossier: Dossier):
    row = scan(world, dossier, component="")

    with pytest.raises(digitising.Unassigned):
        digitising.compare(
            code=dossier.code, paper=row.uuid, said=said(), by=world["receptionist"], at=AT
        )
    row.refresh_from_db()
    assert (row.state, row.title) == ("read", "")


@pytest.mark.parametrize("name", ["other_receptionist", "controller", "cashier"])
def test_who_has_no_post_there_digitises_nothing_r26(world: World, dossier: Dossier, name: str):
    row = scan(world, dossier)

    with pytest.raises((dossiers.NotFound, dossiers.NotAllowed)):
        digitising.compare(code=dossier.code, paper=row.uuid, said=said(), by=world[name], at=AT)
    with pytest.raises((dossiers.NotFound, dossiers.NotAllowed)):
        digitising.open_stack(code=dossier.code, scans=[], by=world[name], at=AT)


def test_a_closed_dossier_takes_no_more_scans(world: World, dossier: Dossier):
    row = scan(world, dossier)
    dossiers.withdraw(
        code=dossier.code, reason="Không còn nhu cầu nữa", by=world["receptionist"], at=AT
    )

    with pytest.raises(dossiers.NotAllowed):
        digitising.compare(
            code=dossier.code, paper=row.uuid, said=said(), by=world["receptionist"], at=AT
        )


@pytest.mark.usefixtures("keyed")
def test_only_who_scanned_signs_r26(world: World, dossier: Dossier):
    row = compared(world, dossier)

    with pytest.raises(digitising.NotYoursToSign):
        sign(world, dossier, "centre_lead")
    sign(world, dossier)
    row.refresh_from_db()
    assert row.state == "stored"
    with pytest.raises(digitising.NothingToDo):
        sign(world, dossier)


@pytest.mark.usefixtures("keyed")
def test_what_is_not_complete_is_signed_but_not_stored_r11(world: World, dossier: Dossier):
    row = compared(world, dossier, is_unlimited=False)

    sign(world, dossier)
    row.refresh_from_db()
    assert row.state == "signed"
    with pytest.raises(digitising.MetadataMissing):
        digitising.keep(code=dossier.code, paper=row.uuid, by=world["receptionist"], at=AT)
    row.refresh_from_db()
    assert row.state == "signed"
    assert not StoredPaper.objects.exists()


@pytest.mark.usefixtures("keyed")
def test_somebody_elses_paper_does_not_enter_the_owners_store(world: World, dossier: Dossier):
    row = compared(world, dossier, owner="Lý Anh Sơn, 1987")

    sign(world, dossier)
    row.refresh_from_db()
    assert row.state == "signed"
    with pytest.raises(digitising.SomebodyElses):
        digitising.keep(code=dossier.code, paper=row.uuid, by=world["receptionist"], at=AT)
    assert not StoredPaper.objects.exists()


@pytest.mark.usefixtures("keyed")
def test_a_misread_letter_of_the_owners_name_is_borne(world: World, dossier: Dossier):
    row = compared(world, dossier, owner="NGUYỄN VĂN PHÙC, 1980")

    sign(world, dossier)
    row.refresh_from_db()
    assert row.state == "stored"


@pytest.mark.usefixtures("keyed")
def test_an_earlier_result_is_sealed_by_who_keeps_the_agencys_key_r12(
    world: World, dossier: Dossier
):
    row = compared(world, dossier, "birth_certificate")
    sign(world, dossier)
    row.refresh_from_db()
    assert row.state == "signed"
    assert Wish.objects.get().kind == "copy"

    with pytest.raises(dossiers.NotAllowed):
        digitising.certify(
            code=dossier.code, papers=(), pin=services.PIN, by=world["receptionist"], at=AT
        )
    digitising.certify(
        code=dossier.code, papers=(), pin=services.PIN, by=world["centre_lead"], at=AT
    )

    row.refresh_from_db()
    assert row.state == "stored"
    assert StoredPaper.objects.get().level == 2
    assert Paper.objects.get(dossier=dossier, component_key="ct01").files == [str(row.file.uuid)]
    kinds = [fact.kind for fact in trail.facts_of(f"digitised:{row.uuid}")]
    assert kinds == [
        "digitised.compared", "digitised.signed", "digitised.certified", "digitised.stored",
    ]  # fmt: skip


@pytest.mark.usefixtures("keyed")
def test_a_seal_from_the_signing_desk_counts_too_r12(world: World, dossier: Dossier):
    row = compared(world, dossier, "birth_certificate")
    sign(world, dossier)
    wish = Wish.objects.get()

    signing.sign_wishes(
        wish_ids=[wish.pk], kind="copy", by=world["centre_lead"],
        agency_id=world.agencies["centre"].pk, pin=services.PIN, at=AT,
    )  # fmt: skip
    while ledger.dispatch():
        pass
    row.refresh_from_db()

    assert row.state == "certified"
    assert trail.facts_of(f"dossier:{dossier.pk}")[-1].kind == "dossier.papers_certified"


@pytest.mark.usefixtures("keyed")
def test_a_scan_that_stands_for_a_paper_elsewhere_is_reused(world: World, dossier: Dossier):
    row = compared(world, dossier)
    sign(world, dossier)
    other = stories.accepted(world)
    place = kho.Place(
        case_id=other.pk, case_code=other.code, component_key="ct01", component="Tờ khai",
        procedure="x",
    )  # fmt: skip

    kho.use(
        paper=StoredPaper.objects.get(), place=place, replaces=False, by=world["receptionist"],
        at=AT,
    )  # fmt: skip
    while ledger.dispatch():
        pass
    row.refresh_from_db()

    assert row.state == "reused"
    assert trail.facts_of(f"digitised:{row.uuid}")[-1].body["in_case"] == other.code


def test_the_form_starts_from_what_the_machine_read_r11(world: World, dossier: Dossier):
    row = scan(world, dossier)
    reading = Reading.objects.create(
        file=row.file, state="done", kind="decision", queued_at=AT, not_before=AT
    )
    told = scans.said_of(row, dossier, scans.reading_of(row))

    assert scans.reading_of(row) == reading
    assert told["kind"] == "decision"
    assert told["owner"] == dossier.owner.name
    assert scans.said_of(row, dossier, None)["title"] == "Tờ khai CT01"
    assert scans.next_to_compare(dossier) == row
