"""Duplicates and followers: many people, one case; each is told how it ends."""

from datetime import datetime

from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.feedback import events, refusals
from motcua.feedback.models import Case, Follower
from motcua.feedback.queries.visibility import visible_to
from motcua.feedback.rules.states import FINAL_STATES, STAGE_OF, Act
from motcua.feedback.services import core


@core.act
def merge(
    *,
    code: str,
    main: str,
    by: Actor,
    at: datetime,
    reason: str = "",
    expected: int | None = None,
) -> Case:
    """Merge a duplicate into the case it repeats: its sender follows that one, its time stands still.

    Raises NotTheSame: the other is itself merged, has ended, or is this one. Raises as every act.
    Source: 118/2025/NĐ-CP Điều 8; rule of the house (same thing, one case).
    """
    _lock_in_order(code, main)
    case = core.locked(code, Act.MERGE, by=by, expected=expected)
    other = visible_to(by).filter(code=main).first()
    if other is None or other.pk == case.pk:
        raise refusals.NotTheSame(_("Không tìm thấy phản ánh chính."))
    if other.state == Case.State.MERGED or other.state in FINAL_STATES:
        raise refusals.NotTheSame(_("Phản ánh chính đã đóng hoặc đã gộp vào phản ánh khác."))
    if case.merged.exists():
        raise refusals.NotTheSame(_("Phản ánh này đang có phản ánh khác gộp vào."))
    if case.state not in STAGE_OF:
        raise refusals.WrongState(_("Phản ánh này không gộp được nữa."))
    case.main, case.state_before = other, case.state
    core.pause(case, at=at, reason=_("gộp vào %s") % other.code)
    changed = [*core.move(case, Act.MERGE), "main", "state_before"]
    fact = events.CaseMerged(code=code, main=main, reason=" ".join(reason.split())[:300])
    core.finish(case, fact, by=by, at=at, changed=changed)
    Follower.objects.get_or_create(
        case=other, own_case=case, defaults={"party_id": case.sender_party_id, "at": at}
    )
    _count(other, case.code, by=by, at=at)
    return case


def _lock_in_order(*codes: str) -> None:
    """Two merges that meet lock the same rows in the same order, so that none waits for ever."""
    rows = Case.objects.select_for_update(of=("self",)).filter(code__in=codes).order_by("pk")
    list(rows.values_list("pk", flat=True))


def _count(main: Case, other: str, *, by: Actor, at: datetime) -> None:
    main.follower_count = Follower.objects.filter(case=main).count()
    fact = events.DuplicateJoined(code=main.code, other=other, followers=main.follower_count)
    core.finish(main, fact, by=by, at=at, changed=["follower_count"])


@core.act
def unmerge(
    *, code: str, reason: str, by: Actor, at: datetime, expected: int | None = None
) -> Case:
    """Take a case out of the one it was merged into: its own time runs on from where it stood.

    Raises ReasonMissing and as every act.
    Source: rule of the house, no decree.
    """
    first = visible_to(by).filter(code=code).values_list("main__code", flat=True).first()
    _lock_in_order(code, first or "")
    case = core.locked(code, Act.UNMERGE, by=by, expected=expected)
    said, main = core.need_reason(reason), case.main
    if main is None:
        raise refusals.NotTheSame(_("Không tìm thấy phản ánh chính."))
    core.resume(case, at=at)
    case.state, case.state_before, case.main = case.state_before, "", None
    fact = events.CaseUnmerged(code=code, main=main.code, reason=said, due_at=core.must_due(case))
    changed = ["state", "state_before", "main", *core.CLOCK]
    core.finish(case, fact, by=by, at=at, changed=changed)
    Follower.objects.filter(case=main, own_case=case).delete()
    _count(main, case.code, by=by, at=at)
    return case


@core.act
def follow(*, code: str, by: Actor, at: datetime) -> Case:
    """Follow a case that everybody may read, to be told how it ends; once each.

    Raises NotFound: it is not public. Raises NotAllowed: nobody has signed in.
    Source: rule of the house, no decree.
    """
    if not by.is_citizen or by.party_id is None:
        raise refusals.NotAllowed(_("Hãy đăng nhập để theo dõi."))
    case = (
        Case.objects.select_for_update(of=("self",))
        .filter(code=code, shown_at__isnull=False)
        .first()
    )
    if case is None:
        raise refusals.NotFound(_("Không có phản ánh công khai nào mang mã này."))
    _row, is_new = Follower.objects.get_or_create(
        case=case, party_id=by.party_id, own_case=None, defaults={"at": at}
    )
    if is_new:
        case.follower_count += 1
        fact = events.CaseFollowed(code=code, followers=case.follower_count)
        core.finish(case, fact, by=by, at=at, changed=["follower_count"])
    return case
