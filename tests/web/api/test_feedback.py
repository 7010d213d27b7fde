"""Feedback as programs reach it: sent, followed, read."""

import pytest
from tests.web.api.conftest import Api

from motcua.feedback.models import Case

TEXT = "Ổ gà rất sâu trên đường Trần Phú, gần bãi biển, nhiều người té xe."


def test_a_case_is_sent_without_a_token_and_followed_by_its_phone(api: Api):
    sent = api["public"].post(
        "/feedback", {"text": TEXT, "place_code": "22390", "phone": "0905222318"}
    )

    assert sent.status_code == 201, sent.content.decode()
    made = sent.json()
    case = Case.objects.get(code=made["code"])
    assert (case.channel, case.field, made["pin"]) == ("api", "road", "")
    body = {"code": made["code"], "proof": "2318"}
    found = api["public"].post("/feedback/following", body)
    assert found.status_code == 200, found.content.decode()
    assert found.json()["state"] == "sent"
    assert found.json()["timeline"]
    assert api["public"].post("/feedback/following", body | {"proof": "9999"}).status_code == 404


def test_a_sender_without_phone_gets_a_pin(api: Api):
    made = api["public"].post("/feedback", {"text": TEXT, "place_code": "22390"}).json()

    found = api["public"].post("/feedback/following", {"code": made["code"], "proof": made["pin"]})

    assert found.status_code == 200


def test_a_key_sends_once(api: Api):
    body = {"text": TEXT, "place_code": "22390", "phone": "0905222318"}
    first = api["citizen"].post("/feedback", body, Idempotency_Key="a1")
    again = api["citizen"].post("/feedback", body, Idempotency_Key="a1")

    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    "body", [{"text": "ngắn"}, {"text": TEXT, "field": "moon"}, {"text": TEXT, "place_code": "1"}]
)
def test_what_is_unclear_is_refused(api: Api, body: dict):
    assert api["public"].post("/feedback", body).status_code in {400, 409, 422}


def test_nothing_is_listed_before_it_is_public(api: Api):
    made = api["public"].post("/feedback", {"text": TEXT, "place_code": "22390"}).json()

    assert api["public"].get("/feedback").json() == {"items": [], "next": None}
    assert api["public"].get(f"/feedback/{made['code']}").status_code == 404


def test_fields_are_named_in_two_languages(api: Api):
    rows = api["public"].get("/feedback/fields").json()

    assert {
        "key": "lighting",
        "name": "Chiếu sáng công cộng",
        "name_en": "Street lighting",
    } in rows
