"""Which fees a dossier pays: alternatives are not summed, pages have price steps and a ceiling."""

import pytest

from motcua.catalog.content import FeeRule
from motcua.dossiers import services as dossiers
from motcua.dossiers.services.intake import fee_lines
from motcua.payments.rules import total_vnd
from tests.factories import world as worlds
from tests.factories.world import World

ONE = FeeRule.from_json({"key": "one", "name": "Cá nhân", "amount_vnd": 20000})
LIST = FeeRule.from_json(
    {"key": "list", "name": "Theo danh sách", "amount_vnd": 10000, "per": "person"}
)
CHARGE = FeeRule.from_json({"key": "phi", "name": "Phí", "kind": "phi", "amount_vnd": 5000})
FREE = FeeRule.from_json({"key": "free", "name": "Miễn", "amount_vnd": 0})
PAGES = FeeRule.from_json(
    {
        "key": "page",
        "name": "Lệ phí chứng thực",
        "amount_vnd": 2000,
        "per": "page",
        "tiers": [{"from_unit": 3, "amount_vnd": 1000}],
        "max_vnd": 200000,
    }
)


@pytest.mark.parametrize(
    ("fees", "quantities", "total"),
    [
        ((ONE,), {}, 20000),
        ((ONE, LIST), {}, 20000),
        ((ONE, LIST), {"list": 3}, 30000),
        ((ONE, LIST, CHARGE), {"one": 1}, 25000),
        ((FREE,), {}, 0),
        ((FREE, ONE), {}, 20000),
        ((PAGES,), {}, 2000),
        ((PAGES,), {"page": 5}, 7000),
        ((PAGES,), {"page": 900}, 200000),
    ],
)
def test_a_bill(fees: tuple[FeeRule, ...], quantities: dict[str, int], total: int) -> None:
    assert total_vnd(fee_lines(fees=fees, quantities=quantities)) == total


def test_a_misspelt_fee_is_not_billed_as_one_unit(world: World) -> None:
    row = worlds.filed(world)
    with pytest.raises(dossiers.Misstated):
        dossiers.accept(
            code=row.code, by=world["receptionist"], at=worlds.MONDAY_8AM, quantities={"zz": 1}
        )
