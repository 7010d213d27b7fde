"""What one score is made of: each part with its number, and the dossiers behind it."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from motcua.directory.actor import Actor
from motcua.directory.models import Account
from motcua.directory.queries import cards
from motcua.dossiers.queries.visibility import visible_to
from motcua.reporting.forms import scoring
from motcua.reporting.queries import scores
from motcua.reporting.queries.behind import Behind
from motcua.reporting.rules import Period

ALL = 0
WORDS = {
    1: (_("dài hơn thời hạn"), _("bằng thời hạn"), _("ngắn hơn thời hạn")),
    2: (_("có cơ quan xử lý dài hơn thời hạn"), _("có cơ quan xử lý bằng thời hạn, không ai dài hơn"),
        _("mọi cơ quan xử lý ngắn hơn thời hạn")),
    3: (_("hơn một lần phải liên hệ để hoàn thiện hồ sơ"), _("một lần phải liên hệ"),
        _("không phải liên hệ lần nào")),
    4: (_("hơn một cơ quan phải liên hệ"), _("một cơ quan phải liên hệ"),
        _("không phải liên hệ cơ quan nào")),
    6: (_("thủ tục chưa công khai đủ bộ phận"), _("thủ tục công khai điện tử đủ bộ phận"),
        _("thủ tục công khai đủ cả niêm yết và điện tử")),
    7: (_("quá hạn, hoặc có phản ánh, kiến nghị"), _("đúng hạn, không có phản ánh, kiến nghị"),
        _("trước hạn, không có phản ánh, kiến nghị")),
}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One part of a score: so many dossiers (or other things) with so many points.

    `figure`: whose dossiers it opens, as boards name them (those of a `channel` only); "" where
    `points` opens them, or nobody can.
    """

    words: str
    count: int
    points: int | None = None
    figure: str = ""
    channel: str = ""
    opens: bool = False


@dataclass(frozen=True)
class Parts:
    """A score with all its parts; `cases`: codes of feedback, each with whether it was late."""

    index: int
    value: float | None
    parts: tuple[Part, ...]
    cases: tuple[tuple[str, bool], ...] = ()


def of_agency(period: Period, agency: cards.AgencyCard, index: int) -> Parts:
    """Return the parts of an agency's score.

    Raises KeyError: there is no such index.
    Source: 01/2018/TT-VPCP Điều 13, 14, 15.
    """
    about = scores.of_agencies(period).get(agency.id, scores.Agency())
    if index in _OF_AGENCY:
        return _OF_AGENCY[index](about, scoring.rubric_on(period.last))
    points, parts = _by_points(index, _counted(period, index, agency=agency))
    if index == 6:
        words = _("đánh giá không hài lòng về thông tin thủ tục (ẩn danh, không mở được hồ sơ)")
        parts += (Part(words, about.misinformed),)
        points = scoring.without(points, about.misinformed)
    return Parts(index, points.value, parts)


def _one_stop(about: scores.Agency, _rubric: scoring.Rubric) -> Parts:
    desk = Part(_("trong đó nhận tại Bộ phận Một cửa"), about.at_desk)
    return Parts(5, scoring.of_one_stop(about.one_stop), (_received(about), desk))


def _feedback(about: scores.Agency, rubric: scoring.Rubric) -> Parts:
    parts = (
        Part(_("phản ánh, kiến nghị đã xử lý"), about.settled),
        Part(_("trong đó đúng hạn"), about.in_time),
    )
    value = scoring.of_feedback(about.feedback, rubric.feedback)
    return Parts(8, value, parts, tuple(about.cases))


def _online(about: scores.Agency, rubric: scoring.Rubric) -> Parts:
    online = Part(_("trong đó nộp trực tuyến"), about.filed_online, figure="online")
    late = Part(_("hồ sơ trực tuyến quá hạn, đã hoặc đang giải quyết"), about.online_late,
                figure="late_any", channel="online")  # fmt: skip
    value = scoring.of_online(about.online, rubric, late=about.online_late)
    return Parts(9, value, (_received(about), online, late))


def _received(about: scores.Agency) -> Part:
    return Part(_("hồ sơ tiếp nhận trong kỳ"), about.received, figure="received")


_OF_AGENCY = {5: _one_stop, 8: _feedback, 9: _online}


def of_officer(
    period: Period, officer_id: int, index: int, *, agency: cards.AgencyCard | None
) -> Parts:
    """Return the parts of an officer's score.

    Raises KeyError: there is no such index.
    Source: 01/2018/TT-VPCP Điều 15 khoản 1 điểm a.
    """
    if index not in scoring.rubric_on(period.last).officer_indexes:
        raise KeyError(index)
    counted = _counted(period, index, agency=agency, officer_id=officer_id)
    points, parts = _by_points(index, counted)
    return Parts(index, points.value, parts)


def name_of(officer_id: int) -> str:
    """Return an officer's name, "" of nobody."""
    return Account.objects.filter(pk=officer_id).values_list("name", flat=True).first() or ""


def dossiers(
    period: Period,
    *,
    index: int,
    points: int | None,
    agency: cards.AgencyCard | None,
    officer_id: int | None,
    actor: Actor,
) -> Behind:
    """Return the dossiers with so many points in an index (ALL: every one that was scored).

    Rights apply. Source: 01/2018/TT-VPCP Điều 14 khoản 1.
    """
    keys = [
        one.dossier_id
        for one in scores.marked(period, agency=agency, officer_id=officer_id)
        if index == ALL or one.points.get(index) == points
    ]
    rows = visible_to(actor).filter(pk__in=keys)
    shown = rows.select_related("owner", "competent", "receiving", "turn_agency", "assignee")
    return Behind(shown.order_by("due_at", "pk"), len(keys))


def _counted(
    period: Period,
    index: int,
    *,
    agency: cards.AgencyCard | None,
    officer_id: int | None = None,
) -> Counter[int | None]:
    if index not in WORDS:
        raise KeyError(index)
    told = scores.marked(period, agency=agency, officer_id=officer_id)
    return Counter(one.points.get(index) for one in told)


def _by_points(
    index: int, counted: Counter[int | None]
) -> tuple[scoring.Points, tuple[Part, ...]]:
    words = WORDS[index]
    parts = tuple(Part(words[points], counted[points], points, opens=True) for points in (2, 1, 0))
    return scoring.Points(counted[2], counted[1], counted[0]), parts
