"""Commands: one JSON document, words for people, and an exit code that tells the truth."""

import pytest
from django.db import connection

from motcua.config.cli import main
from motcua.config.cli.time import NotAMoment, moment


def test_search_prints_a_list_best_first(motcua):
    said = motcua("search", "dang ky thuong tru", "--json")

    assert said.code == 0
    assert said.document[0].keys() == {"code", "name", "score"}
    assert said.document[0]["code"] == "1.004222"
    scores = [hit["score"] for hit in said.document]
    assert scores == sorted(scores, reverse=True)


def test_the_first_command_prepares_the_house_and_says_so_beside_the_answer(motcua):
    first = motcua("search", "khai sinh", "--json")
    second = motcua("search", "khai sinh", "--json")

    assert "Nạp danh mục" in first.err
    assert "Nạp danh mục" not in second.err
    assert first.document == second.document


def test_due_proves_its_date(motcua):
    said = motcua("due", "--code", "1.004222", "--at", "2026-11-20T15:30", "--json")

    assert said.code == 0
    assert said.document["due_at"] == "2026-12-02T17:00:00+07:00"
    assert said.document["proof"]["days"]
    assert said.document["proof"]["words"]


def test_an_unknown_procedure_is_refused_in_words_and_as_data(motcua):
    said = motcua("due", "--code", "9.999999", "--at", "2026-11-20T15:30", "--json")

    assert said.code == 1
    assert said.document["error"]["code"] == "NoSuchProcedure"
    assert "9.999999" in said.err


def test_the_ledger_verifies_until_somebody_touches_it(motcua):
    motcua("prepare", "--quiet")
    whole = motcua("ledger", "verify", "--json")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_factrow SET body = '{}' WHERE kind LIKE 'catalog.%'")
    touched = motcua("ledger", "verify", "--json")

    assert (whole.code, whole.document["whole"]) == (0, True)
    assert (touched.code, touched.document["whole"]) == (1, False)
    assert touched.document["faults"]


@pytest.mark.parametrize("words", [["bogus"], ["search"], ["due", "--code"], ["ledger"]])
def test_misuse_ends_with_two_and_one_document(words, capsys):
    code = main([*words, "--json"])
    captured = capsys.readouterr()

    assert code == 2
    assert captured.out.startswith("{")
    assert "usage" in captured.err


def test_an_account_made_by_command_can_sign_in(motcua, client):
    motcua("prepare", "--quiet")
    made = motcua(
        *("account", "create", "thu.lan", "--name", "Lê Thu Lan", "--agency", "H32.01"),
        *("--role", "receptionist", "--json"),
    )

    typed = {"username": "thu.lan", "password": made.document["password"]}
    assert made.code == 0
    assert client.post("/dang-nhap/", typed).status_code == 302


def test_a_token_is_shown_once_and_only_its_digest_is_kept(motcua):
    from motcua.directory.models import ApiToken

    motcua("account", "create", "api", "--name", "API", "--agency", "H32", "--role", "admin")
    made = motcua("account", "token", "api", "--json")

    assert made.code == 0
    assert made.document["token"].encode() not in bytes(ApiToken.objects.get().digest)


def test_a_process_goes_out_as_bpmn_and_comes_back(motcua, tmp_path):
    file = tmp_path / "p.bpmn"
    out = motcua("workflow", "export", str(file), "--json")
    back = motcua("workflow", "import", str(file), "--json")

    assert (out.code, back.code) == (0, 0)
    assert back.document == {"steps": out.document["steps"], "problems": [], "approved": False}


@pytest.mark.parametrize(
    "typed", ["2026-11-23T08:30", "2026-11-23 08:30", "23/11/2026 08:30", "2026-11-23T01:30+00:00"]
)
def test_moments_are_read_as_people_type_them(typed):
    assert moment(typed).isoformat() in {"2026-11-23T08:30:00+07:00", "2026-11-23T01:30:00+00:00"}


@pytest.mark.parametrize("typed", ["", "hôm nay", "2026-11-23", "32/13/2026 08:00"])
def test_what_is_no_moment_is_refused(typed):
    with pytest.raises(NotAMoment):
        moment(typed)
