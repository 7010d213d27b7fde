"""Rating a result by its link, a counter by its tablet; a low rating may become feedback."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.directory.actor import PUBLIC
from motcua.directory.queries import cards
from motcua.dossiers.models import Dossier
from motcua.feedback import events, refusals
from motcua.feedback.models import Case, RatedOfficer, Rating
from motcua.feedback.queries import rating as reading
from motcua.feedback.rules import ratings
from motcua.feedback.services import core
from motcua.feedback.services.sending import send
from motcua.kernel.personal import mask
from motcua.kernel.text import squeeze
from motcua.ledger import services as ledger
from motcua.ledger.models import FactRow

# Whose work a result is, by the facts of the dossier.
_PARTS = {
    "dossier.accepted": "reception",
    "dossier.step_done": "appraisal",
    "dossier.supplement_requested": "appraisal",
    "dossier.result_returned": "return",
}
_ENDED = ("result_ready", "returned", "rejected")


@core.act
def rate_result(
    *, token: str, score: int, at: datetime, reasons: Sequence[str] = (), words: str = ""
) -> Rating:
    """Rate the handling of a dossier by the link on its result; once, by whoever holds it.

    Raises NotFound: the link is none of ours, too old, or its dossier has no result yet.
    Raises NotAgain, WrongScore.
    Source: 118/2025/NĐ-CP Điều 30 khoản 2, Điều 31, Điều 33.
    """
    key = reading.dossier_of(token=token)
    dossier = Dossier.objects.select_for_update(of=("self",)).filter(pk=key or 0).first()
    if dossier is None or dossier.state not in _ENDED:
        raise refusals.NotFound(_("Liên kết đánh giá không đúng hoặc hồ sơ chưa có kết quả."))
    if Rating.objects.filter(dossier=dossier).exists():
        raise refusals.NotAgain(_("Hồ sơ này đã được đánh giá, cảm ơn bạn."))
    made = Rating(
        about=Rating.About.RESULT,
        dossier=dossier,
        agency_id=dossier.competent_id,
        is_demo=dossier.owner.is_demo,
        at=at,
    )
    _keep(made, score, reasons, words)
    RatedOfficer.objects.bulk_create(
        RatedOfficer(rating=made, account_id=account_id, part=part)
        for account_id, part in _officers_of(dossier).items()
    )
    return made


def _officers_of(dossier: Dossier) -> dict[int, str]:
    """Who worked on the dossier, by its own facts: the ledger knows, nobody is asked."""
    rows = FactRow.objects.filter(stream=dossier.stream, kind__in=list(_PARTS))
    found: dict[int, str] = {}
    for kind, actor in rows.order_by("seq").values_list("kind", "actor"):
        what, _colon, number = actor.partition(":")
        if what == "account" and number.isdigit():
            found.setdefault(int(number), _PARTS[kind])
    return found


@core.act
def rate_counter(
    *, token: str, score: int, at: datetime, reasons: Sequence[str] = (), words: str = ""
) -> Rating:
    """Rate who serves at a counter, on its tablet.

    Raises NotFound: the tablet is none of ours. Raises WrongScore.
    Source: 118/2025/NĐ-CP Điều 31 khoản 1 điểm b, Điều 33.
    """
    device = reading.device_of(token=token)
    if device is None:
        raise refusals.NotFound(_("Máy đánh giá này chưa được đăng ký."))
    made = Rating(about=Rating.About.COUNTER, device=device, agency_id=device.agency_id, at=at)
    _keep(made, score, reasons, words)
    if device.officer_id:
        RatedOfficer.objects.create(rating=made, account_id=device.officer_id, part="counter")
    return made


def _keep(made: Rating, score: int, reasons: Sequence[str], words: str) -> None:
    if not 1 <= score <= 5:
        raise refusals.WrongScore(_("Hãy chọn một trong năm mức."))
    offered = {
        one.key for one in ratings.reasons(about=made.about, on=timezone.localdate(made.at))
    }
    made.score = score
    made.reasons = [key for key in dict.fromkeys(reasons) if key in offered]
    made.words = mask(squeeze(words)[: ratings.WORDS]).text[: ratings.WORDS]
    made.save(force_insert=True)
    fact = events.RatingGiven(
        about=made.about,
        agency_code=cards.card(made.agency_id).code if made.agency_id else "",
        score=score,
        reasons=tuple(made.reasons),
    )
    ledger.record(fact, stream=made.stream, at=made.at, actor=PUBLIC.key)


@core.act
def make_case(*, rating_id: int, token: str, phone: str, at: datetime, name: str = "") -> Case:
    """Turn a low rating into feedback, on the wish of who gave it; its dossier or counter comes along.

    token: of the result or the tablet, with which it was rated.
    Raises NotFound, NotAgain, WrongScore: the rating is not low or says too little; as `send`.
    Source: 118/2025/NĐ-CP Điều 33 khoản 1 điểm g; rule of the house.
    """
    made = Rating.objects.select_for_update(of=("self",)).filter(pk=rating_id).first()
    if made is None or reading.own_rating(token=token, key=rating_id) is None:
        raise refusals.NotFound(_("Không tìm thấy đánh giá này."))
    if made.became_id is not None:
        raise refusals.NotAgain(_("Đánh giá này đã được gửi thành phản ánh."))
    if not ratings.offers_case(score=made.score, words=made.words):
        raise refusals.WrongScore(_("Chỉ đánh giá thấp có nêu lý do mới chuyển thành phản ánh."))
    case = send(
        text=made.words, by=PUBLIC, at=at, kind="conduct", channel="kiosk" if made.device else "web",
        about_agency=cards.card(made.agency_id).code if made.agency_id else "",
        about_dossier=made.dossier.code if made.dossier else "",
        about_account_id=_whom(made), phone=phone, name=name, is_demo=made.is_demo,
    )  # fmt: skip
    made.became = case
    made.save(update_fields=["became"])
    fact = events.RatingBecameCase(case=case.code)
    ledger.record(fact, stream=made.stream, at=at, actor=PUBLIC.key)
    return case


def _whom(made: Rating) -> int | None:
    """At a counter it is about who sat there; a result has many hands, so it names none."""
    if made.about != Rating.About.COUNTER:
        return None
    return made.officers.values_list("account_id", flat=True).first()
