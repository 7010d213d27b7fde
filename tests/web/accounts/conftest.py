"""An officer and a citizen who can sign in."""

from datetime import UTC, datetime

import pytest

from motcua.directory.models import Account
from motcua.directory.services import people

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture
def officer(db) -> Account:
    return people.open_staff_account(
        username="an.tiepnhan", name="Nguyễn Thị An", password="gió biển Nha Trang", at=NOW
    )
