"""Files read in the background: queued, tried again, failed with a reason, confirmed by people."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from tests.documents import samples

from motcua.directory.actor import Actor
from motcua.documents import reading as engines
from motcua.documents import services as documents
from motcua.documents.models import File, Reading, ReadValue
from motcua.documents.queries import reading as papers
from motcua.documents.scanning import Unreadable
from motcua.documents.services import machine, reading
from motcua.documents.understanding import FieldRead, Understood

AT = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
OFFICER = Actor(kind="staff", name="Lê Quang Vinh", account_id=7)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def shelf(tmp_path, settings):
    """Give each test a storage of its own."""
    storages = {**settings.STORAGES}
    storages["default"] = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path, "file_permissions_mode": 0o600},
    }
    settings.STORAGES = storages
    return tmp_path


def stored(case_id: int | None = 7) -> File:
    content = io.BytesIO(samples.pdf())
    return documents.store(
        content, name="giấy.pdf", by_key="account:7", at=AT, case_id=case_id, source="scan"
    )


def queued() -> Reading:
    return reading.request(file=stored(), at=AT)


def found(*fields: FieldRead) -> machine.Made:
    made = machine.Made(Understood("birth_notice", 0.97, "Giấy chứng sinh", fields))
    made.text, made.pages = ["chữ"], [{"number": 1}]
    made.values = [machine._value(one, []) for one in fields]
    return made


NAME = FieldRead("mother_name", "Họ tên mẹ", "name", "Lê Thị An", "LÊ THỊ AN", 0.4)
BORN = FieldRead("birth_date", "Ngày sinh của con", "date", "2026-03-02", "02/03/2026", 0.4)


@pytest.fixture
def reads(monkeypatch):
    """The machine, replaced at its border: what it finds, or what it raises."""

    def give(outcome: object) -> None:
        def read(path: str, content_type: str, **_how: str) -> machine.Made:
            if isinstance(outcome, Exception):
                raise outcome
            assert isinstance(outcome, machine.Made)
            return outcome

        monkeypatch.setattr(machine, "read", read)

    return give


def done(reads, *fields: FieldRead) -> Reading:
    reads(found(*(fields or (NAME, BORN))))
    row = reading.read(reading_id=queued().pk, at=AT)
    assert row
    return row


def test_a_file_is_queued_once():
    file = stored()

    first, second = reading.request(file=file, at=AT), reading.request(file=file, at=AT)

    assert first == second
    assert first.state == Reading.State.QUEUED


def test_what_the_machine_found_is_kept(reads):
    row = done(reads)

    assert (row.state, row.kind, row.text) == (Reading.State.DONE, "birth_notice", ["chữ"])
    values = {one.key: one for one in row.values.all()}
    assert values["birth_date"].value == "2026-03-02"
    assert values["birth_date"].needs_person


def test_personal_data_lies_encrypted_in_the_tables(reads, django_db_blocker):
    from django.db import connection

    done(reads)
    with connection.cursor() as cursor:
        cursor.execute("SELECT value::text, raw::text FROM documents_readvalue")
        kept = str(cursor.fetchall())

    assert "Thị" not in kept  # a letter that chance never puts into base64
    assert "sealed" in kept


def test_a_broken_machine_leaves_the_work_queued_and_says_why(reads):
    reads(engines.Unavailable("Thiếu mô hình tiếng Việt của Tesseract."))

    row = reading.read(reading_id=queued().pk, at=AT)

    assert row
    assert (row.state, row.attempts) == (Reading.State.QUEUED, 1)
    assert row.reason.startswith("Thiếu mô hình")
    assert row.not_before > AT


def test_after_three_tries_it_has_failed_and_a_person_may_ask_again(reads):
    reads(RuntimeError("máy hỏng"))
    pk, at = queued().pk, AT
    for _try in range(3):
        row = reading.read(reading_id=pk, at=at)
        at += timedelta(hours=1)
    assert row
    assert row.state == Reading.State.FAILED
    assert "máy hỏng" in row.reason

    again = reading.again(uuid=row.uuid, at=at)

    assert (again.state, again.attempts, again.reason) == (Reading.State.QUEUED, 0, "")


def test_a_damaged_file_fails_at_once(reads):
    reads(Unreadable("Tệp PDF hỏng, không mở được. Hãy quét lại."))

    row = reading.read(reading_id=queued().pk, at=AT)

    assert row
    assert row.state == Reading.State.FAILED


def test_a_lost_file_fails_with_a_reason(shelf):
    row = queued()
    for path in shelf.rglob("*.pdf"):
        path.unlink()

    failed = reading.read(reading_id=row.pk, at=AT)

    assert failed
    assert failed.state == Reading.State.FAILED
    assert "không còn tệp" in failed.reason


def test_what_is_read_is_not_read_twice(reads):
    row = done(reads)

    assert reading.read(reading_id=row.pk, at=AT) is None


def test_files_of_dossiers_are_queued_by_themselves_and_lost_work_is_taken_up(reads):
    stored()
    stored(case_id=None)

    assert reading.read_waiting(at=AT) == 1
    assert reading.read_waiting(at=AT) == 0
    Reading.objects.update(state=Reading.State.RUNNING)
    assert reading.read_waiting(at=AT + timedelta(hours=1)) == 1


def test_a_reading_whose_job_was_lost_is_queued_again(reads):
    stored()
    assert reading.read_waiting(at=AT) == 1

    assert reading.read_waiting(at=AT + timedelta(minutes=2)) == 0
    assert reading.read_waiting(at=AT + timedelta(minutes=6)) == 1


def test_a_person_names_the_kind_and_the_paper_is_read_as_that(reads):
    row = done(reads)

    again = reading.again(uuid=row.uuid, at=AT, kind="birth_certificate")

    assert (again.kind_named, again.state) == ("birth_certificate", Reading.State.QUEUED)
    with pytest.raises(reading.NoSuchKind):
        reading.again(uuid=row.uuid, at=AT, kind="novel")


def test_a_reading_under_way_is_not_started_again(reads):
    row = queued()
    Reading.objects.filter(pk=row.pk).update(state=Reading.State.RUNNING)

    with pytest.raises(reading.BeingRead):
        reading.again(uuid=row.uuid, at=AT)


def test_a_value_is_accepted_or_corrected_and_both_are_kept(reads):
    row = done(reads)

    reading.confirm(uuid=row.uuid, key="mother_name", value="Lê Thị An", by=OFFICER, at=AT)
    reading.confirm(uuid=row.uuid, key="birth_date", value="3/2/2026", by=OFFICER, at=AT)

    kept = {one.key: one for one in ReadValue.objects.all()}
    assert not kept["mother_name"].is_changed
    assert (kept["birth_date"].value, kept["birth_date"].read) == ("2026-02-03", "2026-03-02")
    assert kept["birth_date"].is_changed
    assert kept["birth_date"].confirmed_by == OFFICER.key


def test_what_is_no_day_is_refused(reads):
    row = done(reads)

    with pytest.raises(reading.ValueMalformed) as refused:
        reading.confirm(uuid=row.uuid, key="birth_date", value="30/02/2026", by=OFFICER, at=AT)
    assert refused.value.field == "birth_date"
    with pytest.raises(reading.NoSuchValue):
        reading.confirm(uuid=row.uuid, key="colour", value="đỏ", by=OFFICER, at=AT)
    with pytest.raises(reading.NotRead):
        reading.confirm(uuid=queued().uuid, key="x", value="", by=OFFICER, at=AT)


def test_a_paper_is_closed_when_nothing_waits_and_its_file_has_a_kind(reads):
    row = done(reads)
    with pytest.raises(reading.StillOpen):
        reading.finish(uuid=row.uuid, by=OFFICER, at=AT)
    for one in row.values.all():
        reading.confirm(uuid=row.uuid, key=one.key, value=str(one.value), by=OFFICER, at=AT)

    closed = reading.finish(uuid=row.uuid, by=OFFICER, at=AT)

    assert (closed.confirmed_by_name, closed.confirmed_at) == (OFFICER.name, AT)
    assert File.objects.get(pk=closed.file_id).kind == "birth_notice"
    with pytest.raises(reading.NotRead):
        reading.finish(uuid=queued().uuid, by=OFFICER, at=AT)


def test_papers_of_one_case_that_differ_raise_a_question_in_words(reads):
    done(reads, FieldRead("child_name", "Tên", "name", "Lê Bảo Ngọc", "", 0.9), BORN)
    declared = papers.Person("tờ khai", "con", name="Lê Bảo Ngọc", birth_date="2026-02-03")

    asked = papers.questions_of(case_id=7, known=[declared])

    (one,) = asked
    assert one.text == (
        "Ngày sinh của Lê Bảo Ngọc trên tờ khai là 03/02/2026, trên giấy chứng sinh là 02/03/2026."
        " Tờ nào đúng? Có thể ngày và tháng bị đảo."
    )


def test_r11_the_metadata_follow_what_people_left(reads):
    row = done(reads)
    reading.confirm(uuid=row.uuid, key="birth_date", value="03/02/2026", by=OFFICER, at=AT)
    fresh = papers.reading_within(uuid=row.uuid, case_ids=[7])

    assert fresh
    said = papers.metadata(fresh)
    assert said
    assert said.abstract == "Giấy chứng sinh: con của Lê Thị An, sinh ngày 03/02/2026"


def test_readings_are_found_only_within_the_cases_one_may_read(reads):
    row = done(reads)

    assert papers.reading_within(uuid=row.uuid, case_ids=[8]) is None
    assert papers.crop_within(uuid=row.uuid, key="birth_date", case_ids=[8]) is None
    assert list(papers.to_confirm(case_ids=[7])) == [row]
