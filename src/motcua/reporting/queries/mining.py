"""Where time goes, from the facts of the dossiers of one procedure.

It reads the facts of those dossiers alone, by their streams (the ledger's own index), of the kinds
that move a dossier; never the dossiers' rows. Which dossiers they are, the standings say.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.db import connection
from django.db.models import Count, Q, Sum

from motcua.directory.models import Post
from motcua.directory.queries import cards
from motcua.directory.queries.calendars import calendar_for
from motcua.reporting.mining import Edge, discover, own
from motcua.reporting.mining.conforming import Conformance, Setting, Stage, chain_of, conform
from motcua.reporting.mining.discovering import Rework, Variant
from motcua.reporting.mining.handing import Matrix, between_agencies, between_posts
from motcua.reporting.mining.log import NONE
from motcua.reporting.mining.own import Case, Facts, FactsGathering, Row
from motcua.reporting.mining.wording import activity, deviation, step_names
from motcua.reporting.mining.working import WorkClock
from motcua.reporting.models import Rollup, Standing
from motcua.reporting.queries.counts import is_live
from motcua.reporting.queries.keeping import kept
from motcua.reporting.rules import Period
from motcua.workflow import queries as workflow
from motcua.workflow.definition import Process
from motcua.workflow.rules import STANDS_IN

MOST_DOSSIERS = 400_000
MOST_SHARE, MOST_VARIANTS, MOST_CODES = 100, 30, 300
_BATCH = 50_000
_DAY, _VIETNAM = 86_400_000_000, 7 * 3_600_000_000  # microseconds
# What is cut out of a body by hand: reading it as JSON costs ten times as much.
_FACTS = """
SELECT d.dossier_id, f.kind, (extract(epoch FROM f.at) * 1000000)::bigint, f.actor, f.post,
       CASE WHEN f.kind = ANY(%(stepped)s)
            THEN split_part(split_part(f.body, '"step":"', 2), '"', 1) ELSE '' END,
       CASE WHEN f.kind IN ('dossier.step_done', 'dossier.step_sent_back')
            THEN split_part(split_part(f.body, '_step":"', 2), '"', 1) ELSE '' END
FROM unnest(%(ids)s::bigint[]) AS d(dossier_id)
JOIN ledger_factrow f ON f.stream = 'dossier:' || d.dossier_id
WHERE f.kind = ANY(%(kinds)s)
ORDER BY d.dossier_id, f.seq
"""


@dataclass(frozen=True)
class Scope:
    """Which dossiers: of a procedure ("" = all), accepted in a period, of an agency (None = all)."""

    procedure: str
    period: Period | None = None
    agency: cards.AgencyCard | None = None


@dataclass(frozen=True)
class Listed:
    """A deviation in words, how many dossiers have it, and the codes of the first of them."""

    kind: str
    words: str
    count: int
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Summary:
    """What the page of a procedure shows; small enough to be kept at hand."""

    dossiers: int
    events: int
    shown: int
    nodes: tuple[tuple[str, int, float], ...]
    edges: tuple[Edge, ...]
    variants: tuple[Variant, ...]
    variant_count: int
    rework: tuple[Rework, ...]
    reworked: int
    stages: tuple[tuple[str, Stage], ...]
    deviations: tuple[Listed, ...]
    checked: int
    conforming: int
    at_once: int
    posts: Matrix
    agencies: Matrix
    returning: frozenset[str] = frozenset()  # the steps at which a result waits to be taken


@dataclass(frozen=True)
class Mined:
    """The facts of a scope, and how its dossiers went beside the approved process."""

    facts: Facts
    conformance: Conformance
    processes: tuple[Process, ...]
    dossiers: int


def procedures(period: Period, *, agency: cards.AgencyCard | None = None) -> list[tuple[str, int]]:
    """Return the procedures of a period with how many dossiers each has, the most first."""
    if period.kind in ("month", "quarter", "year") and (is_live(period) or not period.is_current):
        return _counted(period, agency)
    rows = Standing.objects.filter(accepted_at__gte=period.start, accepted_at__lt=period.until)
    if agency is not None:
        rows = rows.filter(Q(competent_id=agency.id) | Q(receiving_id=agency.id))
    counted = rows.order_by().values_list("procedure_code").annotate(n=Count("dossier_id"))
    return [(code, n) for code, n in counted.order_by("-n", "procedure_code")]


def _counted(period: Period, agency: cards.AgencyCard | None) -> list[tuple[str, int]]:
    """Return the same of whole months, from their counts."""
    rows = Rollup.objects.filter(day__gte=period.first, day__lte=period.last)
    if agency is None:
        rows = rows.filter(grain="q")
    else:
        rows = rows.filter(Q(competent_id=agency.id) | Q(receiving_id=agency.id), grain="p")
    counted = rows.order_by().values_list("procedure_code").annotate(n=Sum("received"))
    return [(code, n) for code, n in counted.order_by("-n", "procedure_code") if n]


def mined(scope: Scope) -> Mined:
    """Return the facts of a scope and how its dossiers went."""
    cases, procedures_of = _cases(scope)
    facts = _facts(cases)
    setting = _setting(facts, procedures_of)
    return Mined(facts, conform(facts, setting), tuple(setting.processes), len(cases))


def summary(scope: Scope, *, share: int = 100) -> Summary:
    """Return what the page shows; the map holds the most frequent paths of `share` per cent.

    Kept for half a minute: whoever asks in it reads the same figures.
    """
    period = scope.period
    span = f"{period.start.timestamp()}:{period.until.timestamp()}" if period else ""
    agency = scope.agency.id if scope.agency else 0
    return kept(
        f"mining:{scope.procedure}:{span}:{agency}:{share}", lambda: _summary(scope, share)
    )


def _summary(scope: Scope, share: int) -> Summary:
    found = mined(scope)
    steps = step_names(found.processes)
    whole = discover(found.facts.log())
    drawn = whole if share >= MOST_SHARE else discover(whole.main_paths(share / MOST_SHARE))
    words = {name: activity(name, steps) for name, _count in whole.activities}
    conformance = found.conformance
    agencies = frozenset(card.name for card in cards.all_cards())
    codes = [case.code for case in found.facts.cases]
    return Summary(
        dossiers=found.dossiers,
        events=whole.events,
        shown=drawn.cases,
        nodes=tuple((words[name], count, place) for name, count, place in drawn.places),
        edges=tuple(
            replace(one, source=words[one.source], target=words[one.target])
            for one in drawn.edges
        ),
        variants=tuple(
            replace(one, path=tuple(words[name] for name in one.path))
            for one in whole.variants[:MOST_VARIANTS]
        ),
        variant_count=len(whole.variants),
        rework=tuple(replace(one, activity=words[one.activity]) for one in whole.rework),
        reworked=whole.reworked_cases,
        stages=tuple((steps.get(one.step, one.step), one) for one in conformance.stages),
        deviations=tuple(
            Listed(one.kind, deviation(one.kind, steps.get(one.step, one.step)), len(one.cases),
                   tuple(codes[case] for case in one.cases[-MOST_CODES:][::-1]))
            for one in conformance.deviations
        ),
        checked=conformance.checked,
        conforming=conformance.conforming,
        at_once=conformance.at_once,
        posts=between_posts(found.facts, agencies),
        agencies=between_agencies(found.facts, agencies),
        returning=frozenset(chain_of(one).hand for one in found.processes if len(one.chain()) > 1),
    )  # fmt: skip


def _cases(scope: Scope) -> tuple[list[Case], list[str]]:
    rows = Standing.objects.exclude(accepted_at=None)
    if scope.procedure:
        rows = rows.filter(procedure_code=scope.procedure)
    if scope.period is not None:
        rows = rows.filter(accepted_at__gte=scope.period.start, accepted_at__lt=scope.period.until)
    if scope.agency is not None:
        at = scope.agency.id
        rows = rows.filter(Q(competent_id=at) | Q(receiving_id=at))
    found = rows.order_by("dossier_id").values_list(
        "dossier_id", "code", "version_id", "competent_id", "receiving_id", "accepted_at",
        "due_at", "ended_at", "procedure_code",
    )[:MOST_DOSSIERS]  # fmt: skip
    cases, codes = [], []
    for key, code, version, competent, receiving, accepted, due, ended, procedure in found:
        cases.append(
            Case(key, code, version, competent, receiving, _micros(accepted), _micros(due),
                 _micros(ended))
        )  # fmt: skip
        codes.append(procedure)
    return cases, codes


def _micros(moment: datetime | None) -> int:
    return NONE if moment is None else int(moment.timestamp() * 1_000_000)


def _facts(cases: list[Case]) -> Facts:
    gathering = FactsGathering()
    place_of = {one.id: place for place, one in enumerate(cases)}
    ids = [one.id for one in cases]
    for start in range(0, len(ids), _BATCH // 10):
        for rows in _read(ids[start : start + _BATCH // 10]):
            gathering.add(rows, place_of)
    return gathering.finish(cases)


def _read(ids: list[int]) -> Iterator[list[Row]]:
    with connection.cursor() as cursor:
        cursor.execute(
            _FACTS, {"ids": ids, "kinds": list(own.KINDS), "stepped": list(own.STEPPED)}
        )
        while rows := cursor.fetchmany(_BATCH):
            yield rows


def _setting(facts: Facts, procedures_of: list[str]) -> Setting:
    """The processes by which these dossiers were to go, their calendars, and who holds what."""
    known: dict[int | None, int] = {}
    processes: list[Process] = []
    numbers: dict[tuple[str, int, int], int] = {}
    process_of = []
    for case, procedure in zip(facts.cases, procedures_of, strict=True):
        key = (procedure, case.version_id, (case.accepted_at + _VIETNAM) // _DAY)
        if key not in numbers:
            day = datetime.fromtimestamp(key[2] * _DAY / 1e6, UTC).date()
            row = workflow.process_for(procedure, case.version_id, on=day)
            if row.pk not in known:
                known[row.pk] = len(processes)
                processes.append(row.process)
            numbers[key] = known[row.pk]
        process_of.append(numbers[key])
    clocks, clock_of = _clocks(facts)
    return Setting(processes, process_of, clocks, clock_of, _roles(facts), _stands_in)


def _clocks(facts: Facts) -> tuple[list[WorkClock], list[int]]:
    if not len(facts.time):
        return [], []
    last = max(int(facts.time.max()), max((one.due_at for one in facts.cases), default=0))
    numbers: dict[str, int] = {}
    clocks: list[WorkClock] = []
    of_agency: dict[int, int] = {}
    clock_of = []
    for case in facts.cases:
        if case.competent_id not in of_agency:
            key = cards.card(case.competent_id).calendar_key
            if key not in numbers:
                numbers[key] = len(clocks)
                clocks.append(WorkClock(calendar_for(key), int(facts.time.min()), last))
            of_agency[case.competent_id] = numbers[key]
        clock_of.append(of_agency[case.competent_id])
    return clocks, clock_of


def _roles(facts: Facts) -> dict[str, frozenset[str]]:
    """The roles that each officer of the facts has ever held, by actor."""
    wanted = [int(key.partition(":")[2]) for key in facts.people if key.startswith("account:")]
    roles: dict[str, set[str]] = {}
    for account, role in Post.objects.filter(account__in=wanted).values_list("account_id", "role"):
        roles.setdefault(f"account:{account}", set()).add(role)
    return {who: frozenset(held) for who, held in roles.items()}


def _stands_in(role: str) -> frozenset[str]:
    """The roles that may do the work of one: itself, and whoever stands in for it."""
    return frozenset({role, STANDS_IN.get(role, role)})
