"""Whom a report of conduct is about: a post that moderators name, at first or later on."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.directory.queries import cards
from motcua.directory.queries import people as posts
from motcua.feedback import events, refusals
from motcua.feedback.models import Case
from motcua.feedback.queries import agencies
from motcua.feedback.rules.states import Act
from motcua.feedback.services import core
from motcua.kernel.facts import Fact

NAMED = ("about_account", "about_agency", "inspected_at")
GIVEN = ("agency", "handler", "calendar_key")
NOBODY = 0


def give(case: Case, *, agency: cards.AgencyCard) -> None:
    """Let an agency have the case, timed by its calendar. Raises Concerned: see there."""
    if agencies.is_led_by(agency_id=agency.id, account_id=case.about_account_id):
        above = agencies.superior(agency_id=agency.id)
        raise refusals.Concerned(
            _("Người bị phản ánh lãnh đạo cơ quan này; hãy giao cơ quan cấp trên: %s.")
            % above.name
        )
    case.agency_id, case.handler_id = agency.id, None
    case.calendar_key = agency.calendar_key
    core.retime(case)


def named(case: Case, *, about_post: int | None, at: datetime, reason: str = "") -> list[Fact]:
    """Set whom the case is about; return the fact, none when nothing changes.

    `about_post`: None leaves what there is, 0 takes it away. Raises Misstated: see there.
    """
    if about_post is None:
        return []
    if about_post == NOBODY:
        if case.about_account_id is None:
            return []
        case.about_account_id, case.inspected_at = None, None
        return [events.OfficerNamed(code=case.code, officer="", post="", reason=reason)]
    post = posts.current_post(about_post, on=timezone.localdate(at))
    if post is None:
        raise refusals.Misstated(_("Hãy chọn một vị trí đang có người giữ."), field="about_post")
    if (post.account_id, post.agency_id) == (case.about_account_id, case.about_agency_id):
        return []
    case.about_account_id, case.about_agency_id = post.account_id, post.agency_id
    case.inspected_at = None
    words = f"{post.title or post.get_role_display()}, {post.agency.name}"
    return [
        events.OfficerNamed(
            code=case.code, officer=f"account:{post.account_id}", post=words[:200], reason=reason
        )
    ]


@core.act
def name_officer(
    *,
    code: str,
    about_post: int,
    reason: str,
    by: Actor,
    at: datetime,
    expected: int | None = None,
) -> Case:
    """Set right whom a case is about; who is named has no more part in it.

    Whoever handled it is named: the case waits for another officer, a draft is written anew. Who
    leads the agency that has it is named: the level above gets it. 0 as `about_post`: nobody.
    Raises Misstated, ReasonMissing, Concerned: the level above is led by the same; as every act.
    Source: 118/2025/NĐ-CP Điều 5 khoản 1, Điều 8; rule of the house: nobody judges their own case.
    """
    case = core.locked(code, Act.NAME_OFFICER, by=by, expected=expected)
    said = core.need_reason(reason)
    facts = named(case, about_post=about_post, at=at, reason=said)
    if not facts:
        raise refusals.Misstated(_("Hãy chọn người khác với hiện tại."), field="about_post")
    changed = [*core.move(case, Act.NAME_OFFICER), *NAMED, *GIVEN]
    about, held = case.about_account_id, case.agency_id
    if held and agencies.is_led_by(agency_id=held, account_id=about):
        facts += _raised(case, held)
    elif about is not None and about == case.handler_id:
        case.handler_id = None
        case.state = "in_progress" if case.state == "answered" else case.state
    core.write(case, facts, by=by, at=at, changed=changed)
    return case


def _raised(case: Case, agency_id: int) -> list[Fact]:
    above = agencies.superior(agency_id=agency_id)
    give(case, agency=above)
    case.state = "assigned"
    return [
        events.CaseAssigned(
            code=case.code, agency=above.name, agency_code=above.code,
            due_at=core.must_due(case), is_final=False,
        )
    ]  # fmt: skip
