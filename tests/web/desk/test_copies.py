"""Certified copies at the desk: lines gathered, certified together, printed together."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.documents import stacks
from tests.documents.samples import pdf
from tests.factories import world as worlds
from tests.factories.world import World
from tests.web.visit import checked, send, visit, words

from motcua.directory.models import Post
from motcua.directory.services import people
from motcua.documents.models import File
from motcua.dossiers.models import CertifiedCopy

PERSON = {"owner_id": "056092999118", "owner_name": "Nguyễn Văn Phúc"}


@pytest.fixture
def world(db: None) -> World:
    return worlds.build()


@pytest.fixture
def lead(world: World) -> Client:
    """The head of the centre, to whom the committee's signature is lent today."""
    now = timezone.now()
    people.delegate(
        post=Post.objects.get(account=world.accounts["head"]),
        to=world.accounts["centre_lead"],
        start=now - timedelta(minutes=1),
        end=now + timedelta(days=1),
        decision="15/QĐ-UBND",
        by=world["head"],
        at=now,
    )
    return as_(world, "centre_lead")


def as_(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.accounts[who])
    return client


def scans(count: int) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(f"bang-so-{n}.pdf", pdf(pages=3)) for n in range(1, count + 1)]


def sent(client: Client, **typed: object) -> Any:
    answer = client.post("/desk/copies/", PERSON | {"do": "add", "copies": "1"} | typed)
    return checked(answer, "copies")


def lines_of(page: object) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for field in page.xpath("//form[@id='sao-y']//input[@name]"):  # type: ignore[attr-defined]
        if field.get("type") not in ("file", "password", "submit"):
            found.setdefault(field.get("name"), []).append(field.get("value") or "")
    return found


def test_twenty_scans_become_twenty_certified_copies(world: World, lead: Client):
    visit(lead, "/desk/copies/")
    added = sent(lead, file=scans(20))
    typed = lines_of(added)
    assert len(typed["line-document"]) == 20
    assert typed["line-document"][0] == "bang so 1"
    assert "120.000" in words(added)

    done = send(lead, "/desk/copies/", typed | {"do": "certify"})

    assert CertifiedCopy.objects.count() == 20
    assert "20, 01/" in words(done)
    assert lead.get("/desk/copies/print/").content.startswith(b"%PDF-")
    register = visit(lead, "/desk/copies/register/?q=bang+so+7")
    assert words(register).count("bang so 7") == 1


def test_a_paper_without_scan_needs_its_pages(lead: Client):
    address = "/desk/copies/"
    without = lead.post(address, PERSON | {"do": "add", "document": "Căn cước", "copies": "1"})
    assert without.status_code == 422
    page = sent(lead, document="Căn cước", copies="3", pages="2")
    assert "12.000" in words(page)


def test_the_least_is_asked_of_the_person(lead: Client):
    page = sent(lead, owner_id="", document="Học bạ", pages="1")
    assert "12 chữ số" in words(page)


def test_a_line_that_is_refused_stays_with_its_reason(world: World, lead: Client):
    page = sent(lead, file=scans(2))
    typed = lines_of(page)
    typed["line-copies"][1] = "0"

    answer = lead.post("/desk/copies/", typed | {"do": "certify"})

    assert answer.status_code == 422
    assert "Số bản sao từ 1" in words(checked(answer, "certify"))
    assert CertifiedCopy.objects.count() == 1


def test_who_has_no_lent_signature_is_told_the_ordinary_way(world: World):
    page = visit(as_(world, "receptionist"), "/desk/copies/")
    assert "chưa được giao quyền ký chứng thực" in words(page)


def test_a_photograph_is_made_straight_and_a_broken_scan_refused_by_its_name(
    world: World, lead: Client
):
    photo = SimpleUploadedFile("can-cuoc.jpg", stacks.jpeg(stacks.page(worn="photo")))
    broken = SimpleUploadedFile("hong.pdf", stacks.pdf(stacks.page())[:4000])

    answer = lead.post(
        "/desk/copies/", PERSON | {"do": "add", "copies": "1", "file": [photo, broken]}
    )

    assert answer.status_code == 422
    page = checked(answer, "copies")
    assert lines_of(page)["line-document"] == ["can cuoc"]
    assert "hong.pdf: " in words(page)
    kept = File.objects.order_by("pk").last()
    assert kept is not None
    assert (kept.content_type, kept.version) == ("application/pdf", 2)
    assert lines_of(page)["line-file"] == [str(kept.uuid)]
