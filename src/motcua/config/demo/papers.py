"""Papers of the demo world: keys to try signing with, stacks of scans, a citizen's store.

Every paper is a specimen of our own (`documents.synthetic`), with numbers that nobody has.
"""

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from motcua.config.demo.accounts import COMMITTEE, POLICE, STAFF
from motcua.directory.actor import SYSTEM, Actor
from motcua.directory.models import Account, Delegation, Party, Post
from motcua.directory.queries.calendars import calendar_for
from motcua.directory.queries.parties import identity_number
from motcua.directory.queries.people import actor_by_username, actor_of
from motcua.directory.services import people
from motcua.documents import services as documents
from motcua.documents.rules import kho as kinds
from motcua.documents.services import kho
from motcua.documents.services.digitising import Scan
from motcua.documents.synthetic.kinds import kinds as all_kinds
from motcua.documents.synthetic.kinds import specimen
from motcua.documents.synthetic.wear import Wear, worn
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier, Paper
from motcua.dossiers.services import digitising
from motcua.kernel.refused import Refused
from motcua.signing import queries as signing_queries
from motcua.signing import services as signing
from motcua.signing.services import trial
from motcua.signing.trial.authority import PIN

if TYPE_CHECKING:
    from motcua.config.cli.progress import Progress

STACKS, SCANS, SIGNED = 3, 2, 2
CERTIFIER, LENDER, LENT_FOR = "giamdoc", "lanhdao.ubnd", timedelta(days=365)
_LENT_BY = "08/QĐ-UBND"
_COMMITTEE = "Ủy ban nhân dân phường Tây Nha Trang"
_NOTE = "Hồ sơ đủ điều kiện, đề nghị phê duyệt."
_HANDS = {
    POLICE: ("thuly", "lanhdao", "vanthu"),
    COMMITTEE: ("thuly.ubnd", "lanhdao.ubnd", "vanthu.ubnd"),
}
# Who a specimen is about, under the names that the kinds have for it.
_OWNER_NAMES = ("requester_name", "name", "owner_name", "party_b_name", "agent_name", "payer_name",
                "buyer_name", "child_name", "wife_name")  # fmt: skip
_OWNER_NUMBERS = ("requester_id", "id_number", "owner_id", "party_b_id", "agent_id", "child_id",
                  "wife_id")  # fmt: skip


def lay_out(*, now: datetime, progress: "Progress") -> None:
    """Put the papers in their places, by the real services."""
    progress.say("Thêm khóa ký thử nghiệm, giấy tờ mẫu và kết quả đã ký số…")
    usernames = [one.username for one in STAFF]
    trial.equip(by=SYSTEM, at=now, usernames=usernames)
    lend_certifying(now)
    fill_store(now)
    lay_stacks(now)
    sign_results(last_working_moment(now))


def lend_certifying(now: datetime) -> None:
    """Let the centre's director certify copies: the vice chairman's post lent, the key in keeping.

    Source: 118/2025/NĐ-CP Điều 17 khoản 5.
    """
    director = Account.objects.get(username=CERTIFIER)
    post = Post.objects.get(account__username=LENDER, agency__code=COMMITTEE)
    if not Delegation.objects.filter(post=post, to=director).exists():
        people.delegate(
            post=post, to=director, start=now - timedelta(days=1), end=now + LENT_FOR,
            decision=_LENT_BY, by=SYSTEM, at=now,
        )  # fmt: skip
    key = signing_queries.key_of_agency(post.agency_id)
    if key is not None and key.keeper_id is None:
        signing.name_keeper(key=key, account_id=director.pk, by=SYSTEM, at=now)


def last_working_moment(now: datetime) -> datetime:
    """Return now, or the end of the last working day when offices are closed today."""
    calendar = calendar_for("hanh-chinh")
    day = now.date()
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return min(now, datetime.combine(day, time(16, 55), now.tzinfo))


def fill_store(now: datetime) -> None:
    """Give the first citizen a store: two scans that an officer signed, and one's own upload."""
    citizen, officer = (actor_by_username(name, at=now) for name in ("nguoidan", "tiepnhan"))
    owner = Party.objects.get(pk=citizen.party_id or 0)
    today = now.date()
    rows = (
        ("birth_certificate", "Giấy khai sinh", "dossier", 400, None),
        ("marital_status", "Giấy xác nhận tình trạng hôn nhân", "dossier", 40, None),
        ("contract", "Hợp đồng thuê nhà", "upload", 90, today + timedelta(days=275)),
    )
    for place, (kind, name, source, days, until) in enumerate(rows, 1):
        issued = today - timedelta(days=days)
        is_scan = source == "dossier"
        bytes_ = specimen(kind, seed=900 + place, told=_about(owner, issued)).pdf
        file = documents.store(
            io.BytesIO(bytes_), name=f"{name}.pdf", by_key=officer.key, at=now,
            party_id=owner.pk, source="scan" if is_scan else "portal",
        )  # fmt: skip
        if is_scan:
            agency_id = min(officer.agency_ids("receptionist"))
            file = signing.sign(
                file=file, kind="personal", by=officer, agency_id=agency_id, pin=PIN, at=now
            ).file
        paper = kho.ToKeep(
            owner_id=owner.pk, kind=kind, name=name, level=int(is_scan), source=source,
            origin=f"demo:{kind}", file=file, issued_on=issued, valid_until=until,
            issuer=_COMMITTEE if is_scan else "", abstract=f"{name} của {owner.name}",
        )  # fmt: skip
        kho.keep(paper=paper, by=SYSTEM, at=now)


def lay_stacks(now: datetime) -> None:
    """Let the counter scan the papers of some dossiers; the worker reads them as it starts."""
    receptionist = actor_by_username("tiepnhan", at=now)
    mine = receptionist.agency_ids("receptionist")
    recent = Dossier.objects.filter(
        receiving_id__in=mine, state__in=("accepted", "in_progress"), channel="counter"
    ).select_related("owner")
    for dossier in recent.order_by("-filed_at")[:STACKS]:
        scans = [Scan(io.BytesIO(content), name) for name, content in _scans(dossier)]
        if scans:
            digitising.open_stack(code=dossier.code, scans=scans, by=receptionist, at=now)


def sign_results(at: datetime) -> None:
    """Let heads sign what officers propose and clerks stamp it, so that there is a result to verify."""
    for agency, hands in _HANDS.items():
        appraiser, head, clerk = (actor_by_username(name, at=at) for name in hands)
        codes = _proposed(agency, by=appraiser, at=at)
        if codes:
            dossiers.approve_many(codes=codes, by=head, at=at, pin=PIN)
            dossiers.issue_many(codes=codes, by=clerk, at=at, pin=PIN)


def _proposed(agency: str, *, by: Actor, at: datetime) -> list[str]:
    """Return dossiers that wait for the head, their appraisal finished now."""
    open_ones = Dossier.objects.filter(
        competent__code=agency, state__in=("accepted", "in_progress"), is_confidential=False
    ).select_related("assignee")
    citizen = actor_by_username("nguoidan", at=at)  # keeps something open to look at
    open_ones = open_ones.exclude(owner_id=citizen.party_id or 0)
    codes: list[str] = []
    for dossier in open_ones.filter(turn_role="appraiser", step_key="appraise").order_by(
        "-filed_at"
    ):
        officer = actor_of(dossier.assignee, at=at) if dossier.assignee else by
        try:
            dossiers.appraise(code=dossier.code, by=officer, at=at, note=_NOTE)
        except Refused:  # an opinion is still asked for, say: that one is not for today
            continue
        codes.append(dossier.code)
        if len(codes) == SIGNED:
            break
    return codes


def _scans(dossier: Dossier) -> Iterator[tuple[str, bytes]]:
    """Yield a scan of each paper of a dossier that a kind of ours can stand for."""
    papers = Paper.objects.filter(dossier=dossier, state=Paper.State.PRESENT)
    known = set(all_kinds())
    for place, paper in enumerate(papers[:SCANS]):
        kind = next((one for one in kinds.kinds_of(paper.name) if one in known), "contract")
        told = _about(dossier.owner, dossier.filed_at.date() - timedelta(days=20 + place))
        made = specimen(kind, seed=dossier.pk + place, told=told)
        skew = (-1.8, 0.7, 2.4)[place % 3]
        for number, page in enumerate(made.pages(), 1):
            wear = Wear(dpi=made.dpi, skew=skew, shadow=0.12, noise=4, stamps=place % 2)
            grey = np.ascontiguousarray(page.mean(axis=2).astype(np.uint8))
            scanned = worn(grey, wear, seed=dossier.pk + place, page_dpi=made.dpi)
            out = io.BytesIO()
            Image.fromarray(scanned).save(out, "JPEG", quality=82, dpi=(made.dpi, made.dpi))
            yield f"quet-{place + 1}-{number}.jpg", out.getvalue()


def _about(owner: Party, issued: date) -> dict[str, str | int | date]:
    """Return what a specimen says when it is this person's."""
    names: dict[str, str | int | date] = dict.fromkeys(_OWNER_NAMES, owner.name)
    numbers = dict.fromkeys(_OWNER_NUMBERS, identity_number(owner))
    home: dict[str, str | int | date] = {
        "issuer": _COMMITTEE,
        "commune": "phường Tây Nha Trang",
        "place": "Tây Nha Trang",
        "issued_on": issued,
    }
    if owner.birth_date is not None:
        home |= {"birth_date": owner.birth_date, "year": issued.year}
    return names | numbers | home
