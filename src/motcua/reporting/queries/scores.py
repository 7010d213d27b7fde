"""What the nine indices are scored from: standings, and facts of opinions, contacts, complaints."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from motcua.directory.models import Account
from motcua.directory.queries import cards
from motcua.ledger.models import FactRow
from motcua.reporting.forms import scoring
from motcua.reporting.forms.scoring import Points, Scored
from motcua.reporting.forms.sheet import Sheet
from motcua.reporting.models import Standing
from motcua.reporting.queries.counts import counts_of
from motcua.reporting.rules import Period

BACK = timedelta(days=400)
_POINTS = {"early": 2, "on_time": 1, "late": 0}
_OPINIONS = ("dossier.opinion_asked", "dossier.opinion_given", "dossier.opinion_silent")
_DROPPED = ("feedback.refused", "feedback.referred", "feedback.merged")
_ENDED = "dossier.correction_opened"
_NOTES = (
    "Chỉ tính từ dữ kiện trong hệ thống; chỉ số không có dữ kiện ghi N/A, không ước đoán.",
    (
        "Chỉ số 3 không tính lần bổ sung đầu do hồ sơ nộp thiếu; tính lần yêu cầu thêm, yêu cầu do"
        " lỗi dữ liệu của cơ quan, và kết quả phải sửa. Chỉ số 4: nơi nộp, và cơ quan thuế nếu phải"
        " đến nộp tiền."
    ),
)


@dataclass
class Marks:
    """How many dossiers got how many points in indices 1, 2, 3, 4 and 7."""

    dossiers: int = 0
    points: dict[int, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, index: int, points: int | None, count: int = 1) -> None:
        """Count dossiers under their points; None is known of nobody."""
        if points is not None:
            self.points[index][points] += count

    def value(self, index: int) -> float | None:
        """Return the value of an index, None where nothing is known."""
        found = self.points.get(index, Counter())
        return Points(found[2], found[1], found[0]).value


@dataclass(frozen=True)
class _Special:
    """What facts say of one dossier beyond its class."""

    opinion: int | None = None
    contacts: int = 0
    agencies: int = 1
    complained: bool = False


def agencies(head: Sheet, period: Period) -> Sheet:
    """Return the scores of every agency that settled dossiers in a period.

    Source: 01/2018/TT-VPCP Điều 13, 14, 15.
    """
    rubric = scoring.rubric_on(period.last)
    marks = _marks(period, by="competent_id")
    feedback, desks = _feedback_on_time(period), _at_one_stop(period)
    scored = []
    for (key,), counts in counts_of(period, by=("competent_id",)).items():
        card, own = cards.card(key), marks.get(key)
        if own is None or not own.dossiers:
            continue
        online = _share(counts["online"], counts["received"])
        values: dict[int, float | None] = {index: own.value(index) for index in (1, 2, 3, 4)}
        values[5] = scoring.of_share(desks.get(card.id), rubric.one_stop)
        values[6] = None
        values[7] = own.value(7)
        values[8] = scoring.of_share(feedback.get(card.code), rubric.feedback)
        values[9] = scoring.of_share(online, rubric.online)
        scored.append(Scored(card.code, card.name, own.dossiers, values))
    ordered = sorted(scored, key=lambda one: one.name)
    return replace(scoring.agencies(head, ordered, rubric), notes=_NOTES)


def officers(
    head: Sheet, period: Period, *, agency: cards.AgencyCard | None, only: int | None
) -> Sheet:
    """Return the scores of the officers of an agency; `only` one of them, for the own line.

    Source: 01/2018/TT-VPCP Điều 13, 14, 15.
    """
    rubric = scoring.rubric_on(period.last)
    marks = _marks(period, by="officer_id", agency=agency)
    wanted = {key for key in marks if key is not None and only in (None, key)}
    names = dict(Account.objects.filter(pk__in=wanted).values_list("pk", "name"))
    scored = [
        Scored(
            str(key),
            names.get(key, f"Tài khoản {key}"),
            marks[key].dossiers,
            {index: marks[key].value(index) for index in rubric.officer_indexes},
        )
        for key in wanted
    ]
    ordered = sorted(scored, key=lambda one: one.name)
    return replace(scoring.officers(head, ordered, rubric), notes=_NOTES)


def _marks(
    period: Period, *, by: str, agency: cards.AgencyCard | None = None
) -> dict[int | None, Marks]:
    ended = Standing.objects.filter(
        accepted_at__isnull=False, ended_at__gte=period.start, ended_at__lt=period.until,
        ended_class__in=tuple(_POINTS),
    )  # fmt: skip
    if agency is not None:
        ended = ended.filter(competent_id=agency.id)
    special = _specials(period)
    found: dict[int | None, Marks] = defaultdict(Marks)
    for key, ended_class, who in ended.values_list("dossier_id", "ended_class", by):
        _score(found[who], _POINTS[ended_class], special.get(key, _PLAIN))
    return found


_PLAIN = _Special()


def _score(marks: Marks, points: int, special: _Special) -> None:
    marks.dossiers += 1
    marks.add(1, points)
    marks.add(2, points if special.opinion is None else min(points, special.opinion))
    marks.add(3, 2 - min(special.contacts, 2))
    marks.add(4, 2 - min(special.agencies - 1, 2))
    marks.add(7, 0 if special.complained else points)


def _specials(period: Period) -> dict[int, _Special]:
    opinions, contacts = _opinions(period), _contacts(period)
    offices, complained = _offices(period), _complained(period)
    keys = {*opinions, *contacts, *offices, *complained}
    return {
        key: _Special(opinions.get(key), contacts[key], 1 + offices[key], key in complained)
        for key in keys
    }


def _facts(period: Period, *kinds: str) -> Iterable[tuple[str, str, datetime, dict[str, object]]]:
    rows = (
        FactRow.objects.filter(kind__in=kinds, at__gte=period.start - BACK, at__lt=period.until)
        .order_by("stream", "seq")
        .values_list("stream", "kind", "at", "body")
    )
    for stream, kind, at, body in rows.iterator(chunk_size=5000):
        yield stream, kind, at, json.loads(body)


def _number(stream: str) -> int:
    return int(stream.partition(":")[2])


def _opinions(period: Period) -> dict[int, int]:
    """Return the least points of the opinions on a dossier: before its day, on it, late or silent."""
    due: dict[tuple[int, str], datetime] = {}
    found: dict[int, int] = {}
    for stream, kind, at, body in _facts(period, *_OPINIONS):
        key, name = _number(stream), str(body.get("agency", ""))
        if kind == _OPINIONS[0]:
            due[key, name] = datetime.fromisoformat(str(body["due_at"]))
            continue
        limit = due.get((key, name))
        points = 0 if kind == _OPINIONS[2] or limit is None or at > limit else 2
        if points and limit is not None and at.date() == limit.date():
            points = 1
        found[key] = min(found.get(key, 2), points)
    return found


def _contacts(period: Period) -> Counter[int]:
    """Count contacts that were not the applicant's fault."""
    asked: Counter[int] = Counter()
    found: Counter[int] = Counter()
    for stream, kind, _at, body in _facts(period, "dossier.supplement_requested", _ENDED):
        key = _number(stream)
        is_ours = bool(body.get("database_failed") or body.get("store_wrong"))
        if kind == _ENDED or asked[key] or is_ours:
            found[key] += 1
        asked[key] += kind != _ENDED
    return found


def _offices(period: Period) -> Counter[int]:
    """Count the tax office, where a financial obligation stopped the clock and was paid in person."""
    owing: Counter[int] = Counter()
    kinds = ("dossier.payment_required", "dossier.payment_confirmed")
    for stream, kind, _at, body in _facts(period, *kinds):
        key = _number(stream)
        if kind == kinds[0] and body.get("pauses_clock"):
            owing[key] = 1
        elif kind == kinds[1] and str(body.get("method")) not in ("cash", "counter"):
            owing[key] = 0
    return owing


def _complained(period: Period) -> set[int]:
    """Return the dossiers that feedback is about, without what was refused or referred."""
    codes: dict[str, str] = {}
    for stream, kind, _at, body in _facts(period, "feedback.sent", *_DROPPED):
        if kind == "feedback.sent" and body.get("dossier"):
            codes[stream] = str(body["dossier"])
        elif kind in _DROPPED:
            codes.pop(stream, None)
    return set(
        Standing.objects.filter(code__in=codes.values()).values_list("dossier_id", flat=True)
    )


def _feedback_on_time(period: Period) -> dict[str, float]:
    """Return each agency's share of feedback settled on time, in per cent."""
    good: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for _stream, _kind, at, body in _facts(period, "feedback.approved"):
        if at >= period.start:
            code = str(body["agency_code"])
            whole[code] += 1
            good[code] += not body["is_late"]
    return {code: 100 * good[code] / whole[code] for code in whole}


def _at_one_stop(period: Period) -> Mapping[int, float]:
    """Return which share of each agency's dossiers came in at a one-stop desk, in per cent."""
    good: Counter[int] = Counter()
    whole: Counter[int] = Counter()
    pairs = Standing.objects.filter(
        accepted_at__gte=period.start, accepted_at__lt=period.until
    ).values_list("competent_id", "receiving_id")
    for competent, receiving in pairs.iterator(chunk_size=20000):
        whole[competent] += 1
        good[competent] += cards.card(receiving).kind in ("centre", "support_point")
    return {key: 100 * good[key] / whole[key] for key in whole}


def _share(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None
