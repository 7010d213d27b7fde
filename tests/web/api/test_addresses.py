"""What stands in an address may be anything: no NUL and no day beyond the calendar is an error."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/thu-tuc/%00/", 404),
        ("/api/v1/procedures/%00", 404),
        ("/api/v1/procedures?field=%00", 200),
        ("/api/v1/procedures/1.004222/due?at=9999-12-31T23:59:59Z", 422),
        ("/api/v1/procedures/1.004222/due?at=0001-01-01T00:00:00Z", 422),
    ],
)
def test_an_address_that_names_nothing_is_answered_in_words(client, address, status):
    assert client.get(address).status_code == status
