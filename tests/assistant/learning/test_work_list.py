"""From questions asked in vain to an answer that one wrote and another accepted."""

import json
from argparse import Namespace
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.factories import world as worlds

from motcua.assistant.learning import refusals
from motcua.assistant.models import LawDocument, LearnedAnswer, Passage, Topic, TopicQuestion
from motcua.assistant.models.talk import Conversation, Turn, Vote
from motcua.assistant.queries import learning as queries
from motcua.assistant.services import learning
from motcua.assistant.services.learning import Asked, Words
from motcua.config.cli.assistant_learned import learned
from motcua.config.cli.progress import Progress
from motcua.directory.actor import PUBLIC, SYSTEM
from motcua.kernel.bounds import Unkeepable
from motcua.kernel.refused import Refused
from motcua.ledger.models import FactRow

AT = worlds.MONDAY_8AM
DAY = date(2026, 11, 9)
QUESTIONS = (
    ("Nuôi chim yến trong khu dân cư có phải xin phép không?", "unknown"),
    ("xin phép nuôi chim yến trong khu dân cư thế nào", "disliked"),
    ("Tôi là Nguyễn Văn Phúc, 0905222318, muốn hỏi đổi bằng lái xe nước ngoài", "unknown"),
    ("nuoi chim yen trong khu dan cu", "unsure"),
)
WORDS = Words(
    question="Nuôi chim yến trong khu dân cư có được không?",
    text="Không được nuôi chim yến trong khu dân cư; nhà yến phải cách khu dân cư ít nhất 300 m.",
)
LAW = ({"kind": "law", "reference": "13/2020/NĐ-CP:25", "title": ""},)


@pytest.fixture
def world(db: None) -> worlds.World:
    LawDocument.objects.create(
        number="13/2020/NĐ-CP", slug="13-2020", in_force_from=date(2020, 3, 5)
    )
    LawDocument.objects.create(number="61/2018/NĐ-CP", slug="61-2018", ended_on=date(2025, 7, 1))
    return worlds.build()


@pytest.fixture
def topic(world: worlds.World) -> Topic:
    learning.gather(asked=asked(), by=SYSTEM, at=AT)
    return Topic.objects.order_by("-count")[0]


def asked() -> list[Asked]:
    return [
        Asked(text, reason, AT + timedelta(minutes=at), turn=at + 1)
        for at, (text, reason) in enumerate(QUESTIONS)
    ]


def proposed(world: worlds.World, topic: Topic, **changes) -> LearnedAnswer:
    given = {"words": WORDS, "sources": LAW, "valid_from": DAY, "by": world["keeper"], "at": AT}
    return learning.propose(topic=topic.pk, **(given | changes))


def kinds(topic: Topic) -> list[str]:
    rows = FactRow.objects.filter(stream=topic.stream).order_by("seq")
    return [row.kind.removeprefix("assistant.") for row in rows]


def test_questions_asked_in_vain_come_together_masked(topic):
    assert (topic.count, topic.reasons) == (3, {"unknown": 1, "disliked": 1, "unsure": 1})
    assert topic.last_asked_at == AT + timedelta(minutes=3)
    assert Topic.objects.count() == 2
    kept = " ".join(TopicQuestion.objects.values_list("text", flat=True))
    assert "Phúc" not in kept
    assert "0905222318" not in kept


def test_a_question_with_its_marks_stands_for_one_without(world):
    texts = (
        "nuoi chim yen trong khu dan cu",
        "nuôi chim yến trong khu dân cư",
        "nuôi chim yến ở phố",
    )
    for at, text in enumerate(texts):
        asked = [Asked(text, "unknown", AT + timedelta(days=at), turn=at)]
        learning.gather(asked=asked, by=SYSTEM, at=AT)

    assert Topic.objects.order_by("pk")[0].title == texts[1]


def test_gathering_again_adds_nothing(topic):
    assert learning.gather(asked=asked(), by=SYSTEM, at=AT) == learning.Gathered()
    assert TopicQuestion.objects.count() == 4
    assert FactRow.objects.filter(kind="assistant.questions_gathered").count() == 1


def test_what_was_asked_lately_in_vain_is_found_once(world):
    conversation = Conversation.objects.create(token="t", begun_at=AT, last_at=AT)
    said = (
        ("unknown", 0.1, ""),
        ("answered", 0.9, "wrong"),
        ("answered", 0.9, ""),
        ("attack", 0, ""),
    )
    for number, (outcome, confidence, vote) in enumerate(said):
        turn = Turn.objects.create(
            conversation=conversation, number=number, question=f"nuôi chim yến {number}",
            outcome=outcome, confidence=confidence, asked_at=AT,
        )  # fmt: skip
        if vote:
            Vote.objects.create(turn=turn, choice=vote, at=AT)

    found = queries.asked_in_vain(since=AT - timedelta(days=1))

    assert [one.reason for one in found] == ["unknown", "disliked"]
    learning.gather(asked=found, by=SYSTEM, at=AT)
    assert not queries.asked_in_vain(since=AT - timedelta(days=1))
    assert not queries.asked_in_vain(since=AT + timedelta(days=1))


def test_an_answer_goes_from_writer_to_another_reviewer_into_knowledge(world, topic):
    learning.take(topic=topic.pk, by=world["keeper"], at=AT)
    answer = proposed(world, topic)
    with pytest.raises(refusals.OwnAnswer):
        learning.accept(answer=answer.pk, by=world["keeper"], at=AT)
    assert not queries.accepted(DAY)
    learning.send_back(
        answer=answer.pk, reason="Ghi thêm khoảng cách.", by=world["controller"], at=AT
    )
    again = proposed(world, topic)
    learning.accept(answer=again.pk, by=world["controller"], at=AT)

    topic.refresh_from_db()
    assert (again.pk, topic.state, topic.owner) == (answer.pk, "answered", None)
    (known,) = queries.accepted(DAY)
    assert (known.key, known.text, known.sources[0]["title"]) == (
        f"tl:{answer.pk}", WORDS.text, "13/2020/NĐ-CP Điều 25",
    )  # fmt: skip
    assert len(known.ways) == 3
    passage = Passage.objects.get(key=known.key)
    assert (passage.kind, passage.document, passage.article, passage.valid_from) == (
        "answer", "13/2020/NĐ-CP", "25", DAY,
    )  # fmt: skip
    assert passage.facts["answer"] == WORDS.text
    assert not queries.accepted(DAY - timedelta(days=1))
    assert next(row["must"] for row in queries.evaluation_rows()) == ["300"]
    assert kinds(topic) == [
        "topic_taken", "answer_proposed", "answer_returned", "answer_proposed", "answer_accepted",
    ]  # fmt: skip


def test_the_table_itself_refuses_an_answer_accepted_by_its_writer(world, topic):
    answer = proposed(world, topic)

    with pytest.raises(IntegrityError), transaction.atomic():
        LearnedAnswer.objects.filter(pk=answer.pk).update(
            state="accepted", reviewer_id=answer.writer_id
        )


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"sources": ()}, refusals.UnfitAnswer),
        ({"sources": ({"kind": "law", "reference": "61/2018/NĐ-CP:1"},)}, refusals.SourceReplaced),
        ({"sources": ({"kind": "law", "reference": "99/2099/NĐ-CP"},)}, refusals.UnfitAnswer),
        ({"sources": ({"kind": "law", "reference": ""},)}, refusals.UnfitAnswer),
        ({"sources": ({"kind": "procedure", "reference": "9.999999"},)}, refusals.UnfitAnswer),
        (
            {"sources": ({"kind": "link", "reference": "http://evil.example"},)},
            refusals.UnfitAnswer,
        ),
        ({"sources": ({"kind": "link", "reference": "https://[x"},)}, refusals.UnfitAnswer),
        ({"sources": ({"kind": "gossip", "reference": "chợ"},)}, refusals.UnfitAnswer),
        ({"words": Words("Nuôi yến?", "Ngắn.")}, refusals.UnfitAnswer),
        ({"words": Words("", WORDS.text)}, refusals.UnfitAnswer),
        ({"words": Words("x" * 301, WORDS.text)}, refusals.UnfitAnswer),
        (
            {"words": Words("Nuôi yến?", WORDS.text + " CCCD 056092999118")},
            refusals.HoldsPersonalData,
        ),
        ({"words": Words("Nuôi yến?", WORDS.text + "\x00")}, Unkeepable),
        ({"valid_to": DAY}, refusals.UnfitAnswer),
        ({"valid_from": date(2019, 1, 1)}, refusals.SourceReplaced),
    ],
)
def test_an_answer_without_sound_sources_and_dates_is_refused(world, topic, changes, refusal):
    with pytest.raises(refusal):
        proposed(world, topic, **changes)
    assert not LearnedAnswer.objects.exists()


def test_a_source_replaced_meanwhile_stops_the_answer(world, topic):
    answer = proposed(world, topic)
    LawDocument.objects.filter(number="13/2020/NĐ-CP").update(ended_on=DAY)

    with pytest.raises(refusals.SourceReplaced):
        learning.accept(answer=answer.pk, by=world["controller"], at=AT)


def test_procedures_and_links_are_sources_too(world, topic):
    answer = proposed(
        world, topic, valid_from=date(2026, 11, 9),
        sources=(
            {"kind": "procedure", "reference": "1.004222"},
            {"kind": "link", "reference": "https://khanhhoa.gov.vn/yen", "title": "Vùng nuôi"},
        ),
    )  # fmt: skip

    assert [source["url"] for source in answer.sources] == [
        "/thu-tuc/1.004222/", "https://khanhhoa.gov.vn/yen",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["citizen", "receptionist", "appraiser", "head", "admin"])
def test_nobody_but_the_keepers_sees_or_touches_the_list(world, topic, name):
    by = world[name]

    with pytest.raises(refusals.NotAKeeper):
        learning.take(topic=topic.pk, by=by, at=AT)
    with pytest.raises(refusals.NotAKeeper):
        proposed(world, topic, by=by)
    assert not queries.topics(by).exists()
    assert queries.topic(by, topic.pk) is None
    assert queries.topic(PUBLIC, topic.pk) is None


def test_a_topic_is_taken_once_given_back_dismissed_and_opened_again(world, topic):
    number = topic.pk
    learning.take(topic=number, by=world["keeper"], at=AT)
    with pytest.raises(refusals.WrongTopicState):
        learning.take(topic=number, by=world["controller"], at=AT)
    assert queries.counts(world["keeper"])["mine"] == 1
    learning.release(topic=number, by=world["controller"], at=AT)
    with pytest.raises(refusals.WrongTopicState):
        learning.release(topic=number, by=world["keeper"], at=AT)
    with pytest.raises(refusals.UnfitAnswer):
        learning.dismiss(topic=number, reason=" ", by=world["keeper"], at=AT)
    learning.dismiss(
        topic=number, reason="Không thuộc thẩm quyền của tỉnh.", by=world["keeper"], at=AT
    )
    with pytest.raises(refusals.WrongTopicState):
        proposed(world, topic)
    with pytest.raises(refusals.WrongTopicState):
        learning.dismiss(topic=number, reason="Một lần nữa.", by=world["keeper"], at=AT)
    learning.reopen(topic=number, reason="Đã có quy định mới.", by=world["centre_lead"], at=AT)
    with pytest.raises(refusals.WrongTopicState):
        learning.reopen(topic=number, reason="Đã có quy định mới.", by=world["keeper"], at=AT)

    assert kinds(topic) == ["topic_taken", "topic_released", "topic_dismissed", "topic_reopened"]
    with pytest.raises(refusals.NoSuchTopic):
        learning.take(topic=10_000, by=world["keeper"], at=AT)


def test_an_answered_topic_opens_again_when_people_still_ask(world, topic):
    answer = proposed(world, topic)
    learning.accept(answer=answer.pk, by=world["controller"], at=AT)
    more = Asked("nuôi chim yến trong khu dân cư", "disliked", AT + timedelta(days=2), turn=99)

    learning.gather(asked=[more], by=SYSTEM, at=AT + timedelta(days=2))

    topic.refresh_from_db()
    assert (topic.state, topic.count) == ("open", 4)


def test_a_withdrawn_answer_is_given_for_its_own_days_only(world, topic):
    answer = proposed(world, topic)
    with pytest.raises(refusals.WrongTopicState):
        learning.withdraw(answer=answer.pk, reason="Đã sai.", by=world["keeper"], at=AT)
    learning.accept(answer=answer.pk, by=world["controller"], at=AT)
    later = AT + timedelta(days=30)

    learning.withdraw(
        answer=answer.pk, reason="Nghị định mới thay thế.", by=world["keeper"], at=later
    )

    assert queries.accepted(DAY)
    assert not queries.accepted(later.date())
    assert Passage.objects.get(key=answer.key).valid_to == later.date()
    assert not queries.evaluation_rows()
    with pytest.raises(refusals.WrongTopicState):
        learning.accept(answer=answer.pk, by=world["controller"], at=later)


def test_what_was_learned_is_listed_and_exported(world, topic, tmp_path):
    answer = proposed(world, topic)
    learning.accept(answer=answer.pk, by=world["controller"], at=AT)
    file = tmp_path / "learned.jsonl"

    listed = learned(Namespace(export=None), Progress(is_quiet=True))
    written = learned(Namespace(export=str(file)), Progress(is_quiet=True))

    rows = [json.loads(line) for line in file.read_text().splitlines()]
    assert [one["key"] for one in listed.document] == [f"tl:{answer.pk}"]
    assert written.document["rows"] == len(rows) == 4
    assert {row["part"] for row in rows} == {"learned"}


def test_an_answer_withdrawn_on_its_first_day_is_forgotten(world, topic):
    answer = proposed(world, topic)
    learning.accept(answer=answer.pk, by=world["controller"], at=AT)

    learning.withdraw(answer=answer.pk, reason="Duyệt nhầm.", by=world["keeper"], at=AT)

    assert not Passage.objects.filter(key=answer.key).exists()
    assert not queries.accepted()


def test_the_answer_to_a_written_question_stands_as_a_draft_once(world):
    def draft() -> Topic | None:
        return learning.draft_from_case(
            case="PA-0001", question="Ông Nguyễn Văn Phúc hỏi về nuôi chim yến", text=WORDS.text,
            asked_at=AT, at=AT,
        )  # fmt: skip

    topic = draft()

    assert topic is not None
    assert draft() is None
    assert "Phúc" not in topic.title
    (answer,) = queries.answers_of(topic)
    assert (answer.state, answer.case, answer.writer) == ("draft", "PA-0001", None)
    made = proposed(world, topic)
    assert made.pk == answer.pk
    assert queries.may_review(world["controller"], made)
    assert not queries.may_review(world["keeper"], made)
    assert queries.counts(world["keeper"])["review"] == 1


def test_refusals_are_sentences_for_people(world, topic):
    with pytest.raises(Refused, match=r"\.$"):
        learning.take(topic=topic.pk, by=world["citizen"], at=datetime.now(tz=worlds.VN))
    assert next(one.text for one in queries.examples(topic)) == "nuoi chim yen trong khu dan cu"
