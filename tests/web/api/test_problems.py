"""Errors as problem details, in Vietnamese, at their field; nothing half-written."""

import pytest
from tests.web.api.conftest import Api, Caller

from motcua.dossiers.models import Dossier


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"owner": {"name": "A"}}, "owner.name", "ít nhất 2 ký tự"),
        (
            {"papers": [{"component": "ct01", "originals": "hai"}]},
            "papers[0].originals",
            "số nguyên",
        ),
        ({"chanel": "counter"}, "chanel", "Không có mục tên này"),
        ({"channel": "pigeon"}, "channel", "Chọn một trong"),
        ({"owner": {"name": "Phúc", "id_number": "12345678"}}, "id_number", "12 chữ số"),
        ({"note": "x" * 501}, "note", "Dài quá 500"),
        ({"receiving": "H99"}, "receiving", "H99"),
    ],
)
def test_a_wrong_field_is_named(api: Api, changes: dict, field: str, words: str):
    answer = api["receptionist"].post("/dossiers", api.filing(**changes))

    document = answer.json()
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert document["field"] == field
    assert words in document["detail"]
    assert not Dossier.objects.exists()


def test_a_refusal_of_the_law_names_its_article(api: Api):
    code = api.file(papers=[])["code"]

    answer = api["receptionist"].post(f"/dossiers/{code}/acts/accept", {})

    assert answer.status_code == 422
    assert answer.json()["law"] == "118/2025/NĐ-CP Điều 17 khoản 1 điểm c"
    assert "CT01" in answer.json()["detail"]


@pytest.mark.parametrize("body", ["{", "[]", '"x"', "null", "\x00"])
def test_a_body_that_is_no_document_is_refused(api: Api, body: str):
    from django.test import Client

    headers = {"Authorization": f"Bearer {api['receptionist'].token}"}
    for path in ("/dossiers", "/dossiers/H32.66-1-0000001/acts/extend"):
        answer = Client().post(
            f"/api/v1{path}", body, content_type="application/json", headers=headers
        )
        assert answer.status_code in (400, 404, 422), answer.content
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_body_beyond_bounds_is_refused(api: Api):
    answer = api["receptionist"].post("/dossiers", api.filing(note="x" * 2_200_000))

    assert answer.status_code == 413
    assert answer.json()["code"] == "TooLarge"


@pytest.mark.parametrize("token", ["", "wrong", "x" * 500])
def test_without_a_good_token_nobody_comes_in(api: Api, token: str):
    answer = Caller(token).get("/inbox")

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_wrong_cursor_is_a_problem_not_a_fault(api: Api):
    for cursor in ("x", "bnVsbA", "WzEsMl0", "////"):
        answer = api["receptionist"].get("/dossiers", cursor=cursor)
        assert (answer.status_code, answer.json()["code"]) == (422, "UnfitCursor")


def test_an_unknown_address_or_act_is_a_problem(api: Api):
    assert api["receptionist"].get("/nowhere").status_code == 404
    assert api["receptionist"].post("/dossiers/X/acts/fly").status_code == 404


def test_the_kinds_of_problem_are_listed(api: Api):
    listed = {kind["code"]: kind["status"] for kind in api["public"].get("/problems").json()}

    assert listed["ChangedMeanwhile"] == 412
    assert listed["Incomplete"] == 422
