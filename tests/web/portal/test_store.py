"""The owner's store of papers on the portal: seen, filled, taken along, allowed, never others'."""

from datetime import date
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.documents.samples import pdf
from tests.factories.world import MONDAY_8AM, World
from tests.web.portal.conftest import signed_in
from tests.web.visit import send, visit, words

from motcua.directory.actor import SYSTEM
from motcua.directory.services import people
from motcua.directory.services.parties import PartyDetails, register
from motcua.documents import services as files
from motcua.documents.models import Consent, StoredPaper
from motcua.documents.services import kho
from motcua.ledger import queries as trail

STORE = "/tai-khoan/giay-to/"


def keep(world: World, **changes: Any) -> StoredPaper:
    owner = world.parties["citizen"]
    file = files.store(
        BytesIO(pdf()), name="bằng.pdf", by_key="system", at=MONDAY_8AM, party_id=owner.pk
    )
    values: dict[str, Any] = {
        "owner_id": owner.pk, "kind": "diploma", "name": "Bằng tốt nghiệp", "level": 2,
        "source": "dossier", "origin": f"test:{uuid4()}", "abstract": "Bằng đại học", "file": file,
    } | changes  # fmt: skip
    return kho.keep(paper=kho.ToKeep(**values), by=SYSTEM, at=MONDAY_8AM)


def test_an_empty_store_says_what_goes_in(citizen: Client) -> None:
    page = visit(citizen, STORE)

    assert "chưa có giấy tờ" in words(page)


def test_papers_say_what_they_are_good_for(world: World, citizen: Client) -> None:
    keep(world)
    keep(world, name="Giấy xác nhận cũ", kind="marital_status", issued_on=date(2024, 1, 1))

    page = visit(citizen, STORE)

    assert "không phải nộp lại" in words(page)
    assert "đã hết hạn 01/07/2024" in words(page)


def test_a_paper_shows_its_number_uses_and_who_opened_it(world: World, citizen: Client) -> None:
    paper = keep(world, national_kind="KQ.G08.000003")
    place = kho.Place(1, "H32.66-20261109-0000001", "degree", "Bằng cấp", "Cấp chứng chỉ")
    kho.use(paper=paper, place=place, replaces=True, by=world["receptionist"], at=MONDAY_8AM)
    about = "H32.66-20261109-0000001"
    kho.note_opened(paper=paper, about=about, by=world["appraiser"], at=MONDAY_8AM)

    page = visit(citizen, f"{STORE}{paper.uuid}/")

    said = words(page)
    assert "056092999118.KQ.G08.000003" in said
    assert "Thay cho: Bằng cấp" in said
    assert "Phạm Hoài An" in said


def test_the_file_is_saved_and_never_shown_to_others(
    world: World, citizen: Client, neighbour: Client
) -> None:
    paper = keep(world)

    mine = citizen.get(f"{STORE}{paper.uuid}/tep/")

    assert mine["Content-Disposition"].startswith("attachment")
    assert b"".join(mine.streaming_content).startswith(b"%PDF")
    for part in ("", "tep/"):
        assert neighbour.get(f"{STORE}{paper.uuid}/{part}").status_code == 404
    assert neighbour.post(f"{STORE}{paper.uuid}/bo/").status_code == 404
    assert "Bằng tốt nghiệp" not in words(visit(neighbour, STORE))


def _sent(**changes: Any) -> dict[str, Any]:
    file = SimpleUploadedFile("the.pdf", pdf(), "application/pdf")
    return {"kind": "land_certificate", "name": "", "file": file} | changes


def test_an_owner_puts_a_paper_in_and_takes_it_out_again(world: World, citizen: Client) -> None:
    page = send(citizen, f"{STORE}them/", _sent(issued_on="01/02/2020"))

    paper = StoredPaper.objects.get()
    assert "Đã đưa “Giấy chứng nhận quyền sử dụng đất” vào kho" in words(page)
    assert (paper.level, paper.source, paper.owner_id) == (
        0,
        "upload",
        world.parties["citizen"].pk,
    )
    send(citizen, f"{STORE}{paper.uuid}/bo/", {})
    assert not StoredPaper.objects.exists()
    assert [f.kind for f in trail.facts_of(f"kho:{paper.owner_id}")] == ["kho.kept", "kho.removed"]


def test_the_same_file_is_not_kept_twice(world: World, citizen: Client) -> None:
    send(citizen, f"{STORE}them/", _sent())

    page = send(citizen, f"{STORE}them/", _sent(), status=422)

    assert "Kho của bạn đã có tệp này" in words(page)
    assert StoredPaper.objects.count() == 1


def test_who_opened_a_paper_is_told_of_that_paper_alone(world: World, citizen: Client) -> None:
    opened, other = keep(world), keep(world)
    kho.note_opened(paper=opened, about="H32.66-1", by=world["appraiser"], at=MONDAY_8AM)

    assert "Phạm Hoài An" in words(visit(citizen, f"{STORE}{opened.uuid}/"))
    assert "Phạm Hoài An" not in words(visit(citizen, f"{STORE}{other.uuid}/"))


def test_what_cannot_be_kept_is_said_at_its_field(citizen: Client) -> None:
    visit(citizen, f"{STORE}them/")
    zip_file = SimpleUploadedFile("the.pdf", b"PK\x03\x04" + b"x" * 64, "application/pdf")

    for sent in (
        _sent(kind=""),
        {"kind": "diploma"},
        _sent(issued_on="32/13/2020"),
        _sent(issued_on="01/01/2099"),
        _sent(file=zip_file),
    ):
        page = send(citizen, f"{STORE}them/", sent, status=422)
        assert page.xpath("//*[@aria-invalid='true']")
    assert not StoredPaper.objects.exists()


def test_a_paper_that_an_officer_vouches_for_is_not_removed(world: World, citizen: Client) -> None:
    paper = keep(world)

    page = send(citizen, f"{STORE}{paper.uuid}/bo/", {})

    assert "Chỉ bỏ được giấy tờ do chính bạn tải lên" in words(page)


def test_consent_is_given_and_taken_back(world: World, citizen: Client) -> None:
    visit(citizen, f"{STORE}dong-y/")

    page = send(citizen, f"{STORE}dong-y/", {"cho": "reminding"})

    assert "Bạn đã đồng ý" in words(page)
    consent = Consent.objects.get()
    assert (consent.channel, consent.text_version) == ("portal", "1")
    assert "30 ngày" in consent.text
    send(citizen, f"{STORE}dong-y/", {"rut": "reminding"})
    consent.refresh_from_db()
    assert consent.withdrawn_by == consent.given_by
    visit(citizen, f"{STORE}dong-y/")


def test_the_foot_of_every_page_leads_to_who_looked(citizen: Client) -> None:
    (address,) = visit(citizen, "/").xpath("//a[contains(., 'Ai đã xem dữ liệu của tôi')]/@href")

    assert "Ai đã xem kho của bạn" in words(visit(citizen, address))


def test_a_purpose_that_there_is_not_is_refused(citizen: Client) -> None:
    page = send(citizen, f"{STORE}dong-y/", {"cho": "selling"})

    assert "Không có mục đích này" in words(page)
    assert not Consent.objects.exists()


def test_the_account_leads_to_the_store(citizen: Client) -> None:
    page = visit(citizen, "/tai-khoan/")

    assert page.xpath(f"//a[@href='{STORE}']")


def test_an_organisation_has_a_store_of_its_own(world: World) -> None:
    company = register(
        details=PartyDetails(
            name="Công ty Mẫu", id_number="4200999001", kind="organisation", is_demo=True
        ),
        at=MONDAY_8AM,
    )
    world.accounts["company"] = people.open_citizen_account(
        username="company", party=company, password="mot-cua-test", at=MONDAY_8AM, is_demo=True
    )
    keep(world, owner_id=company.pk, kind="business_licence", name="Giấy đăng ký doanh nghiệp")

    page = visit(signed_in(world, "company"), STORE)

    assert "Giấy đăng ký doanh nghiệp" in words(page)
