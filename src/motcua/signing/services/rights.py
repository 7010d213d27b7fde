"""Whether this hand may put this signature on this paper."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from motcua.directory.actor import Actor, PostRef
from motcua.directory.models import Post
from motcua.documents.models import File
from motcua.signing import rules
from motcua.signing.models import Kind, Signature
from motcua.signing.refusals import NotMade, NotSignedYet

if TYPE_CHECKING:
    from motcua.signing.services.pen import Pen


def check(*, pen: "Pen", file: File, made: list[Signature]) -> None:
    """Refuse a seal on what the agency may not seal.

    Raises NotSignedYet: the competent person has not signed. Raises NotMade: no copy of its own.
    Source: 30/2020/NĐ-CP Điều 32 khoản 2.
    """
    earlier = [as_made(row=row) for row in made]
    if pen.kind == Kind.AGENCY and not rules.is_signed_by_competent(
        earlier, agency_id=pen.agency_id
    ):
        raise NotSignedYet(
            _(
                "Văn thư chỉ ký số của cơ quan lên văn bản đã được người có thẩm quyền của cơ quan"
                " ký số. Tài liệu này chưa có chữ ký đó."
            )
        )
    if pen.kind in {Kind.COPY, Kind.ATTACHMENT} and not rules.is_made_here(
        earlier, agency_id=pen.agency_id, maker_agencies=_agencies_of(file.uploaded_by)
    ):
        raise NotMade(
            _("Văn thư chỉ ký bản sao do chính cơ quan thực hiện. Tài liệu này từ nơi khác.")
        )


def as_made(*, row: Signature) -> rules.Made:
    """Return a signature as the rules see it."""
    return rules.Made(
        kind=row.kind, account_id=row.account_id, role=row.role, agency_id=row.agency_id
    )


def post_of(by: Actor, *, agency_id: int) -> PostRef | None:
    """Return the post in which somebody signs: the competent one first."""
    competent = by.post_for(*rules.COMPETENT, agency_id=agency_id)
    return competent or next((post for post in by.posts if post.agency_id == agency_id), None)


def _agencies_of(actor_key: str) -> frozenset[int]:
    kind, _colon, number = actor_key.partition(":")
    if kind != "account" or not number.isdigit():
        return frozenset()
    return frozenset(
        Post.objects.filter(account_id=int(number)).values_list("agency_id", flat=True)
    )
