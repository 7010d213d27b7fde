"""What the nine indices are scored from: standings, and facts of opinions, contacts, complaints."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from motcua.directory.models import Account
from motcua.directory.queries import cards
from motcua.feedback.rules.ratings import LOW
from motcua.kernel.text import fold
from motcua.ledger.models import FactRow
from motcua.reporting.forms import scoring
from motcua.reporting.forms.scoring import Points, Scored
from motcua.reporting.forms.sheet import Sheet
from motcua.reporting.index766 import procedures
from motcua.reporting.models import Standing
from motcua.reporting.queries.counts import counts_of
from motcua.reporting.queries.scope import CENTRES
from motcua.reporting.rules import Period

BACK = timedelta(days=400)
OF_DOSSIERS = (1, 2, 3, 4, 6, 7)
_POINTS = {"early": 2, "on_time": 1, "late": 0}
_OPINIONS = ("dossier.opinion_asked", "dossier.opinion_given", "dossier.opinion_silent")
_DROPPED = ("feedback.refused", "feedback.referred", "feedback.merged")
_ENDED = "dossier.correction_opened"
_INFORMATION = "information"
_NOTES = (
    "Chỉ tính từ dữ kiện trong hệ thống; chỉ số không có hồ sơ nào để tính ghi N/A, không ước đoán.",
    (
        "Chỉ số 3 không tính lần bổ sung đầu do hồ sơ nộp thiếu; tính lần yêu cầu thêm, yêu cầu do"
        " lỗi dữ liệu của cơ quan, và kết quả phải sửa. Chỉ số 4: Bộ phận Một cửa khi phải bổ sung,"
        " và cơ quan thuế nếu phải đến nộp tiền."
    ),
)
_AGENCY_NOTES = (
    (
        "Chỉ số 5: điểm 2 đòi thẩm định, phê duyệt ngay tại Bộ phận Một cửa, chưa có sự kiện nào ghi"
        " việc ấy nên cao nhất là 1."
    ),
    (
        "Chỉ số 6 chấm từng hồ sơ: 1 điểm khi thủ tục đã công khai điện tử đủ bộ phận lúc nộp; điểm"
        " thứ hai cần niêm yết, chưa có sự kiện nào ghi. Mỗi đánh giá không hài lòng về thông tin thủ"
        " tục bớt điểm của một hồ sơ."
    ),
    (
        "Chỉ số 8: không có phản ánh, kiến nghị thì 2 điểm. Chỉ số 9: có hồ sơ trực tuyến quá hạn thì"
        " 0 điểm (Điều 13 khoản 8, 9)."
    ),
)


@dataclass
class Marks:
    """How many dossiers got how many points in each index that is scored by dossier."""

    dossiers: int = 0
    points: dict[int, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, points: Mapping[int, int | None]) -> None:
        """Count a dossier under its points in each index; None is known of nobody."""
        self.dossiers += 1
        for index, value in points.items():
            if value is not None:
                self.points[index][value] += 1

    def of(self, index: int) -> Points:
        """Return the points of an index."""
        found = self.points.get(index, Counter())
        return Points(found[2], found[1], found[0])


@dataclass(frozen=True)
class _Special:
    """What facts say of one dossier beyond its class."""

    opinion: int | None = None
    contacts: int = 0
    offices: int = 0
    complained: bool = False


@dataclass(frozen=True)
class Marked:
    """One dossier with its points by index, whose it is and who had it."""

    dossier_id: int
    competent_id: int
    officer_id: int | None
    points: Mapping[int, int | None]


def agencies(head: Sheet, period: Period) -> Sheet:
    """Return the scores of every agency that settled dossiers in a period.

    Source: 01/2018/TT-VPCP Điều 13, 14, 15.
    """
    rubric = scoring.rubric_on(period.last)
    marks: dict[int, Marks] = defaultdict(Marks)
    for one in marked(period):
        marks[one.competent_id].add(one.points)
    told = of_agencies(period)
    scored = []
    for key, own in marks.items():
        card = cards.card(key)
        values: dict[int, float | None] = {index: own.of(index).value for index in (1, 2, 3, 4, 7)}
        about = told.get(card.id, Agency())
        values[5] = scoring.of_one_stop(about.one_stop)
        values[6] = scoring.without(own.of(6), about.misinformed).value
        values[8] = scoring.of_feedback(about.feedback, rubric.feedback)
        values[9] = scoring.of_online(about.online, rubric, late=about.online_late)
        scored.append(Scored(card.code, card.name, own.dossiers, values))
    ordered = sorted(scored, key=lambda one: fold(one.name))
    return replace(scoring.agencies(head, ordered, rubric), notes=(*_NOTES, *_AGENCY_NOTES))


def officers(
    head: Sheet, period: Period, *, agency: cards.AgencyCard | None, only: int | None
) -> Sheet:
    """Return the scores of the officers of an agency; `only` one of them, for the own line.

    Source: 01/2018/TT-VPCP Điều 13, 14, 15.
    """
    rubric = scoring.rubric_on(period.last)
    marks: dict[int, Marks] = defaultdict(Marks)
    for one in marked(period, agency=agency):
        if one.officer_id is not None and only in (None, one.officer_id):
            marks[one.officer_id].add(one.points)
    names = dict(Account.objects.filter(pk__in=marks).values_list("pk", "name"))
    scored = [
        Scored(
            str(key),
            names.get(key, f"Tài khoản {key}"),
            own.dossiers,
            {index: own.of(index).value for index in rubric.officer_indexes},
        )
        for key, own in marks.items()
    ]
    ordered = sorted(scored, key=lambda one: fold(one.name))
    return replace(scoring.officers(head, ordered, rubric), notes=_NOTES)


def marked(
    period: Period, *, agency: cards.AgencyCard | None = None, officer_id: int | None = None
) -> Iterator[Marked]:
    """Give every dossier that was settled in a period, with its points by index.

    Source: 01/2018/TT-VPCP Điều 13 khoản 1, 2, 3, 4, 6, 7; Điều 14 khoản 1.
    """
    ended = Standing.objects.filter(
        accepted_at__isnull=False, ended_at__gte=period.start, ended_at__lt=period.until,
        ended_class__in=tuple(_POINTS),
    )  # fmt: skip
    if agency is not None:
        ended = ended.filter(competent_id=agency.id)
    if officer_id is not None:
        ended = ended.filter(officer_id=officer_id)
    special, rubric = _specials(period), scoring.rubric_on(period.last)
    rows = ended.values_list(
        "dossier_id", "competent_id", "officer_id", "ended_class", "version_id"
    )
    for key, competent, officer, ended_class, version in rows.iterator(chunk_size=20000):
        points = _points(_POINTS[ended_class], special.get(key, _PLAIN))
        published = procedures.is_published_whole(version)
        points[6] = None if published is None else rubric.published_points * published
        yield Marked(key, competent, officer, points)


_PLAIN = _Special()


def _points(points: int, special: _Special) -> dict[int, int | None]:
    return {
        1: points,
        2: points if special.opinion is None else min(points, special.opinion),
        3: 2 - min(special.contacts, 2),
        4: 2 - min(special.offices, 2),
        7: 0 if special.complained else points,
    }


def _specials(period: Period) -> dict[int, _Special]:
    opinions, (contacts, asked) = _opinions(period), _contacts(period)
    offices, complained = _offices(period), complained_of(period)
    keys = {*opinions, *contacts, *asked, *offices, *complained}
    return {
        key: _Special(
            opinions.get(key),
            contacts[key],
            min(asked[key], 1) + offices[key],
            key in complained,
        )
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


def _contacts(period: Period) -> tuple[Counter[int], Counter[int]]:
    """Count contacts that were not the applicant's fault, and all supplements asked for."""
    asked: Counter[int] = Counter()
    found: Counter[int] = Counter()
    for stream, kind, _at, body in _facts(period, "dossier.supplement_requested", _ENDED):
        key = _number(stream)
        is_ours = bool(body.get("database_failed") or body.get("store_wrong"))
        if kind == _ENDED or asked[key] or is_ours:
            found[key] += 1
        asked[key] += kind != _ENDED
    return found, asked


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


def complained_of(period: Period) -> set[int]:
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


@dataclass
class Agency:
    """What indices 5, 6, 8 and 9 of one agency are scored from.

    `received`, `at_desk`: dossiers, and those of them taken in at a one-stop desk; `misinformed`: low
    ratings because of wrong or missing information; `settled`, `in_time`: feedback.
    """

    received: int = 0
    at_desk: int = 0
    filed_online: int = 0
    online_late: int = 0
    misinformed: int = 0
    settled: int = 0
    in_time: int = 0
    cases: list[tuple[str, bool]] = field(default_factory=list)

    @property
    def one_stop(self) -> float | None:
        """The share taken in at a one-stop desk, in per cent."""
        return _share(self.at_desk, self.received)

    @property
    def online(self) -> float | None:
        """The share filed online, in per cent."""
        return _share(self.filed_online, self.received)

    @property
    def feedback(self) -> float | None:
        """The share of feedback settled on time, in per cent."""
        return _share(self.in_time, self.settled)


def of_agencies(period: Period) -> dict[int, Agency]:
    """Return by agency what is scored of the agency itself, not of its dossiers.

    Source: 01/2018/TT-VPCP Điều 13 khoản 5, 6, 8, 9; Điều 14 khoản 2.
    """
    found: dict[int, Agency] = defaultdict(Agency)
    for (key, channel), counts in counts_of(period, by=("competent_id", "channel")).items():
        if channel == "online":
            found[key].filed_online += counts["received"]
            found[key].online_late += counts["late"] + counts["overdue"]
    by = ("competent_id", "receiving_id")
    for (key, receiving), counts in counts_of(period, by=by).items():
        found[key].received += counts["received"]
        if cards.card(receiving).kind in CENTRES:
            found[key].at_desk += counts["received"]
    for stream, kind, at, body in _facts(period, "feedback.approved", "rating.given"):
        card = cards.card_by_code(str(body["agency_code"]))
        if card is None or at < period.start:
            continue
        if kind == "rating.given":
            found[card.id].misinformed += _is_misinformed(body)
        else:
            found[card.id].settled += 1
            found[card.id].in_time += not body["is_late"]
            found[card.id].cases.append((stream.partition(":")[2], bool(body["is_late"])))
    return found


def _is_misinformed(body: Mapping[str, object]) -> bool:
    """Tell whether somebody was not content because the published information was wrong."""
    reasons = body["reasons"]
    is_so = isinstance(reasons, list) and _INFORMATION in reasons
    return is_so and int(str(body["score"])) <= LOW


def _share(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None
