"""A dossier over the API: filed with its paper, taken to its end, read by whom it concerns."""

import hashlib

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web.api.conftest import Api

from motcua.catalog import queries as catalog
from motcua.documents.models import File
from motcua.dossiers.models import Dossier
from motcua.ledger import queries as ledger
from motcua.ledger.models import FactRow

MOST_QUERIES = 8


def _appraiser(api: Api, code: str) -> str:
    row = Dossier.objects.get(code=code)
    return next(n for n, a in api.world.accounts.items() if a.pk == row.assignee_id)


def test_a_dossier_goes_from_filing_to_the_returned_result(api: Api, paper: bytes):
    filed = api["receptionist"].send("/dossiers", api.filing(papers=[]), {"ct01": paper})
    assert filed.status_code == 201, filed.content
    code = filed.json()["code"]
    api.act("receptionist", code, "accept", {})
    api.act(_appraiser(api, code), code, "appraise", {"note": "đủ điều kiện"})
    api.act("head", code, "approve")
    api.act("clerk", code, "issue", {"text": "Đồng ý đăng ký thường trú."})
    api.act("cashier", code, "confirm_payment", {"method": "cash"})
    last = api.act("receptionist", code, "return_result", {"receiver": "Nguyễn Văn Phúc"})

    assert (last["state"], last["npsp_code"], last["revision"]) == ("returned", 10, 7)
    stored = File.objects.get(case_id=Dossier.objects.get(code=code).pk)
    assert stored.sha256 == hashlib.sha256(paper).hexdigest()
    assert ledger.verify().is_whole


def test_reading_a_dossier_is_a_fact_that_its_owner_sees(api: Api):
    code = api.file()["code"]

    found = api["receptionist"].get(f"/dossiers/{code}")

    assert found.json()["papers"][0]["state"] == "present"
    assert found.headers["ETag"] == '"1"'
    readers = api["citizen"].get(f"/dossiers/{code}/readers").json()
    assert "Lê Quang Vinh" in {line["who"] for line in readers}


def test_no_act_asks_the_database_more_than_eight_times(api: Api, paper: bytes, settings):
    settings.MOTCUA_CATALOG_SECONDS = 60
    catalog.forget_versions()

    def asked(caller: str, path: str, body: object = None, files=None) -> dict:
        with CaptureQueriesContext(connection) as queries:
            answer = api[caller].send(path, body, files) if files else api[caller].post(path, body)
        assert answer.status_code in (200, 201), answer.content.decode()
        told = [q["sql"] for q in queries if "SAVEPOINT" not in q["sql"]]
        assert len(told) <= MOST_QUERIES, f"{path}: {len(told)}\n" + "\n".join(told)
        return answer.json()

    api.file()  # what is kept in memory is read once per process
    code = asked("receptionist", "/dossiers", api.filing(papers=[]), {"ct01": paper})["code"]
    asked("receptionist", f"/dossiers/{code}/acts/accept", {})
    asked(_appraiser(api, code), f"/dossiers/{code}/acts/appraise", {})
    asked("head", f"/dossiers/{code}/acts/approve")
    asked("clerk", f"/dossiers/{code}/acts/issue")
    asked("cashier", f"/dossiers/{code}/acts/confirm_payment", {"method": "cash"})
    asked("receptionist", f"/dossiers/{code}/acts/return_result", {"receiver": "Bà Lan"})


def test_a_stale_revision_is_refused_with_what_changed(api: Api):
    code = api.file()["code"]
    api.act("receptionist", code, "accept", {}, If_Match='"1"')

    late = api["receptionist"].post(
        f"/dossiers/{code}/acts/withdraw", {"reason": "đổi ý, không nộp nữa"}, If_Match='"1"'
    )

    assert late.status_code == 412
    assert late.headers["Content-Type"] == "application/problem+json"
    assert late.json()["code"] == "ChangedMeanwhile"
    assert "Lê Quang Vinh" in late.json()["detail"]


def test_an_unfit_file_leaves_nothing_behind(api: Api):
    before = FactRow.objects.count()

    answer = api["receptionist"].send("/dossiers", api.filing(), {"ct01": b"MZ not a paper"})

    assert answer.status_code == 422
    assert answer.json()["field"] == "ct01"
    assert not Dossier.objects.exists()
    assert FactRow.objects.count() == before
    assert not File.objects.exists()


def test_files_uploaded_before_are_named_in_the_filing(api: Api, paper: bytes):
    kept = api["receptionist"].send("/files", {}, {"tờ khai": paper}).json()
    papers = [{"component": "ct01", "files": [kept[0]["key"]]}]

    code = api.file(papers=papers)["code"]

    shown = api["receptionist"].get(f"/dossiers/{code}/files").json()
    assert [f["key"] for f in shown] == [kept[0]["key"]]
    bytes_ = api["receptionist"].get(f"/dossiers/{code}/files/{kept[0]['key']}")
    assert b"".join(bytes_.streaming_content) == paper


def test_a_file_of_somebody_else_cannot_be_named(api: Api, paper: bytes):
    kept = api["citizen"].send("/files", {}, {"a": paper}).json()
    papers = [{"component": "ct01", "files": [kept[0]["key"]]}]

    answer = api["receptionist"].post("/dossiers", api.filing(papers=papers))

    assert (answer.status_code, answer.json()["code"]) == (422, "UnknownFile")
    assert not Dossier.objects.exists()


def test_pages_follow_each_other_without_gap_or_repeat(api: Api):
    codes = [api.file()["code"] for _ in range(5)]
    seen, cursor = [], ""

    while True:
        answer = api["receptionist"].get("/dossiers", limit=2, cursor=cursor)
        seen += [item["code"] for item in answer.json()["items"]]
        cursor = answer.json()["next"]
        if not cursor:
            break
        assert 'rel="next"' in answer.headers["Link"]

    assert seen == codes[::-1]


def test_the_inbox_pages_through_blank_due_times(api: Api):
    codes = [api.file()["code"] for _ in range(3)]
    seen, cursor = [], ""

    for _ in range(3):
        answer = api["receptionist"].get("/inbox", limit=1, cursor=cursor).json()
        seen += [item["code"] for item in answer["items"]]
        cursor = answer["next"] or ""

    assert (seen, cursor) == (codes, "")


def test_a_stranger_neither_reads_nor_acts(api: Api):
    code = api.file()["code"]

    read = api["neighbour"].get(f"/dossiers/{code}")
    act = api["other_head"].post(f"/dossiers/{code}/acts/approve")

    assert (read.status_code, act.status_code) == (404, 404)
    assert "Phúc" not in read.content.decode() + act.content.decode()
    assert api["public"].get(f"/dossiers/{code}").status_code == 401


def test_the_chain_of_one_dossier_proves_itself(api: Api):
    code = api.file()["code"]
    assert api["receptionist"].get(f"/dossiers/{code}/proof").json()["whole"] is True

    FactRow.objects.filter(kind="dossier.filed").update(actor_name="kẻ khác")

    assert api["receptionist"].get(f"/dossiers/{code}/proof").json()["whole"] is False


def test_tracking_needs_code_and_phone(api: Api):
    code = api.file()["code"]

    right = api["public"].post("/tracking", {"code": code, "phone": "0905 222 318"})
    wrong = api["public"].post("/tracking", {"code": code, "phone": "0905222319"})

    assert right.json()["state"] == "submitted"
    assert "Phúc" not in right.content.decode()
    assert wrong.status_code == 404


def test_the_receipt_is_a_paper_for_those_who_read_the_dossier(api: Api):
    code = api.file()["code"]
    api.act("receptionist", code, "accept", {})

    receipt = api["receptionist"].get(f"/dossiers/{code}/forms/01")

    assert receipt.content.startswith(b"%PDF-")
    assert api["neighbour"].get(f"/dossiers/{code}/forms/01").status_code == 404
    assert api["receptionist"].get(f"/dossiers/{code}/forms/nothing").status_code == 404
