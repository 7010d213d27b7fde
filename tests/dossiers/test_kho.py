"""The owner's store of papers in a dossier's life: R3, R23."""

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest

from motcua.directory.actor import SYSTEM
from motcua.documents import services as files
from motcua.documents.models import Batch, Digitised, PaperUse, StoredPaper
from motcua.documents.queries import kho as stored
from motcua.documents.services import consents
from motcua.documents.services import kho as store
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier, Paper
from motcua.ledger import queries as trail
from motcua.ledger import services as ledger
from motcua.notifications.models import Message
from motcua.notifications.texts import words_of
from tests.documents.samples import pdf
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, World

WHY = "giấy trong kho ghi địa chỉ cũ"


def _kept(world: World, *, at: datetime = MONDAY_8AM, **changes: Any) -> StoredPaper:
    values: dict[str, Any] = {
        "owner_id": world.parties["citizen"].pk,
        "kind": "contract",
        "name": "Hợp đồng thuê nhà",
        "level": 2,
        "source": "dossier",
        "origin": f"test:{uuid4()}",
        "scope": "Đăng ký thường trú",
        "abstract": "Thuê nhà số 5 Trần Phú",
    } | changes
    return store.keep(paper=store.ToKeep(**values), by=SYSTEM, at=at)


def _renting(world: World, *, stored_keys: tuple[UUID, ...] = (), **changes: Any) -> Dossier:
    papers = [dossiers.PaperIn("ct01", originals=1)]
    if stored_keys:
        papers.append(dossiers.PaperIn("lease", stored=tuple(map(str, stored_keys))))
    return worlds.filed(world, case="rent", papers=tuple(papers), **changes)


def _ask(world: World, row: Dossier, **changes: Any) -> Any:
    values: dict[str, Any] = {"items": {"lease": WHY}, "reason": "Hồ sơ chưa đầy đủ"} | changes
    by = worlds.assigned_actor(world, row)
    return dossiers.request_supplement(code=row.code, by=by, at=MONDAY_8AM, **values)


def test_r3_a_stored_paper_stands_for_the_component(world: World) -> None:
    paper = _kept(world)

    row = _renting(world, stored_keys=(paper.uuid,))
    dossiers.accept(code=row.code, by=world["receptionist"], at=MONDAY_8AM)

    lease = Paper.objects.get(dossier=row, component_key="lease")
    assert (lease.state, lease.originals) == ("from_store", 0)
    used = PaperUse.objects.get(paper=paper)
    assert (used.case_code, used.component_key, used.replaces) == (row.code, "lease", True)
    assert trail.facts_of(row.stream)[0].body["from_store"] == ["lease"]


def test_r3_what_the_store_has_is_not_missing_but_taken_from_there(world: World) -> None:
    _kept(world)
    row = _renting(world)

    with pytest.raises(dossiers.HeldByStore):
        dossiers.accept(code=row.code, by=world["receptionist"], at=MONDAY_8AM)


def test_r3_a_paper_of_the_store_is_not_asked_for(world: World) -> None:
    _kept(world)
    row = _renting(world)

    with pytest.raises(dossiers.HeldByStore) as refused:
        _ask(world, row)

    assert refused.value.law == "118/2025/NĐ-CP Điều 17 khoản 1 điểm b"
    row.refresh_from_db()
    assert row.state == "submitted"


def test_r3_the_officer_attaches_it_instead_of_asking(world: World) -> None:
    paper = _kept(world)
    row = _renting(world)

    by = world["receptionist"]
    dossiers.attach_stored(
        code=row.code, component="lease", paper=paper.uuid, by=by, at=MONDAY_8AM
    )

    dossiers.accept(code=row.code, by=by, at=MONDAY_8AM)
    assert "dossier.paper_from_store" in [f.kind for f in trail.facts_of(row.stream)]


def test_r3_a_wrong_paper_of_the_store_may_be_asked_for_on_record(world: World) -> None:
    paper = _kept(world)
    row = _renting(world)

    _ask(world, row, store_wrong=["lease"])

    paper.refresh_from_db()
    assert paper.doubt == WHY
    asked = next(f for f in trail.facts_of(row.stream) if f.kind.endswith("supplement_requested"))
    assert asked.body["store_wrong"] == ["lease"]
    told = trail.facts_of(f"kho:{paper.owner_id}")
    assert (told[-1].kind, told[-1].body["reason"]) == ("kho.doubted", WHY)


@pytest.mark.parametrize(
    "changes",
    [
        {"valid_until": date(2026, 11, 8)},
        {"level": 1},
        {"level": 0, "source": "upload"},
        {"scope": "Vay vốn ngân hàng"},
        {"kind": "diploma", "name": "Bằng tốt nghiệp"},
    ],
)
def test_r3_what_does_not_replace_paper_may_be_asked_for(
    world: World, changes: dict[str, Any]
) -> None:
    _kept(world, at=MONDAY_8AM - timedelta(days=2), **changes)
    row = _renting(world)

    _ask(world, row)

    row.refresh_from_db()
    assert row.state == "wait_supplement"


def test_r3_another_missing_paper_is_asked_for_without_the_stored_one(world: World) -> None:
    _kept(world)
    row = worlds.filed(world, case="rent", papers=())

    _ask(world, row, items={"ct01": "tờ khai chưa ký tên"})

    row.refresh_from_db()
    assert row.state == "wait_supplement"


def test_somebody_elses_paper_is_not_in_this_store(world: World) -> None:
    paper = _kept(world, owner_id=world.parties["neighbour"].pk)

    with pytest.raises(dossiers.NotInStore):
        _renting(world, stored_keys=(paper.uuid,))
    assert not Dossier.objects.exists()


@pytest.mark.parametrize("key", ["nonsense", str(UUID(int=5))])
def test_a_paper_that_there_is_not_cannot_be_taken(world: World, key: str) -> None:
    with pytest.raises(dossiers.NotInStore):
        worlds.filed(
            world,
            case="rent",
            papers=(
                dossiers.PaperIn("ct01", originals=1),
                dossiers.PaperIn("lease", stored=(key,)),
            ),
        )


def test_a_paper_only_proposed_does_not_replace_what_must_be_brought(world: World) -> None:
    paper = _kept(world, level=0, source="upload")

    row = _renting(world, stored_keys=(paper.uuid,))

    assert Paper.objects.get(dossier=row, component_key="lease").state == "missing"
    with pytest.raises(dossiers.Incomplete):
        dossiers.accept(code=row.code, by=world["receptionist"], at=MONDAY_8AM)


def test_r23_the_number_is_found_again_and_never_kept_in_clear(world: World) -> None:
    paper = _kept(world, national_kind="KQ.G01.000001")

    number = stored.number_of(paper)

    assert number == "056092999118.KQ.G01.000001"
    assert [row.pk for row in stored.by_number(number)] == [paper.pk]
    assert all("056092999118" not in str(f.body) for f in trail.facts_of(f"kho:{paper.owner_id}"))


def test_a_result_is_kept_once_and_follows_what_happens_to_it(world: World) -> None:
    row = worlds.issued(world)

    first = dossiers.keep_results(case_id=row.pk, at=MONDAY_8AM)
    again = dossiers.keep_results(case_id=row.pk, at=MONDAY_8AM)

    assert [p.pk for p in first] == [p.pk for p in again]
    assert (first[0].source, first[0].national_kind) == ("result", "KQ.G01.000001")
    assert first[0].owner_id == world.parties["citizen"].pk


def test_r23_an_issued_result_goes_into_the_store_by_itself(world: World) -> None:
    row = worlds.issued(world)

    while ledger.dispatch():
        pass

    paper = StoredPaper.objects.get(case_id=row.pk)
    assert (paper.source, paper.owner_id) == ("result", row.owner_id)
    assert "Nguyễn Văn Phúc" in paper.abstract


def _allow(world: World) -> None:
    consents.give(purpose="reminding", channel="portal", by=world["citizen"], at=MONDAY_8AM)


def test_who_allowed_it_is_told_once_of_a_paper_that_ends_soon(world: World) -> None:
    _kept(world, valid_until=date(2026, 12, 1))
    _kept(world, valid_until=date(2027, 12, 1))
    _allow(world)

    told = [dossiers.remind_expiring(at=MONDAY_8AM) for _ in range(2)]

    assert told == [1, 1]
    messages = Message.objects.filter(party_id=world.parties["citizen"].pk, channel="in_app")
    assert [m.template for m in messages] == ["paper-expiring"]
    assert "01/12/2026" in words_of(messages[0].template, messages[0].context).body


def test_nobody_is_reminded_who_did_not_allow_it_or_took_it_back(world: World) -> None:
    _kept(world, valid_until=date(2026, 12, 1))
    assert dossiers.remind_expiring(at=MONDAY_8AM) == 0

    _allow(world)
    consents.withdraw(purpose="reminding", channel="portal", by=world["citizen"], at=MONDAY_8AM)

    assert dossiers.remind_expiring(at=MONDAY_8AM) == 0


def test_a_scan_of_the_store_that_is_used_again_knows_it(world: World) -> None:
    """R3: what was digitised once counts as reused, not as scanned again."""
    earlier = worlds.filed(world)
    scan = _stored_scan(earlier)
    paper = _kept(world, origin=f"digitised:{scan.uuid}", file=scan.file, case_id=earlier.pk)

    _renting(world, stored_keys=(paper.uuid,))

    scan.refresh_from_db()
    assert scan.state == "reused"


def _stored_scan(row: Dossier) -> Digitised:
    file = files.store(BytesIO(pdf()), name="a.pdf", by_key="x", at=MONDAY_8AM, case_id=row.pk)
    batch = Batch.objects.create(
        case_id=row.pk, opened_by="x", opened_by_name="x", opened_at=MONDAY_8AM,
        changed_at=MONDAY_8AM, case_code=row.code,
    )  # fmt: skip
    return Digitised.objects.create(
        batch=batch, case_id=row.pk, piece="a", state="stored", state_by="x", state_by_name="x",
        state_at=MONDAY_8AM, signed_by="x", file=file, kind="contract", title="Hợp đồng thuê nhà",
    )  # fmt: skip


def _told() -> None:
    while ledger.dispatch():
        pass


def test_the_store_follows_a_corrected_and_a_revoked_result(world: World) -> None:
    row = worlds.issued(world)
    at = MONDAY_8AM + timedelta(hours=2)
    dossiers.correct_result(code=row.code, reason="sai năm sinh", by=world["clerk"], at=at)
    dossiers.issue_correction(code=row.code, text="Nội dung đúng", by=world["head"], at=at)
    _told()

    wrong, right = StoredPaper.objects.filter(case_id=row.pk).order_by("pk")
    assert (wrong.state, wrong.replaced_by_id, right.state) == ("replaced", right.pk, "valid")

    law = "30/2020/NĐ-CP Điều 18"
    dossiers.revoke_result(
        code=row.code, reason="cấp sai thẩm quyền", law=law, by=world["head"], at=at
    )
    _told()

    right.refresh_from_db()
    assert (right.state, right.state_reason) == ("revoked", "cấp sai thẩm quyền")
