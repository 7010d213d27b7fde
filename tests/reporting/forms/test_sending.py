"""A closed form is sent by a recorded act; what is kept of it is proven from the ledger."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F

from motcua.dossiers import services as dossiers
from motcua.ledger import queries as trail
from motcua.reporting.models import KeptFile, KeptForm, SentForm
from motcua.reporting.queries import forms_proof
from motcua.reporting.queries.forms import stream_of
from motcua.reporting.services import forms as services
from motcua.reporting.services import sending
from tests.factories import world as stories
from tests.factories.world import MONDAY_8AM, VN, World
from tests.reporting.forms.test_keeping import AFTER, asked

OFFICE = "Văn phòng UBND tỉnh"


@pytest.fixture
def closed(world: World, follow: Callable[[], None]) -> World:
    """A form of one agency, closed."""
    stories.issued(world, at=MONDAY_8AM)
    late = stories.approved(world, at=MONDAY_8AM)
    dossiers.issue(code=late.code, by=world["clerk"], at=datetime(2026, 11, 25, 9, 0, tzinfo=VN))
    stories.accepted(world, at=MONDAY_8AM + timedelta(days=30))
    follow()
    services.close(asked=asked(world, "06a", by=world["head"], agency="committee"))
    return world


def send(world: World, *, by: str = "head", receiver: str = OFFICE, **more: Any) -> SentForm:
    wanted = asked(world, "06a", by=world[by], agency="committee", at=AFTER + timedelta(hours=1))
    return sending.send(asked=wanted, receiver=receiver, way=more.pop("way", "axis"), **more)


def test_a_sending_says_who_when_to_whom_and_which_file(closed: World):
    sent = send(closed, number="12/BC-UBND")

    form = sent.of
    (fact,) = [one for one in trail.facts_of(stream_of(form)) if one.kind == "report.sent"]
    assert (fact.actor, fact.at) == (closed["head"].key, sent.at)
    assert fact.body["receiver"] == OFFICE
    assert fact.body["number"] == "12/BC-UBND"
    assert fact.body["sha256"] == sent.sha256 == form.files.get(kind="pdf").sha256


def test_what_is_no_sending(closed: World):
    wrong: tuple[tuple[dict[str, str], type[Exception]], ...] = (
        ({"by": "appraiser"}, sending.MayNotSend),
        ({"by": "auditor"}, sending.MayNotSend),
        ({"receiver": " x "}, sending.ReceiverMissing),
        ({"receiver": "x" * 201}, sending.ReceiverMissing),
        ({"number": "x" * 61}, sending.NumberTooLong),
        ({"way": "pigeon"}, sending.NoSuchWay),
        ({"kind": "exe"}, sending.NoSuchWay),
    )
    for more, refusal in wrong:
        with pytest.raises(refusal):
            send(closed, **more)

    assert not SentForm.objects.exists()


def test_it_is_sent_once_to_each_and_only_when_it_is_closed(closed: World):
    send(closed)
    with pytest.raises(sending.SentAlready):
        send(closed, receiver=f" {OFFICE} ")
    send(closed, receiver="Sở Nội vụ")

    KeptForm.objects.update(closed_at=None, closed_by="")
    with pytest.raises(sending.NotClosed):
        send(closed, receiver="Sở Tư pháp")
    assert SentForm.objects.count() == 2


def test_kept_forms_are_what_the_ledger_gave_then(closed: World, follow: Callable[[], None]):
    send(closed)
    for kind in ("06b", "07b", "quarterly", "agencies", "evidence"):
        services.make(asked=asked(closed, kind, by=closed["controller"]))
    stories.accepted(closed, at=MONDAY_8AM + timedelta(days=31))  # later, of the same period
    follow()

    assert forms_proof.found() == []


def _change(row: KeptForm, more: int) -> None:
    figures = row.figures
    figures["rows"][0]["values"][0] += more
    KeptForm.objects.filter(pk=row.pk).update(figures=figures)


TAMPERED: tuple[tuple[Callable[[KeptForm], object], tuple[str, ...]], ...] = (
    (lambda row: _change(row, 1), ("mã băm số liệu", "Tổng số")),
    (lambda row: KeptFile.objects.filter(of=row, kind="csv").update(content=b"x"), ("tệp csv",)),
    (lambda row: KeptFile.objects.filter(of=row, kind="pdf").delete(), ("tệp pdf",)),
    (lambda _row: SentForm.objects.update(sha256="0" * 64), ("gửi",)),
    (lambda _row: SentForm.objects.all().delete(), ("gửi",)),
    (lambda _row: SentForm.objects.update(at=F("at") - timedelta(days=3)), ("gửi",)),
    (
        lambda row: KeptForm.objects.filter(pk=row.pk).update(closed_at=None, closed_by=""),
        ("06a",),
    ),
)


def test_a_kept_form_that_was_changed_is_named(closed: World):
    send(closed)
    name = forms_proof.name_of(KeptForm.objects.get(form="06a"))

    for tamper, words in TAMPERED:
        with transaction.atomic():
            tamper(KeptForm.objects.get(form="06a"))
            found = forms_proof.found(key=name)
            assert {one.key.split(":")[0] for one in found} == {"06a"}
            for word in words:
                assert any(word in one.key for one in found), found
            transaction.set_rollback(True)
    assert forms_proof.found() == []
