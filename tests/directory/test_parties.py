"""People: one row for one identity, whoever comes first; strangers change and learn nothing."""

from dataclasses import replace
from datetime import date

import pytest
from tests.factories.world import MONDAY_8AM, person_details

from motcua.directory.models import Party
from motcua.directory.queries.parties import identity_number, parties_like, party_by_identity
from motcua.directory.services import parties

pytestmark = pytest.mark.django_db


def test_the_number_is_kept_encrypted_and_found_again() -> None:
    party = parties.register(details=person_details(), at=MONDAY_8AM)
    row = Party.objects.get(pk=party.pk)
    assert b"056092999118" not in bytes(row.id_cipher)
    assert identity_number(row) == "056092999118"
    assert row.masked_id == "••••9118"
    assert party_by_identity("056 092 999 118") == row
    assert party_by_identity("056092999119") is None


def test_registering_again_brings_up_to_date_and_erases_nothing() -> None:
    first = parties.register(details=person_details(), at=MONDAY_8AM)
    again = replace(person_details("Nguyễn Văn Phúc Em"), phone="", address="12 đường Biển Xanh")
    second = parties.register(details=again, at=MONDAY_8AM)
    row = Party.objects.get()
    assert first.pk == second.pk == row.pk
    assert (row.name, row.phone, row.address) == (
        "Nguyễn Văn Phúc Em", "0905222318", "12 đường Biển Xanh",
    )  # fmt: skip


def test_who_only_refers_to_somebody_changes_nothing() -> None:
    parties.register(details=person_details(), at=MONDAY_8AM)
    stranger = replace(person_details(), phone="0199000001")
    parties.refer_to_many(many=[stranger], at=MONDAY_8AM)
    assert Party.objects.get().phone == "0905222318"
    with pytest.raises(parties.NameMismatch):
        parties.refer_to_many(many=[person_details("Kẻ Tò Mò")], at=MONDAY_8AM)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"name": " "}, parties.NameMissing),
        ({"id_number": "05609299911"}, parties.UnreadableIdentity),
        ({"phone": "12"}, parties.UnreadablePhone),
        ({"birth_date": date(2030, 1, 1)}, parties.ImplausibleBirth),
        ({"birth_date": date(1991, 3, 4)}, parties.ImplausibleBirth),
    ],
)
def test_what_cannot_be_is_refused(changes: dict[str, object], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        parties.register(details=replace(person_details(), **changes), at=MONDAY_8AM)
    assert not Party.objects.exists()


def test_people_are_found_by_name_without_marks_and_by_phone() -> None:
    party = parties.register(details=person_details(), at=MONDAY_8AM)
    assert parties_like("nguyen van ph") == [party]
    assert parties_like("+84 905 222 318") == [party]
