"""A simulated quarter in small: the published proportions, legal histories, rows like the desk's."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

import numpy as np
import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from tests.config.simulation import elsewhere
from tests.config.simulation.replay import Replay, can_be_replayed, comparable

from motcua.catalog import queries as catalog
from motcua.catalog import services as catalogue
from motcua.config.simulation import absences, events, journal, loading, people, published, work
from motcua.config.simulation.loading import AlreadyThere, Simulated, Unclear
from motcua.config.simulation.order import Order
from motcua.config.simulation.world import read
from motcua.directory.actor import SYSTEM
from motcua.directory.models import Absence, Agency, Delegation, Post
from motcua.directory.queries import calendars, cards
from motcua.directory.queries.people import actor_of
from motcua.directory.services import territory
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import CertifiedCopy, Dossier, HandOver, HandOverItem, Result
from motcua.dossiers.rules.states import ACT_RULES, Act
from motcua.kernel.worktime.calendar import VIETNAM
from motcua.ledger import queries as trail
from motcua.ledger.models import FactRow
from motcua.payments.models import Charge
from motcua.reporting.rules import folding
from motcua.workflow import queries as workflow
from motcua.workflow.models import Consultation, Task

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
COUNT = 420


class Quiet:
    """Takes progress and shows none."""

    def say(self, _text: str) -> None:
        """Say nothing."""

    @contextmanager
    def bar(self, _label: str, total: int | None = None) -> Iterator[object]:  # noqa: ARG002
        """Count for nobody."""
        yield lambda _done: None


def _forget() -> None:
    cards.forget()
    calendars.forget()
    workflow.forget_processes()
    catalog.forget_index()
    catalog.content_of.cache_clear()
    cache.clear()


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker) -> Iterator[Simulated]:
    """Simulate once for this module, and roll it back afterwards."""
    _forget()
    with django_db_blocker.unblock(), transaction.atomic():
        at = timezone.now()
        territory.load_territory(by=SYSTEM, at=at)
        catalogue.load_file("starter", by=SYSTEM, at=at)
        yield loading.simulate(
            quarter="2025Q3", seed=7, dossiers=COUNT, processes=1, progress=Quiet()
        )
        transaction.set_rollback(True)
    _forget()


@pytest.fixture(scope="module")
def standings(made: Simulated) -> dict[int, folding.Standing]:
    """How each dossier stands after its facts alone."""
    places = {
        one.code: folding.Where(one.pk, one.level, one.place_id or "")
        for one in Agency.objects.all()
    }
    found: dict[int, folding.Standing] = {}
    for row in FactRow.objects.filter(stream__startswith="dossier:").order_by("stream", "seq"):
        key = int(row.stream.partition(":")[2])
        standing = found.setdefault(key, folding.Standing(key))
        body = json.loads(row.body)
        folding.hear(standing, kind=row.kind, at=row.at, body=body, agencies=places)
    return found


def test_the_published_proportions_come_out_of_the_facts(made, standings):
    wanted = published.targets(COUNT)
    received = [one for one in standings.values() if one.accepted_at is not None]
    by_level = {
        level: Counter(one.ended_class for one in received if one.level == level)
        for level in ("province", "commune")
    }

    assert len(received) == wanted.received == COUNT
    for level, counted in (("province", wanted.province), ("commune", wanted.commune)):
        assert sum(by_level[level].values()) == counted.received
        assert by_level[level]["late"] == counted.late
        assert (
            by_level[level]["early"] + by_level[level]["on_time"] == counted.settled - counted.late
        )
    electronic = [o for o in received if o.channel == "online" or o.digitised_at or o.reused_at]
    assert len(electronic) == wanted.digitised


def test_the_whole_quarter_is_as_published():
    whole = published.targets(published.RECEIVED)

    assert (whole.received, whole.settled, whole.on_time) == (191_957, 147_818, 137_884)
    assert round((1 - whole.province.late / whole.province.settled) * 100, 1) == 90.5
    assert round((1 - whole.commune.late / whole.commune.settled) * 100, 1) == 95.5
    assert round(whole.digitised / whole.received * 100, 2) == 65.79


@pytest.mark.parametrize("received", [60, 997, 19_196, 383_914, 10_000_000])
def test_other_sizes_keep_the_sums(received: int):
    found = published.targets(received)

    assert found.received == received
    assert found.settled == found.on_time + found.province.late + found.commune.late
    assert found.settled <= found.received
    assert abs(found.settled / received - published.SETTLED / published.RECEIVED) < 0.01


def test_the_chain_of_every_dossier_is_whole(made):
    verdict = trail.verify()

    assert verdict.is_whole, verdict.faults
    assert made.facts == FactRow.objects.filter(stream__startswith="dossier:").count()


def test_rows_say_what_the_facts_say(made, standings):
    for row in Dossier.objects.all():
        told = standings[row.pk]
        assert (row.accepted_at, row.ended_at) == (told.accepted_at, told.ended_at), row.code
        assert (row.due_at, row.returned_at) == (told.due_at, told.returned_at), row.code
        assert row.supplement_count == told.supplements
        assert row.extension_count == told.extensions
        assert row.assignee_id == told.assignee_id, row.code


_ACTS = {
    "dossier.accepted": (Act.ACCEPT, "accepted"),
    "dossier.intake_refused": (Act.REFUSE_INTAKE, "rejected"),
    "dossier.received": (Act.RECEIVE, "in_progress"),
    "dossier.assigned": (Act.ASSIGN, "in_progress"),
    "dossier.handed_over": (Act.HAND_OVER, ""),
    "dossier.opinion_asked": (Act.CONSULT, "in_progress"),
    "dossier.step_done": (Act.APPRAISE, "in_progress"),
    "dossier.step_sent_back": (Act.SEND_BACK, ""),
    "dossier.approved": (Act.APPROVE, "in_progress"),
    "dossier.result_issued": (Act.ISSUE, "result_ready"),
    "dossier.result_returned": (Act.RETURN_RESULT, "returned"),
    "dossier.payment_required": (Act.REQUIRE_PAYMENT, "wait_finance"),
    "dossier.payment_confirmed": (Act.CONFIRM_PAYMENT, ""),
    "dossier.supplement_requested": (Act.REQUEST_SUPPLEMENT, "wait_supplement"),
    "dossier.closed_unsupplemented": (Act.CLOSE_UNSUPPLEMENTED, "stopped"),
    "dossier.withdrawn": (Act.WITHDRAW, "withdrawn"),
    "dossier.deadline_extended": (Act.EXTEND, ""),
    "dossier.correction_opened": (Act.CORRECT_RESULT, ""),
    "dossier.result_corrected": (Act.CORRECT_RESULT, ""),
}


def test_every_history_is_legal_and_in_order(made):
    for row in Dossier.objects.all():
        state, last = "submitted", None
        for fact in trail.facts_of(row.stream):
            assert last is None or fact.at >= last, (row.code, fact.kind)
            last = fact.at
            if fact.kind == "dossier.supplement_answered":
                assert state == "wait_supplement"
                state = "submitted" if fact.body["stage"] == "intake" else "in_progress"
            elif fact.kind in _ACTS:
                act, after = _ACTS[fact.kind]
                assert state in ACT_RULES[act].states, (row.code, fact.kind, state)
                state = after or state
            if fact.kind == "dossier.payment_confirmed" and state == "wait_finance":
                state = "in_progress"
        assert state == row.state, row.code


_AT_COUNTER = {
    f"dossier.{kind}"
    for kind in (
        "filed", "accepted", "intake_refused", "papers_digitised", "papers_signed",
        "paper_from_store", "payment_confirmed",
    )
}  # fmt: skip


def _is_at_work(at: datetime, key: str) -> bool:
    return calendars.calendar_for(key).next_working_moment(at) == at.astimezone(VIETNAM)


def test_officers_act_in_working_hours_only(made):
    receiving = {row.stream: row.receiving.calendar_key for row in Dossier.objects.all()}
    rows = FactRow.objects.filter(stream__startswith="dossier:").exclude(actor="system")
    for row in rows:
        key = receiving[row.stream] if row.kind in _AT_COUNTER else "hanh-chinh"
        assert _is_at_work(row.at, key), (row.stream, row.kind, row.at)


def _of_saturday() -> list[Dossier]:
    rows = Dossier.objects.filter(channel="counter", filed_at__iso_week_day=6)
    return list(rows.select_related("receiving").order_by("pk"))


def test_on_saturday_morning_the_counters_are_open_that_the_calendar_opens(made):
    found = _of_saturday()
    assert len(found) > 5
    assert {row.receiving.calendar_key for row in found} == {"hanh-chinh-thu-bay"}
    assert all(row.accepted_at - row.filed_at < timedelta(hours=4) for row in found if row.due_at)
    monday = [row for row in found if row.started_at and row.started_at == row.accepted_at]
    calendar = calendars.calendar_for("hanh-chinh")
    assert monday
    for row in monday:
        begins = calendar.next_working_moment(row.accepted_at)
        assert Task.objects.filter(case_id=row.pk, opened_at=row.accepted_at).exists()
        assert row.due_original is None or row.due_original > begins


def test_online_only_is_filed_outside_working_hours(made):
    outside = [
        row.channel
        for row in Dossier.objects.select_related("receiving")
        if not _is_at_work(row.filed_at, row.receiving.calendar_key)
    ]

    assert set(outside) == {"online"}
    assert len(outside) > 20


def test_nothing_happens_outside_the_quarter(made):
    begins = datetime.combine(date(2025, 7, 1), time.min, VIETNAM)
    ends = datetime.combine(date(2025, 10, 1), time.min, VIETNAM)
    facts = FactRow.objects.filter(stream__startswith="dossier:")

    assert not facts.filter(at__lt=begins).exists()
    assert not facts.filter(at__gte=ends).exists()


def test_codes_and_numbers_have_no_gap(made):
    days: dict[tuple[str, str], list[int]] = defaultdict(list)
    for code in Dossier.objects.values_list("code", flat=True):
        agency, day, number = code.split("-")
        days[agency, day].append(int(number))
    assert all(sorted(found) == list(range(1, len(found) + 1)) for found in days.values())
    books: dict[tuple[object, ...], list[Result]] = defaultdict(list)
    for result in Result.objects.order_by("issued_at", "sequence"):
        books[result.agency_id, result.symbol, result.year].append(result)
    for found in books.values():
        assert [one.sequence for one in found] == list(range(1, len(found) + 1))


def test_nobody_decides_before_who_was_asked_had_time_to_answer(made):
    asked = Consultation.objects.all()
    assert asked.filter(answered_at=None).count() > 3
    for row in asked:
        last = row.answered_at or row.withdrawn_at or row.due_at
        for fact in trail.facts_of(f"dossier:{row.case_id}"):
            if fact.kind in ("dossier.step_done", "dossier.approved") and fact.at > row.asked_at:
                assert fact.at > min(last, row.due_at), (row.case_id, fact.kind)


def test_nobody_acts_while_away(made):
    away = defaultdict(list)
    for row in Absence.objects.all():
        away[f"account:{row.account_id}"].append((row.starts_at, row.ends_at))
    assert len(away) > 300
    for fact in FactRow.objects.filter(stream__startswith="dossier:"):
        assert not any(a <= fact.at < b for a, b in away[fact.actor]), (fact.stream, fact.kind)
        given = json.loads(fact.body).get("officer_id")
        if given:
            assert not any(a <= fact.at < b for a, b in away[f"account:{given}"]), fact.stream


def test_work_of_who_is_away_passes_to_a_colleague(made):
    assert len(_passed_on()) > 8


def _by_delegates() -> Iterator[Dossier]:
    """The dossiers of which a chairman decided in the post of a head who was away."""
    chairmen = {f"account:{row.to_id}" for row in Delegation.objects.all()}
    for row in Dossier.objects.order_by("pk"):
        facts = trail.facts_of(row.stream)
        if can_be_replayed(row) and any(fact.actor in chairmen for fact in facts):
            yield row


def _passed_on() -> list[Dossier]:
    """The dossiers that a head gave to another officer than had them."""
    return [row for row in Dossier.objects.order_by("pk") if len(_hands(row)) > 1]


def _hands(row: Dossier) -> set[object]:
    bodies = [fact.body for fact in trail.facts_of(row.stream)]
    return {body["officer_id"] for body in bodies if body.get("officer_id")}


def test_who_is_alone_in_a_post_stays_and_absences_are_told_in_time(made):
    facts = FactRow.objects.filter(kind="directory.absence_recorded")
    assert facts.count() == Absence.objects.count()
    assert not facts.filter(at__gte=datetime.combine(date(2025, 10, 1), time.min, VIETNAM))
    alone = [
        post
        for post in Post.objects.filter(role__in=absences.ROLES)
        if Post.objects.filter(agency=post.agency_id, role=post.role).count() == 1
    ]
    lent = {(row.post_id, row.valid_from, row.valid_to) for row in Delegation.objects.all()}
    gone = {
        (post.pk, row.starts_at, row.ends_at)
        for post in alone
        for row in Absence.objects.filter(account=post.account_id)
    }
    assert gone == lent
    assert len(gone) > 20
    assert FactRow.objects.filter(kind="directory.post_delegated").count() == len(lent)


def test_slips_carry_what_their_facts_say(made):
    assert HandOver.objects.count() > 20
    for item in HandOverItem.objects.select_related("slip", "dossier"):
        facts = {fact.kind: fact for fact in trail.facts_of(item.dossier.stream)}
        assert facts["dossier.handed_over"].body["slip"] == item.slip.number
        assert facts["dossier.handed_over"].at == item.slip.made_at
        assert facts["dossier.taken_over"].at == item.slip.received_at
        assert item.dossier.competent_id == item.slip.receiver_id


_ROW = [
    f.attname
    for f in Dossier._meta.concrete_fields
    if f.attname not in {"id", "code", "task_id", "form_data", "urgent_at", "assignee_id"}
]


def test_the_services_leave_the_same_rows_and_facts(made):
    chosen: dict[str, Dossier] = {}
    for row in Dossier.objects.order_by("pk"):
        kinds = {fact.kind for fact in trail.facts_of(row.stream)}
        if not can_be_replayed(row):
            continue
        for kind in kinds - set(chosen):
            chosen[kind] = row
    assert len(chosen) > 18
    signed = Dossier.objects.filter(procedure_code="2.000884", results__isnull=False)
    chosen["signed at the counter"] = next(row for row in signed if can_be_replayed(row))
    assert "dossier.copy_certified" in chosen
    chosen["by whom the post is lent to"] = next(row for row in _by_delegates())
    chosen["saturday"] = next(row for row in _of_saturday() if can_be_replayed(row))
    chosen["passed on"] = next(row for row in _passed_on() if can_be_replayed(row))
    for old in {row.pk: row for row in chosen.values()}.values():
        new = Replay(old).run()
        before = [comparable(fact) for fact in trail.facts_of(old.stream)]
        assert [comparable(fact) for fact in trail.facts_of(new.stream)] == before
        _compare(old, new, _ROW, [f["told"][0] for f in before])
        _compare_all(Task, "case_id", old, new, {"id", "case_id", "assignee_id", "closed_by_id"})
        _compare_all(Charge, "case_id", old, new, {"id", "case_id"})
        _compare_all(Consultation, "case_id", old, new, {"id", "case_id"})
        numbered = {"id", "dossier_id", "number", "sequence", "replaces_id", "filled"}
        _compare_all(Result, "dossier_id", old, new, numbered)
        assert _filled(old) == _filled(new)
        entered = {"id", "result_id", "sequence", "book"}
        _compare_all(CertifiedCopy, "result__dossier_id", old, new, entered)
        assert _papers(old) == _papers(new)
        for part in ("supplement", "extension"):
            if hasattr(old, part):
                ours = [f.attname for f in getattr(old, part)._meta.concrete_fields
                        if f.attname not in {"id", "dossier_id"}]  # fmt: skip
                _compare(getattr(old, part), getattr(new, part), ours)


def _compare(old: object, new: object, names: list[str], told: object = "") -> None:
    found = {name: getattr(new, name) for name in names}
    wanted = {name: getattr(old, name) for name in names}
    if "clock" in wanted:
        found["clock"], wanted["clock"] = _instants(found["clock"]), _instants(wanted["clock"])
    assert found == wanted, told


def _instants(clock: list[dict[str, str]]) -> list[object]:
    return [
        {**event, "at": datetime.fromisoformat(event["at"]), "due_at": _moment(event["due_at"])}
        for event in clock
    ]


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _compare_all(model, key: str, old: Dossier, new: Dossier, without: set[str]) -> None:
    names = [f.attname for f in model._meta.concrete_fields if f.attname not in without]
    ours = list(model.objects.filter(**{key: old.pk}).order_by("pk"))
    theirs = list(model.objects.filter(**{key: new.pk}).order_by("pk"))
    assert len(ours) == len(theirs)
    for one, other in zip(ours, theirs, strict=True):
        _compare(one, other, names)


def _filled(row: Dossier) -> list[dict[str, str]]:
    """What stands in the blanks of the results, without the numbers that are their own."""
    rows = Result.objects.filter(dossier=row).order_by("pk")
    return [{key: said for key, said in one.filled.items() if key != "register"} for one in rows]


def test_certified_copies_stand_in_their_register(made):
    rows = CertifiedCopy.objects.select_related("result").order_by("pk")
    assert len(rows) > 2
    for row in rows:
        assert (row.sequence, row.year) == (row.result.sequence, row.result.year)
        assert row.result.filled["register"] == f"{row.sequence}, quyển số {row.book}"
        facts = trail.facts_of(f"dossier:{row.result.dossier_id}")
        kinds = [fact.kind for fact in facts]
        place = kinds.index("dossier.copy_certified")
        assert kinds[place + 1] == "dossier.result_issued"
        assert facts[place].body["number"] == str(row)
    copies = Result.objects.filter(wording="certified_copy")
    assert copies.count() == len(rows)


def _papers(row: Dossier) -> list[tuple[object, ...]]:
    names = ("component_key", "name", "required", "originals", "copies", "state", "files", "note")
    return list(row.papers.order_by("pk").values_list(*names))


def test_the_desk_goes_on_with_what_was_simulated(made):
    at = datetime.combine(date(2025, 10, 1), time(9), VIETNAM)
    open_ones = Dossier.objects.filter(
        state__in=("accepted", "in_progress"), turn_role="appraiser", started_at__isnull=False
    )
    ended = 0
    for row in open_ones.order_by("pk")[:6]:
        while row.turn_role != "receptionist":
            task = Task.objects.get(pk=row.task_id)
            if task.assignee is not None:
                by = actor_of(task.assignee, at=at)
            else:
                post = Post.objects.filter(agency=row.turn_agency, role=row.turn_role).first()
                by = actor_of(post.account, at=at)
            verb = {
                "appraiser": dossiers.appraise,
                "head": dossiers.approve,
                "clerk": dossiers.issue,
            }
            verb[row.turn_role](code=row.code, by=by, at=at)
            row.refresh_from_db()
        assert trail.verify_stream(row.stream, last=row.revision).is_whole
        ended += 1
    assert ended > 2


def test_a_quarter_with_dossiers_is_not_simulated_again(made):
    with pytest.raises(AlreadyThere):
        loading.simulate(quarter="2025Q3", seed=8, dossiers=COUNT, progress=Quiet())


@pytest.mark.parametrize("quarter", ["2025", "2025Q5", "quý 3", ""])
def test_only_a_quarter_is_a_quarter(quarter: str):
    with pytest.raises(Unclear):
        loading.span_of(quarter)


@pytest.mark.parametrize(("quarter", "dossiers"), [("2099Q1", 90), ("2025Q2", 10**9)])
def test_what_has_not_been_or_is_too_much_is_not_begun(made, quarter: str, dossiers: int):
    """It would stand half done, and no other run of the quarter could begin."""
    with pytest.raises(Unclear):
        loading.simulate(quarter=quarter, seed=1, dossiers=dossiers, progress=Quiet())
    assert journal.unfinished(quarter) is None


def test_a_run_that_wrote_nothing_stands_in_nobodys_way(made):
    journal.begin(journal.Asked("2024Q4", 1, 90, settle_rest=False))
    assert journal.taken_up(journal.Asked("2024Q4", 2, 90, settle_rest=False)) is None


def test_a_quarter_has_its_days():
    assert loading.span_of("2025Q3") == (date(2025, 7, 1), date(2025, 9, 30))
    assert loading.span_of("2026q4") == (date(2026, 10, 1), date(2026, 12, 31))


def _order(seed: int) -> Order:
    keys = people.make(50, at=timezone.now())
    return Order(
        first=date(2025, 7, 1), last=date(2025, 9, 30), targets=published.targets(300), seed=seed,
        recorded_at=timezone.now(), until=None, party_keys=keys,
    )  # fmt: skip


def test_the_same_seed_plans_the_same_quarter(made):
    one, same, other = (work.decide(_order(seed)).plan for seed in (1, 1, 2))

    assert np.array_equal(one.end, same.end)
    assert np.array_equal(one.fate, same.fate)
    assert not np.array_equal(one.end, other.end)


def test_the_same_seed_gives_the_same_quarter_whatever_the_keys(made):
    known = read(first=date(2025, 7, 1), last=date(2025, 9, 30), people=[])
    order = _order(4)
    here = elsewhere.lived(order, known)

    assert elsewhere.lived(order, elsewhere.with_other_keys(known, seed=6)) == here
    assert elsewhere.lived(_order(5), known) != here


def test_lateness_has_causes(made):
    keys = people.make(50, at=timezone.now())
    order = Order(
        first=date(2025, 7, 1), last=date(2025, 9, 30), targets=published.targets(20_000), seed=5,
        recorded_at=timezone.now(), until=None, party_keys=keys,
    )  # fmt: skip
    plan = work.decide(order).plan
    settled = plan.is_settled & plan.is_received

    def share(chosen) -> float:
        return float(plan.is_late[settled & chosen].mean())

    short = Agency.objects.get(code="H32.22402").pk
    assert share(plan.competent == short) > 1.6 * share(plan.level == 1)
    assert share(plan.fate == 8) > 1.4 * share(plan.fate == 0)


def test_the_rest_is_settled_when_asked(made):
    loading.simulate(
        quarter="2025Q4", seed=3, dossiers=90, settle_rest=True, processes=1, progress=Quiet()
    )
    later = Dossier.objects.filter(
        filed_at__gte=datetime.combine(date(2025, 10, 1), time.min, VIETNAM)
    )

    assert later.filter(accepted_at__isnull=False).count() == 90
    assert not later.filter(ended_at__isnull=True).exists()
    assert later.filter(state="returned").count() > 70
    assert trail.verify().is_whole


class Pulled(Exception):
    """The plug was pulled."""


def test_an_interrupted_quarter_goes_on_and_doubles_nothing(made, monkeypatch):
    write, count = work._of_agency, 0

    def until_the_plug_is_pulled(*given: object) -> int:
        nonlocal count
        count += 1
        if count > 25:
            raise Pulled
        return write(*given)

    asked = {"quarter": "2026Q1", "seed": 2, "dossiers": 120, "processes": 1}
    with monkeypatch.context() as patched:
        patched.setattr(work, "_of_agency", until_the_plug_is_pulled)
        with pytest.raises(Pulled):
            loading.simulate(**asked, progress=Quiet())
    new = Dossier.objects.filter(filed_at__gte=datetime.combine(date(2026, 1, 1), time(), VIETNAM))
    half, absent = set(new.values_list("code", flat=True)), Absence.objects.count()
    assert len(half) > 20
    with pytest.raises(journal.Unfinished, match="--seed 2 --dossiers 120"):
        loading.simulate(**{**asked, "seed": 3}, progress=Quiet())

    found = loading.simulate(**asked, progress=Quiet())

    codes = list(new.values_list("code", flat=True))
    assert half < set(codes)
    assert len(codes) == len(set(codes)) == found.dossiers
    assert new.filter(accepted_at__isnull=False).count() == found.received == 120
    assert Absence.objects.count() == absent
    facts = FactRow.objects.filter(stream__in=[row.stream for row in new])
    assert facts.count() == found.facts
    slips = HandOver.objects.filter(made_at__year=2026)
    assert {item.slip_id for item in HandOverItem.objects.filter(dossier__in=new)} <= {
        slip.pk for slip in slips
    }
    assert trail.verify().is_whole
    assert journal.unfinished("2026Q1") is None
    with pytest.raises(AlreadyThere):
        loading.simulate(**asked, progress=Quiet())


def test_a_plan_that_is_another_is_not_gone_on_with(made):
    plan = work.decide(_order(8)).plan
    begun = events.SliceBegun(
        quarter="2027Q1", number=0, plan=journal.digest_of(plan), slip_key=1,
        slip_numbers=("H32.01.01 7",),
    )  # fmt: skip
    journal.check_plan(begun, plan)
    assert journal.slips_before(begun) == (("H32.01.01", 7),)
    plan.officer[3] += 1
    with pytest.raises(journal.Unfinished):
        journal.check_plan(begun, plan)
