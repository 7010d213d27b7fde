"""What was read on a dossier's papers, beside its form and its owner's identity."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from motcua.catalog import queries as catalog
from motcua.catalog.content import FormField
from motcua.directory.actor import Actor
from motcua.directory.queries.parties import identity_number
from motcua.documents.models import Reading
from motcua.documents.queries import reading as papers
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.visibility import visible_to
from motcua.kernel.text import fold

_NAMED, _BORN, _NUMBERED = ("ten",), ("ngay sinh", "ngay thang nam sinh"), ("dinh danh", "cccd")


def readings_to_confirm(actor: Actor) -> "QuerySet[Reading]":
    """Return the readings that wait for a person, of dossiers that this person may read."""
    return papers.to_confirm(case_ids=visible_to(actor).order_by().values("pk"))


def questions_of(dossier: Dossier) -> list[papers.Question]:
    """Return what to ask about a dossier's papers: where names, numbers and days differ between
    the papers, the form and the owner's identity, in plain words.
    """
    return papers.questions_of(case_id=dossier.pk, known=known_people(dossier))


def known_people(dossier: Dossier) -> list[papers.Person]:
    """Return the owner as identified, and the people whom the dossier's form names."""
    owner = dossier.owner
    identity = papers.Person(
        source=_("thông tin chủ hồ sơ"),
        role="owner",
        name=owner.name,
        id_number=identity_number(owner),
        birth_date=owner.birth_date.isoformat() if owner.birth_date else "",
        sex=owner.sex,
    )
    return [identity, *_declared(dossier)]


def _declared(dossier: Dossier) -> Iterator[papers.Person]:
    """Yield the people of the form: a name, with the day and number that follow it."""
    if not dossier.form_data:
        return
    form = catalog.content_of(dossier.version_id).form
    if form is None:
        return
    said: dict[str, str] = {}
    for field in form.fields:
        value = str(dossier.form_data.get(field.key) or "")
        what = _what(field)
        if what == "name" and said:
            yield _person(said)
            said = {}
        if what and value and (said or what == "name"):
            said.setdefault(what, value)
    if said:
        yield _person(said)


def _what(field: FormField) -> str:
    label = fold(field.label)
    if field.kind == "date":
        return "birth_date" if _says(label, _BORN) else ""
    if field.kind == "id_number" or _says(label, _NUMBERED):
        return "id_number"
    is_name = field.kind == "text" and label.startswith("ho") and _says(label, _NAMED)
    return "name" if is_name else ""


def _says(label: str, words: Iterable[str]) -> bool:
    return any(word in label for word in words)


def _person(said: dict[str, str]) -> papers.Person:
    return papers.Person(
        source=_("tờ khai điện tử"),
        role="",
        name=said.get("name", ""),
        id_number=said.get("id_number", ""),
        birth_date=said.get("birth_date", ""),
    )
