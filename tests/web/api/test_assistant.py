"""The assistant as programs reach it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web.api.conftest import Api, Caller

from motcua.assistant.models.talk import Conversation, Turn, Vote
from motcua.assistant.services import talk

ASK = "đăng ký thường trú cần giấy tờ gì"


def asked(caller: Caller, question: str = ASK, **more):
    return caller.post("/assistant/ask", {"question": question, **more})


def test_an_answer_comes_with_sources_and_says_that_a_machine_made_it(api: Api):
    answer = asked(api["public"])

    found = answer.json()
    assert answer.status_code == 200, found
    assert (found["ai_generated"], answer.headers["X-AI-Generated"]) == (True, "true")
    assert "máy" in found["notice"]
    assert found["procedures"][0] == "1.004222"
    ids = {source["id"] for source in found["sources"]}
    said = [claim for block in found["blocks"] for claim in block["claims"]]
    assert said
    assert all(set(claim["sources"]) <= ids for claim in said)
    assert all(source["url"].startswith("http") for source in found["sources"] if source["url"])
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_turn_is_kept_with_its_steps_and_without_personal_data(api: Api):
    question = f"Tôi là Nguyễn Văn Phúc, cccd 056092999118, sđt 0905222318, {ASK}"

    found = asked(api["public"], question).json()

    turn = Turn.objects.get(conversation__token=found["thread"], number=found["turn"])
    assert not any(part in turn.question for part in ("Phúc", "056092999118", "0905222318"))
    assert turn.steps
    assert turn.outcome == found["outcome"]
    assert turn.conversation.channel == "api"


def test_a_thread_goes_on_and_is_voted_on_and_deleted(api: Api):
    public = api["public"]
    first = asked(public).json()
    second = asked(public, "thế còn phí?", thread=first["thread"]).json()
    assert (second["thread"], second["turn"]) == (first["thread"], 2)

    body = {"thread": first["thread"], "turn": 2, "vote": "wrong", "words": "gọi 0905222318"}
    assert public.post("/assistant/votes", body).status_code == 204
    assert public.post("/assistant/votes", body | {"vote": "yes"}).status_code == 204
    kept = Vote.objects.get()
    assert (kept.choice, "0905222318" in kept.words) == ("yes", False)
    assert public.post("/assistant/votes", body | {"turn": 9}).status_code == 404
    assert public.post("/assistant/votes", body | {"thread": "x"}).status_code == 404
    assert public.post("/assistant/votes", body | {"vote": "meh"}).status_code == 422

    assert public.delete(f"/assistant/threads/{first['thread']}").status_code == 204
    assert not Conversation.objects.exists()
    assert public.delete("/assistant/threads/none").status_code == 204


def test_a_conversation_of_an_account_is_nobody_elses(api: Api):
    mine = asked(api["citizen"]).json()

    other = asked(api["public"], thread=mine["thread"]).json()
    again = asked(api["citizen"], thread=mine["thread"]).json()

    assert other["thread"] != mine["thread"]
    assert again["turn"] == 2
    body = {"thread": mine["thread"], "turn": 1, "vote": "yes"}
    assert api["neighbour"].post("/assistant/votes", body).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {}, {"question": ""}, {"question": "   "}, {"question": "x" * 1001}, {"question": 5},
        {"question": "a\x00b"}, {"question": ASK, "on": "mai"}, {"question": ASK, "model": "x"},
        {"question": ASK, "place": "\x00"},
    ],
)  # fmt: skip
def test_what_is_no_question_is_refused_at_its_field(api: Api, body):
    answer = api["public"].post("/assistant/ask", body)

    assert answer.status_code == 422, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert not Turn.objects.exists()


def test_a_wrong_token_is_not_taken_for_the_public(api: Api):
    assert asked(Caller("sai")).status_code == 401


def test_nobody_asks_without_end(api: Api, monkeypatch):
    from motcua.web.api import assistant
    from motcua.web.ui.throttle import Throttle

    monkeypatch.setattr(assistant, "_TRIES", Throttle("asking-test", most=1, seconds=600))

    assert asked(api["public"]).status_code == 200
    assert asked(api["public"]).status_code == 429


def test_old_conversations_go(api: Api):
    asked(api["public"])

    assert talk.forget_old(before=timezone.now() - talk.KEPT) == 0
    assert talk.forget_old(before=timezone.now() + timedelta(minutes=1)) > 0
    assert not Turn.objects.exists()


def test_the_document_names_the_assistant(api: Api):
    document = api["public"].get("/openapi.json").json()

    operation = document["paths"]["/api/v1/assistant/ask"]["post"]
    assert operation["tags"] == ["assistant"]
    assert {"AnswerOut", "QuestionIn", "VoteIn"} <= set(document["components"]["schemas"])
