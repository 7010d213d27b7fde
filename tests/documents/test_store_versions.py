"""Versions of a file, and the one predicate through which every read goes."""

import io

import pytest
from django.db import IntegrityError, transaction
from tests.documents import samples
from tests.documents.test_store import AT, PDF, bytes_of, on_disk, shelf, store  # noqa: F401

from motcua.documents import queries, services
from motcua.documents.models import File

pytestmark = pytest.mark.django_db(transaction=True)
BETTER = samples.pdf(pages=2)


@pytest.fixture(autouse=True)
def _own_shelf(shelf):  # noqa: F811
    """Every test has a storage of its own."""


def renew(file: File, content: bytes = BETTER) -> File:
    stream = io.BytesIO(content)
    return services.renew(stream, file=file, name="bản mới.pdf", by_key="account:2", at=AT)


def test_a_newer_version_takes_the_place_and_the_older_stays_readable():
    first = store(case_id=7, party_id=3, component_key="don", kind="declaration", source="scan")

    second = renew(first)
    third = renew(second)

    assert (second.version, third.version, third.replaces) == (2, 3, second)
    assert (third.case_id, third.party_id, third.component_key) == (7, 3, "don")
    assert (third.kind, third.source, third.uploaded_by) == ("declaration", "scan", "account:2")
    assert bytes_of(first) == PDF
    for one in (first, second, third):
        assert queries.versions_of(one) == [third, second, first]


def test_only_one_version_follows_another():
    first = store(case_id=7)
    renew(first)

    with pytest.raises(services.AlreadyReplaced):
        renew(first)

    with pytest.raises(IntegrityError), transaction.atomic():
        store(replaces=first)


def test_an_unfit_version_leaves_the_older_in_its_place(shelf):  # noqa: F811
    first = store(case_id=7)

    with pytest.raises(services.KindNotTaken):
        renew(first, b"MZ")

    assert queries.versions_of(first) == [first]
    assert len(on_disk(shelf)) == 1


def test_a_draft_drops_a_file_with_what_replaced_it(shelf):  # noqa: F811
    first = store(draft_key="k")
    renew(renew(first))

    assert services.discard(uuid=first.uuid, draft_key="k")

    assert on_disk(shelf) == []


def test_a_replaced_file_of_a_draft_comes_back_when_the_newer_goes():
    first = store(draft_key="k")
    second = renew(first)

    assert services.discard(uuid=second.uuid, draft_key="k")

    assert queries.versions_of(first) == [first]


def test_every_read_goes_through_one_predicate():
    of_case = store(case_id=7, party_id=3)
    of_party = store(party_id=3)
    of_draft = store(draft_key="k", party_id=3)
    nobodys = store()

    assert set(queries.readable(case_ids=[7])) == {of_case}
    assert set(queries.readable(party_id=3)) == {of_party}
    assert set(queries.readable(draft_key="k")) == {of_draft}
    assert set(queries.readable(case_ids=[7], party_id=3, draft_key="k")) == {
        of_case, of_party, of_draft,
    }  # fmt: skip
    assert not queries.readable().exists()
    assert nobodys not in queries.readable(case_ids=[7, 8], party_id=3, draft_key="k")


def test_an_owner_reads_their_own_and_nobody_elses():
    file = store(party_id=3)

    assert queries.file_of_party(uuid=file.uuid, party_id=3) == file
    assert queries.file_of_party(uuid=file.uuid, party_id=4) is None
