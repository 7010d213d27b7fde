"""The result document before it is issued: drafted, and signed by the competent person."""

import io
import unicodedata
from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.directory.actor import Actor, PostRef
from motcua.documents import services as documents
from motcua.documents.models import File
from motcua.documents.papers import results as press
from motcua.documents.papers import wordings
from motcua.documents.papers.wordings import Blank, Wording
from motcua.dossiers import events, refusals
from motcua.dossiers.models import Dossier, Result, ResultDraft
from motcua.dossiers.queries import copy_terms
from motcua.dossiers.queries import results as queries
from motcua.dossiers.rules.states import Act
from motcua.dossiers.services import copy_register, core, seals


@core.act
def prepare_result(
    *,
    code: str,
    by: Actor,
    at: datetime,
    wording: str = "",
    filled: Mapping[str, str] | None = None,
    expected: int | None = None,
) -> ResultDraft:
    """Write or change the result document: its wording, and the blanks that may be edited.

    Raises NotOffered: no such wording for this procedure and outcome. Raises Misstated: a blank is
    not to be edited, or too long. Raises AlreadySigned.
    Source: 118/2025/NĐ-CP Điều 19 khoản 3; 30/2020/NĐ-CP Điều 10.
    """
    dossier = core.locked(code, Act.DRAFT_RESULT, by=by, expected=expected)
    draft = queries.draft_of_result(dossier) or ResultDraft(dossier=dossier)
    if draft.is_signed:
        raise refusals.AlreadySigned(
            _("Văn bản đã có chữ ký số của người có thẩm quyền nên không sửa được nữa.")
        )
    chosen = _chosen(dossier, draft, wording, at)
    kept = draft.filled if draft.wording == chosen.key else {}
    draft.wording = chosen.key
    draft.filled = {**kept, **checked(wording=chosen, filled=filled or {})}
    draft.edited_at, draft.edited_by = at, by.name
    draft.save()
    fact = events.ResultDrafted(code=code, wording=chosen.key)
    core.finish(dossier, fact, by=by, at=at, agency_id=dossier.competent_id)
    return draft


def _chosen(dossier: Dossier, draft: ResultDraft, key: str, at: datetime) -> Wording:
    on = timezone.localdate(at)
    if not key:
        return queries.wording_of(dossier, draft, on=on)
    found = next((one for one in queries.wordings_for(dossier, on=on) if one.key == key), None)
    if found is None:
        raise refusals.NotOffered(
            _("Thủ tục này không dùng mẫu văn bản kết quả đó."), field="wording"
        )
    return found


def checked(*, wording: Wording, filled: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed into blanks, made plain text.

    Raises Misstated: the blank does not exist, is fixed, or does not hold so much.
    Source: rule of the house (a template's fixed words and the dossier's own data stay as they are).
    """
    return {key: _fitting(wording.blank(key), key, said) for key, said in filled.items()}


def _fitting(blank: Blank | None, key: str, said: str) -> str:
    if blank is None or blank.fixed:
        raise refusals.Misstated(_("Ô này của mẫu không được sửa."), field=key)
    text = "\n".join(" ".join(line.split()) for line in _plain(said).split("\n")).strip()
    if blank.kind != "text":
        text = " ".join(text.split())
    if len(text) > blank.most_chars:
        raise refusals.Misstated(
            _("“%(label)s” dài %(chars)d ký tự, tối đa %(most)d.")
            % {"label": blank.label, "chars": len(text), "most": blank.most_chars},
            field=key,
        )
    return text


def _plain(text: str) -> str:
    """Leave out what no paper shows: control characters and marks that turn the writing round."""
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf"))


def sign_result(
    *, dossier: Dossier, post: PostRef | None, hand: seals.Hand, by: Actor, at: datetime
) -> ResultDraft:
    """Draw the decided document and put the personal signature on it; the caller holds the lock.

    The document is kept: from here on nothing in it changes but number and date.
    Raises Incomplete: a blank that must be filled is empty; and what signing raises. Then nothing
    has happened.
    Source: 30/2020/NĐ-CP Điều 13, Điều 32; 118/2025/NĐ-CP Điều 22 khoản 1.
    """
    seals.check_seal(agency_id=dossier.competent_id)
    draft = queries.draft_of_result(dossier) or ResultDraft(dossier=dossier)
    wording = queries.wording_of(dossier, draft, on=timezone.localdate(at))
    values = filled_values(dossier=dossier, draft=draft, wording=wording, at=at)
    signer = queries.signer_of(post, name=by.name)
    paper = queries.paper_of(dossier, wording, values, signer=signer)
    printed = _drawn(dossier, wording, paper, at)
    file = _signed_by(printed, f"{dossier.code}-du-thao.pdf", dossier, hand, by, at)
    draft.wording, draft.filled = wording.key, values
    draft.edited_at, draft.edited_by = at, by.name
    draft.file, draft.printed_at, draft.signed_at = file, at, at
    draft.signed_by, draft.signed_title = by.name, _title(post, by, dossier)
    draft.save()
    return draft


def sign_issued(
    *, result: Result, post: PostRef | None, hand: seals.Hand, by: Actor, at: datetime
) -> None:
    """Sign a result that is numbered by the same act: number and date are drawn, then signed.

    Raises Incomplete, and what signing raises.
    Source: 30/2020/NĐ-CP Điều 13, Điều 15.
    """
    dossier = result.dossier
    wording = wordings.all_wordings()[result.wording]
    draft = ResultDraft(wording=wording.key, filled=dict(result.filled))
    values = filled_values(dossier=dossier, draft=draft, wording=wording, at=at)
    signer = queries.signer_of(post, name=by.name)
    paper = queries.paper_of(dossier, wording, values, signer=signer, number=result.number)
    printed = _drawn(dossier, wording, paper, at)
    result.file = _signed_by(printed, file_name(number=result.number), dossier, hand, by, at)
    result.filled, result.printed_at = values, at
    result.signed = Result.Signed.PERSONAL
    result.save(update_fields=["file", "filled", "printed_at", "signed"])


def _drawn(
    dossier: Dossier, wording: Wording, paper: press.ResultPaper, at: datetime
) -> press.Printed:
    """Draw the document; a certificate that a copy is true stands behind the scan it is about."""
    printed = press.render_result(wording, paper, at)
    original = copy_terms.original(dossier) if wording.key == wordings.COPY else None
    if original is None:
        return printed
    return copy_register.with_scan(original=original, certificate=printed)


def _signed_by(
    printed: press.Printed, name: str, dossier: Dossier, hand: seals.Hand, by: Actor, at: datetime
) -> File:
    with seals.pen_of(
        hand=hand, kind=seals.PERSONAL, by=by, agency_id=dossier.competent_id, at=at
    ) as pen:
        file = keep_paper(printed.pdf, dossier=dossier, name=name, by=by, at=at)
        return seals.signed(file=file, pen=pen, place=printed.place(press.SIGNER))


def file_name(*, number: str) -> str:
    """Return the name of an issued document's file."""
    return f"{number.replace('/', '-')}.pdf"


def _title(post: PostRef | None, by: Actor, dossier: Dossier) -> str:
    return by.describe(agency_id=post.agency_id if post else dossier.competent_id)[:200]


def filled_values(
    *, dossier: Dossier, draft: ResultDraft | None, wording: Wording, at: datetime
) -> dict[str, str]:
    """Return every blank as it will stand: the dossier's own data, then what was typed.

    Raises Incomplete: a blank that must be filled is empty.
    Source: 118/2025/NĐ-CP Điều 22 khoản 1.
    """
    own = draft.filled if draft and draft.wording == wording.key else {}
    values = queries.values_of(dossier, wording, at=at) | {k: v for k, v in own.items() if v}
    empty = [blank.label for blank in wording.blanks if blank.required and not values[blank.key]]
    if empty:
        raise refusals.Incomplete(
            _("Văn bản kết quả còn thiếu: %s. Hãy soạn đủ rồi ký.") % "; ".join(empty),
            field="pin",
        )
    return values


def unsign(*, dossier: Dossier) -> None:
    """Forget the signed draft of a dossier that goes back; what was typed stays."""
    ResultDraft.objects.filter(dossier_id=dossier.pk).exclude(file=None).update(
        file=None, signed_at=None, signed_by="", signed_title="", printed_at=None
    )


def keep_paper(pdf: bytes, *, dossier: Dossier, name: str, by: Actor, at: datetime) -> File:
    """Keep a document of ours with its dossier.

    Source: 118/2025/NĐ-CP Điều 22 khoản 4.
    """
    return documents.store(
        io.BytesIO(pdf),
        name=name,
        by_key=by.key,
        at=at,
        case_id=dossier.pk,
        component_key=queries.RESULT_COMPONENT,
        source="system",
    )
