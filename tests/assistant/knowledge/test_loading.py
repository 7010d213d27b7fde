"""Loading and finding: dated, once, one whole state after another."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.assistant.knowledge.conftest import MONDAY, OLD, Known, article, texts

from motcua.assistant import jobs, knowledge
from motcua.assistant.knowledge import files
from motcua.assistant.knowledge.legal.reading import BadLawFile
from motcua.assistant.models import KnowledgeIndex, KnowledgeLoad, LawDocument, Passage
from motcua.assistant.queries import knowing as standing
from motcua.assistant.services import knowing
from motcua.catalog import services as catalog
from motcua.catalog.models import Procedure, ProcedureVersion
from motcua.directory.actor import SYSTEM
from motcua.ledger import services as ledger
from motcua.ledger.models import FactRow

TODAY, BEFORE = date(2026, 11, 23), date(2025, 6, 30)


def keys(question: str, on: date = TODAY, **other: object) -> list[str]:
    return [found.passage.key for found in knowledge.find(question, on=on, **other)]  # type: ignore[arg-type]


def test_a_replaced_text_is_never_found_as_current(known: Known) -> None:
    question = "một cửa tiếp nhận hồ sơ nuôi chim yến hẹn trả sau chín ngày"

    now, then = keys(question, kinds={"law"}), keys(question, BEFORE, kinds={"law"})

    assert "vb:118/2025/NĐ-CP:17" in now
    assert not [key for key in now if "61/2018" in key]
    assert then[0] == "vb:61/2018/NĐ-CP:17"
    assert not [key for key in then if "118/2025" in key]


@pytest.mark.parametrize(
    ("number", "day", "is_current"),
    [
        ("61/2018/NĐ-CP", date(2025, 6, 30), True),
        ("61/2018/NĐ-CP", date(2025, 7, 1), False),
        ("24/2018/QH14", date(2026, 6, 30), True),
        ("24/2018/QH14", date(2026, 7, 1), False),
        ("13/2023/NĐ-CP", TODAY, False),
        ("118/2025/NĐ-CP", TODAY, True),
        ("9999/2031/NĐ-CP", TODAY, True),
    ],
)
def test_documents_end_on_their_day(
    known: Known, number: str, day: date, *, is_current: bool
) -> None:
    assert knowledge.is_current(number, on=day) is is_current


def test_a_second_load_writes_nothing(known: Known) -> None:
    def everything() -> tuple[object, ...]:
        return (
            list(Passage.objects.order_by("key").values_list("key", "checksum", "changed_at")),
            list(KnowledgeLoad.objects.order_by("pk").values_list("pk", "checksum", "loaded_at")),
            list(KnowledgeIndex.objects.values_list("wanted", "built", "folder")),
            list(LawDocument.objects.order_by("pk").values_list("pk", "ended_on")),
            FactRow.objects.count(),
        )

    before = everything()

    assert not known.load()
    assert everything() == before


def test_questions_find_procedures_law_places_and_hours(known: Known) -> None:
    assert "vb:60/2014/QH13:15#khai-sinh-60-ngay" in keys("thời hạn đăng ký khai sinh cho con")
    assert "tt:1.001193:result" in keys("giấy tờ đăng ký khai sinh", kinds={"procedure"})
    assert keys("phường Tây Nha Trang", kinds={"place"})[0] == "noi:22390"
    assert keys("giờ làm việc", kinds={"hours"})[0].startswith("gio:")
    assert keys("gọi đường dây nóng", kinds={"hotline"}) == ["duong-day-nong"]


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("61/2018/NĐ-CP", "61/2018/NĐ-CP"),
        ("61-2018-nd-cp", "61/2018/NĐ-CP"),
        ("61/2018", "61/2018/NĐ-CP"),
        ("31/2021", None),  # a decree and a decision
        ("118", None),
        ("1/9999", None),
    ],
)
def test_a_document_is_known_by_its_number_as_people_say_it(
    known: Known, said: str, number: str | None
) -> None:
    found = knowledge.document(said)

    assert (found.number if found is not None else None) == number


def test_entries_of_the_digest_can_be_asked_for_alone(known: Known) -> None:
    found = keys("đăng ký khai sinh trong bao nhiêu ngày", kinds={"digest"}, limit=20)

    assert found
    assert all("#" in key for key in found)


def test_what_could_not_be_checked_is_not_found_unasked(known: Known) -> None:
    question = "hộ kinh doanh doanh thu bao nhiêu thì phải nộp thuế"
    unchecked = "vb:68/2026/NĐ-CP:3#nguong-thue-ho-kinh-doanh"

    assert unchecked not in keys(question)
    assert unchecked in keys(question, unverified=True)
    about = knowledge.about_procedure("1.001612", on=TODAY)
    assert unchecked not in {row.key for row in about["law"]}


def test_a_procedure_is_told_by_section(known: Known) -> None:
    sections = knowledge.about_procedure("1.004222", on=TODAY)

    assert {"about", "cases", "components", "limits", "fees", "places", "legal_basis"} <= set(
        sections
    )
    assert sections["limits"][0].text == "- 7 ngày làm việc"
    assert [item["amount_vnd"] for item in sections["fees"][0].facts["items"]] == [20000, 10000]
    assert {row.case for row in sections["components"]} >= {"own", "rent", "newborn"}
    assert any(row.key.endswith("#thuong-tru-7-ngay") for row in sections["law"])


def test_law_and_coverage_are_told(known: Known) -> None:
    rows = knowledge.law("118/2025/NĐ-CP", "17", on=TODAY)

    assert rows[0].key == "vb:118/2025/NĐ-CP:17"
    assert all("#" in row.key for row in rows[1:])
    assert not knowledge.law("61/2018/NĐ-CP", "17", on=TODAY)
    assert knowledge.law("61/2018/NĐ-CP", "17")
    counts = knowledge.coverage()
    assert counts.procedures == 117
    assert counts.articles > 100
    assert standing.standing().is_current


def test_a_changed_procedure_is_found_as_it_was_and_as_it_is(known: Known) -> None:
    state = KnowledgeIndex.objects.get(pk=1)
    version = ProcedureVersion.objects.get(procedure__code="1.001193", valid_to=None)
    content = {**version.content, "plain": "Nhận giấy khai sinh cùng một chú chim yến."}
    ProcedureVersion.objects.filter(pk=version.pk).update(valid_to=TODAY)
    ProcedureVersion.objects.create(
        procedure=version.procedure, number=2, valid_from=TODAY, checksum="x", source="test",
        content=content,
    )  # fmt: skip
    Procedure.objects.filter(code="1.004222").update(is_offered=False)
    catalog.load_file("starter", by=SYSTEM, at=MONDAY)  # any load: the revision moves

    assert known.load()
    after = KnowledgeIndex.objects.get(pk=1)
    about = knowledge.about_procedure("1.001193", on=TODAY)["about"][0]
    was = knowledge.about_procedure("1.001193", on=date(2026, 11, 1))["about"][0]

    assert (after.built, after.folder != state.folder) == (after.wanted, True)
    assert was.key == f"tt:1.001193:about@{version.number}"
    assert about.key == "tt:1.001193:about"
    assert "chim yến" not in was.text


def test_a_file_that_lies_changes_nothing(known: Known, tmp_path: Path) -> None:
    good = article("118/2025/NĐ-CP", "18", "Nội dung mới của điều mười tám nghị định này.")
    bad = tmp_path / "bad.jsonl"
    bad.write_text(json.dumps(good) + "\n{hỏng", "utf-8")
    before = Passage.objects.count()

    with pytest.raises(BadLawFile, match=r"bad.jsonl, dòng 2: không phải JSON"):
        knowing.load_law(files=[bad], by=SYSTEM, at=MONDAY)
    with pytest.raises(BadLawFile, match="không có tệp"):
        knowing.load_law(files=[tmp_path / "none.jsonl"], by=SYSTEM, at=MONDAY)

    assert Passage.objects.count() == before


def test_what_a_file_no_longer_has_goes(known: Known, tmp_path: Path) -> None:
    other = texts(tmp_path, article("118/2025/NĐ-CP", "17", OLD), name="other.jsonl")

    report = knowing.load_law(files=[other], by=SYSTEM, at=MONDAY)[-1]

    assert (report.removed, report.changed) == (2, 1)
    assert not knowledge.law("61/2018/NĐ-CP")


def test_a_builder_that_fails_leaves_the_state_in_use(
    known: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = KnowledgeIndex.objects.get(pk=1)
    knowing.keep_answer(_answer(), by=SYSTEM, at=MONDAY)

    def killed(*_args: object, **_more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("motcua.assistant.retrieval.storage._move", killed)
    with pytest.raises(KeyboardInterrupt):
        knowing.build(by=SYSTEM, at=MONDAY)
    monkeypatch.undo()

    after = KnowledgeIndex.objects.get(pk=1)
    assert (after.folder, after.built) == (before.folder, before.built)
    assert keys("thời hạn đăng ký khai sinh cho con")
    assert knowing.build(by=SYSTEM, at=MONDAY)
    assert "hd:1" in keys("nuôi bao nhiêu chim yến trong nhà")


def _answer(**other: object) -> knowing.AcceptedAnswer:
    values: dict[str, object] = {
        "key": "hd:1",
        "question": "Được nuôi bao nhiêu chim yến trong nhà?",
        "answer": "Chín con.",
        "source": "Trung tâm Phục vụ hành chính công, 23/11/2026",
        "valid_from": date(2026, 11, 1),
    }
    return knowing.AcceptedAnswer(**{**values, **other})  # type: ignore[arg-type]


def test_an_accepted_answer_is_found_from_its_day_on_and_can_be_taken_back(known: Known) -> None:
    assert knowing.keep_answer(_answer(), by=SYSTEM, at=MONDAY)
    assert not knowing.keep_answer(_answer(), by=SYSTEM, at=MONDAY)
    knowing.build(by=SYSTEM, at=MONDAY)
    question = "nuôi bao nhiêu chim yến trong nhà"

    assert "hd:1" in keys(question)
    assert "hd:1" not in keys(question, date(2026, 10, 31))
    assert knowing.forget_answer(key="hd:1", by=SYSTEM, at=MONDAY)
    assert "hd:1" not in keys(question)  # at once: the index still has it


@pytest.mark.parametrize(
    "lack", [{"question": " "}, {"answer": ""}, {"source": ""}, {"valid_to": date(2026, 11, 1)}]
)
def test_an_answer_without_question_text_or_source_is_refused(
    house: Path, lack: dict[str, object]
) -> None:
    with pytest.raises(knowing.NotAnAnswer):
        knowing.keep_answer(_answer(**lack), by=SYSTEM, at=MONDAY)


def test_a_changed_source_is_read_again_by_the_worker(known: Known) -> None:
    while ledger.dispatch():
        pass
    waiting = ProcrastinateJob.objects.filter(queueing_lock="assistant.refresh_knowledge")
    assert waiting.count() == 1  # many facts, one job

    Procedure.objects.filter(code="1.001193").update(aliases=["giấy cho chim yến"])
    catalog.load_file("starter", by=SYSTEM, at=MONDAY)
    Procedure.objects.filter(code="1.001193").update(aliases=["giấy cho chim yến"])
    jobs.refresh_knowledge(0)

    assert "tt:1.001193:about" in keys("giấy cho chim yến", kinds={"procedure"})


def test_nothing_known_is_told(house: Path) -> None:
    with pytest.raises(knowledge.NothingKnown, match="motcua assistant load"):
        knowledge.find("khai sinh", on=TODAY)


def test_an_index_swept_away_leaves_the_one_in_use(known: Known) -> None:
    assert keys("khai sinh")
    KnowledgeIndex.objects.filter(pk=1).update(folder="index-gone")
    files._kept.looked_at = float("-inf")

    assert keys("khai sinh")


def test_another_process_sees_the_state_that_came_later(known: Known) -> None:
    """A reader that opened the state before opens the next one by itself."""
    assert keys("khai sinh")
    shown = files._kept.folder
    KnowledgeIndex.objects.filter(pk=1).update(wanted=99)
    kept = files._kept.index
    knowing.build(by=SYSTEM, at=MONDAY)
    files._kept.index, files._kept.folder = kept, shown  # as in the process that did not build
    files._kept.looked_at = time.monotonic()

    assert files.opened() is kept
    files._kept.looked_at = float("-inf")
    assert files.opened() is not kept


_BUILDER = """
import sys, time
from pathlib import Path
from motcua.assistant.retrieval import Index, Passage
def slowly():
    for n in range(10**9):
        if n == 500:
            print("half", flush=True)
        time.sleep(0.0005 if n > 400 else 0)
        yield Passage(f"k{n}", f"nuôi chim yến số {n}", "yến")
folder = Path(sys.argv[1])
Index.build(slowly()).write(folder)
"""


def test_a_builder_killed_in_the_middle_leaves_no_state(house: Path) -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", _BUILDER, str(house / "assistant" / "index-1")],
        stdout=subprocess.PIPE,
        env=dict(os.environ),
    )
    try:
        assert run.stdout is not None
        assert run.stdout.readline() == b"half\n"
        run.send_signal(signal.SIGKILL)
        run.wait(timeout=60)
    finally:
        run.kill()
        run.wait()
        run.stdout.close() if run.stdout else None

    assert not (house / "assistant" / "index-1").exists()
