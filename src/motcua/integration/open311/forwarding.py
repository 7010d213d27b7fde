"""Cases of an agency whose own system speaks Open311 go there once, and their state is read back."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from motcua.directory.actor import SYSTEM
from motcua.feedback.models import Case
from motcua.integration.open311.client import OtherServer, ServerFailed, Standing
from motcua.integration.open311.events import ForwardedOutside, StandingRead
from motcua.kernel.personal import mask
from motcua.kernel.refused import Refused
from motcua.ledger import queries as trail
from motcua.ledger import services as ledger

_WITH_AGENCY = ("assigned", "in_progress")


class NotForwardable(Refused):
    """The case has no agency with a server of its own, or is not with it."""


def servers() -> Mapping[str, OtherServer]:
    """Return the configured servers by the code of the agency behind them."""
    return {code: OtherServer(**row) for code, row in settings.MOTCUA_OPEN311.items()}


def forward(*, code: str, at: datetime) -> str:
    """Hand a case over to its agency's own system, once, and return its id there.

    Raises NotForwardable: no such case, or its agency has no server; ServerFailed: it did not take it.
    """
    with transaction.atomic():
        case = Case.objects.select_related("agency").filter(code=code).first()
        if case is None or case.agency is None or case.agency.code not in servers():
            raise NotForwardable(_("Cơ quan này không có hệ thống tiếp nhận riêng."))
        _alone(case)
        known = request_id_of(code)
        if known:
            return known
        if case.state not in _WITH_AGENCY:
            raise NotForwardable(_("Phản ánh chưa được chuyển cho cơ quan này."))
        server = servers()[case.agency.code]
        made = server.send(_told(case, server))
        fact = ForwardedOutside(code=code, agency=case.agency.code, request_id=made)
        ledger.record(fact, stream=_stream(code), at=at, actor=SYSTEM.key)
    return made


def poll(*, code: str, at: datetime) -> Standing:
    """Read how a forwarded case stands there; what is new is recorded.

    Raises NotForwardable: it was not forwarded; ServerFailed: no answer, the old one stays.
    """
    known = [fact for fact in trail.facts_of(_stream(code)) if fact.kind == ForwardedOutside.kind]
    agency = str(known[0].body["agency"]) if known else ""
    if agency not in servers():
        raise NotForwardable(_("Phản ánh này chưa chuyển ra ngoài."))
    server = servers()[agency]
    found = server.standing(str(known[0].body["request_id"]))
    with transaction.atomic():
        if found != standing_of(code):
            fact = StandingRead(code=code, status=found.status, notes=mask(found.notes).text)
            ledger.record(fact, stream=_stream(code), at=at, actor=SYSTEM.key)
    return found


def poll_all(*, at: datetime) -> tuple[int, tuple[str, ...]]:
    """Hand over what waits and read every open one; return how many were read, and what failed."""
    waiting = Case.objects.filter(agency__code__in=list(servers()), state__in=_WITH_AGENCY)
    read, failed = 0, []
    for code in waiting.values_list("code", flat=True):
        try:
            forward(code=code, at=at)
            poll(code=code, at=at)
            read += 1
        except ServerFailed as problem:
            failed.append(f"{code}: {problem}")
    return read, tuple(failed)


def request_id_of(code: str) -> str:
    """Return the id that a case has at the other server, "" when it was not forwarded."""
    for fact in trail.facts_of(_stream(code)):
        if fact.kind == ForwardedOutside.kind:
            return str(fact.body["request_id"])
    return ""


def standing_of(code: str) -> Standing | None:
    """Return how a forwarded case stood there when it was read last."""
    for fact in reversed(trail.facts_of(_stream(code))):
        if fact.kind == StandingRead.kind:
            return Standing(str(fact.body["status"]), str(fact.body["notes"]))
    return None


def _stream(code: str) -> str:
    return f"open311:{code}"


def _alone(case: Case) -> None:
    """Two workers do not hand the same case over twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [311, case.pk % (2**31)])


def _told(case: Case, server: OtherServer) -> dict[str, str]:
    """What goes out: the field, the masked words and the place."""
    sender = str((case.sender or {}).get("name", ""))
    told = {
        "service_code": (server.services or {}).get(case.field, case.field),
        "description": mask(case.text, names=[sender] if sender else []).text,
        "address_string": mask(case.address).text,
        "address_id": case.place_id or "",
    }
    if case.lat is not None and case.lon is not None:
        told |= {"lat": f"{case.lat:.6f}", "long": f"{case.lon:.6f}"}
    return {name: value for name, value in told.items() if value}
