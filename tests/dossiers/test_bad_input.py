"""What nobody should send: refused in words at the field, with nothing half-written."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from motcua.directory.services import parties
from motcua.dossiers import queries
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier
from motcua.kernel.bounds import Unkeepable
from motcua.kernel.refused import Refused
from motcua.ledger import queries as ledger
from motcua.payments.queries import charges_of
from motcua.payments.services import UnknownMethod
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, World

DEEP: dict[str, Any] = {}
for _ in range(2000):
    DEEP = {"a": DEEP}
ONLINE = {"by": "citizen", "channel": "online"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"owner": worlds.person_details(name="Nguyễn\x00Phúc")}, "name"),
        ({"owner": worlds.person_details(number="056092999118\x00")}, "id_number"),
        ({"note": "nửa cặp \ud800"}, "note"),
        ({"mandate": "chuông \x07"}, "mandate"),
        ({"note": "dài" * 10_000}, "note"),
        ({"form_data": {"ten": "a\x00b"}}, "form_data"),
        ({"form_data": {"a\x00": "b"}}, "form_data"),
        ({"form_data": DEEP}, "form_data"),
        ({"form_data": {"so": float("nan")}}, "form_data"),
        ({"form_data": {"so": 10**4000}}, "form_data"),
        ({"form_data": {str(n): "x" for n in range(2000)}}, "form_data"),
        ({"form_data": {str(n): "x" * 5000 for n in range(50)}}, "form_data"),
        ({"papers": (dossiers.PaperIn("ct01", originals=-1),)}, "papers"),
        ({"papers": (dossiers.PaperIn("ct01", copies=40_000),)}, "papers"),
        ({"papers": tuple(dossiers.PaperIn("ct01") for _ in range(5000))}, "papers"),
        ({"papers": (dossiers.PaperIn("ct01", files=("x",) * 80),)}, "papers"),
        ({"channel": "fax"}, "channel"),
        ({"return_mode": "chim bồ câu"}, "return_mode"),
        ({"sets": -3}, "sets"),
        ({"sets": 70_000}, "sets"),
        ({"phone": "12"}, "phone"),
        ({"email": "không phải thư"}, "email"),
    ],
)
def test_a_filing_that_cannot_be_kept_is_refused_at_its_field(
    world: World, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        worlds.filed(world, **changes)
    assert refusal.value.field == field
    assert not Dossier.objects.exists()


@pytest.mark.parametrize(
    "details",
    [
        {"email": "a" * 300 + "@b.vn"},
        {"kind": "người ngoài hành tinh"},
        {"sex": "không muốn nói"},
        {"birth_date": date(1, 1, 1)},
    ],
)
def test_a_person_who_cannot_be_kept_is_refused(world: World, details: dict[str, Any]) -> None:
    owner = parties.PartyDetails(name="Ngô An", id_number="056092999555", **details)
    with pytest.raises(Refused):
        worlds.filed(world, owner=owner)


def test_a_place_that_there_is_not_breaks_nothing(world: World) -> None:
    owner = parties.PartyDetails(name="Ngô An", id_number="056092999555", place_code="99999")
    assert worlds.filed(world, owner=owner).pk


def test_one_identity_is_one_person_however_it_is_typed(world: World) -> None:
    row = worlds.filed(world)
    for typed in ("056092999118\n", "056 092 999 118", "056.092.999.118", "\t056092999118 "):
        again = worlds.filed(world, owner=worlds.person_details(number=typed))
        assert again.owner_id == row.owner_id
    with pytest.raises(parties.UnreadableIdentity):
        worlds.filed(world, owner=worlds.person_details(number="٠٥٦٠٩٢٩٩٩١١٨"))


def test_emoji_and_old_letters_are_kept_as_they_are(world: World) -> None:
    row = worlds.filed(world, note="nhà có 🏠 và chữ 𡨸喃\ndòng hai", form_data={"a": "🇻🇳"})
    row.refresh_from_db()
    assert row.note == "nhà có 🏠 và chữ 𡨸喃\ndòng hai"
    assert row.form_data == {"a": "🇻🇳"}


@pytest.mark.parametrize("count", [0, -5, 100_000])
def test_a_fee_is_neither_waived_nor_cut_by_counting_wrongly(world: World, count: int) -> None:
    """R24."""
    row = worlds.filed(world)
    with pytest.raises(dossiers.Misstated):
        dossiers.accept(
            code=row.code, quantities={"le-phi": count}, by=world["receptionist"], at=MONDAY_8AM
        )
    with pytest.raises(dossiers.Misstated):
        dossiers.accept(
            code=row.code, originals_held=count or -1, by=world["receptionist"], at=MONDAY_8AM
        )
    assert not charges_of(row.pk)


LONG = "chưa có chữ ký của chủ hộ " * 60  # more than a step's reason holds


@pytest.mark.parametrize("reason", [LONG, "lý do có \x00 trong đó"])
def test_a_reason_that_cannot_be_kept_is_refused(world: World, reason: str) -> None:
    fresh, taken = worlds.filed(world), worlds.appraised(world)
    counter, head = world["receptionist"], world["head"]
    for act in (
        lambda: dossiers.refuse_intake(
            code=fresh.code, reason=reason, law="Điều 17", by=counter, at=MONDAY_8AM
        ),
        lambda: dossiers.request_supplement(
            code=fresh.code, items={"ct01": "chưa ký tên"}, reason=reason, by=counter,
            at=MONDAY_8AM,
        ),
        lambda: dossiers.send_back(code=taken.code, reason=reason, by=head, at=MONDAY_8AM),
        lambda: dossiers.extend(
            code=taken.code, new_due=MONDAY_8AM + timedelta(days=14), reason=reason, by=head,
            at=MONDAY_8AM,
        ),
        lambda: dossiers.require_payment(
            code=taken.code, amount_vnd=5, reason=reason, by=head, at=MONDAY_8AM
        ),
    ):  # fmt: skip
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.field == "reason"
    assert ledger.verify().is_whole


def test_moments_need_their_zone_and_sane_years(world: World) -> None:
    row = worlds.accepted(world)
    naive = datetime(2026, 11, 20, 17, 0)  # noqa: DTZ001  what is refused here
    far = datetime(2099, 11, 20, 17, 0, tzinfo=MONDAY_8AM.tzinfo)
    act: dict[str, Any] = {"code": row.code, "by": world["head"], "at": MONDAY_8AM}
    for moment in (naive, far, far.replace(year=9999)):
        with pytest.raises(Refused):
            dossiers.extend(new_due=moment, reason="chờ xác minh nơi ở cũ", **act)
        with pytest.raises(Refused):
            dossiers.consult(
                agencies=["H32.05"], question="Xin ý kiến về ranh giới", due_at=moment, **act
            )
    row.refresh_from_db()
    assert (row.extension_count, row.revision) == (0, 2)


@pytest.mark.parametrize("amount", [-1, 0, 10**12, 3_000_000_000])
def test_an_obligation_has_a_sane_amount(world: World, amount: int) -> None:
    """A land tax of three billion is sane, and is kept."""
    row = worlds.accepted(world)
    act: dict[str, Any] = {"code": row.code, "by": world["head"], "at": MONDAY_8AM}
    if amount == 3_000_000_000:
        dossiers.require_payment(amount_vnd=amount, reason="tiền sử dụng đất", **act)
        assert sum(c.amount_vnd for c in charges_of(row.pk)) == amount + 20_000
    else:
        with pytest.raises(Refused):
            dossiers.require_payment(amount_vnd=amount, reason="tiền sử dụng đất", **act)


def test_money_is_paid_in_a_known_way(world: World) -> None:
    row = worlds.accepted(world)
    with pytest.raises(UnknownMethod):
        dossiers.confirm_payment(
            code=row.code, method="vàng miếng SJC", by=world["cashier"], at=MONDAY_8AM
        )


@pytest.mark.parametrize("text", ["\x00", "H32\x00", "a" * 50_000, "'; DROP TABLE", "%", "\ud800"])
def test_looking_up_nonsense_finds_nothing(world: World, text: str) -> None:
    worlds.filed(world)
    assert queries.dossier_for(world["receptionist"], text) is None
    wish = queries.Wish(text=text)
    assert list(queries.dossiers(world["receptionist"], wish, at=MONDAY_8AM)) == []
    assert queries.public_status(code=text, phone="0905222318", at=MONDAY_8AM) is None
    with pytest.raises((dossiers.NotFound, Unkeepable)):
        dossiers.accept(code=text, by=world["receptionist"], at=MONDAY_8AM)


def test_a_draft_that_cannot_be_kept_is_refused(world: World) -> None:
    keep: dict[str, Any] = {"procedure": "1.004222", "by": world["citizen"], "at": MONDAY_8AM}
    for changes in (
        {"case": "own", "form_data": {"a": "\x00"}},
        {"case": "own", "form_data": DEEP},
        {"case": "x" * 200, "form_data": {}},
    ):
        with pytest.raises(Refused):
            dossiers.keep_draft(files={}, **changes, **keep)


def test_files_that_are_not_there_are_not_counted_as_brought(world: World) -> None:
    for key in ("không phải khóa", "1b4e28ba-2fa1-11d2-883f-0016d3cca427"):
        papers = (dossiers.PaperIn("ct01", files=(key,)),)
        with pytest.raises(dossiers.Incomplete):
            dossiers.file_at_counter(
                filed=worlds.filing(world, papers=papers), draft_key="của-tôi",
                by=world["receptionist"], at=MONDAY_8AM,
            )  # fmt: skip
    assert not Dossier.objects.exists()
