"""Files that a citizen sends: kept at once under a draft, so that no error loses them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.documents import queries as documents
from motcua.documents import services as files
from motcua.kernel.refused import Refused

MOST_FILES = 10
ACCEPT = "application/pdf,image/jpeg,image/png,image/webp,image/heic,image/heif"


@dataclass
class Slot:
    """One paper to bring: what is there already, and what was wrong with the last try.

    `stored` is what was chosen from one's own store, `offers` what else fits there.
    """

    key: str
    name: str
    note: str = ""
    is_required: bool = True
    files: list[Any] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    stored: Any = None
    offers: list[Any] = field(default_factory=list)

    @property
    def is_filled(self) -> bool:
        """Tell whether something was sent, or taken from one's own store."""
        return bool(self.files) or self.stored is not None


def supplement_key(case_id: int) -> str:
    """Return under which key the files of a supplement wait until it is sent."""
    return f"bo-sung:{case_id}"


def take(
    request: HttpRequest, slots: Sequence[Slot], *, draft_key: str, by: Actor, at: datetime
) -> bool:
    """Keep the files of a posted form; refusals stand at their slot. True when all were fit."""
    drop = request.POST.get("bo", "")
    if drop:
        _discard(drop, draft_key)
    for slot in slots:
        _fill(slot, documents.files_of_draft(draft_key=draft_key))
        for sent in request.FILES.getlist(f"tep-{slot.key}"):
            _store(slot, sent, draft_key=draft_key, by=by, at=at)
    return not any(slot.errors for slot in slots)


def show(slots: Sequence[Slot], *, draft_key: str) -> None:
    """Put the files that are there already into their slots (one query)."""
    stored = documents.files_of_draft(draft_key=draft_key)
    for slot in slots:
        _fill(slot, stored)


def by_component(draft_key: str) -> Mapping[str, tuple[str, ...]]:
    """Return the keys of a draft's files by component."""
    found: dict[str, tuple[str, ...]] = {}
    for stored in documents.files_of_draft(draft_key=draft_key):
        kept = found.get(stored.component_key, ())
        found[stored.component_key] = (*kept, str(stored.uuid))
    return found


def _fill(slot: Slot, stored: Sequence[Any]) -> None:
    slot.files = [file for file in stored if file.component_key == slot.key]


def _store(
    slot: Slot, sent: "UploadedFile[Any]", *, draft_key: str, by: Actor, at: datetime
) -> None:
    if len(slot.files) >= MOST_FILES:
        slot.errors.append(_("Mỗi giấy tờ nhận nhiều nhất %d tệp.") % MOST_FILES)
        return
    try:
        stored = files.store(
            sent,
            name=sent.name or "",
            by_key=by.key,
            at=at,
            component_key=slot.key,
            draft_key=draft_key,
            party_id=by.party_id,
            source="portal",
        )
    except Refused as refusal:
        slot.errors.append(str(refusal))
    else:
        slot.files.append(stored)


def _discard(drop: str, draft_key: str) -> None:
    try:
        files.discard(uuid=UUID(drop), draft_key=draft_key)
    except ValueError:
        return
