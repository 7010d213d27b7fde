"""What was read on papers, for those who may read their cases; and what to ask about them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from motcua.documents.models import Reading, ReadValue
from motcua.documents.rules import crosscheck
from motcua.documents.understanding import Metadata, kinds, name_of
from motcua.documents.understanding.metadata import metadata_of

Person = crosscheck.Person
_VALUES = Prefetch("values", ReadValue.objects.defer("crop"))


@dataclass(frozen=True)
class Question:
    """A question for the officer: which of two papers is right; `readings` name both."""

    text: str
    what: str
    about: str


def readings(*, case_ids: Iterable[int] | QuerySet[Any, Any]) -> "QuerySet[Reading]":
    """Return the readings of files of these cases: the one way to them for people."""
    return Reading.objects.filter(file__case_id__in=case_ids).select_related("file")


def reading_within(*, uuid: UUID, case_ids: Iterable[int] | QuerySet[Any, Any]) -> Reading | None:
    """Return a reading with its values when its file is of one of these cases."""
    return readings(case_ids=case_ids).prefetch_related(_VALUES).filter(uuid=uuid).first()


def readings_of_case(*, case_id: int) -> list[Reading]:
    """Return the readings of a case's files with their values, oldest first (two queries)."""
    found = readings(case_ids=[case_id]).prefetch_related(_VALUES)
    return list(found.exclude(file__replaced_by__isnull=False).order_by("file_id"))


def to_confirm(*, case_ids: Iterable[int] | QuerySet[Any, Any]) -> "QuerySet[Reading]":
    """Return what waits for a person: read and not confirmed, or failed; oldest first."""
    waiting = Q(state=Reading.State.DONE, confirmed_at=None) | ~Q(state=Reading.State.DONE)
    open_values = Count("values", filter=Q(values__needs_person=True, values__confirmed_at=None))
    found = readings(case_ids=case_ids).filter(waiting).defer("text")
    return found.annotate(open_values=open_values).order_by("queued_at", "id")


def crop_within(
    *, uuid: UUID, key: str, case_ids: Iterable[int] | QuerySet[Any, Any]
) -> bytes | None:
    """Return the piece of the page around a value, None where there is none to see."""
    found = ReadValue.objects.filter(
        reading__uuid=uuid, key=key, reading__file__case_id__in=case_ids
    ).first()
    return bytes(found.crop) if found and found.crop else None


def cropped_keys(reading: Reading) -> set[str]:
    """Return the fields whose place on the page can be shown; further pages leave no picture."""
    return set(reading.values.exclude(crop=b"").values_list("key", flat=True))


def values_of(reading: Reading) -> dict[str, str]:
    """Return what the paper says by field, as people left it."""
    return {one.key: str(one.value) for one in reading.values.all() if one.value}


def metadata(reading: Reading) -> Metadata | None:
    """Return R11's metadata of a paper from its values as people left them.

    Source: 118/2025/NĐ-CP Điều 19 khoản 2.
    """
    kind = kinds().get(reading.kind)
    return metadata_of(kind, kind.name, values_of(reading)) if kind else None


def people_in(reading: Reading) -> list[Person]:
    """Return the people whom a paper names."""
    kind = kinds().get(reading.kind)
    if kind is None:
        return []
    sure = frozenset(one.key for one in reading.values.all() if one.is_settled)
    return crosscheck.people_of(
        source=kind.name.lower(), values=values_of(reading), roles=kind.people, sure=sure
    )


def questions_of(*, case_id: int, known: Sequence[Person] = ()) -> list[Question]:
    """Return what to ask about the papers of a case: where they differ from each other, or from
    what is known already (`known`: the owner's identity, what the form says), in plain words.
    """
    return questions(readings_of_case(case_id=case_id), known=known)


def questions(papers: Iterable[Reading], *, known: Sequence[Person] = ()) -> list[Question]:
    """Return what to ask about papers that were read; see `questions_of`."""
    people = [*known, *(one for paper in papers if paper.is_done for one in people_in(paper))]
    return [_asked(one) for one in crosscheck.differences(people)]


def _asked(one: crosscheck.Difference) -> Question:
    words = {
        "about": one.about,
        "first": one.first,
        "first_says": _shown(one.first_says),
        "second": one.second,
        "second_says": _shown(one.second_says),
    }
    said = _asking()[one.what] % words
    if one.is_swapped:
        said += " " + _("Có thể ngày và tháng bị đảo.")
    return Question(said, one.what, one.about)


def _asking() -> dict[str, str]:
    return {
        crosscheck.NAME: _(
            "Họ tên trên %(first)s là %(first_says)s, trên %(second)s là %(second_says)s."
            " Tờ nào đúng?"
        ),
        crosscheck.NUMBER: _(
            "Số định danh của %(about)s trên %(first)s là %(first_says)s, trên %(second)s là"
            " %(second_says)s. Tờ nào đúng?"
        ),
        crosscheck.BIRTH: _(
            "Ngày sinh của %(about)s trên %(first)s là %(first_says)s, trên %(second)s là"
            " %(second_says)s. Tờ nào đúng?"
        ),
        crosscheck.SEX: _(
            "Giới tính của %(about)s trên %(first)s là %(first_says)s, trên %(second)s là"
            " %(second_says)s. Tờ nào đúng?"
        ),
    }


def _shown(value: str) -> str:
    try:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    except ValueError:
        return value


def kind_name(reading: Reading) -> str:
    """Return the kind of paper in words."""
    return name_of(reading.kind)
