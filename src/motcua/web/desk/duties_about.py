"""What a new duty is about, read from its address: a dossier, signal, figure, difference, document."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.directory.queries import cards
from motcua.dossiers.queries.visibility import visible_to
from motcua.reporting.definitions import BY_KEY
from motcua.supervision.queries import duties as queries
from motcua.supervision.services.duties import About

if TYPE_CHECKING:
    from motcua.supervision.models import Directive, Duty

_LONGEST = 80


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
    for kind, name in (
        ("signal", _("Dấu hiệu cần kiểm tra")),
        ("difference", _("Sai khác danh mục")),
    ):
        key = str(said.get(kind, ""))
        if key.isdecimal() and len(key) < 12:
            words = str(said.get("words", ""))[:200] or f"{name} {key}"
            return Told(links=(About(kind, key, words),), work=words, shown=[(name, words)])
    return Told()


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
    found = rows.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 12 else None
    if found is None:
        return Told()
    number = int(point) if point.isdecimal() and int(point[:4]) < len(found.points) else None
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


def links_of(duty: "Duty") -> list[Link]:
    """Return what a duty is about, with addresses."""
    return [
        Link(one.get_kind_display(), one.label or one.key, _address(one.kind, one.key))
        for one in duty.links.all()
    ]


def _address(kind: str, key: str) -> str:
    try:
        if kind == "figure":
            return f"{reverse('boards:definitions')}#{key}"
        return reverse(_PAGES[kind], args=[key])
    except (KeyError, NoReverseMatch):
        return ""
