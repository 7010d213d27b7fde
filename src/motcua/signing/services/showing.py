"""The visible mark of one signature: whose picture, beside what."""

from typing import IO, TYPE_CHECKING

from motcua.directory.queries import cards
from motcua.signing import queries, rules
from motcua.signing.appearance import looks
from motcua.signing.appearance.stamp import ReadyStyle
from motcua.signing.marks import Mark, Spot
from motcua.signing.models import Kind, Signature

if TYPE_CHECKING:
    from motcua.signing.services.pen import Pen


def shown(
    *, pen: "Pen", document: IO[bytes], made: list[Signature], mark: Mark
) -> tuple[Spot | None, ReadyStyle | None]:
    """Return where the mark goes and how it looks; nothing for an invisible one."""
    if not mark.is_visible:
        return None, None
    if pen.kind == Kind.PERSONAL:
        png = queries.picture_of(account_id=pen.by.account_id)
        hand = looks.Hand(pen.by.name, png)
        return looks.personal(document, hand=hand, mark=mark, at=pen.at)
    png = queries.picture_of(agency_id=pen.agency_id)
    hand = looks.Hand(cards.name_of(pen.agency_id), png)
    if pen.kind == Kind.AGENCY:
        beside = _competent(made, agency_id=pen.agency_id)
        return looks.agency(document, hand=hand, mark=mark, beside=beside, at=pen.at)
    return looks.corner(document, kind=pen.kind.value, hand=hand, mark=mark, at=pen.at)


def _competent(made: list[Signature], *, agency_id: int) -> looks.Earlier:
    """Return the last personal signature of a competent person: the seal goes with that one."""
    row = next(
        row
        for row in reversed(made)
        if row.kind == Kind.PERSONAL and row.agency_id == agency_id and row.role in rules.COMPETENT
    )
    spot = None
    if row.box is not None and row.page is not None:
        left, bottom, right, top = row.box
        spot = Spot(row.page, (left, bottom, right, top))
    return looks.Earlier(name=row.signer, spot=spot)
