"""Papers sent in pieces: begun, continued, finished; and the plain form beside it."""

import json
from typing import Any

import pytest
from django.test import Client
from tests.documents import samples
from tests.factories.world import World
from tests.web.portal.test_filing import FIRST, HERE, walk, with_form  # noqa: F401
from tests.web.visit import send, visit, words

from motcua.documents.models import File, Upload

PDF = samples.pdf(b"<< /Length 200000 >>\nstream\n" + b"x" * 200_000 + b"\nendstream")
THERE = f"{HERE}tep/"
STEP = 64 * 1024


@pytest.fixture
def filing(with_form: World, citizen: Client) -> Client:  # noqa: F811
    walk(citizen, upto="giay-to")
    return citizen


def begin(client: Client, content: bytes = PDF, **more: Any) -> Any:
    wish = {"component": "lease", "name": "hop-dong.pdf", "size": len(content), **more}
    return client.post(THERE, wish)


def put(client: Client, address: str, start: int, piece: bytes) -> Any:
    headers = {"Upload-Offset": str(start)}
    return client.put(address, piece, content_type="application/octet-stream", headers=headers)


def send_all(client: Client, told: dict[str, Any], content: bytes = PDF) -> dict[str, Any]:
    at = told["received"]
    while at < len(content):
        at = json.loads(put(client, told["address"], at, content[at : at + STEP]).content)[
            "received"
        ]
    return json.loads(client.post(told["address"]).content)


def test_a_paper_sent_in_pieces_stands_at_its_slot(filing: Client) -> None:
    begun = begin(filing)
    assert begun.status_code == 201

    made = send_all(filing, begun.json())

    file = File.objects.get()
    assert made["file"] == str(file.uuid)
    assert (file.component_key, file.source, file.size_bytes) == ("lease", "portal", len(PDF))
    page = visit(filing, f"{HERE}giay-to/")
    assert "hop-dong.pdf" in words(page)
    review = send(filing, f"{HERE}giay-to/", {"tiep": "1"})
    assert "hop-dong.pdf" in words(review)


def test_the_page_tells_script_where_to_send(filing: Client) -> None:
    page = visit(filing, f"{HERE}giay-to/")

    (form,) = page.xpath("//form[@data-uploads]")
    assert form.get("data-uploads") == THERE
    assert page.xpath("//template[@data-upload-row]")
    assert form.get("enctype") == "multipart/form-data"


def test_after_a_reload_what_is_unfinished_is_told_and_continued(filing: Client) -> None:
    told = begin(filing, fingerprint="f").json()
    put(filing, told["address"], 0, PDF[:STEP])

    (left,) = filing.get(THERE).json()["unfinished"]
    again = begin(filing, fingerprint="f").json()

    assert (left["name"], left["received"], left["component"]) == ("hop-dong.pdf", STEP, "lease")
    assert (again["address"], again["received"]) == (told["address"], STEP)
    assert begin(filing, fingerprint="").json()["address"] != told["address"]
    assert filing.get(told["address"]).json()["received"] == STEP


def test_a_piece_that_does_not_fit_is_told_where_it_would(filing: Client) -> None:
    address = begin(filing).json()["address"]
    put(filing, address, 0, PDF[:STEP])

    answer = put(filing, address, 0, PDF[:STEP])

    assert answer.status_code == 409
    assert answer.json()["received"] == STEP
    assert "nối tiếp" in answer.json()["message"]


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"component": "khác"}, 404),
        ({"size": 30_000_000}, 422),
        ({"size": "-1"}, 422),
        ({"size": "nhiều"}, 422),
    ],
)
def test_what_cannot_be_taken_is_refused_before_it_is_sent(
    filing: Client, more: dict[str, Any], status: int
) -> None:
    assert begin(filing, **more).status_code == status

    assert not Upload.objects.exists()


def test_unfit_content_is_refused_at_the_end_with_words(filing: Client) -> None:
    rubbish = b"PK\x03\x04" + bytes(20_000)

    said = send_all(filing, begin(filing, rubbish).json(), rubbish)

    assert "tệp nén" in said["message"]
    assert not File.objects.exists()


def test_malformed_pieces_are_refused(filing: Client) -> None:
    address = begin(filing).json()["address"]

    assert filing.put(address, PDF[:STEP], content_type="a/b").status_code == 400
    assert put(filing, address, 0, bytes(600_000)).status_code == 400
    assert put(filing, address, 0, b"").status_code == 422


def test_an_upload_is_reached_by_its_sender_only(filing: Client, neighbour: Client) -> None:
    address = begin(filing).json()["address"]

    assert neighbour.get(address).status_code == 404
    assert put(neighbour, address, 0, PDF[:STEP]).status_code == 404
    assert neighbour.post(address).status_code == 404
    neighbour.delete(address)
    assert Upload.objects.count() == 1
    filing.delete(address)
    assert not Upload.objects.exists()


def test_nothing_is_taken_without_the_token_of_our_pages(filing: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = filing.cookies

    assert begin(strict).status_code == 403


def test_without_a_draft_there_is_nothing_to_send_to(with_form: World, citizen: Client) -> None:  # noqa: F811
    assert begin(citizen).status_code == 404


def test_a_slot_holds_ten_files(filing: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.web.portal.uploads.MOST_FILES", 1)
    send_all(filing, begin(filing).json())

    assert begin(filing).status_code == 422
