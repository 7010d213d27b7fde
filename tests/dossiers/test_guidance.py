"""What people are told is kept, with the version it was told from."""

import pytest

from motcua.dossiers import services as dossiers
from motcua.ledger import queries as ledger
from tests.factories.world import MONDAY_8AM, World


def test_r1_guidance_is_kept_with_its_version(world: World) -> None:
    told = {
        "case": "own",
        "channel": "counter",
        "text": "Mang tờ khai CT01",
        "agency": "H32.66.01",
    }
    row = dossiers.guide(procedure="1.004222", by=world["receptionist"], at=MONDAY_8AM, **told)
    assert (row.version.procedure.code, row.given_by) == ("1.004222", "Lê Quang Vinh")
    assert ledger.facts_of("guidance:1.004222")[0].kind == "guidance.given"
    with pytest.raises(dossiers.NotOffered):
        dossiers.guide(procedure="9.999999", by=world["receptionist"], at=MONDAY_8AM, **told)


def test_r23_the_number_of_a_result_is_owner_and_kind(world: World) -> None:
    from motcua.dossiers import queries
    from tests.factories import world as worlds

    result = worlds.issued(world).results.get()
    assert queries.paper_number(result) == "056092999118.KQ.G01.000001"
