"""Filing, accepting, refusing, receiving: what the counter may and may not do."""

from datetime import datetime, timedelta

import pytest

from motcua.directory.services import parties
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier, Paper
from motcua.payments.queries import charges_of
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, VN, World


def test_codes_count_by_agency_and_day(world: World) -> None:
    """R8."""
    codes = [worlds.filed(world).code for _ in range(3)]
    tomorrow = worlds.filed(world, at=MONDAY_8AM + timedelta(days=1)).code
    assert codes == [f"H32.66-20261109-000000{n}" for n in (1, 2, 3)]
    assert tomorrow == "H32.66-20261110-0000001"


def test_a_paper_that_a_database_holds_is_not_asked_for(world: World) -> None:
    """R3."""
    row = worlds.accepted(world)
    states = dict(Paper.objects.filter(dossier=row).values_list("component_key", "state"))
    assert states == {"ct01": "present", "home": "from_database", "photo": "not_needed"}


def test_accepting_an_incomplete_dossier_names_every_missing_paper(world: World) -> None:
    """R4: told once, completely."""
    row = worlds.filed(world, case="rent", papers=())
    with pytest.raises(dossiers.Incomplete) as refusal:
        dossiers.accept(code=row.code, by=world["receptionist"], at=MONDAY_8AM)
    assert "Tờ khai CT01" in str(refusal.value)
    assert "Hợp đồng thuê" in str(refusal.value)
    row.refresh_from_db()
    assert (row.state, row.revision) == ("submitted", 1)


def test_accepting_bills_the_published_fee_of_the_channel(world: World) -> None:
    """R24."""
    row = worlds.accepted(world)
    assert [(c.amount_vnd, c.state) for c in charges_of(row.pk)] == [(20000, "due")]
    assert row.money == "due"


def test_accepting_twice_is_refused(world: World) -> None:
    row = worlds.accepted(world)
    with pytest.raises(dossiers.WrongState):
        dossiers.accept(code=row.code, by=world["receptionist"], at=MONDAY_8AM)


def test_another_centre_does_not_even_see_the_dossier(world: World) -> None:
    row = worlds.filed(world)
    with pytest.raises(dossiers.NotFound):
        dossiers.accept(code=row.code, by=world["other_receptionist"], at=MONDAY_8AM)


def test_an_appraiser_does_not_accept(world: World) -> None:
    row = worlds.filed(world)
    with pytest.raises(dossiers.NotAllowed):
        dossiers.accept(code=row.code, by=world["appraiser"], at=MONDAY_8AM)


def test_what_changed_meanwhile_is_told(world: World) -> None:
    row = worlds.filed(world)
    dossiers.accept(code=row.code, by=world["receptionist"], at=MONDAY_8AM, expected=1)
    with pytest.raises(dossiers.ChangedMeanwhile) as refusal:
        dossiers.refuse_intake(
            code=row.code,
            reason="không đúng thẩm quyền",
            law="Điều 17",
            by=world["centre_lead"],
            at=MONDAY_8AM,
            expected=1,
        )
    assert "Lê Quang Vinh: Tiếp nhận đủ hồ sơ" in str(refusal.value)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"case": "castle"}, dossiers.UnknownCase),
        ({"case": ""}, dossiers.UnknownCase),
        ({"procedure": "9.999999"}, dossiers.NotOffered),
        ({"competent": "H32.XX"}, dossiers.NotOffered),
        ({"competent": "H32.05"}, dossiers.NotOffered),
        ({"papers": (dossiers.PaperIn("dowry", originals=1),)}, dossiers.NotPublished),
        ({"receiving": "H32.626.01"}, dossiers.NotAllowed),
        ({"channel": "online"}, dossiers.NotAllowed),
        ({"owner": worlds.person_details(number="12")}, parties.UnreadableIdentity),
        ({"owner": worlds.person_details(name="X")}, parties.NameMissing),
        ({"applicant": worlds.person_details("Bà Lành", "056161999217")}, dossiers.Incomplete),
    ],
)
def test_filing_is_refused(
    world: World, changes: dict[str, object], refusal: type[Exception]
) -> None:
    """R2 (a mandate is needed), R4 (nothing outside the list)."""
    with pytest.raises(refusal):
        worlds.filed(world, **changes)
    assert not Dossier.objects.exists()


def test_somebody_else_files_with_a_mandate(world: World) -> None:
    """R2."""
    row = worlds.filed(
        world,
        applicant=worlds.person_details("Trần Thị Bưởi", "056161999217"),
        mandate="Giấy ủy quyền số 12",
        helper_name="Đoàn viên Nguyễn A",
    )
    assert (row.applicant_role, row.owner.name, row.applicant.name) == (
        "mandatee",
        "Nguyễn Văn Phúc",
        "Trần Thị Bưởi",
    )


def test_refusing_needs_reason_and_clause(world: World) -> None:
    """R4."""
    row = worlds.filed(world)
    refuse = {"code": row.code, "by": world["receptionist"], "at": MONDAY_8AM}
    with pytest.raises(dossiers.ReasonMissing):
        dossiers.refuse_intake(reason="không", law="Điều 17", **refuse)
    with pytest.raises(dossiers.LawMissing):
        dossiers.refuse_intake(reason="không thuộc thẩm quyền", law="", **refuse)

    dossiers.refuse_intake(reason="không thuộc thẩm quyền", law="68/2020/QH14 Điều 22", **refuse)

    row.refresh_from_db()
    assert (row.state, row.npsp_code, row.ended_at) == ("rejected", 3, MONDAY_8AM)


def test_elsewhere_the_clock_starts_when_the_competent_agency_receives(world: World) -> None:
    """R7."""
    row = worlds.filed(world, by="other_receptionist", receiving=world.agencies["centre2"].code)
    row = dossiers.accept(code=row.code, by=world["other_receptionist"], at=MONDAY_8AM)
    assert (row.due_at, row.started_at, row.state) == (None, None, "accepted")
    with pytest.raises(dossiers.WrongState):
        dossiers.appraise(code=row.code, by=worlds.assigned_actor(world, row), at=MONDAY_8AM)

    tuesday = MONDAY_8AM + timedelta(days=1)
    row = dossiers.receive(code=row.code, by=worlds.assigned_actor(world, row), at=tuesday)

    assert row.due_at == datetime(2026, 11, 19, 17, 0, tzinfo=VN)
    assert row.state == "in_progress"
    with pytest.raises(dossiers.WrongState):
        dossiers.receive(code=row.code, by=world["head"], at=tuesday)


def test_settling_at_once_needs_authority_and_records_every_fact(world: World) -> None:
    """R9."""
    filed = {
        "procedure": "2.000815",
        "case": "",
        "papers": (dossiers.PaperIn("original", originals=1), dossiers.PaperIn("copy", copies=2)),
    }
    row = worlds.filed(world, **filed)
    act = {
        "code": row.code,
        "receiver": "Nguyễn Văn Phúc",
        "at": MONDAY_8AM,
        "quantities": {"trang": 3},
    }
    with pytest.raises(dossiers.NotAllowed):
        dossiers.settle_at_once(by=world["receptionist"], **act)

    delegated = _lend_the_heads_post(world)
    dossiers.settle_at_once(by=delegated, **act)

    row.refresh_from_db()
    assert (row.state, row.money, row.delivery) == ("returned", "paid", "delivered")
    assert [c.amount_vnd for c in charges_of(row.pk)] == [6000]
    assert row.revision == 7  # filed, accepted, paid, approved, issued, returned, registered


def test_only_immediate_procedures_are_settled_at_once(world: World) -> None:
    """R9."""
    row = worlds.filed(world)
    with pytest.raises(dossiers.NotImmediate):
        dossiers.settle_at_once(
            code=row.code, receiver="x", by=_lend_the_heads_post(world), at=MONDAY_8AM
        )


def _lend_the_heads_post(world: World) -> object:
    from motcua.directory.services import people

    post = world.accounts["head"].posts.get()
    people.delegate(
        post=post,
        to=world.accounts["receptionist"],
        start=MONDAY_8AM - timedelta(days=1),
        end=MONDAY_8AM + timedelta(days=30),
        decision="12/QĐ-UBND",
        by=world["head"],
        at=MONDAY_8AM,
    )
    world.refresh()
    return world["receptionist"]


def test_drafts_keep_what_was_typed(world: World) -> None:
    from motcua.dossiers import queries

    keep = {"procedure": "1.004222", "case": "own", "by": world["citizen"], "at": MONDAY_8AM}
    dossiers.keep_draft(form_data={"a": "một"}, files={}, **keep)
    dossiers.keep_draft(form_data={"a": "hai"}, files={"ct01": ["f1"]}, **keep)

    draft = queries.draft_of(world["citizen"], "1.004222")
    assert draft is not None
    assert (draft.form_data, draft.files) == ({"a": "hai"}, {"ct01": ["f1"]})
    dossiers.drop_draft(procedure="1.004222", by=world["citizen"])
    assert queries.drafts_of(world["citizen"]) == []
