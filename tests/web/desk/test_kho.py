"""The owner's store at the desk: offered at reception and on the dossier, attached with one key."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests.documents.samples import pdf
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, World
from tests.web.desk.conftest import At
from tests.web.visit import checked, visit, words

from motcua.directory.actor import SYSTEM
from motcua.documents import services as files
from motcua.documents.models import PaperUse, StoredPaper
from motcua.documents.queries import kho as stored
from motcua.documents.services import kho
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier, Paper

NUMBER = "056092999118"
PAGE = "/desk/reception/"


@pytest.fixture
def receptionist(sits: At) -> Client:
    return sits("receptionist")


def keep(world: World, **changes: Any) -> StoredPaper:
    owner = world.parties["citizen"]
    file = files.store(
        BytesIO(pdf()), name="hợp đồng.pdf", by_key="system", at=MONDAY_8AM, party_id=owner.pk
    )
    values: dict[str, Any] = {
        "owner_id": owner.pk, "kind": "contract", "name": "Hợp đồng thuê nhà", "level": 2,
        "source": "dossier", "origin": f"test:{uuid4()}", "abstract": "Thuê nhà",
        "scope": "Đăng ký thường trú", "file": file,
    } | changes  # fmt: skip
    return kho.keep(paper=kho.ToKeep(**values), by=SYSTEM, at=MONDAY_8AM - timedelta(days=30))


def _typed(**changes: Any) -> dict[str, Any]:
    return {
        "procedure": "1.004222", "case": "rent", "draft": "bat-dau-1", "owner_id": NUMBER,
        "owner_name": "Nguyễn Văn Phúc", "return_mode": "counter", "channel": "counter",
        "competent": "H32.66", "originals-ct01": "1", "sets": "1",
    } | changes  # fmt: skip


def _press(client: Client, status: int = 200, **typed: Any) -> Any:
    response = client.post(PAGE, _typed(**typed))
    assert response.status_code == status, response.content.decode()[:2000]
    return checked(response, PAGE)


def test_reception_offers_what_the_store_has_with_one_key(
    world: World, receptionist: Client
) -> None:
    paper = keep(world)

    page = _press(receptionist, do="refresh")

    offered = page.xpath("//button[@data-key='F3']")
    assert [button.get("value") for button in offered] == [f"lease {paper.uuid}"]
    assert "Hợp đồng thuê nhà" in words(offered[0])


def test_one_press_attaches_and_the_dossier_is_accepted_without_the_paper(
    world: World, receptionist: Client
) -> None:
    paper = keep(world)
    page = _press(receptionist, kho=f"lease {paper.uuid}")
    chosen = page.xpath("//input[@name='kho-lease']/@value")

    answer = receptionist.post(PAGE, _typed(do="accept", **{"kho-lease": chosen[0]}))

    assert answer.status_code == 302
    row = Dossier.objects.get()
    assert (row.state, PaperUse.objects.get().case_code) == ("accepted", row.code)
    assert Paper.objects.get(dossier=row, component_key="lease").state == "from_store"


def test_what_was_chosen_can_be_taken_out_again(world: World, receptionist: Client) -> None:
    paper = keep(world)

    page = _press(receptionist, **{"kho-lease": str(paper.uuid), "kho-drop": "lease"})

    assert not page.xpath("//input[@name='kho-lease']")


def test_all_is_there_counts_no_paper_for_what_the_store_gives(
    world: World, receptionist: Client
) -> None:
    paper = keep(world)

    page = _press(receptionist, do="all", **{"kho-lease": str(paper.uuid), "originals-ct01": ""})

    assert page.xpath("//input[@name='originals-ct01']/@value") == ["1"]
    assert not page.xpath("//input[@name='originals-lease']/@value")


def test_the_look_into_the_store_is_a_fact_once_for_each_sheet(
    world: World, receptionist: Client
) -> None:
    paper = keep(world)

    for _ in range(3):
        _press(receptionist, do="refresh")

    looks = stored.openings_of(party_id=paper.owner_id)
    assert [(one.who, one.about) for one in looks] == [
        ("Lê Quang Vinh", "tiếp nhận thủ tục Đăng ký thường trú")
    ]


def test_somebody_elses_store_is_not_offered(world: World, receptionist: Client) -> None:
    keep(world, owner_id=world.parties["neighbour"].pk)

    page = _press(receptionist, do="refresh")

    assert not page.xpath("//button[@name='kho']")


def test_reception_says_what_is_still_wanting(world: World, receptionist: Client) -> None:
    page = _press(receptionist, do="refresh")

    said = words(page)
    assert "1 mục còn thiếu hoặc cần xem" in said
    assert "Hợp đồng thuêChưa có." in said
    full = _press(receptionist, do="refresh", **{"originals-lease": "1"})
    assert "Máy thấy đủ giấy tờ" in words(full)


def _waiting(world: World) -> Dossier:
    return worlds.filed(world, case="rent", papers=(dossiers.PaperIn("ct01", originals=1),))


def test_the_dossier_shows_the_list_and_attaches(world: World, receptionist: Client) -> None:
    paper, row = keep(world), _waiting(world)
    address = f"/desk/dossiers/{row.code}/"

    page = visit(receptionist, address, most_queries=17)

    value = page.xpath("//button[@name='kho']/@value")[0]
    response = receptionist.post(f"{address}store/", {"kho": value}, follow=True)
    assert "Đã lấy giấy tờ từ kho vào hồ sơ" in words(checked(response, address))
    assert PaperUse.objects.get().paper_id == paper.pk


def test_the_stored_paper_is_opened_from_its_dossier_only_and_that_is_a_fact(
    world: World, receptionist: Client
) -> None:
    paper, row = keep(world), _waiting(world)
    other = keep(world, kind="diploma", name="Bằng tốt nghiệp", scope="")
    address = f"/desk/dossiers/{row.code}/store/"

    opened = receptionist.get(f"{address}{paper.uuid}/")

    assert b"".join(opened.streaming_content).startswith(b"%PDF")
    assert receptionist.get(f"{address}{other.uuid}/").status_code == 404
    last = stored.openings_of(party_id=paper.owner_id)[0]
    assert (last.name, last.about, last.who) == ("Hợp đồng thuê nhà", row.code, "Lê Quang Vinh")


def test_who_does_not_decide_opens_only_what_stands_in_the_dossier(world: World, sits: At) -> None:
    paper, row = keep(world), _waiting(world)
    address = f"/desk/dossiers/{row.code}/store/{paper.uuid}/"
    auditor = sits("auditor")
    assert auditor.get(f"/desk/dossiers/{row.code}/").status_code == 200

    assert auditor.get(address).status_code == 404

    dossiers.attach_stored(
        code=row.code, component="lease", paper=paper.uuid, by=world["receptionist"], at=MONDAY_8AM
    )
    assert b"".join(auditor.get(address).streaming_content).startswith(b"%PDF")


def test_one_click_fills_the_supplement_request(world: World, receptionist: Client) -> None:
    row = _waiting(world)

    page = visit(receptionist, f"/desk/dossiers/{row.code}/supplement-request/", most_queries=20)

    assert page.xpath("//input[@name='pick-lease']/@checked")
    assert page.xpath("//input[@name='item-lease']/@value") == ["Hồ sơ chưa có giấy tờ này."]
    assert not page.xpath("//input[@name='pick-ct01']/@checked")
    typed = {"pick-lease": "on", "item-lease": "Hồ sơ chưa có giấy tờ này.",
             "reason": "Hồ sơ còn 1 giấy tờ thiếu."}  # fmt: skip
    receptionist.post(f"/desk/dossiers/{row.code}/supplement-request/", typed)
    row.refresh_from_db()
    assert row.state == "wait_supplement"


def test_r3_asking_for_a_paper_of_the_store_is_refused_unless_it_is_wrong(
    world: World, receptionist: Client
) -> None:
    paper, row = keep(world), _waiting(world)
    address = f"/desk/dossiers/{row.code}/supplement-request/"
    typed = {"pick-lease": "on", "item-lease": "hợp đồng đã chấm dứt", "reason": "Hồ sơ chưa đủ."}

    refused = receptionist.post(address, typed)

    assert refused.status_code == 422
    assert "Kho giấy tờ của chủ hồ sơ đã có" in refused.content.decode()
    receptionist.post(address, typed | {"stored-lease": "on"})
    row.refresh_from_db()
    paper.refresh_from_db()
    assert (row.state, paper.doubt) == ("wait_supplement", "hợp đồng đã chấm dứt")
