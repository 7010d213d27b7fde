"""Acts that open a file which is held back or lost: refused in words, everything as it was."""

from typing import Any

import pytest
from django.core.files.storage import default_storage

from motcua.documents import services as documents
from motcua.documents.models import File
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import CertifiedCopy, Dossier
from motcua.dossiers.services import digitising
from motcua.ledger.models import FactRow
from motcua.signing import services as signing
from motcua.signing.models import Signature
from tests.dossiers.test_copies import made, scan, wish
from tests.dossiers.test_digitising import AT, said
from tests.dossiers.test_digitising import scan as scanned
from tests.factories import world as worlds
from tests.factories.world import World
from tests.signing import letters
from tests.signing.conftest import keys, pki, stored, trusted  # noqa: F401  (fixtures)
from tests.signing.pki import PIN

STATES = pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"safety": "waiting"}, "chờ quét"),
        ({"safety": "infected", "threat": "Trojan.X"}, "mã độc"),
        ({}, "không còn tệp"),
    ],
    ids=["waiting", "infected", "lost"],
)


def spoil(file: File, changes: dict[str, str]) -> None:
    File.objects.filter(pk=file.pk).update(**changes)
    if not changes:
        default_storage.delete(file.storage_path)


@STATES
def test_nothing_is_signed(world: World, keys: Any, changes: dict[str, str], words: str):  # noqa: F811
    bad, good = stored(letters.decision()), stored(letters.decision())
    spoil(bad, changes)

    outcomes = signing.sign_many(
        items=[signing.Item(bad), signing.Item(good)],
        kind="personal",
        by=world["head"],
        agency_id=world.agencies["committee"].pk,
        pin=PIN,
        at=AT,
    )

    assert [one.is_done for one in outcomes] == [False, True]
    assert words in str(outcomes[0].refused)
    assert not File.objects.filter(replaces=bad).exists()
    assert not Signature.objects.filter(before=bad).exists()


def test_who_sent_it_signs_while_it_waits(world: World, keys: Any):  # noqa: F811
    own = stored(letters.decision())
    File.objects.filter(pk=own.pk).update(safety="waiting", uploaded_by=world["head"].key)

    signed = signing.sign(
        file=own,
        kind="personal",
        by=world["head"],
        agency_id=world.agencies["committee"].pk,
        pin=PIN,
        at=AT,
    )

    assert signed.file.replaces_id == own.pk


@STATES
def test_no_copy_is_certified(world: World, changes: dict[str, str], words: str):
    original = scan()
    spoil(original, changes)
    facts = FactRow.objects.count()

    bad, good = made(world, wish(file=str(original.uuid)), wish())

    assert words in bad.refusal
    assert good.is_done
    assert CertifiedCopy.objects.count() == Dossier.objects.count() == 1
    assert not FactRow.objects.filter(body__contains=str(original.uuid)).exists()
    assert FactRow.objects.count() > facts


@STATES
def test_nothing_is_compared(world: World, changes: dict[str, str], words: str):
    row = worlds.accepted(world)
    paper = scanned(world, row)
    spoil(paper.file, changes)
    row.refresh_from_db()

    with pytest.raises((documents.HeldBack, documents.Lost), match=words):
        digitising.compare(
            code=row.code, paper=paper.uuid, said=said(), by=world["receptionist"], at=AT
        )

    paper.refresh_from_db()
    assert (paper.state, paper.title) == ("read", "")
    assert Dossier.objects.get(pk=row.pk).revision == row.revision


@STATES
def test_no_result_is_issued(world: World, keys: Any, changes: dict[str, str], words: str):  # noqa: F811
    row = worlds.appraised(world)
    dossiers.approve(code=row.code, by=world["head"], at=AT, pin=PIN)
    row.refresh_from_db()
    spoil(row.result_draft.file, changes)

    with pytest.raises((documents.HeldBack, documents.Lost), match=words):
        dossiers.issue(code=row.code, by=world["clerk"], at=AT, pin=PIN)

    assert Dossier.objects.get(pk=row.pk).revision == row.revision
    assert not row.results.exists()
