"""What everybody may read: masked words and chosen pictures, shown, taken off, published or kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.feedback import events, refusals
from motcua.feedback.models import Case
from motcua.feedback.rules.states import Act
from motcua.feedback.services import core, photos
from motcua.kernel import personal
from motcua.kernel.codes import normal_phone
from motcua.kernel.personal import mask
from motcua.kernel.text import fold, nfc, squeeze

_HARD = frozenset(
    {personal.IDENTITY, personal.PHONE, personal.EMAIL, personal.ACCOUNT, personal.DOSSIER}
)


@dataclass(frozen=True)
class Masked:
    """What would be published: the machine's masking, for a moderator to read and correct."""

    title: str
    text: str
    answer: str


def masked(*, case: Case) -> Masked:
    """Return title, text and answer with personal data hidden, as the form starts from.

    Source: 91/2025/QH15 (what is published tells nothing of persons).
    """
    known = _known_names(case)
    return Masked(*(mask(part, names=known).text for part in (case.title, case.text, case.answer)))


def _known_names(case: Case) -> list[str]:
    sender = str((case.sender or {}).get("name", ""))
    concerned = case.about_account.name if case.about_account else ""
    return [name for name in (sender, concerned) if name]


@core.act
def show(
    *,
    code: str,
    by: Actor,
    at: datetime,
    public_title: str = "",
    public_text: str = "",
    photo_ids: Sequence[int] = (),
    expected: int | None = None,
) -> Case:
    """Put a case that is being worked on onto the public map and list, in masked words.

    Blank words: the machine's masking is taken as it is.
    Raises Invisible: personal data still stands in the words. Raises as every act.
    Source: 20/2008/NĐ-CP Điều 19; 91/2025/QH15.
    """
    case = core.locked(code, Act.SHOW, by=by, expected=expected)
    made = masked(case=case)
    _word(case, public_title or made.title, public_text or made.text, "")
    case.shown_at = at
    photos.open_to_all(case=case, photo_ids=photo_ids)
    fact = events.CaseShown(code=code, photos=len(photo_ids))
    changed = ["shown_at", "public_title", "public_text", "public_answer"]
    core.finish(case, fact, by=by, at=at, changed=changed)
    return case


@core.act
def hide(*, code: str, reason: str, by: Actor, at: datetime, expected: int | None = None) -> Case:
    """Take a case off the public pages.

    Raises ReasonMissing and as every act.
    Source: 91/2025/QH15.
    """
    case = core.locked(code, Act.HIDE, by=by, expected=expected)
    case.shown_at = None
    photos.open_to_all(case=case, photo_ids=())
    fact = events.CaseHidden(code=code, reason=core.need_reason(reason))
    core.finish(case, fact, by=by, at=at, changed=["shown_at"])
    return case


@core.act
def publish(
    *,
    code: str,
    by: Actor,
    at: datetime,
    public_title: str = "",
    public_text: str = "",
    public_answer: str = "",
    photo_ids: Sequence[int] = (),
    expected: int | None = None,
) -> Case:
    """Publish report and answer in masked words, with the chosen pictures of before and after.

    Raises Invisible: personal data still stands in the words. Raises as every act.
    Source: 20/2008/NĐ-CP Điều 14, Điều 19; 766/QĐ-TTg mục 5.2 (within two working days).
    """
    case = core.locked(code, Act.PUBLISH, by=by, expected=expected)
    made = masked(case=case)
    _word(case, public_title or made.title, public_text or made.text, public_answer or made.answer)
    photos.open_to_all(case=case, photo_ids=photo_ids)
    is_late = core.end(case, at=at, outcome="published")
    case.shown_at = case.shown_at or at
    case.published_at = at
    changed = _after(case, Act.PUBLISH, at)
    fact = events.CasePublished(code=code, photos=len(photo_ids), is_late=is_late)
    changed += ["shown_at", "published_at", "public_title", "public_text", "public_answer"]
    core.finish(case, fact, by=by, at=at, changed=changed)
    return case


@core.act
def withhold(
    *, code: str, reason: str, by: Actor, at: datetime, expected: int | None = None
) -> Case:
    """Leave the answer between agency and sender, with the reason: it is about persons, say.

    Raises ReasonMissing and as every act.
    Source: 91/2025/QH15; 20/2008/NĐ-CP Điều 19.
    """
    case = core.locked(code, Act.WITHHOLD, by=by, expected=expected)
    said = core.need_reason(reason)
    is_late = core.end(case, at=at, outcome="withheld")
    case.shown_at = None
    photos.open_to_all(case=case, photo_ids=())
    changed = _after(case, Act.WITHHOLD, at)
    fact = events.CaseWithheld(code=code, reason=said, is_late=is_late)
    core.finish(case, fact, by=by, at=at, changed=[*changed, "shown_at"])
    return case


def _after(case: Case, act: Act, at: datetime) -> list[str]:
    """Move on; who rated before is not asked to again."""
    case.close_on = at + timedelta(days=core.numbers(at).rating_days)
    changed = core.move(case, act)
    if case.rating is not None:
        case.state = Case.State.RATED
    return [*changed, "close_on"]


def _word(case: Case, title: str, text: str, answer: str) -> None:
    words = [squeeze(title)[:120], nfc(text).strip(), nfc(answer).strip()]
    left = [said for part in words[:2] for said in _personal(case, part, _HARD)]
    left += _personal(case, words[2], _HARD - {personal.PHONE})
    if left:
        raise refusals.Invisible(
            _("Còn thông tin cá nhân trong nội dung công khai: %s.") % ", ".join(left[:3])
        )
    if not words[0] or not words[1]:
        raise refusals.Invisible(_("Nội dung công khai không được để trống."))
    case.public_title, case.public_text, case.public_answer = words


def _personal(case: Case, words: str, kinds: frozenset[str]) -> list[str]:
    """Find what may in no case be published; an answer may name the telephone of an office."""
    known = {fold(name) for name in _known_names(case)}
    phone = str((case.sender or {}).get("phone", ""))
    found = mask(words, names=_known_names(case)).found
    return [
        one.text
        for one in found
        if one.kind in kinds or fold(one.text) in known or normal_phone(one.text) == phone != ""
    ]
