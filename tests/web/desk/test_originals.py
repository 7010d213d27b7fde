"""The desk gives originals back of a dossier that ended without a result."""

from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM
from tests.web.desk.test_acts import refusal
from tests.web.desk.test_life import act
from tests.web.visit import visit, words

from motcua.dossiers import services as dossiers


def test_a_withdrawn_dossier_shows_why_and_hands_its_originals_back(
    world: worlds.World, sits
) -> None:
    row = worlds.filed(world)
    who = {"by": world["receptionist"], "at": MONDAY_8AM}
    dossiers.accept(code=row.code, originals_held=2, **who)
    dossiers.withdraw(code=row.code, reason="Không còn nhu cầu", **who)
    client = sits("receptionist")

    before = words(visit(client, f"/desk/dossiers/{row.code}/", most_queries=17))
    waiting = words(visit(client, "/desk/results/"))
    assert "Ghi họ tên" in refusal(client, row, "originals-return", receiver="x")
    act(client, row.code, "originals-return", receiver="Ông Phúc", proof="ký nhận")
    after = words(visit(client, f"/desk/dossiers/{row.code}/", most_queries=17))

    assert "Người dân rút hồ sơ: Không còn nhu cầu" in before
    assert "giữ 2 bản chính" in before
    assert "Trả lại 2 bản chính cho Ông Phúc" in after
    assert "giữ 0 bản chính" in after
    assert "Bản chính phải trả lại" in waiting
    assert "Bản chính phải trả lại" not in words(visit(client, "/desk/results/"))
