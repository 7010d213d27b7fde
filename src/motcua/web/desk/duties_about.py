"""What a new duty is about, read from its address: a dossier, signal, figure, difference, document."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from motcua.catalog import differing
from motcua.catalog.comparing import wording as comparing
from motcua.directory.actor import Actor
from motcua.directory.queries import cards
from motcua.dossiers.queries.visibility import visible_to
from motcua.reporting.definitions import BY_KEY
from motcua.supervision import wording
from motcua.supervision.definitions import BY_KEY as BY_SIGNAL
from motcua.supervision.queries import duties as queries
from motcua.supervision.queries import watching
from motcua.supervision.services.duties import About

if TYPE_CHECKING:
    from motcua.supervision.models import Directive, Duty

_LONGEST, _LONGEST_NUMBER = 80, 10


@dataclass(frozen=True)
class Told:
    """What the address says: links to keep, a document's point, and words to begin with."""

    links: tuple[About, ...] = ()
    directive: "Directive | None" = None
    point: int | None = None
    agency: str = ""
    work: str = ""
    authority: str = ""
    product: str = ""
    shown: list[tuple[str, str]] = field(default_factory=list)

    def initial(self, said: Mapping[str, Any]) -> dict[str, str]:
        """Return what the form begins with; an agency in the address wins."""
        return {
            "agency": str(said.get("agency") or self.agency),
            "work": self.work,
            "authority": self.authority,
            "product": self.product,
        }


def about_of(said: Mapping[str, Any], *, actor: Actor) -> Told:
    """Return what the address says; what this person may not see is left out."""
    if said.get("dossier"):
        return _dossier(str(said["dossier"])[:_LONGEST], actor)
    if said.get("directive"):
        return _directive(str(said["directive"]), str(said.get("point", "")), actor)
    if said.get("figure"):
        return _figure(str(said["figure"])[:_LONGEST], str(said.get("words", ""))[:200])
    if said.get("signal"):
        return _signal(str(said["signal"]), actor)
    if said.get("difference"):
        return _difference(str(said["difference"]), actor)
    return Told()


def _number(said: str) -> int | None:
    """A number as an address says it; what is none, or too long for one, is left out."""
    return int(said) if said.isdecimal() and len(said) < _LONGEST_NUMBER else None


def _signal(key: str, actor: Actor) -> Told:
    number = _number(key)
    found = watching.signal_for(actor, number) if number is not None else None
    if found is None:
        return Told()
    name, kind = wording.name_of(found), _("Dấu hiệu cần kiểm tra")
    # From a report about conduct: who reported it stays protected, so the duty does not say whom.
    label = f"{kind} {found.pk}" if found.is_guarded else f"{name}: {wording.whom(found)}"
    asks = _("%s. Làm rõ nguyên nhân, chấn chỉnh nếu cần.")
    return Told(
        links=(About("signal", str(found.pk), label[:300]),),
        agency="" if found.is_guarded else found.agency.code,
        work=asks % label,
        authority=BY_SIGNAL[found.kind].law,
        product=_("Báo cáo kết quả làm rõ, biện pháp đã thực hiện"),
        shown=[(kind, label), *([(_("Kết luận"), found.conclusion)] if found.closed_at else [])],
    )


def _difference(key: str, actor: Actor) -> Told:
    number = _number(key)
    may_read = actor.has_role(*differing.READERS)
    found = differing.difference(number) if number is not None and may_read else None
    if found is None:
        return Told()
    kind = comparing.kinds().get(found.kind, found.kind)
    label = " ".join(part for part in (f"{kind}:", found.code, found.name) if part)
    return Told(
        links=(About("difference", str(found.pk), label[:300]),),
        work=f"{label[:600]}. {comparing.proposal(found.kind)}",
        authority="118/2025/NĐ-CP Điều 38",
        product=_("Danh mục đã sửa cho khớp, hoặc văn bản nêu lý do giữ nguyên"),
        shown=[(_("Sai khác danh mục"), label), (_("Danh sách"), found.last_run.name)],
    )


def _dossier(code: str, actor: Actor) -> Told:
    found = visible_to(actor).filter(code=code).first()
    if found is None:
        return Told()
    holder = found.turn_agency_id or found.competent_id
    title = f"{found.code} · {found.procedure_name}"
    work = _("Giải quyết xong và trả kết quả hồ sơ %(code)s (%(name)s).") % {
        "code": found.code,
        "name": found.procedure_name,
    }
    return Told(
        links=(About("dossier", found.code, title[:300]),),
        agency=cards.card(holder).code,
        work=work,
        authority=_("118/2025/NĐ-CP Điều 19, Điều 38"),
        product=_("Kết quả trả cho người dân; văn bản xin lỗi nếu đã quá hạn"),
        shown=[(_("Hồ sơ"), title)],
    )


def _directive(key: str, point: str, actor: Actor) -> Told:
    rows = queries.directives(actor)
    found = rows.filter(pk=_number(key) or 0).first()
    if found is None:
        return Told()
    number = _number(point)
    if number is not None and number >= len(found.points):
        number = None
    name = _("%(kind)s số %(number)s ngày %(day)s") % {
        "kind": found.get_kind_display(),
        "number": found.number,
        "day": f"{found.issued_on:%d/%m/%Y}",
    }
    return Told(
        directive=found,
        point=number,
        work=str(found.points[number]) if number is not None else "",
        authority=name[:1].upper() + name[1:],
        shown=[(_("Văn bản"), f"{name}: {found.subject}")],
    )


def _figure(key: str, words: str) -> Told:
    known = BY_KEY.get(key)
    if known is None:
        return Told()
    label = words or str(_(known.name))
    return Told(links=(About("figure", key, label),), shown=[(_("Chỉ số"), label)])


@dataclass(frozen=True)
class Link:
    """What a duty is about, with its address ("" when there is no page)."""

    kind: str
    label: str
    href: str


_PAGES = {"dossier": "desk:dossier", "signal": "desk:signal", "difference": "desk:difference"}


def links_of(duty: "Duty", actor: Actor) -> list[Link]:
    """Return what a duty is about, with addresses where this person may open them."""
    return [
        Link(one.get_kind_display(), one.label or one.key, _address(one.kind, one.key, actor))
        for one in duty.links.all()
    ]


def _may_open(kind: str, key: str, actor: Actor) -> bool:
    if kind == "dossier":
        return visible_to(actor).filter(code=key).exists()
    if kind == "signal":
        return watching.signals_of(actor).filter(pk=_number(key) or 0).exists()
    return kind != "difference" or actor.has_role(*differing.READERS)


def _address(kind: str, key: str, actor: Actor) -> str:
    if not _may_open(kind, key, actor):
        return ""
    try:
        if kind == "figure":
            return f"{reverse('boards:definitions')}#{key}"
        return reverse(_PAGES[kind], args=[key])
    except (KeyError, NoReverseMatch):
        return ""
