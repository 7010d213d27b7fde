"""Papers that wait for a signature: asked for, fulfilled, withdrawn."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from motcua.directory.actor import Actor
from motcua.documents.models import File
from motcua.signing.marks import Mark
from motcua.signing.models import Kind, Signature, Wish


@transaction.atomic
def ask(
    *,
    file: File,
    kind: str,
    agency_id: int,
    by: Actor,
    at: datetime,
    account_id: int | None = None,
    about: str = "",
    mark: Mark | None = None,
) -> Wish:
    """Put a paper before somebody to sign; asking twice for the same changes nothing.

    account_id: the officer, for a personal signature; None leaves it to the keeper of the key.
    Source: 30/2020/NĐ-CP Điều 32.
    """
    wish, _made = Wish.objects.get_or_create(
        file=file,
        kind=Kind(kind),
        agency_id=agency_id,
        state=Wish.State.WAITING,
        defaults={
            "account_id": account_id,
            "case_id": file.case_id,
            "about": about[:300] or file.name,
            "mark": asdict(mark) if mark else {},
            "asked_by": by.key,
            "asked_at": at,
        },
    )
    return wish


@transaction.atomic
def withdraw(*, file: File, at: datetime) -> int:
    """Take back whatever a file waits for; return how many signatures that was."""
    waiting = Wish.objects.filter(file=file, state=Wish.State.WAITING)
    return waiting.update(state=Wish.State.WITHDRAWN, ended_at=at)


def mark_of(*, wish: Wish) -> Mark | None:
    """Return the mark that was asked for, or None."""
    if not wish.mark:
        return None
    box = wish.mark.get("box")
    return Mark(**{**wish.mark, "box": tuple(box) if box else None})


def fulfil(*, signature: Signature) -> None:
    """Settle what waited for this signature; what else waited moves on to the signed file."""
    waiting = Wish.objects.filter(file_id=signature.before_id, state=Wish.State.WAITING)
    own = waiting.filter(kind=signature.kind, agency_id=signature.agency_id or 0).first()
    if own is not None:
        own.state, own.ended_at, own.signature = Wish.State.SIGNED, signature.at, signature
        own.refusal = ""
        own.save(update_fields=["state", "ended_at", "signature", "refusal"])
    waiting.update(file_id=signature.file_id)
