"""What programs read of the catalogue, places, calendars and processes; and tokens."""

from datetime import datetime

from django.test import Client
from tests.factories.world import VN
from tests.web.api.conftest import Api, Caller


def test_the_document_is_openapi_3_1_and_names_every_act(api: Api):
    document = api["public"].get("/openapi.json").json()

    assert document["openapi"].startswith("3.1")
    assert "/api/v1/dossiers/{code}/acts/request_supplement" in document["paths"]
    assert {"FilingIn", "PersonIn", "ProblemOut", "StateOut"} <= set(
        document["components"]["schemas"]
    )
    text = str(document)
    assert "#/$defs/" not in text


def test_a_case_needs_what_its_version_says(api: Api):
    needs = api["public"].get("/procedures/1.004222/requirements", case="own").json()

    assert [p["component"] for p in needs["papers"]] == ["ct01", "home", "photo"]
    assert needs["fees"][0]["total_vnd"] == 20000


def test_a_due_time_comes_with_its_proof(api: Api):
    at = datetime(2026, 11, 9, 8, 0, tzinfo=VN)

    due = api["public"].get("/procedures/1.004222/due", case="own", at=at.isoformat()).json()

    assert due["due_at"].startswith("2026-11-18T17:00")
    assert len(due["proof"]["days"]) >= 7
    assert due["words"]


def test_catalogue_places_and_calendars_are_public(api: Api):
    for path in (
        "/procedures", "/procedures/1.004222", "/procedures/1.004222/versions",
        "/procedures/1.004222/fees", "/places", "/agencies", "/centres", "/calendars",
        "/calendars/hanh-chinh",
    ):  # fmt: skip
        assert api["public"].get(path).status_code == 200, path
    assert (
        api["public"].get("/procedures/search", text="thuong tru").json()[0]["code"] == "1.004222"
    )
    for path in ("/procedures/9.999999", "/calendars/nowhere", "/procedures/9/versions"):
        assert api["public"].get(path).status_code == 404, path


def test_processes_leave_and_return_as_bpmn(api: Api):
    xml = api["controller"].get("/processes/0/bpmn").content
    headers = {"Authorization": f"Bearer {api['controller'].token}"}

    read = Client().post(
        "/api/v1/processes/bpmn", xml, content_type="application/xml", headers=headers
    )

    assert read.status_code == 200, read.content
    assert len(read.json()["definition"]["steps"]) == 5
    body = {
        "definition": read.json()["definition"],
        "procedure": "1.004222",
        "decision_number": "12/QĐ-UBND",
        "valid_from": "2026-12-01",
    }
    refused = api["receptionist"].post("/processes", body)
    assert refused.status_code == 403


def test_tokens_are_made_listed_and_revoked(api: Api):
    made = api["head"].post("/me/tokens", {"name": "máy của tôi", "days": 7}).json()
    mine = Caller(made["token"])
    assert mine.get("/me").json()["posts"][0]["role"] == "head"
    listed = mine.get("/me/tokens").json()
    newest = max(listed, key=lambda t: t["id"])
    assert made["token"] not in str(listed)

    assert mine.delete(f"/me/tokens/{newest['id']}").status_code == 204
    assert mine.get("/me").status_code == 401
    stolen = api["clerk"].delete(f"/me/tokens/{min(t['id'] for t in listed)}")
    assert stolen.status_code == 403


def test_a_password_gives_a_token(api: Api):
    body = {"username": "citizen", "password": "mot-cua-test", "name": "điện thoại"}

    token = api["public"].post("/tokens", body).json()["token"]
    wrong = api["public"].post("/tokens", body | {"password": "sai"})

    assert Caller(token).get("/me").json()["kind"] == "citizen"
    assert (wrong.status_code, wrong.json()["field"]) == (401, "password")
