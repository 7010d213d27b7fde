"""A small province: two communes, their centres, officers for every post, people, procedures.

Everything is made by the real services, valid by default; stories read alike because the cast and
the days are fixed.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Any

from motcua.catalog.models import Procedure, ProcedureVersion
from motcua.directory.actor import SYSTEM, Actor
from motcua.directory.models import Account, Agency, Party, Place
from motcua.directory.queries import cards
from motcua.directory.queries.people import actor_of
from motcua.directory.services import calendars, people
from motcua.directory.services.parties import PartyDetails, register
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier
from motcua.kernel.text import fold

VN = timezone(timedelta(hours=7))
MONDAY_8AM = datetime(2026, 11, 9, 8, 0, tzinfo=VN)

RESIDENCE = {
    "name": "Đăng ký thường trú",
    "field": "Đăng ký, quản lý cư trú",
    "cases": [{"key": "own", "name": "Nhà của mình"}, {"key": "rent", "name": "Nhà thuê, ở nhờ"}],
    "components": [
        {"key": "ct01", "name": "Tờ khai CT01", "originals": 1, "form": "ct01"},
        {"key": "home", "name": "Giấy tờ về chỗ ở", "case": "own", "held_by": "land"},
        {"key": "lease", "name": "Hợp đồng thuê", "case": "rent", "originals": 1},
        {"key": "photo", "name": "Ảnh", "copies": 1, "required": False},
    ],
    "channels": [
        {
            "kind": kind,
            "limits": [{"value": 7, "unit": "working_day", "text": "7 ngày làm việc"}],
            "fees": [{"key": "le-phi", "name": "Lệ phí đăng ký", "amount_vnd": fee}],
        }
        for kind, fee in (("counter", 20000), ("online", 10000))
    ],
    "results": [{"code": "KQ.G01.000001", "name": "Thông báo kết quả đăng ký thường trú"}],
    "legal": [{"number": "68/2020/QH14", "name": "Luật Cư trú"}],
    "levels": ["commune"],
}
COPIES = {
    "name": "Chứng thực bản sao từ bản chính",
    "field": "Chứng thực",
    "components": [
        {"key": "original", "name": "Bản chính", "originals": 1},
        {"key": "copy", "name": "Bản sao cần chứng thực", "copies": 1},
    ],
    "channels": [
        {
            "kind": "counter",
            "limits": [{"value": 0, "unit": "working_day", "text": "trong ngày"}],
            "fees": [
                {"key": "trang", "name": "Lệ phí chứng thực", "amount_vnd": 2000, "per": "page"}
            ],
        }
    ],
    "results": [{"code": "KQ.G15.000001", "name": "Bản sao được chứng thực"}],
    "levels": ["commune"],
    "immediate": True,
}


def procedure(code: str, content: dict[str, Any], **values: Any) -> ProcedureVersion:
    """Make a procedure with one open version since 2024."""
    row = Procedure.objects.create(
        code=code,
        family=code,
        name=content["name"],
        name_folded=fold(content["name"]),
        field=content["field"],
        scope="national",
        state="active",
        level_commune=True,
        is_offered=True,
        **values,
    )
    return ProcedureVersion.objects.create(
        procedure=row,
        number=1,
        valid_from=date(2024, 1, 1),
        checksum="x",
        source="test",
        content=content,
    )


@dataclass
class World:
    """The province of the tests; actors by role name, agencies by short name."""

    agencies: dict[str, Agency] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    parties: dict[str, Party] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Actor:
        return self.actors[name]

    def refresh(self, at: datetime = MONDAY_8AM) -> None:
        """Read every actor anew, with the posts held at `at`."""
        self.actors = {name: actor_of(row, at=at) for name, row in self.accounts.items()}


OFFICERS = (
    # name, person, agency, role, title
    ("receptionist", "Lê Quang Vinh", "centre", "receptionist", "Cán bộ tiếp nhận"),
    ("centre_lead", "Trần Thị Hoa", "centre", "centre_lead", "Giám đốc Trung tâm"),
    ("cashier", "Ngô Thị Thu", "centre", "cashier", "Thu phí"),
    ("appraiser", "Phạm Hoài An", "committee", "appraiser", "Chuyên viên"),
    ("appraiser2", "Đỗ Minh Tâm", "committee", "appraiser", "Chuyên viên"),
    ("head", "Nguyễn Hữu Lộc", "committee", "head", "Phó Chủ tịch"),
    ("chairman", "Võ Văn Bình", "committee", "chairman", "Chủ tịch"),
    ("clerk", "Bùi Thị Lan", "committee", "clerk", "Văn thư"),
    ("other_receptionist", "Cao Văn Sơn", "centre2", "receptionist", "Cán bộ tiếp nhận"),
    ("other_lead", "Lâm Văn Tư", "centre2", "centre_lead", "Giám đốc Trung tâm"),
    ("other_appraiser", "Hồ Thị Mai", "committee2", "appraiser", "Chuyên viên"),
    ("other_head", "Đặng Văn Ba", "committee2", "head", "Phó Chủ tịch"),
    ("controller", "Lý Thị Kim", "province_centre", "controller", "Kiểm soát thủ tục"),
    ("auditor", "Mai Văn Thanh", "province_centre", "auditor", "Thanh tra viên"),
    ("keeper", "Tạ Thị Ngọc", "province_centre", "keeper", "Quản trị danh mục"),
    ("admin", "Quản Trị", "province_centre", "admin", "Quản trị hệ thống"),
    ("support", "Hà Thị Xuân", "support_point", "support", "Nhân viên bưu cục"),
)


def build() -> World:
    """Make the small province."""
    world = World()
    cards.forget()
    calendars.load_calendars(by=SYSTEM, at=MONDAY_8AM)
    _agencies(world)
    for name, person, agency, role, title in OFFICERS:
        account = people.open_staff_account(
            username=name, name=person, password="mot-cua-test", at=MONDAY_8AM, is_demo=True
        )
        people.appoint(
            account=account,
            agency=world.agencies[agency],
            role=role,
            title=title,
            since=date(2025, 7, 1),
            by=SYSTEM,
            at=MONDAY_8AM,
        )
        world.accounts[name] = account
    for name, person, number in (
        ("citizen", "Nguyễn Văn Phúc", "056092999118"),
        ("neighbour", "Trần Thị Bưởi", "056161999217"),
    ):
        party = register(details=person_details(person, number), at=MONDAY_8AM)
        world.parties[name] = party
        world.accounts[name] = people.open_citizen_account(
            username=name, party=party, password="mot-cua-test", at=MONDAY_8AM, is_demo=True
        )
    procedure("1.004222", RESIDENCE, online_filing=True)
    procedure("2.000815", COPIES)
    world.refresh()
    return world


def person_details(name: str = "Nguyễn Văn Phúc", number: str = "056092999118") -> PartyDetails:
    """Return the details of a made-up person; 999 in the number marks it as generated."""
    return PartyDetails(name=name, id_number=number, phone="0905222318", is_demo=True)


def _agencies(world: World) -> None:
    province = Place.objects.create(
        code="56", name="Khánh Hòa", name_folded="khanh hoa", kind="province"
    )
    places = [
        Place.objects.create(
            code=code,
            name=name,
            name_folded=fold(name),
            kind="ward",
            parent=province,
            lat=12.25,
            lon=109.18,
        )
        for code, name in (("22390", "Tây Nha Trang"), ("22402", "Nam Nha Trang"))
    ]
    rows = [("province_centre", "H32.01", "TT PVHCC tỉnh Khánh Hòa", "centre", "province", None),
            ("department", "H32.05", "Sở Xây dựng", "department", "province", None)]  # fmt: skip
    for suffix, place in (("", places[0]), ("2", places[1])):
        rows += [
            (f"committee{suffix}", f"H32.6{suffix}6", f"UBND {place.full_name}", "committee",
             "commune", place),
            (f"centre{suffix}", f"H32.6{suffix}6.01", f"TT PVHCC {place.full_name}", "centre",
             "commune", place),
        ]  # fmt: skip
    rows.append(
        (
            "support_point",
            "H32.66.90",
            "Bưu cục Tây Nha Trang",
            "support_point",
            "commune",
            places[0],
        )
    )
    for key, code, name, kind, level, place in rows:
        world.agencies[key] = Agency.objects.create(
            code=code,
            name=name,
            short_name=name,
            name_folded=fold(name),
            kind=kind,
            level=level,
            place=place,
        )


def filing(world: World, **changes: Any) -> dossiers.Filing:
    """Return a complete filing of 1.004222 at the ward's own centre."""
    values: dict[str, Any] = {
        "procedure": "1.004222",
        "channel": "counter",
        "receiving": world.agencies["centre"].code,
        "competent": world.agencies["committee"].code,
        "owner": person_details(),
        "case": "own",
        "papers": (dossiers.PaperIn("ct01", originals=1),),
    } | changes
    return dossiers.Filing(**values)


def filed(
    world: World, *, at: datetime = MONDAY_8AM, by: str = "receptionist", **changes: Any
) -> Dossier:
    """File 1.004222 at the counter."""
    return dossiers.file(filing=filing(world, **changes), by=world[by], at=at)


def accepted(world: World, *, at: datetime = MONDAY_8AM, **changes: Any) -> Dossier:
    """File and accept 1.004222."""
    row = filed(world, at=at, **changes)
    return dossiers.accept(code=row.code, by=world["receptionist"], at=at)


def assigned_actor(world: World, row: Dossier) -> Actor:
    """Return the officer to whom the current step was given."""
    row.refresh_from_db()
    for name, account in world.accounts.items():
        if account.pk == row.assignee_id:
            return world[name]
    return next(
        actor
        for actor in world.actors.values()
        if row.turn_agency_id and actor.has_role(row.turn_role, agency_id=row.turn_agency_id)
    )


def appraised(world: World, *, at: datetime = MONDAY_8AM, **changes: Any) -> Dossier:
    """Bring 1.004222 to the head's desk."""
    row = accepted(world, at=at, **changes)
    return dossiers.appraise(code=row.code, by=assigned_actor(world, row), at=at)


def approved(world: World, *, at: datetime = MONDAY_8AM, **changes: Any) -> Dossier:
    """Bring 1.004222 to the clerk's desk."""
    row = appraised(world, at=at, **changes)
    return dossiers.approve(code=row.code, by=world["head"], at=at)


def issued(world: World, *, at: datetime = MONDAY_8AM, **changes: Any) -> Dossier:
    """Bring 1.004222 to where its result waits at the counter."""
    row = approved(world, at=at, **changes)
    dossiers.issue(code=row.code, by=world["clerk"], at=at)
    row.refresh_from_db()
    return row
