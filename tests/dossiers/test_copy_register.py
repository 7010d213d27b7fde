"""The register of certified copies: every way to a copy enters it, without a gap."""

import io
from datetime import timedelta

import pypdf

from motcua.directory.actor import Actor
from motcua.documents import services as documents
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import CertifiedCopy, Dossier, Result
from motcua.dossiers.queries import copies as register
from motcua.ledger import queries as ledger
from tests.documents.samples import pdf
from tests.dossiers.test_copies import lead, made, text_of, wish
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, World
from tests.signing.conftest import give_key, keys, pki, trusted  # noqa: F401  (fixtures)
from tests.signing.pki import PIN

LATER = MONDAY_8AM + timedelta(minutes=30)
PAPERS = (dossiers.PaperIn("original", originals=1), dossiers.PaperIn("copy", copies=3))


def filed(world: World, **changes: object) -> Dossier:
    form = {"papers": "Bằng tốt nghiệp\nHọc bạ", "pages": "4", "copies": "3"}
    values = {"procedure": "2.000815", "case": "", "papers": PAPERS, "form_data": form} | changes
    return worlds.filed(world, **values)


def through_hands(world: World, row: Dossier, **pins: str) -> Result:
    """The ordinary way: received, appraised, approved, issued."""
    dossiers.accept(code=row.code, by=world["receptionist"], at=MONDAY_8AM)
    dossiers.appraise(code=row.code, by=world["appraiser"], at=MONDAY_8AM)
    dossiers.approve(code=row.code, by=world["head"], at=MONDAY_8AM, **pins)
    return dossiers.issue(code=row.code, by=world["clerk"], at=LATER, **pins)


def at_counter(world: World, by: Actor) -> Result:
    row = filed(world)
    return dossiers.settle_at_once(
        code=row.code, receiver="Nguyễn Văn Phúc", quantities={"trang": 4}, by=by, at=MONDAY_8AM
    )


def test_every_way_enters_the_same_register_without_a_gap(world: World):
    made(world, wish())
    at_counter(world, lead(world))
    result = through_hands(world, filed(world))
    made(world, wish())

    rows = list(CertifiedCopy.objects.order_by("sequence"))
    assert [row.sequence for row in rows] == [1, 2, 3, 4]
    assert {row.book for row in rows} == {"01/2026-SCT/BS"}
    assert not Result.objects.exclude(symbol="SCT/BS").exists()
    assert result.number == "03/2026/SCT/BS-H32.66"


def test_what_is_entered_comes_from_the_dossier(world: World):
    result = at_counter(world, lead(world))

    copy = CertifiedCopy.objects.get(result=result)
    assert (copy.document, copy.pages, copy.copies) == ("Bằng tốt nghiệp Học bạ", 4, 3)
    assert copy.fee_vnd == 8000
    said = text_of(register.sheet(copy))
    for words in ("Chứng thực bản sao này đúng với bản chính", "1, quyển số 01/2026-SCT/BS"):
        assert words in said
    kinds = [fact.kind for fact in ledger.facts_of(result.dossier.stream)]
    assert kinds.count("dossier.copy_certified") == 1


def test_where_nobody_declared_anything_papers_and_charges_say_it(world: World):
    row = filed(world, form_data={})
    dossiers.settle_at_once(
        code=row.code, receiver="Bà Lan", quantities={"trang": 5}, by=lead(world), at=MONDAY_8AM
    )

    copy = CertifiedCopy.objects.get()
    assert (copy.document, copy.pages, copy.copies) == ("Bản chính", 5, 3)


def test_the_officer_words_the_entry_in_the_draft(world: World):
    row = filed(world)
    dossiers.accept(code=row.code, by=world["receptionist"], at=MONDAY_8AM)
    dossiers.prepare_result(
        code=row.code, filled={"document": "Học bạ", "copies": "2"},
        by=world["appraiser"], at=MONDAY_8AM,
    )  # fmt: skip
    dossiers.appraise(code=row.code, by=world["appraiser"], at=MONDAY_8AM)
    dossiers.approve(code=row.code, by=world["head"], at=MONDAY_8AM)
    dossiers.issue(code=row.code, by=world["clerk"], at=LATER)

    copy = CertifiedCopy.objects.get()
    assert (copy.document, copy.pages, copy.copies) == ("Học bạ", 4, 2)


def test_signed_the_ordinary_way_the_certificate_stands_behind_the_scan(
    world: World,
    keys,  # noqa: F811
):
    row = filed(world)
    documents.store(
        io.BytesIO(pdf(pages=2)), name="bang.pdf", by_key="account:1", at=MONDAY_8AM,
        case_id=row.pk, component_key="original", source="scan",
    )  # fmt: skip

    result = through_hands(world, row, pin=PIN)

    copy = CertifiedCopy.objects.get()
    assert (copy.medium, result.signed) == ("electronic", "full")
    sheet = pypdf.PdfReader(io.BytesIO(register.sheet(copy)))
    assert len(sheet.pages) == 3
    fields = sheet.get_fields()
    assert sum(field.field_type == "/Sig" for field in fields.values()) == 2


def test_a_refusal_is_no_entry(world: World):
    row = filed(world)
    dossiers.accept(code=row.code, by=world["receptionist"], at=MONDAY_8AM)
    dossiers.propose_refusal(
        code=row.code, reason="Bản chính bị tẩy xóa", law="23/2015/NĐ-CP Điều 22",
        by=world["appraiser"], at=MONDAY_8AM,
    )  # fmt: skip
    dossiers.approve(code=row.code, by=world["head"], at=MONDAY_8AM)
    dossiers.issue(code=row.code, by=world["clerk"], at=LATER)

    assert not CertifiedCopy.objects.exists()


def test_a_correction_is_an_entry_of_its_own_and_keeps_the_scan(world: World):
    result = made(world, wish())[0].copy.result
    code = result.dossier.code
    dossiers.correct_result(code=code, reason="Ghi sai tên", by=world["head"], at=LATER)
    dossiers.issue_correction(
        code=code, text="Sửa tên giấy tờ", filled={"document": "Học bạ"},
        by=world["head"], at=LATER,
    )  # fmt: skip

    rows = list(CertifiedCopy.objects.order_by("sequence"))
    assert [(row.sequence, row.document, row.fee_vnd) for row in rows] == [
        (1, "Bằng tốt nghiệp THPT", 12_000), (2, "Học bạ", 0),
    ]  # fmt: skip
    assert "2, quyển số" in rows[1].result.filled["register"]
