"""Finding people and organisations by what identifies them."""

from motcua.directory.identity import index_of, unseal
from motcua.directory.models import Party
from motcua.kernel import codes
from motcua.kernel.text import fold


def plain_number(number: str) -> str:
    """Return an identity number without the blanks and dots it was typed with, in capitals."""
    return "".join(number.split()).replace(".", "").upper()


def id_kind_of(number: str) -> str:
    """Return which kind of identity number this looks like ("" when none)."""
    plain = plain_number(number)
    if codes.PERSONAL_ID.match(plain):
        return Party.IdKind.CCCD
    if codes.OLD_ID.match(plain):
        return Party.IdKind.CMND
    if codes.PASSPORT.match(plain):
        return Party.IdKind.PASSPORT
    if codes.TAX.match(plain):
        return Party.IdKind.TAX
    return ""


def party_by_identity(number: str, *, kind: str = "") -> Party | None:
    """Return who has this identity number, or None (one query)."""
    plain = plain_number(number)
    id_kind = kind or id_kind_of(plain)
    if not id_kind:
        return None
    return Party.objects.filter(id_index=index_of(id_kind, plain)).first()


def identity_number(party: Party) -> str:
    """Return the identity number in clear; callers record why they read it."""
    return unseal(bytes(party.id_cipher))


def parties_like(text: str, *, limit: int = 20) -> list[Party]:
    """Return people whose folded name starts with the text, or whose phone it is."""
    phone = codes.normal_phone(text)
    if codes.PHONE.match(phone):
        return list(Party.objects.filter(phone=phone)[:limit])
    return list(Party.objects.filter(name_folded__startswith=fold(text))[:limit])


def party(party_id: int) -> Party | None:
    """Return the person or organisation of a key, or None."""
    return Party.objects.filter(pk=party_id).first()
