"""What the catalogue says of each procedure, for the components that count procedures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext_noop as _

from motcua.catalog import queries as catalog
from motcua.catalog.content import Content
from motcua.directory.data import build
from motcua.directory.queries import cards

_PER_COMMUNE = ("committee", "police", "branch")


@dataclass(frozen=True)
class Marks:
    """One procedure: who settles it, and what of it is there. `target`: a word or an agency's code."""

    code: str
    name: str
    field: str
    target: str
    is_complete: bool
    is_online: bool
    has_fee: bool
    is_paid_online: bool
    lacks: tuple[str, ...]


def procedures(*, on: date) -> tuple[Marks, ...]:
    """Return what is marked of every procedure that our centres receive; kept with the catalogue."""
    return _read(on, catalog.state_mark())


@lru_cache(maxsize=4)
def _read(on: date, _state: str) -> tuple[Marks, ...]:
    made = []
    for procedure, content in catalog.known_contents():
        if not procedure.is_offered or procedure.state != "active":
            continue
        level = "commune" if procedure.level_commune else "province"
        target = build.competent(
            procedure.code,
            field=procedure.field,
            level=level,
            issuer=procedure.issuer,
            on=on,
        )
        lacks = _lacks(content)
        has_fee, is_priced = _fees(content)
        made.append(
            Marks(
                code=procedure.code,
                name=procedure.name,
                field=procedure.field,
                target=target,
                is_complete=not lacks,
                is_online=procedure.online_filing or content.channel("online") is not None,
                has_fee=has_fee,
                is_paid_online=has_fee and is_priced,
                lacks=lacks,
            )
        )
    return tuple(sorted(made, key=lambda one: one.code))


@lru_cache(maxsize=20000)
def is_published_whole(version_id: int) -> bool | None:
    """Tell whether a version is published with all its parts; None of one that nobody knows."""
    try:
        return not _lacks(catalog.content_of(version_id))
    except ObjectDoesNotExist:
        return None


def _lacks(content: Content) -> tuple[str, ...]:
    """Return the parts that are not published, in words (118/2025/NĐ-CP Điều 5; 1.3)."""
    parts = {
        _("trình tự"): content.steps,
        _("cách nộp"): content.channels,
        _("thành phần hồ sơ"): content.components or content.notes,
        _("thời hạn"): any(channel.limits for channel in content.channels) or content.immediate,
        _("đối tượng"): content.subjects,
        _("cơ quan giải quyết"): content.authority,
        _("kết quả"): content.results,
        _("căn cứ pháp lý"): content.legal,
    }
    return tuple(name for name, there in parts.items() if not there)


def _fees(content: Content) -> tuple[bool, bool]:
    """Tell whether there is a charge, and whether all its amounts are known as numbers."""
    fees = [fee for channel in content.channels for fee in channel.fees if fee.amount_vnd != 0]
    return bool(fees), all(fee.amount_vnd is not None for fee in fees)


def settled_by(agency: cards.AgencyCard, among: Iterable[Marks]) -> list[Marks]:
    """Return the procedures that an agency settles."""
    mine = targets_of(agency)
    return [one for one in among if one.target in mine]


def targets_of(agency: cards.AgencyCard) -> frozenset[str]:
    """Return the words of the table of competence that mean an agency."""
    found = {agency.code}
    if agency.kind == "committee":
        found.add("committee" if agency.level == "commune" else agency.code)
    elif agency.kind == "sector" and agency.level == "commune":
        found.add("police")
    elif agency.kind == "office" and agency.place_code == build.PROVINCE_CODE:
        found.add("branch" if agency.code.startswith("H32.06.01.") else agency.code)
    return frozenset(found)


@dataclass(frozen=True)
class Part:
    """A component's procedures: the word for its numerator's mark."""

    key: str
    of: frozenset[str]
    over: frozenset[str]


def counted(marks: Iterable[Marks], *, used: frozenset[str]) -> dict[str, Part]:
    """Return numerators and denominators of 1.3, 3.1, 3.2 and 3.5 as sets of codes.

    used: the procedures with an online dossier in the time.
    """
    known = list(marks)
    everything = frozenset(one.code for one in known)
    online = frozenset(one.code for one in known if one.is_online)
    fees = frozenset(one.code for one in known if one.has_fee)
    parts = {
        "1.3": (frozenset(one.code for one in known if one.is_complete), everything),
        "3.1": (online, everything),
        "3.2": (online & used, online),
        "3.5": (frozenset(one.code for one in known if one.is_paid_online), fees),
    }
    return {key: Part(key, of, over) for key, (of, over) in parts.items()}
