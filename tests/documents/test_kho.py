"""The store itself: what is kept, once, with what R11 wants; replaced, revoked, doubted, opened."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from tests.documents.samples import pdf
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, World

from motcua.directory.actor import SYSTEM
from motcua.documents import services as files
from motcua.documents.models import File, StoredPaper
from motcua.documents.queries import kho as queries
from motcua.documents.rules.kho import Asked
from motcua.documents.services import consents, kho
from motcua.ledger import queries as trail

TODAY = MONDAY_8AM.date()


@pytest.fixture
def world(db: None) -> World:
    return worlds.build()


def _told(world: World, **changes: Any) -> kho.ToKeep:
    values: dict[str, Any] = {
        "owner_id": world.parties["citizen"].pk, "kind": "diploma", "name": "Bằng tốt nghiệp",
        "level": 2, "source": "dossier", "origin": "digitised:1", "abstract": "Bằng đại học",
    } | changes  # fmt: skip
    return kho.ToKeep(**values)


def _keep(world: World, **changes: Any) -> StoredPaper:
    return kho.keep(paper=_told(world, **changes), by=SYSTEM, at=MONDAY_8AM)


def test_the_same_paper_is_kept_once_and_only_rises(world: World) -> None:
    first = _keep(world, level=1)
    same = _keep(world, level=1, name="Tên khác")
    higher = _keep(world, level=2, name="Bằng tốt nghiệp đại học")
    lower = _keep(world, level=1)

    assert {row.pk for row in (first, same, higher, lower)} == {first.pk}
    row = StoredPaper.objects.get()
    assert (row.level, row.name) == (2, "Bằng tốt nghiệp đại học")
    assert [f.body["level"] for f in trail.facts_of(f"kho:{row.owner_id}")] == [1, 2]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"abstract": ""}, kho.MetadataMissing),
        ({"kind": "nonsense"}, kho.MetadataMissing),
        ({"name": "  "}, kho.MetadataMissing),
        ({"owner_id": 0}, kho.MetadataMissing),
        ({"issued_on": TODAY + timedelta(days=1)}, kho.ImpossibleValidity),
        (
            {"valid_from": TODAY, "valid_until": TODAY - timedelta(days=1)},
            kho.ImpossibleValidity,
        ),
    ],
)
def test_r11_what_lacks_its_metadata_is_not_kept(
    world: World, changes: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        _keep(world, **changes)
    assert not StoredPaper.objects.exists()


def test_identity_numbers_in_what_a_paper_says_are_masked(world: World) -> None:
    number = "056092999118"
    row = _keep(world, number=number, name=f"Căn cước {number}", abstract=f"Số {number}",
                said={"id": number})  # fmt: skip

    row.refresh_from_db()
    assert number not in f"{row.number} {row.name} {row.abstract}"
    assert row.said == {"id": number}
    with_seal = StoredPaper.objects.extra(select={"raw": "said::text"}).get()
    assert number not in with_seal.raw


def test_a_replaced_paper_stays_to_be_seen_and_is_not_offered(world: World) -> None:
    old, newer = _keep(world), _keep(world, origin="digitised:2")
    for _ in range(2):
        kho.replace(paper=old, newer=newer, reason="sai năm sinh", by=SYSTEM, at=MONDAY_8AM)

    old.refresh_from_db()
    assert (old.state, old.replaced_by_id, old.state_reason) == (
        "replaced",
        newer.pk,
        "sai năm sinh",
    )
    offered = queries.fits_of(owner_id=old.owner_id, asked=[Asked("a", "Bằng cấp")], on=TODAY)
    assert [fit.held.key for fit in offered["a"]] == [str(newer.uuid)]
    assert queries.own_papers(world["citizen"])[0].pk == newer.pk
    assert len(queries.own_papers(world["citizen"])) == 2


def test_a_revoked_paper_counts_no_more(world: World) -> None:
    row = _keep(world)
    for _ in range(2):
        kho.revoke(paper=row, reason="cấp sai thẩm quyền", by=SYSTEM, at=MONDAY_8AM)

    row.refresh_from_db()
    assert queries.standing_of(row, on=TODAY).value == "revoked"
    assert queries.papers_of(owner_id=row.owner_id) == []
    facts = [f.kind for f in trail.facts_of(f"kho:{row.owner_id}")]
    assert facts == ["kho.kept", "kho.revoked"]


def test_a_doubted_paper_is_only_proposed(world: World) -> None:
    row = _keep(world)
    kho.doubt(paper=row, case_code="H32.1-20261109-0000001", reason="tên đã đổi", by=SYSTEM,
              at=MONDAY_8AM)  # fmt: skip

    fits = queries.fits_of(owner_id=row.owner_id, asked=[Asked("a", "Bằng cấp")], on=TODAY)

    assert fits["a"][0].use.value == "proposes"


def test_a_file_that_is_held_back_is_not_offered(world: World) -> None:
    file = files.store(BytesIO(pdf()), name="a.pdf", by_key="x", at=MONDAY_8AM)
    row = _keep(world, file=file)
    File.objects.filter(pk=file.pk).update(safety="waiting")

    assert queries.papers_of(owner_id=row.owner_id) == []


def test_level_one_counts_within_the_same_intake_only(world: World) -> None:
    agency = world.agencies["centre"].pk
    file = files.store(BytesIO(pdf()), name="a.pdf", by_key="x", at=MONDAY_8AM)
    row = _keep(world, level=1, agency_id=agency, file=file)
    asked = [Asked("a", "Bằng cấp")]

    def use(on: date, at: int | None) -> str:
        found = queries.fits_of(owner_id=row.owner_id, asked=asked, on=on, agency_id=at)
        return found["a"][0].use.value

    assert use(TODAY, agency) == "replaces"
    assert use(TODAY, agency + 1) == use(TODAY, None) == "proposes"
    assert use(TODAY + timedelta(days=1), agency) == "proposes"


def test_officers_and_strangers_have_no_store_of_their_own(world: World) -> None:
    row = _keep(world)

    assert queries.own_papers(world["receptionist"]) == []
    assert queries.own_paper(world["receptionist"], row.uuid) is None
    assert queries.own_paper(world["neighbour"], row.uuid) is None


def test_only_the_owner_uploads_and_takes_away(world: World) -> None:
    told = _told(world)
    with pytest.raises(kho.NotYours):
        kho.upload(stream=BytesIO(pdf()), file_name="a.pdf", paper=told,
                   by=world["receptionist"], at=MONDAY_8AM)  # fmt: skip
    mine = kho.upload(stream=BytesIO(pdf()), file_name="a.pdf", paper=told,
                      by=world["citizen"], at=MONDAY_8AM)  # fmt: skip

    with pytest.raises(kho.NotYours):
        kho.remove_upload(paper=mine, by=world["neighbour"], at=MONDAY_8AM)

    assert (mine.level, mine.source) == (0, "upload")


def test_an_upload_on_which_a_dossier_rests_is_not_taken_away(world: World) -> None:
    mine = kho.upload(stream=BytesIO(pdf()), file_name="a.pdf", paper=_told(world),
                      by=world["citizen"], at=MONDAY_8AM)  # fmt: skip
    place = kho.Place(1, "H32.1-20261109-0000001", "a", "Bằng cấp", "Thủ tục")
    for _ in range(2):
        kho.use(paper=mine, place=place, replaces=False, by=world["citizen"], at=MONDAY_8AM)

    with pytest.raises(kho.StillUsed):
        kho.remove_upload(paper=mine, by=world["citizen"], at=MONDAY_8AM)

    assert mine.uses.count() == 1


def test_a_store_takes_so_many_uploads_and_no_more(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kho, "MOST_OWN", 1)
    given = {"paper": _told(world), "by": world["citizen"], "at": MONDAY_8AM}
    kho.upload(stream=BytesIO(pdf()), file_name="a.pdf", **given)

    with pytest.raises(kho.StoreFull):
        kho.upload(stream=BytesIO(pdf()), file_name="b.pdf", **given)


def test_consent_is_given_once_anew_for_a_new_text_and_by_oneself_only(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = {"channel": "portal", "by": world["citizen"], "at": MONDAY_8AM}
    owner = world.parties["citizen"].pk
    first = consents.give(purpose="learning", **who)
    assert consents.give(purpose="learning", **who).pk == first.pk
    assert queries.has_allowed(party_id=owner, purpose="learning", on=TODAY)

    old = type(first).objects.filter(pk=first.pk)
    old.update(text_version="0")
    assert not queries.has_allowed(party_id=owner, purpose="learning", on=TODAY)
    assert queries.allowed_by(party_id=owner, on=TODAY)[-1].is_outdated
    assert consents.give(purpose="learning", **who).pk != first.pk
    assert consents.withdraw(purpose="learning", **who)
    assert not consents.withdraw(purpose="learning", **who)
    assert len(queries.past_consents(party_id=owner)) == 2
    with pytest.raises(consents.NotTheOwner):
        consents.give(purpose="learning", **(who | {"by": world["receptionist"]}))
    with pytest.raises(consents.NoSuchPurpose):
        consents.give(purpose="selling", **who)
