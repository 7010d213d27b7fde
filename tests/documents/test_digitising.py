"""The digitisation desk below the dossiers: stacks parted, laid out, undone, made into PDFs."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from procrastinate.contrib.django import app
from pypdf import PdfReader
from tests.documents import stacks
from tests.factories.machine import read_once

from motcua.directory.actor import Actor
from motcua.documents import assembling
from motcua.documents.models import Batch, Digitised, File
from motcua.documents.queries.digitising import picture_of_sheet
from motcua.documents.rules.digitising import Arrangement
from motcua.documents.scanning import Unreadable
from motcua.documents.services import digitising, disk
from motcua.documents.services.digitising import stacks as stacks_service
from motcua.ledger import queries as trail

AT = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
OFFICER = Actor(kind="staff", name="Lê Quang Vinh", account_id=7)
CODE = "H32.66.01-261116-0001"

pytestmark = pytest.mark.django_db


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


def opened(*contents: tuple[bytes, str]) -> Batch:
    scans = [digitising.Scan(io.BytesIO(content), name) for content, name in contents]
    batch = digitising.open_batch(case_id=11, case_code=CODE, scans=scans, by=OFFICER, at=AT)
    return worked(batch)


def worked(batch: Batch) -> Batch:
    digitising.work(batch_id=batch.pk, at=AT)
    batch.refresh_from_db()
    return batch


def laid(batch: Batch) -> Arrangement:
    return Arrangement.of(batch.arrangement)


def shape(batch: Batch) -> list[tuple[str, list[int]]]:
    """Return each paper's component and the numbers of its sheets."""
    numbers = {sheet.pk: sheet.number for sheet in batch.sheets.all()}
    return [
        (piece.component, [numbers[leaf.sheet] for leaf in piece.leaves])
        for piece in laid(batch).pieces
    ]


def sheet_key(batch: Batch, number: int) -> int:
    return batch.sheets.get(number=number).pk


def small(seed: int = 1):
    return stacks.page("letter", seed).resize((827, 1169))


@pytest.fixture
def two_papers(shelf):
    """A stack of three pages: two papers with a blank sheet between them."""
    return opened((stacks.pdf(small(1), stacks.blank(), small(2), dpi=100), "chồng.pdf"))


def test_a_blank_sheet_parts_two_papers(two_papers):
    assert two_papers.state == "ready"
    assert shape(two_papers) == [("", [0]), ("", [2])]
    assert [leaf.sheet for leaf in laid(two_papers).dropped] == [sheet_key(two_papers, 1)]
    assert all(sheet.thumbnail and sheet.preview for sheet in two_papers.sheets.all())


def test_a_separator_sheet_names_the_component_that_follows():
    stack = stacks.pdf(
        stacks.parted(CODE, "ct01"), small(1), stacks.parted("H32-khác", "home"), small(2), dpi=150
    )

    batch = opened((stack, "chồng.pdf"))

    assert shape(batch) == [("ct01", [1]), ("", [3])]


def test_a_damaged_file_is_told_and_the_others_are_kept():
    whole = stacks.jpeg(small())
    batch = opened((whole, "một.jpg"), (stacks.pdf(small(2)), "hai.pdf"))
    broken = batch.sources.get(number=1)
    path = disk.local(broken.file.storage_path)
    batch.sheets.filter(source=broken).delete()
    batch.arrangement = {}
    batch.save()
    batch.sheets.all().delete()
    path.write_bytes(path.read_bytes()[:900])

    digitising.retry(uuid=batch.uuid, at=AT)
    worked(batch)
    broken.refresh_from_db()

    assert batch.state == "ready"
    assert "hỏng" in broken.problem
    assert shape(batch) == [("", [0])]


def test_a_stack_of_which_nothing_can_be_read_says_so_and_can_be_tried_again(monkeypatch):
    def fail(*_args, **_kwargs):
        raise Unreadable("Tệp PDF hỏng, không mở được. Hãy quét lại.")

    monkeypatch.setattr("motcua.documents.scanning.pages_of", fail)
    batch = opened((stacks.jpeg(small()), "một.jpg"))

    assert (batch.state, batch.problem) == ("failed", "Tệp PDF hỏng, không mở được. Hãy quét lại.")

    monkeypatch.undo()
    digitising.retry(uuid=batch.uuid, at=AT)
    assert worked(batch).state == "ready"


def test_every_step_is_undone_and_done_again(two_papers):
    first = two_papers.arrangement
    last = sheet_key(two_papers, 2)
    steps = (
        ("turn", {"sheet": last, "by": 90}),
        ("merge", {"piece": "g2"}),
        ("shift", {"sheet": last, "by": -1}),
        ("drop", {"sheet": last}),
    )
    for step, what in steps:
        two_papers.refresh_from_db()
        digitising.arrange(
            uuid=two_papers.uuid, step=step, expected=two_papers.revision, at=AT, **what
        )
    two_papers.refresh_from_db()
    final = two_papers.arrangement
    assert final != first

    for verb in (digitising.undo, digitising.redo):
        for _step in steps:
            two_papers.refresh_from_db()
            verb(uuid=two_papers.uuid, expected=two_papers.revision, at=AT)
        two_papers.refresh_from_db()
        assert two_papers.arrangement == (first if verb is digitising.undo else final)


def test_a_page_older_than_the_stack_changes_nothing(two_papers):
    key = sheet_key(two_papers, 0)
    digitising.arrange(
        uuid=two_papers.uuid, step="drop", expected=two_papers.revision, at=AT, sheet=key
    )

    with pytest.raises(digitising.ChangedMeanwhile):
        digitising.arrange(
            uuid=two_papers.uuid, step="restore", expected=two_papers.revision, at=AT, sheet=key
        )


def test_a_strange_sheet_is_refused(two_papers):
    for what in ({"sheet": 0, "by": 90}, {"page": 3}):
        with pytest.raises(digitising.NoSuchSheet):
            digitising.arrange(
                uuid=two_papers.uuid, step="turn", expected=two_papers.revision, at=AT, **what
            )


@pytest.fixture
def read_paper(shelf, monkeypatch):
    read_once(monkeypatch)
    batch = opened((stacks.pdf(stacks.page("letter", 1), dpi=200), "giấy.pdf"))
    digitising.arrange(
        uuid=batch.uuid, step="assign", expected=batch.revision, at=AT, piece="g1",
        component="ct01",
    )  # fmt: skip
    batch.refresh_from_db()
    digitising.assemble(uuid=batch.uuid, expected=batch.revision, at=AT)
    worked(batch)
    return batch.papers.get()


def content(file: File) -> Path:
    return disk.local(file.storage_path)


def test_a_paper_becomes_pdf_a_that_can_be_searched(read_paper):
    path = content(read_paper.file)
    text = PdfReader(path).pages[0].extract_text()

    assert assembling.faults(path) == ()
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert read_paper.state == "read"
    assert read_paper.has_text
    assert read_paper.component_key == "ct01"
    assert read_paper.confidence > 0.8
    assert read_paper.file.size_bytes < 150_000


def test_each_step_is_a_fact_with_who_and_when_r26(read_paper):
    later = AT + timedelta(minutes=5)
    digitising.describe(paper=read_paper, said=described())
    digitising.compare(paper=read_paper, component_name="Tờ khai CT01", by=OFFICER, at=later)

    facts = trail.facts_of(f"digitised:{read_paper.uuid}")
    assert [f.kind for f in facts] == ["digitised.scanned", "digitised.read", "digitised.compared"]
    assert (facts[0].actor_name, facts[0].at) == (OFFICER.name, AT)
    assert (facts[-1].actor_name, facts[-1].at) == (OFFICER.name, later)
    laid_down = trail.facts_of(f"stack:{read_paper.batch.uuid}")
    assert [(f.kind, f.actor_name) for f in laid_down] == [
        ("digitised.stack_scanned", OFFICER.name)
    ]


def described(**changes) -> digitising.Described:
    values = {
        "kind": "declaration",
        "owner": "Nguyễn Văn Phúc",
        "title": "Tờ khai thay đổi thông tin cư trú",
        "abstract": "Đăng ký thường trú",
        "is_unlimited": True,
    }
    return digitising.Described(**{**values, **changes})


def test_what_r11_wants_known_stands_in_the_pdf(read_paper):
    digitising.describe(paper=read_paper, said=described())
    row = digitising.compare(paper=read_paper, component_name="Tờ khai CT01", by=OFFICER, at=AT)

    told = (
        content(row.file)
        .read_bytes()
        .decode("latin-1")
        .encode("latin-1")
        .decode("utf-8", "ignore")
    )
    assert "<mc:ChuSoHuu>Nguyễn Văn Phúc</mc:ChuSoHuu>" in told
    assert "<mc:LoaiGiayTo>declaration</mc:LoaiGiayTo>" in told
    assert assembling.faults(content(row.file)) == ()
    assert row.file.version == 2
    assert row.file.component_key == "ct01"
    text = PdfReader(content(row.file)).pages[0].extract_text()
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text


def test_steps_out_of_order_are_refused_r26(read_paper):
    with pytest.raises(digitising.NotInOrder):
        digitising.signed(paper=read_paper, file=read_paper.file, by=OFFICER, at=AT)
    with pytest.raises(digitising.NotInOrder):
        digitising.stored(paper=read_paper, by=OFFICER, at=AT)


def test_where_the_law_wants_the_agency_a_paper_is_stored_only_certified_r12(read_paper):
    digitising.compare(paper=read_paper, component_name="x", by=OFFICER, at=AT)
    Digitised.objects.update(needs_agency=True)
    digitising.signed(paper=read_paper, file=read_paper.file, by=OFFICER, at=AT)

    with pytest.raises(digitising.NotInOrder):
        digitising.stored(paper=read_paper, by=OFFICER, at=AT)
    digitising.certified(paper=read_paper, file=read_paper.file, by=OFFICER, at=AT)
    assert digitising.stored(paper=read_paper, by=OFFICER, at=AT).state == "stored"


def test_a_signed_papers_sheets_cannot_be_moved_r26(read_paper):
    digitising.compare(paper=read_paper, component_name="x", by=OFFICER, at=AT)
    digitising.signed(paper=read_paper, file=read_paper.file, by=OFFICER, at=AT)
    batch = read_paper.batch

    with pytest.raises(digitising.SheetsFixed):
        digitising.arrange(
            uuid=batch.uuid, step="drop", expected=batch.revision, at=AT,
            sheet=sheet_key(batch, 0),
        )  # fmt: skip
    with pytest.raises(digitising.NotInOrder):
        digitising.describe(paper=read_paper, said=described())


def test_without_the_reading_machine_the_pdf_is_made_and_says_so(monkeypatch, tmp_path):
    from motcua.documents.reading import tesseract

    monkeypatch.setenv("MOTCUA_TESSDATA", str(tmp_path))
    tesseract.model_folder.cache_clear()
    tesseract.close()
    try:
        batch = opened((stacks.jpeg(small()), "một.jpg"))
        digitising.assemble(uuid=batch.uuid, expected=batch.revision, at=AT)
        worked(batch)
        paper = batch.papers.get()
    finally:
        monkeypatch.undo()
        tesseract.model_folder.cache_clear()

    assert (paper.state, paper.has_text) == ("scanned", False)
    assert "tesseract-ocr-vie" in paper.problem
    assert assembling.faults(content(paper.file)) == ()


def test_a_worker_that_died_leaves_nothing_behind(two_papers):
    Batch.objects.update(state="running", changed_at=AT - timedelta(hours=1))

    assert digitising.resume(at=AT) == 1
    two_papers.refresh_from_db()
    assert two_papers.state == "queued"
    assert shape(worked(two_papers)) == [("", [0]), ("", [2])]


def test_a_paper_named_anew_needs_no_new_pdf(read_paper):
    batch = read_paper.batch
    digitising.arrange(
        uuid=batch.uuid, step="assign", expected=batch.revision, at=AT, piece="g1",
        component="home",
    )  # fmt: skip
    read_paper.refresh_from_db()

    assert (read_paper.component_key, read_paper.state) == ("home", "read")


def test_large_pictures_go_when_a_stack_is_long_finished(two_papers):
    Batch.objects.update(changed_at=AT - timedelta(days=200))
    assert digitising.forget_pictures(at=AT) == 3

    sheet = two_papers.sheets.first()
    small = picture_of_sheet(batch=two_papers, key=sheet.pk, is_large=False)
    assert picture_of_sheet(batch=two_papers, key=sheet.pk, is_large=True) == small
    assert digitising.forget_pictures(at=AT) == 0


def test_the_job_that_is_queued_is_one_that_the_worker_knows():
    assert stacks_service.JOB in app.tasks
