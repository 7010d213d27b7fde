"""Verbs about people and organisations."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.directory.identity import index_of, seal
from motcua.directory.models import Party
from motcua.directory.queries.parties import id_kind_of, plain_number
from motcua.kernel import codes
from motcua.kernel.refused import Refused
from motcua.kernel.text import fold

ADULT_OR_CHILD_YEARS = 130
MOST_EMAIL_CHARS = 254


class UnreadableIdentity(Refused):
    """The identity number has no known form."""

    field = "id_number"


class ImplausibleBirth(Refused):
    """The birth date cannot be, or does not fit the identity number."""

    field = "birth_date"


class NameMissing(Refused):
    """Nobody is registered without a name."""

    field = "name"


class NameMismatch(Refused):
    """The number is known under another name."""

    field = "name"


class UnreadableDetails(Refused):
    """A detail has no form that can be kept: an e-mail address, a kind or sex that there is not."""


class UnreadablePhone(Refused):
    """The phone number has no Vietnamese form."""

    field = "phone"


@dataclass(frozen=True)
class PartyDetails:
    """What is known of a person or organisation when a dossier is made."""

    name: str
    id_number: str
    kind: str = "citizen"
    birth_date: date | None = None
    sex: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    place_code: str = ""
    is_demo: bool = False


_UPSERT = """
INSERT INTO directory_party AS p (kind, name, name_folded, birth_date, sex, id_kind, id_cipher,
    id_index, id_last4, phone, email, address, place_id, is_demo, created_at)
VALUES {rows}
ON CONFLICT (id_index) DO UPDATE SET
    kind = excluded.kind, name = excluded.name, name_folded = excluded.name_folded,
    birth_date = coalesce(excluded.birth_date, p.birth_date),
    sex = coalesce(nullif(excluded.sex, ''), p.sex),
    phone = coalesce(nullif(excluded.phone, ''), p.phone),
    email = coalesce(nullif(excluded.email, ''), p.email),
    address = coalesce(nullif(excluded.address, ''), p.address),
    place_id = coalesce(excluded.place_id, p.place_id)
RETURNING id, id_index, name_folded, phone, email
"""
_REFER = _UPSERT[: _UPSERT.index("DO UPDATE")] + (
    "DO UPDATE SET id_index = excluded.id_index RETURNING id, id_index, name_folded, phone, email"
)
# A place that there is not leaves the field empty rather than breaking the act.
_PLACE = "(SELECT code FROM directory_place WHERE code = %s)"
_ROW = "(" + ", ".join([*["%s"] * 12, _PLACE, "%s", "%s"]) + ")"
_SEX_CHARS = 6


def register(*, details: PartyDetails, at: datetime) -> Party:
    """Return the party of this identity, made or brought up to date (one statement).

    Raises NameMissing, UnreadableIdentity, ImplausibleBirth, UnreadablePhone: see the message.
    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm a.
    """
    return register_many(many=[details], at=at)[0]


def register_many(*, many: list[PartyDetails], at: datetime) -> list[Party]:
    """Return the parties of these identities, made or brought up to date, in one statement.

    For officers who have the identity papers before them. Blank details never erase what is known.
    Two receptions that register the same person at once get one row. Raises as `register`.
    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm a.
    """
    return [party for party, _known in _put(_UPSERT, many, at)]


def refer_to_many(*, many: list[PartyDetails], at: datetime) -> list[Party]:
    """Return the parties of these identities, made where new, in one statement.

    For people who are not here: what is known of somebody is neither changed nor told.
    Raises NameMismatch: the number belongs to somebody of another name; and as `register`.
    Source: 118/2025/NĐ-CP Điều 5 khoản 1 điểm c, d; Luật 91/2025/QH15.
    """
    found = _put(_REFER, many, at)
    for party, known_name in found:
        if party.name_folded != known_name:
            raise NameMismatch(_("Họ tên không khớp với số định danh."))
    return [party for party, _known in found]


def _put(statement: str, many: list[PartyDetails], at: datetime) -> list[tuple[Party, str]]:
    """Insert or find the parties; return each as typed with its key, and its known folded name."""
    parties = [_checked(details, at) for details in many]
    distinct = {bytes(p.id_index): p for p in parties}
    values: list[Any] = []
    for index in sorted(distinct):
        values += _row(distinct[index])
    with connection.cursor() as cursor:
        cursor.execute(statement.format(rows=", ".join([_ROW] * len(distinct))), values)
        known = {bytes(row[1]): row for row in cursor.fetchall()}
    for party in parties:
        row = known[bytes(party.id_index)]
        party.pk = row[0]
        party.phone, party.email = party.phone or row[3], party.email or row[4]
    return [(party, known[bytes(party.id_index)][2]) for party in parties]


def _row(p: Party) -> list[Any]:
    return [
        p.kind,
        p.name,
        p.name_folded,
        p.birth_date,
        p.sex,
        p.id_kind,
        p.id_cipher,
        p.id_index,
        p.id_last4,
        p.phone,
        p.email,
        p.address,
        p.place_id,
        p.is_demo,
        p.created_at,
    ]


def _checked(details: PartyDetails, at: datetime) -> Party:
    name = " ".join(details.name.split())
    number = plain_number(details.id_number)
    id_kind = id_kind_of(number)
    if len(name) < 2:
        raise NameMissing(_("Hãy nhập họ và tên."))
    if not id_kind:
        raise UnreadableIdentity(
            _("Số định danh có 12 chữ số; chứng minh nhân dân 9 số; hộ chiếu 1 chữ và 7 số.")
        )
    phone = codes.normal_phone(details.phone)
    if phone and not codes.PHONE.match(phone):
        raise UnreadablePhone(_("Số điện thoại có 10 chữ số và bắt đầu bằng số 0."))
    _check_details(details)
    _check_birth(details, timezone.localdate(at))
    return Party(
        kind=details.kind,
        name=name[:200],
        name_folded=fold(name)[:200],
        birth_date=details.birth_date,
        sex=details.sex,
        id_kind=id_kind,
        id_cipher=seal(number),
        id_index=index_of(id_kind, number),
        id_last4=number[-4:],
        phone=phone,
        email=email_of(details.email),
        address=details.address.strip()[:250],
        place_id=details.place_code or None,
        is_demo=details.is_demo,
        created_at=at,
    )


def email_of(text: str) -> str:
    """Return an e-mail address as typed, without loose blanks.

    Raises UnreadableDetails: it is no address.
    """
    address = text.strip()
    try:
        if address:
            validate_email(address)
    except ValidationError:
        raise UnreadableDetails(_("Địa chỉ thư điện tử không đúng."), field="email") from None
    if len(address) > MOST_EMAIL_CHARS:
        raise UnreadableDetails(_("Địa chỉ thư điện tử quá dài."), field="email")
    return address


def _check_details(details: PartyDetails) -> None:
    if details.kind not in Party.Kind.values:
        raise UnreadableDetails(_("Hãy chọn loại đối tượng."), field="kind")
    if len(details.sex) > _SEX_CHARS:
        raise UnreadableDetails(_("Giới tính ghi là nam hoặc nữ."), field="sex")


def _check_birth(details: PartyDetails, today: date) -> None:
    born = details.birth_date
    if born is None:
        return
    if born > today or today.year - born.year > ADULT_OR_CHILD_YEARS:
        raise ImplausibleBirth(_("Ngày sinh không thể là ngày này."))
    card = codes.read_personal_id(plain_number(details.id_number))
    if details.kind == "citizen" and card and card.birth_year != born.year:
        raise ImplausibleBirth(
            _("Số định danh cho biết năm sinh %(year)s, khác với ngày sinh đã nhập.")
            % {"year": card.birth_year}
        )
