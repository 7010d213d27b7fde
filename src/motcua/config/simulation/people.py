"""Invented people for the quarter, marked as demo, and written in bulk."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from motcua.config.simulation import tables
from motcua.directory.data import people as invented
from motcua.directory.data.people import Person
from motcua.directory.identity import index_of, seal
from motcua.directory.models import Party
from motcua.kernel.text import fold

SEED, FIRST, MOST = 2025, 20_000, 700_000
BATCH = 20_000


@dataclass(frozen=True, slots=True)
class Citizen:
    """Somebody who files, as a dossier's row knows them."""

    id: int
    name: str
    folded: str
    phone: str
    street: str


def how_many(dossiers: int) -> int:
    """Return how many people so many dossiers belong to."""
    return min(MOST, max(50, dossiers * 3 // 4))


def make(count: int, *, at: datetime) -> list[int]:
    """Write so many people, those who are there already left as they are; return their keys."""
    keys: list[int] = []
    for batch in _batches(count):
        indexes = [index_of("cccd", person.id_number) for person in batch]
        known = _known(indexes)
        new = [
            (person, index)
            for person, index in zip(batch, indexes, strict=True)
            if index not in known
        ]
        first = tables.reserve("directory_party", len(new))
        table = tables.Table(Party, with_key=True)
        for place, (person, index) in enumerate(new):
            table.add_named(_row(first + place, person, index, at))
            known[index] = first + place
        table.write()
        keys += [known[index] for index in indexes]
    return keys


def citizens(keys: list[int]) -> list[Citizen]:
    """Return the people of these keys, made again as they were written."""
    made = invented.people(len(keys), seed=SEED, first=FIRST)
    return [
        Citizen(key, person.name, fold(person.name), person.phone, person.street)
        for key, person in zip(keys, made, strict=True)
    ]


def _batches(count: int) -> Iterator[list[Person]]:
    batch: list[Person] = []
    for person in invented.people(count, seed=SEED, first=FIRST):
        batch.append(person)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _known(indexes: list[bytes]) -> dict[bytes, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id_index, id FROM directory_party WHERE id_index = ANY(%s)", [indexes]
        )
        return {bytes(index): key for index, key in cursor.fetchall()}


def _row(key: int, person: Person, index: bytes, at: datetime) -> dict[str, object]:
    return {
        "id": key, "kind": "citizen", "name": person.name, "name_folded": fold(person.name),
        "birth_date": person.birth_date, "sex": person.sex, "id_kind": "cccd",
        "id_cipher": seal(person.id_number), "id_index": index, "id_last4": person.id_number[-4:],
        "phone": person.phone, "email": "", "address": person.street, "place_id": None,
        "is_demo": True, "created_at": at,
    }  # fmt: skip
