"""Every address as every role, from one table: who may open it, and that no dossier leaks.

An address that is not in the table fails the test until somebody has said what it shows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from tests.documents.samples import pdf
from tests.factories import world as worlds
from tests.web.api.conftest import Caller, callers_of

from motcua.directory.actor import SYSTEM
from motcua.directory.services import people
from motcua.directory.services.parties import PartyDetails, register
from motcua.documents import services as documents
from motcua.documents.services import kho
from motcua.dossiers import queries
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier

pytestmark = pytest.mark.slow

OWNER, PHONE = "Huỳnh Ngọc Quyên Trâm", "0905717233"
COUNTER = "staff:receptionist,centre_lead"
RECEPTION = "staff:receptionist,centre_lead,support"
OVERSEERS = "staff:head,chairman,centre_lead,clerk,controller,auditor,admin"
HEADS = "staff:head,chairman,centre_lead"
GIVERS = "staff:head,chairman,centre_lead,controller,auditor"
LEARNING = "staff:keeper,controller,centre_lead"
LEADERS = "staff:chairman,controller,auditor,head,centre_lead"
KEEPERS = "staff:controller,chairman,keeper,admin"

# Who reads the dossier of these tests (accepted, its fee owed), spelt out so that the predicate
# cannot drift unseen; and who still does once it is confidential.
READERS = {
    "owner", "receptionist", "centre_lead", "cashier", "appraiser", "appraiser2", "head",
    "chairman", "controller", "auditor",
}  # fmt: skip
CONFIDENTIAL_READERS = {"owner", "receptionist", "centre_lead", "head", "chairman"}


@dataclass(frozen=True)
class Says:
    """What an address is: its guard, and whether it bears dossiers.

    `bears`: "" none; "one" the dossier named in the address; "many" whatever the caller may read;
    "slip" papers that arrive, which their agency signs for; "stored" a paper of the owner's store.
    `is_of_parts`: live counts by agency, field or commune, for officers; others are led to what was
    published.
    """

    guard: str
    bears: str = ""
    is_of_parts: bool = False


def _acts(*nouns: str) -> dict[str, Says]:
    return {f"desk/dossiers/<str:code>/{noun}/": Says("staff", "one") for noun in nouns}


PAGES: dict[str, Says] = {
    "healthz": Says(""),
    "ngon-ngu/setlang/": Says(""),
    "desk/": Says("staff", "many"),
    "desk/batch/": Says("staff", "many"),
    "desk/batch/outcome/": Says("staff", "many"),
    "desk/duties/": Says("staff"),
    "desk/duties/new/": Says(GIVERS, "many"),
    "desk/duties/<str:code>/": Says("staff"),
    "desk/duties/<str:code>/<slug:noun>/": Says("staff"),
    "desk/directives/": Says("staff"),
    "desk/directives/new/": Says(GIVERS),
    "desk/directives/<int:key>/": Says("staff"),
    "desk/reception/": Says(RECEPTION, "many"),
    "desk/reception/files/": Says(RECEPTION),
    "desk/uploads/<uuid:uuid>/": Says("staff"),
    "desk/files/": Says("staff:admin"),
    "desk/files/<uuid:uuid>/destruction/": Says("staff:admin"),
    "desk/readings/": Says("staff", "many"),
    "desk/readings/<uuid:uuid>/": Says("staff", "one"),
    "desk/readings/<uuid:uuid>/values/<str:key>/": Says("staff", "one"),
    "desk/readings/<uuid:uuid>/crops/<str:key>.jpg": Says("staff", "one"),
    "desk/readings/<uuid:uuid>/again/": Says("staff", "one"),
    "desk/readings/<uuid:uuid>/confirmation/": Says("staff", "one"),
    "desk/results/": Says(COUNTER, "many"),
    "desk/results-register/": Says("staff", "many"),
    "desk/copies/": Says(COUNTER, "many"),
    "desk/copies/outcome/": Says(COUNTER, "many"),
    "desk/copies/register/": Says("staff", "many"),
    "desk/dossiers/<str:code>/result-draft/preview/": Says("staff", "one"),
    "desk/dossiers/<str:code>/results/<int:key>/": Says("staff", "one"),
    "desk/copies/print/": Says(COUNTER, "many"),
    "desk/register/": Says(COUNTER, "many"),
    "desk/signing/": Says("staff", "many"),
    "desk/signing/signatures/": Says("staff", "many"),
    "desk/signing/outcome/": Says("staff"),
    "desk/signing/papers/<int:key>/": Says("staff"),
    "desk/signing/keys/": Says("staff"),
    "desk/signing/keys/<int:key>/picture/": Says("staff"),
    "desk/signing/report/": Says(OVERSEERS, "many"),
    "desk/ratings/": Says("staff:receptionist,centre_lead,cashier,support,auditor,admin"),
    "desk/catalog/differences/": Says("staff:controller,keeper"),
    "desk/catalog/differences/<int:key>/": Says("staff:controller,keeper"),
    "desk/catalog/differences/<int:key>/<slug:noun>/": Says("staff:controller,keeper"),
    "desk/questions/": Says(LEARNING),
    "desk/questions/<int:number>/": Says(LEARNING),
    "desk/questions/<int:number>/taking/": Says(LEARNING),
    "desk/questions/<int:number>/dismissal/": Says(LEARNING),
    "desk/questions/<int:number>/answers/<int:answer>/": Says(LEARNING),
    "desk/feedback/": Says("staff", "many"),
    "desk/feedback/inspection/": Says("staff:auditor", "many"),
    "desk/feedback/new/": Says("staff:receptionist,centre_lead,support,controller"),
    "desk/feedback/<str:code>/": Says("staff"),
    "desk/feedback/<str:code>/sender/": Says("staff"),
    "desk/feedback/<str:code>/photos/<int:key>/": Says("staff"),
    "desk/feedback/<str:code>/<slug:noun>/": Says("staff"),
    "desk/search/": Says("staff", "many"),
    "desk/dossiers/<str:code>/": Says("staff", "one"),
    "desk/dossiers/<str:code>/assistant/": Says("staff", "one"),
    "desk/dossiers/<str:code>/receipt/": Says(RECEPTION, "one"),
    **_acts(
        "acceptance",
        "intake-refusal",
        "supplement-request",
        "supplement",
        "closure",
        "arrival",
        "assignment",
        "consultation",
        "appraisal",
        "refusal-proposal",
        "return",
        "approval",
        "issue",
        "result-draft",
        "stamp",
        "revocation",
        "delivery",
        "originals-return",
        "extension",
        "payment-request",
        "payment",
        "withdrawal",
        "correction",
        "settlement",
    ),
    "desk/dossiers/<str:code>/consultations/<int:consultation>/answer/": Says(
        "staff:appraiser,head,chairman,centre_lead,clerk", "one"
    ),
    "desk/dossiers/<str:code>/files/": Says("staff", "one"),
    "desk/dossiers/<str:code>/files/<uuid:uuid>/": Says("staff", "one"),
    "desk/dossiers/<str:code>/forms/<str:key>/": Says("staff", "one"),
    "desk/dossiers/<str:code>/store/": Says("staff", "one"),
    "desk/dossiers/<str:code>/store/<uuid:uuid>/": Says("staff", "one"),
    "desk/digitise/": Says("staff", "many"),
    "desk/digitise/<str:code>/": Says("staff", "one"),
    "desk/digitise/<str:code>/separators/": Says("staff", "one"),
    "desk/digitise/<str:code>/signatures/": Says("staff", "one"),
    "desk/digitise/<str:code>/stacks/<uuid:uuid>/": Says("staff", "one"),
    "desk/digitise/<str:code>/stacks/<uuid:uuid>/sheets/<int:key>/": Says("staff", "one"),
    "desk/digitise/<str:code>/papers/<uuid:uuid>/": Says("staff", "one"),
    "desk/hand-over/": Says("staff", "many"),
    "desk/hand-over/<int:key>/": Says("staff", "many"),
    "desk/hand-over/<int:key>/arrival/": Says("staff", "slip"),
    "desk/procedures/": Says("staff"),
    "desk/procedures/<str:code>/": Says("staff"),
    "desk/delegation/": Says("staff"),
    "desk/delegation/<int:key>/revocation/": Says("staff"),
    "desk/assignments/": Says(HEADS, "many"),
    "desk/assignments/many/": Says(HEADS, "many"),
    "desk/supervision/": Says("staff", "many"),
    "desk/supervision/dossiers/<slug:which>/": Says("staff", "many"),
    "desk/supervision/week/": Says("staff"),
    "desk/supervision/watched/": Says("staff"),
    "desk/supervision/warnings/": Says("staff", "many"),
    "desk/supervision/warnings/<int:key>/answer/": Says("staff"),
    "desk/supervision/signals/": Says("staff"),
    "desk/supervision/signals/<int:key>/": Says("staff"),
    "desk/supervision/signals/<int:key>/explanation/": Says("staff"),
    "desk/supervision/signals/<int:key>/conclusion/": Says("staff"),
    "desk/calendars/": Says(KEEPERS),
    "desk/processes/": Says(KEEPERS),
    "desk/processes/approval/": Says("staff:chairman,controller"),
    "desk/processes/<int:key>/": Says("staff"),
    "desk/processes/<int:key>/bpmn/": Says("staff"),
    "boards/": Says("public"),
    "boards/wall/": Says("public"),
    "boards/agency/": Says("public", is_of_parts=True),
    "boards/agency/<str:code>/": Says("public", is_of_parts=True),
    "boards/commune/": Says("public", is_of_parts=True),
    "boards/commune/<str:code>/": Says("public", is_of_parts=True),
    "boards/field/": Says("public", is_of_parts=True),
    "boards/officers/": Says("staff"),
    "boards/index/": Says("public"),
    "boards/index/<str:code>/": Says("public"),
    "boards/index/<str:code>/procedures/": Says("public"),
    "boards/places/": Says("public"),
    "so-lieu/": Says("public"),
    "so-lieu/catalog.jsonld": Says("public"),
    "so-lieu/<str:name>": Says("public"),
    "devices/kiosk/": Says("public"),
    "devices/kiosk/answer/": Says("public"),
    "devices/kiosk/end/": Says("public"),
    "devices/kiosk/procedures/": Says("public"),
    "devices/kiosk/procedures/<str:code>/": Says("public"),
    "devices/kiosk/track/": Says("public"),
    "boards/definitions/": Says("public"),
    "boards/forms/": Says("staff"),
    "boards/forms/<slug:kind>/": Says("staff", "many"),
    "boards/forms/<slug:kind>/file/": Says("staff", "many"),
    "boards/forms/<slug:kind>/dossiers/": Says("staff", "many"),
    "boards/forms/<slug:kind>/parts/": Says("staff", "many"),
    "boards/forms/<slug:kind>/sending/": Says("staff"),
    "boards/forms/<slug:kind>/making/": Says("staff"),
    "boards/forms/<slug:kind>/closing/": Says("staff"),
    "boards/forms/<slug:kind>/reasons/": Says("staff"),
    "boards/digitisation/": Says("public"),
    "boards/feedback/": Says("public"),
    "boards/mining/": Says("staff:chairman,controller,auditor,head,centre_lead", "many"),
    "boards/foresight/": Says(LEADERS, "many"),
    "boards/foresight/promises/": Says(LEADERS),
    "boards/foresight/arrivals/": Says(LEADERS),
    "boards/foresight/staffing/": Says(LEADERS),
    "boards/foresight/staffing/<int:key>/": Says(LEADERS),
    "boards/figures.csv": Says("public", is_of_parts=True),
    "boards/dossiers/": Says("staff", "many"),
    "ui/": Says("public"),
    "ui/hien-thi/": Says("public"),
    "dang-nhap/": Says("public"),
    "dang-nhap/ma/": Says("public"),
    "dang-nhap/hai-buoc/": Says("public"),
    "dang-xuat/": Says("public"),
    "bao-mat/": Says("signed_in"),
    "thong-bao/": Says("signed_in", "many"),
    "": Says("public"),
    "tro-nang/": Says("public"),
    "du-lieu-ca-nhan/": Says("public"),
    "viec/<slug:key>/": Says("public"),
    "tim-kiem/": Says("public"),
    "tim-kiem/goi-y/": Says("public"),
    "thu-tuc/": Says("public"),
    "thu-tuc/<str:code>/": Says("public"),
    "thu-tuc/<str:code>/giay-to/": Says("public"),
    "thu-tuc/<str:code>/giay-to.pdf": Says("public"),
    "thu-tuc/<str:code>/huong-dan/": Says("public"),
    "nop-ho-so/<str:code>/": Says("citizen"),
    "nop-ho-so/<str:code>/bo/": Says("citizen"),
    "nop-ho-so/<str:code>/<slug:name>/": Says("citizen"),
    "nop-ho-so/<str:code>/tep/": Says("citizen"),
    "tai-khoan/tep-dang-gui/<uuid:uuid>/": Says("citizen"),
    "tai-khoan/": Says("citizen", "many"),
    "tai-khoan/ho-so/<str:code>/": Says("citizen", "one"),
    "tai-khoan/ho-so/<str:code>/bo-sung/": Says("citizen", "one"),
    "tai-khoan/ho-so/<str:code>/bo-sung/tep/": Says("citizen", "one"),
    "tai-khoan/ho-so/<str:code>/rut/": Says("citizen", "one"),
    "tai-khoan/ho-so/<str:code>/tep/<uuid:uuid>/": Says("citizen", "one"),
    "tai-khoan/ho-so/<str:code>/giay/<slug:key>.pdf": Says("citizen", "one"),
    "tai-khoan/giay-to/": Says("citizen", "many"),
    "tai-khoan/giay-to/them/": Says("citizen"),
    "tai-khoan/giay-to/dong-y/": Says("citizen", "many"),
    "tai-khoan/giay-to/<uuid:uuid>/": Says("citizen", "stored"),
    "tai-khoan/giay-to/<uuid:uuid>/tep/": Says("citizen", "stored"),
    "tai-khoan/giay-to/<uuid:uuid>/bo/": Says("citizen", "stored"),
    "noi-nop/": Says("public"),
    "noi-nop/<str:code>/": Says("public"),
    "van-ban/<slug:slug>/": Says("public"),
    "van-ban/<slug:slug>/<slug:name>/": Says("public"),
    "hoi-dap/nguon/<path:key>/": Says("public"),
    "danh-gia/quay/<str:token>/": Says("public"),
    "danh-gia/<str:token>/": Says("public"),
    "danh-gia/<str:token>/cam-on/<int:key>/": Says("public"),
    "xac-minh/": Says("public"),
    "xac-minh/bao-cao/<str:key>/": Says("public"),
    "xac-minh/bao-cao/<str:key>.json": Says("public"),
    "xac-minh/bao-cao/<str:key>.pdf": Says("public"),
    "xac-minh/ngoai-tuyen/": Says("public"),
    "xac-minh/ngoai-tuyen.html": Says("public"),
    "xac-minh/khoa.pem": Says("public"),
    "xac-minh/<str:token>/": Says("public"),
    "XM/<str:token>": Says("public"),
    ".well-known/motcua-qr-keys.json": Says("public"),
    "hoi-dap/": Says("public"),
    "hoi-dap/danh-gia/": Says("public"),
    "hoi-dap/xoa/": Says("public"),
    "open311/discovery.<str:form>": Says("public"),
    "open311/v2/services.<str:form>": Says("public"),
    "open311/v2/services/<str:code>.<str:form>": Says("public"),
    "open311/v2/requests.<str:form>": Says("public"),
    "open311/v2/requests/<str:code>.<str:form>": Says("public"),
    "open311/v2/tokens/<str:code>.<str:form>": Says("public"),
    "phan-anh/": Says("public"),
    "phan-anh/gui/": Says("public"),
    "phan-anh/gui/anh/": Says("public"),
    "phan-anh/gui/anh/<uuid:uuid>/": Says("public"),
    "phan-anh/tra-cuu/": Says("public"),
    "phan-anh/theo-doi/<str:code>/": Says("public"),
    "phan-anh/theo-doi/<str:code>/anh/<int:key>/": Says("public"),
    "phan-anh/anh/<int:key>/": Says("public"),
    "phan-anh/<str:code>/": Says("public"),
    "tra-cuu/": Says("public", "many"),
    "tra-cuu/<str:token>/": Says("public", "many"),
}


def _api_acts(*nouns: str) -> dict[str, Says]:
    return {f"dossiers/<code>/acts/{noun}": Says("token", "one") for noun in nouns}


API: dict[str, Says] = {
    **dict.fromkeys(
        ["", "openapi.json", "problems", "procedures/search", "procedures", "procedures/<code>",
         "procedures/<code>/versions", "procedures/<code>/requirements", "procedures/<code>/fees",
         "procedures/<code>/due", "figures", "figures/definitions",
         "places", "agencies", "centres", "calendars", "calendars/<key>",
         "tokens"],
        Says("public"),
    ),
    "tracking": Says("public", "many"),
    **dict.fromkeys(
        ["feedback", "feedback/fields", "feedback/following", "feedback/<code>"], Says("public")
    ),
    **dict.fromkeys(
        ["assistant/ask", "assistant/votes", "assistant/threads/<thread>"], Says("public")
    ),
    # Whoever holds a post where the papers arrive signs for them, whether or not they read them.
    "slips/<key>/receipt": Says("token", "slip"),
    "dossiers": Says("token", "many"),
    **{
        f"dossiers/<code>{part}": Says("token", "one")
        for part in ("", "/state", "/timeline", "/readers", "/files", "/files/<key>",
            "/forms/<key>", "/proof",
                     "/consultations/<consultation_id>/answer")
    },
    **_api_acts(
        "accept", "refuse_intake", "request_supplement", "answer_supplement",
        "close_unsupplemented", "receive", "assign", "consult", "appraise", "propose_refusal",
        "send_back", "approve", "issue", "return_result", "return_originals", "extend",
        "require_payment",
        "confirm_payment", "withdraw", "amend", "correct_result", "issue_correction",
        "settle_at_once", "draft_result", "revoke_result",
    ),
    **dict.fromkeys(
        ["inbox", "inbox/counts", "results", "batches/<act>", "slips",
         "consultations"],
        Says("token", "many"),
    ),
    **dict.fromkeys(
        ["processes", "processes/<process_id>/bpmn", "processes/bpmn", "me", "me/tokens",
         "me/tokens/<token_id>", "files"],
        Says("token"),
    ),
}  # fmt: skip


@dataclass
class Province:
    """The small province with one dossier, its file, its slip and its question."""

    world: worlds.World
    callers: dict[str, Caller]
    dossier: Dossier
    file: UUID
    slip: int
    stored: UUID

    @property
    def readers(self) -> set[str]:
        """Who passes the predicate, by name."""
        return {
            name
            for name, actor in self.world.actors.items()
            if queries.visible_to(actor).filter(pk=self.dossier.pk).exists()
        }

    def fill(self, route: str, bears: str) -> str:
        """Return the address of a route, about the dossier where it names one."""
        code = "22390" if route.startswith("noi-nop/") else "1.004222"
        values = {
            "code": self.dossier.code if bears == "one" else code,
            "uuid": str(self.stored if bears == "stored" else self.file),
            "key": self._key(route),
            "name": "giay-to",
            "token": "x",
            "act": "approve",
            "process_id": "0",
        }
        return _filled(route, values)

    def _key(self, route: str) -> str:
        keys = {
            "files": str(self.file),
            "hand-over": str(self.slip),
            "slips": str(self.slip),
            "forms": "01",
            "giay/": "01",
            "calendars": "hanh-chinh",
        }
        return next((key for part, key in keys.items() if part in route), "1")


def _filled(route: str, values: dict[str, str]) -> str:
    parts = []
    for part in route.split("<"):
        named, closed, rest = part.partition(">")
        parts.append(values.get(named.split(":")[-1], "1") + rest if closed else part)
    return "".join(parts)


@pytest.fixture
def province(db: None) -> Province:
    cache.clear()
    world = worlds.build()
    owner = PartyDetails(name=OWNER, id_number="056192999331", phone=PHONE, is_demo=True)
    party = register(details=owner, at=worlds.MONDAY_8AM)
    world.accounts["owner"] = people.open_citizen_account(
        username="owner", party=party, password="mot-cua-test", at=worlds.MONDAY_8AM, is_demo=True
    )
    world.refresh()
    now = timezone.now()
    row = worlds.accepted(world, at=now, owner=owner)
    file = documents.store(
        BytesIO(pdf()), name="tờ khai.pdf", by_key="account:1", at=now, case_id=row.pk
    )
    handed = dossiers.hand_over(
        codes=[row.code],
        sender=world.agencies["centre"].code,
        receiver=world.agencies["committee"].code,
        carrier="",
        by=world["receptionist"],
        at=now + timedelta(seconds=1),
    )
    row.refresh_from_db()
    stored = kho.ToKeep(
        owner_id=party.pk, kind="diploma", name=f"Bằng của {OWNER}", level=2, source="dossier",
        origin="test:1", abstract="Bằng", case_id=row.pk, case_code=row.code,
    )  # fmt: skip
    kept = kho.keep(paper=stored, by=SYSTEM, at=now)
    return Province(world, callers_of(world), row, file.uuid, handed.slip.pk, kept.uuid)


def _routes(patterns: Any, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        else:
            yield route, pattern


def _known() -> tuple[dict[str, URLPattern], set[str]]:
    pages, api = {}, set()
    for route, pattern in _routes(get_resolver().url_patterns):
        if route.startswith("api/v1/"):
            api.add(_bare(route.removeprefix("api/v1/")))
        else:
            pages[route] = pattern
    return pages, api


def _bare(route: str) -> str:
    """Leave out Django's converters: ninja writes <uuid:key> or <key> as the type says."""
    parts = [p.split(":")[-1] if ">" in p else p for p in route.split("<")]
    return "<".join(parts)


def test_every_address_stands_in_the_table_with_its_guard():
    pages, api = _known()

    assert set(pages) == set(PAGES)
    assert api == set(API)
    guards = {route: getattr(pattern.callback, "guard", "") for route, pattern in pages.items()}
    assert guards == {route: says.guard for route, says in PAGES.items()}


def test_who_reads_a_dossier_is_who_should(province: Province):
    assert province.readers == READERS
    Dossier.objects.filter(pk=province.dossier.pk).update(is_confidential=True)
    assigned = next(
        name
        for name, account in province.world.accounts.items()
        if account.pk == province.dossier.assignee_id
    )

    assert province.readers == CONFIDENTIAL_READERS | {assigned}


def _lets_in(guard: str, actor: Any) -> bool:
    """Whether a guard lets somebody through, told apart from the guards' own code."""
    kind, _colon, roles = guard.partition(":")
    if kind in {"", "public"}:
        return True
    if actor is None:
        return False
    if kind == "signed_in":
        return True
    if kind == "citizen":
        return actor.kind == "citizen"
    wanted = set(roles.split(",")) if roles else set()
    held = {post.role for post in actor.posts}
    return actor.kind == "staff" and (not wanted or bool(wanted & held))


def _leaks(province: Province, text: str, says: Says) -> list[str]:
    secrets = [OWNER, OWNER.upper(), PHONE]
    if says.bears != "one":  # the address itself names the code
        secrets.append(province.dossier.code)
    return [secret for secret in secrets if secret in text]


def _misled(says: Says, actor: Any, response: Any) -> str:
    """What is wrong with whom an address let in, or did not."""
    if not _lets_in(says.guard, actor):
        return "" if response.status_code in {302, 403} else f"the guard is {says.guard}"
    if response.status_code in {500, 403}:
        return "the guard lets in"
    return "it tells counts by part" if _shows_parts(says, actor, response) else ""


def _shows_parts(says: Says, actor: Any, response: Any) -> bool:
    """Whether a board of parts opens for somebody who is no officer."""
    is_officer = actor is not None and actor.kind == "staff"
    led_to = response.headers.get("location", "")
    return says.is_of_parts and not is_officer and not led_to.startswith("/so-lieu/")


def _body(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", "replace")


@pytest.mark.parametrize("surface", ["desk/", "tai-khoan/", "rest"])
def test_no_page_shows_a_dossier_to_whom_it_is_not_for(province: Province, surface: str):
    chosen = {
        route: says
        for route, says in PAGES.items()
        if (
            route.startswith(surface)
            if surface != "rest"
            else not route.startswith(("desk/", "tai-khoan/"))
        )
    }
    readers, faults = province.readers, []
    for name in ["public", *province.world.accounts]:
        actor = province.world.actors.get(name)
        client = Client(raise_request_exception=False)
        if actor:
            client.force_login(province.world.accounts[name])
        for route, says in chosen.items():
            faults += _opened(province, client, name, actor, route, says, reads=name in readers)

    assert not faults, "\n".join(faults)


def _opened(
    province: Province,
    client: Client,
    name: str,
    actor: Any,
    route: str,
    says: Says,
    *,
    reads: bool,
) -> list[str]:
    address = "/" + province.fill(route, says.bears)
    faults: list[str] = []
    methods = ["get", "post"] if not reads and says.bears in {"one", "many"} else ["get"]
    for method in methods:
        response = getattr(client, method)(address)
        told = f"{method} {address} as {name}: {response.status_code}"
        body = _body(response)
        if fault := _misled(says, actor, response):
            faults.append(f"{told}, though {fault}")
        if not reads:
            if leaked := _leaks(province, body, says):
                faults.append(f"{told} shows {leaked}")
            is_answered = response.status_code == 200 and says.bears == "one"
            if is_answered:
                faults.append(f"{told}, though the dossier is not for them")
    return faults


def test_the_pages_show_the_dossier_to_whom_it_is_for(province: Province):
    for name in sorted(READERS - {"owner"}):
        client = Client()
        client.force_login(province.world.accounts[name])
        response = client.get(f"/desk/dossiers/{province.dossier.code}/")
        assert response.status_code == 200, name
        assert OWNER in response.content.decode(), name
    client = Client()
    client.force_login(province.world.accounts["owner"])
    page = client.get(f"/tai-khoan/ho-so/{province.dossier.code}/")
    assert page.status_code == 200


def test_no_operation_shows_a_dossier_to_whom_it_is_not_for(province: Province):
    readers, faults, revision = province.readers, [], province.dossier.revision
    for name in province.callers:
        for route, says in API.items():
            for method in ["get"] if name in readers or says.bears == "slip" else ["get", "post"]:
                faults += _called(province, name, route, says, method, reads=name in readers)

    province.dossier.refresh_from_db()
    assert province.dossier.revision == revision, "an outsider changed the dossier"
    assert not faults, "\n".join(faults)


def _called(
    province: Province, name: str, route: str, says: Says, method: str, *, reads: bool
) -> list[str]:
    path = "/" + province.fill(route, says.bears)
    response = getattr(province.callers[name], method)(path)
    told, body = f"{method} {path} as {name}: {response.status_code}", _body(response)
    faults = [told] if response.status_code == 500 else []
    needs_token = says.guard == "token" and name == "public"
    if needs_token and response.status_code not in {401, 405}:
        faults.append(f"{told} without a token")
    if reads:
        if route == "dossiers/<code>" and OWNER not in body:
            faults.append(f"{told} does not show it to its reader")
        return faults
    if leaked := _leaks(province, body, says):
        faults.append(f"{told} shows {leaked}")
    if says.bears == "one" and response.status_code == 200:
        faults.append(f"{told}, though the dossier is not for them")
    return faults
