"""The cast of supervision's stories: the small province, with its centre, chairman and a department."""

from datetime import date

import pytest

from motcua.directory.actor import SYSTEM
from motcua.directory.models import Agency
from motcua.directory.queries import cards
from motcua.directory.services import people
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, World

MORE = (
    ("director", "Trương Văn Hòa", "province_centre", "centre_lead", "Giám đốc Trung tâm tỉnh"),
    ("province_chairman", "Lê Văn Minh", "province", "chairman", "Chủ tịch UBND tỉnh"),
)


@pytest.fixture
def world(db: None) -> World:
    made = worlds.build()
    made.agencies["province"] = Agency.objects.create(
        code="H32", name="Ủy ban nhân dân tỉnh", short_name="UBND tỉnh", kind="committee",
        level="province",
    )  # fmt: skip
    cards.forget()
    for name, person, agency, role, title in MORE:
        account = people.open_staff_account(
            username=name, name=person, password="mot-cua-test", at=MONDAY_8AM, is_demo=True
        )
        people.appoint(
            account=account, agency=made.agencies[agency], role=role, title=title,
            since=date(2025, 7, 1), by=SYSTEM, at=MONDAY_8AM,
        )  # fmt: skip
        made.accounts[name] = account
    made.refresh()
    return made
