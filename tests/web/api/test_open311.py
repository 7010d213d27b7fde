"""GeoReport v2 as other cities' programs speak it."""

from types import SimpleNamespace
from xml.etree import ElementTree as Xml

import pytest
from django.test import Client
from tests.web.api.conftest import Api

from motcua.feedback.models import Case
from motcua.web.api.open311_shapes import request_of

ROOT = "/open311/v2"
REQUEST = {
    "service_code": "lighting",
    "description": "Bốn trụ đèn đường tắt cả tuần, tối không thấy đường đi.",
    "lat": "12.2605",
    "long": "109.1570",
    "phone": "0905222318",
}


def test_services_are_listed_in_json_and_xml(client: Client, db: None):
    rows = client.get(f"{ROOT}/services.json").json()
    found = Xml.fromstring(client.get(f"{ROOT}/services.xml").content)  # noqa: S314 - our own answer

    assert len(rows) == len(found) >= 16
    assert {"service_code", "service_name", "metadata", "type"} <= set(rows[0])
    assert found[0].findtext("metadata") == "false"


def test_discovery_names_the_endpoint(client: Client, db: None):
    found = client.get("/open311/discovery.json").json()

    assert found["endpoints"][0]["url"].endswith("/open311/v2/")


def test_a_request_is_taken_in_and_read_by_the_owner_of_its_key(api: Api):
    key = api["citizen"].token
    sent = Client().post(f"{ROOT}/requests.json", REQUEST | {"api_key": key})

    assert sent.status_code == 201, sent.content.decode()
    code = sent.json()[0]["service_request_id"]
    case = Case.objects.get(code=code)
    assert (case.field, case.channel) == ("lighting", "api")
    assert case.place_id is not None
    mine = Client().get(f"{ROOT}/requests/{code}.json", {"api_key": key}).json()[0]
    assert (mine["status"], mine["service_code"]) == ("open", "lighting")
    assert Client().get(f"{ROOT}/requests/{code}.json").status_code == 404
    assert Client().get(f"{ROOT}/tokens/{code}.json").json()[0]["token"] == code


def test_somebody_without_a_key_may_send_too(api: Api):
    sent = Client().post(f"{ROOT}/requests.xml", REQUEST)

    assert sent.status_code == 201
    found = Xml.fromstring(sent.content)  # noqa: S314 - our own answer
    assert found.find("request/service_request_id") is not None


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"service_code": "moon"}, 400),
        ({"description": ""}, 400),
        ({"lat": "", "long": ""}, 400),
        ({"lat": "nan"}, 400),
        ({"api_key": "no-such-key"}, 403),
    ],
)
def test_what_is_unfit_is_refused_in_its_own_shape(api: Api, changes: dict, status: int):
    answer = Client().post(f"{ROOT}/requests.json", REQUEST | changes)

    assert answer.status_code == status
    assert set(answer.json()[0]) == {"code", "description"}


@pytest.mark.parametrize(
    "query", [{"status": "odd"}, {"start_date": "yesterday"}, {"service_code": "moon"}]
)
def test_a_list_says_what_it_cannot_read(client: Client, db: None, query: dict):
    assert client.get(f"{ROOT}/requests.json", query).status_code == 400


def test_the_public_list_shows_nothing_that_is_not_public(api: Api):
    Client().post(f"{ROOT}/requests.json", REQUEST)

    assert Client().get(f"{ROOT}/requests.json", {"status": "open"}).json() == []


def test_a_public_picture_has_its_address(settings):
    settings.MOTCUA_PUBLIC_URL = "https://vi-du.test"
    told = SimpleNamespace(
        code="PA-1", is_done=True, state="published", answer="Đã thay đèn.", state_label="",
        field="lighting", field_label="", text="Đèn tắt.", agency="", received_at=None,
        published_at=None, due_at=None, place_code="", lat=None, lon=None, before=(7,), after=(9,),
    )  # fmt: skip

    assert request_of(told, {})["media_url"] == "https://vi-du.test/phan-anh/anh/9/"
    told.before = told.after = ()
    assert request_of(told, {})["media_url"] == ""
