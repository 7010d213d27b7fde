"""Idempotency keys: once done, twice answered; a key is not reused for something else."""

from tests.web.api.conftest import Api

from motcua.dossiers.models import Dossier


def test_the_same_request_under_one_key_is_done_once(api: Api, paper: bytes):
    first = api["receptionist"].send(
        "/dossiers", api.filing(papers=[]), {"ct01": paper}, Idempotency_Key="k1"
    )
    again = api["receptionist"].send(
        "/dossiers", api.filing(papers=[]), {"ct01": paper}, Idempotency_Key="k1"
    )

    assert first.json() == again.json()
    assert again.headers["Idempotent-Replayed"] == "true"
    assert (again.status_code, again.headers["ETag"]) == (201, '"1"')
    assert Dossier.objects.count() == 1


def test_another_request_under_the_key_is_refused(api: Api):
    api["receptionist"].post("/dossiers", api.filing(), Idempotency_Key="k1")

    other = api["receptionist"].post("/dossiers", api.filing(sets=2), Idempotency_Key="k1")

    assert (other.status_code, other.json()["code"]) == (422, "KeyUsed")
    assert Dossier.objects.count() == 1


def test_a_key_is_its_callers_own(api: Api):
    body = api.filing(channel="counter")
    api["receptionist"].post("/dossiers", body, Idempotency_Key="k1")
    api["centre_lead"].post("/dossiers", body, Idempotency_Key="k1")

    assert Dossier.objects.count() == 2


def test_a_refusal_frees_the_key(api: Api):
    refused = api["receptionist"].post(
        "/dossiers", api.filing(case="nowhere"), Idempotency_Key="k1"
    )
    done = api["receptionist"].post("/dossiers", api.filing(), Idempotency_Key="k1")

    assert (refused.status_code, done.status_code) == (422, 201)
