"""Reading keys, signatures and what waits to be signed."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.core.cache import cache
from django.db.models import Q, QuerySet

from motcua.directory.actor import Actor
from motcua.directory.models import Post
from motcua.signing import rules
from motcua.signing.models import KeyRef, Kind, Picture, Signature, Wish


def key_of(actor: Actor) -> KeyRef | None:
    """Return the key that a person signs with, or None."""
    if actor.account_id is None:
        return None
    return KeyRef.objects.filter(account_id=actor.account_id, is_enabled=True).first()


def key_of_agency(agency_id: int) -> KeyRef | None:
    """Return the key of an agency, or None."""
    return KeyRef.objects.filter(agency_id=agency_id, is_enabled=True).first()


def is_keeper(actor: Actor, key: KeyRef) -> bool:
    """Tell whether this officer may use the key: the clerk of the agency, or its named keeper."""
    if key.agency_id is None:
        return key.account_id == actor.account_id
    return key.keeper_id == actor.account_id or actor.has_role(
        *rules.KEEPERS, agency_id=key.agency_id
    )


def keys_at_hand(actor: Actor) -> list[KeyRef]:
    """Return the enabled keys that an officer may use: their own, and those of agencies."""
    clerk_at = actor.agency_ids(*rules.KEEPERS)
    usable = Q(account_id=actor.account_id or 0) | Q(keeper_id=actor.account_id or 0)
    rows = KeyRef.objects.filter(usable | Q(agency_id__in=clerk_at), is_enabled=True)
    return list(rows.select_related("account", "agency").order_by("agency_id", "pk"))


def keys_within(agency_ids: Iterable[int]) -> list[KeyRef]:
    """Return the enabled keys of agencies and of the officers who hold a post there."""
    ids = list(agency_ids)
    officers = Post.objects.filter(agency_id__in=ids, valid_to=None).values("account_id")
    rows = KeyRef.objects.filter(
        Q(agency_id__in=ids) | Q(account_id__in=officers), is_enabled=True
    )
    return list(rows.select_related("account", "agency", "keeper").order_by("agency_id", "pk"))


def key_named(key_id: int) -> KeyRef | None:
    """Return a key by its number, or None."""
    return KeyRef.objects.select_related("account", "agency").filter(pk=key_id).first()


def picture_of(*, account_id: int | None = None, agency_id: int | None = None) -> bytes | None:
    """Return the uploaded picture of a signature or a seal, or None."""
    owned = Q(account_id=account_id) if account_id else Q(agency_id=agency_id or 0)
    rows = Picture.objects.filter(owned)
    found = rows.values_list("png", flat=True).first()
    return bytes(found) if found is not None else None


def signatures_of(file_ids: Iterable[int]) -> Mapping[int, list[Signature]]:
    """Return the signatures that each file carries, in the order they were made (two queries)."""
    wanted = list(file_ids)
    roots = dict(Signature.objects.filter(file_id__in=wanted).values_list("file_id", "root_id"))
    lines: dict[int, list[Signature]] = {}
    rows = Signature.objects.filter(root_id__in=set(roots.values())).order_by("pk")
    for row in rows.select_related("key", "agency"):
        lines.setdefault(row.root_id, []).append(row)
    return {
        file_id: [row for row in lines.get(roots.get(file_id, 0), []) if row.file_id <= file_id]
        for file_id in wanted
    }


def made_on(file_id: int) -> list[Signature]:
    """Return the signatures that one file carries, in the order they were made."""
    return signatures_of([file_id])[file_id]


def latest_of_many(file_ids: Iterable[int]) -> dict[int, int]:
    """Return the newest signed version of each first file: itself where it was never signed."""
    latest = {file_id: file_id for file_id in file_ids}
    rows = Signature.objects.filter(root_id__in=latest).order_by("pk")
    latest.update(rows.values_list("root_id", "file_id"))
    return latest


def signatures_of_case(case_id: int) -> list[Signature]:
    """Return what was signed in a case, in order."""
    rows = Signature.objects.filter(case_id=case_id).select_related("file", "key", "agency")
    return list(rows.order_by("pk"))


def waiting_for(actor: Actor) -> QuerySet[Wish]:
    """Return what waits for this officer's signature, or for a seal that the officer keeps."""
    keys = KeyRef.objects.filter(keeper_id=actor.account_id or 0, is_enabled=True)
    keeps = Q(agency_id__in=actor.agency_ids(*rules.KEEPERS)) | Q(
        agency_id__in=keys.filter(agency_id__isnull=False).values("agency_id")
    )
    mine = Q(account_id=actor.account_id or 0) | (Q(account_id=None) & keeps)
    rows = Wish.objects.filter(mine, state=Wish.State.WAITING)
    return rows.select_related("file", "agency").order_by("asked_at", "pk")


def wishes_of(file_id: int) -> list[Wish]:
    """Return whose signature a file waits for."""
    return list(Wish.objects.filter(file_id=file_id, state=Wish.State.WAITING).order_by("pk"))


def signed_lately(actor: Actor, *, limit: int = 20) -> list[Signature]:
    """Return what this officer signed, latest first."""
    rows = Signature.objects.filter(account_id=actor.account_id or 0).select_related("file", "key")
    return list(rows.order_by("-pk")[:limit])


def wrong_pins(key_id: int) -> list[datetime]:
    """Return when wrong PINs came lately for a key; kept aside, so that no rollback forgets them."""
    kept: list[datetime] = cache.get(pin_slot(key_id), [])
    return kept


def pin_slot(key_id: int) -> str:
    """Return the name under which wrong PINs of a key are counted."""
    return f"signing-pin-{key_id}"


def kind_name(kind: str) -> str:
    """Return what a kind of signature is called."""
    return str(Kind(kind).label)
