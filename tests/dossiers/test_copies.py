"""Certified copies: one dossier, one number, one entry and one price each."""

import io

import pypdf
import pytest
from PIL import Image

from motcua.catalog.content import FeeRule, FeeTier
from motcua.directory.actor import Actor
from motcua.documents import services as documents
from motcua.documents.models import File
from motcua.documents.papers import copies as joining
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import CertifiedCopy, Dossier
from motcua.dossiers.queries import copies as register
from motcua.dossiers.services import copies
from motcua.dossiers.services.intake import fee_lines
from motcua.ledger import queries as ledger
from motcua.signing import services as signing
from tests.documents.samples import pdf
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, World
from tests.signing.conftest import give_key, keys, pki, trusted  # noqa: F401  (fixtures)
from tests.signing.pki import PIN

DRAFT = "desk:1:sao-y"


def lead(world: World) -> Actor:
    """The head of the centre, with the committee's signature lent."""
    own, lent = world["centre_lead"], world["head"].posts[0]
    return Actor(kind="staff", name=own.name, account_id=own.account_id, posts=(*own.posts, lent))


def counter(world: World) -> copies.Counter:
    return copies.Counter(
        receiving=world.agencies["centre"].code,
        competent=world.agencies["committee"].code,
        draft_key=DRAFT,
    )


def scan(content: bytes = b"", name: str = "bang-tot-nghiep.pdf") -> File:
    return documents.store(
        io.BytesIO(content or pdf(pages=3)), name=name, by_key="account:1", at=MONDAY_8AM,
        draft_key=DRAFT, component_key="original", source="scan",
    )  # fmt: skip


def wish(**changes: object) -> copies.CopyWanted:
    values = {
        "requester": worlds.person_details(),
        "document": "Bằng tốt nghiệp THPT",
        "copies": 2,
        "pages": 3,
    } | changes
    return copies.CopyWanted(**values)  # type: ignore[arg-type]


def made(world: World, *wanted: copies.CopyWanted, **pins: str) -> list[copies.Certified]:
    return copies.certify_many(
        wanted=wanted, counter=counter(world), by=lead(world), at=MONDAY_8AM, **pins
    )


def text_of(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_copy_is_a_settled_dossier_with_a_number_and_one_entry(world: World):
    done = made(world, wish(file=str(scan().uuid)))

    copy = done[0].copy
    assert copy is not None
    assert (copy.sequence, copy.book, copy.pages, copy.copies) == (1, "01/2026-SCT/BS", 3, 2)
    row = Dossier.objects.get(pk=copy.result.dossier_id)
    assert (row.state, row.money) == ("returned", "paid")
    kinds = [fact.kind for fact in ledger.facts_of(row.stream)]
    assert kinds.count("dossier.copy_certified") == 1
    assert ledger.verify_stream(row.stream, last=row.revision).is_whole


def test_the_certificate_stands_behind_the_scan(world: World):
    copy = made(world, wish(file=str(scan().uuid)))[0].copy

    assert copy is not None
    sheet = register.sheet(copy)
    assert len(pypdf.PdfReader(io.BytesIO(sheet)).pages) == 4
    said = text_of(sheet)
    for words in (
        "Chứng thực bản sao này đúng với bản chính",
        "1, quyển số 01/2026-SCT/BS",
        "Bằng tốt",
    ):
        assert words in said


def test_a_photograph_becomes_a_page(world: World):
    out = io.BytesIO()
    Image.new("RGB", (1200, 800), "white").save(out, "PNG")
    file = scan(out.getvalue(), name="can-cuoc.png")

    copy = made(world, wish(file=str(file.uuid)))[0].copy

    assert copy is not None
    first = pypdf.PdfReader(io.BytesIO(register.sheet(copy))).pages[0].mediabox
    assert (copy.pages, first.width > first.height) == (1, True)


def test_a_scan_that_is_damaged_inside_is_refused_in_words(world: World, monkeypatch):
    file = scan(name="hong.pdf")
    monkeypatch.setattr(joining, "_joined", _broken)

    done = made(world, wish(file=str(file.uuid)), wish())

    assert [one.is_done for one in done] == [False, True]
    assert "hỏng bên trong" in done[0].refusal
    assert CertifiedCopy.objects.get().sequence == 1


def _broken(*_args: object, **_named: object) -> None:
    raise joining.pikepdf.PdfError("damaged")


@pytest.mark.parametrize(
    ("pages", "times", "amount"), [(1, 1, 2000), (3, 1, 5000), (3, 4, 20_000), (500, 2, 400_000)]
)
def test_each_copy_is_charged_by_the_tiers_and_the_ceiling(pages: int, times: int, amount: int):
    """Hai trang đầu 2.000 đồng, từ trang thứ ba 1.000 đồng, nhiều nhất 200.000 đồng một bản."""
    fee = FeeRule(
        key="copy", name="Phí", kind="phi", amount_vnd=2000, per="page",
        tiers=(FeeTier(1, 2000), FeeTier(3, 1000)), max_vnd=200_000,
    )  # fmt: skip

    lines = fee_lines(fees=(fee,), quantities={"copy": pages, "copy*": times})

    assert [line.total_vnd for line in lines] == [amount]


def test_one_that_is_refused_leaves_the_others(world: World):
    done = made(world, wish(), wish(document=" "), wish(copies=0), wish(file="nowhere"), wish())

    assert [one.is_done for one in done] == [True, False, False, False, True]
    assert [one.field for one in done[1:4]] == ["document", "copies", "file"]
    assert list(CertifiedCopy.objects.values_list("sequence", flat=True)) == [1, 2]


def test_an_electronic_copy_bears_both_signatures(world: World, keys, tmp_path, pki):  # noqa: F811
    give_key(pki, tmp_path, "chairman", account_id=world.accounts["centre_lead"].pk)
    key = signing.keeping.KeyRef.objects.get(agency_id=world.agencies["committee"].pk)
    signing.name_keeper(
        key=key, account_id=world.accounts["centre_lead"].pk, by=lead(world), at=MONDAY_8AM
    )

    done = made(world, wish(file=str(scan().uuid), medium="electronic"), pin=PIN, seal_pin=PIN)

    copy = done[0].copy
    assert copy is not None, done[0].refusal
    assert copy.result.signed == "full"
    fields = pypdf.PdfReader(io.BytesIO(register.sheet(copy))).get_fields()
    assert sum(field.field_type == "/Sig" for field in fields.values()) == 2
    (kept,) = dossiers.keep_results(case_id=copy.result.dossier_id, at=MONDAY_8AM)
    assert (kept.level, kept.kind) == (2, "diploma"), "a true copy, not the original"


def test_a_wrong_pin_certifies_nothing(world: World, keys):  # noqa: F811
    with pytest.raises(signing.NoKey):
        made(world, wish(file=str(scan().uuid), medium="electronic"), pin="0", seal_pin="0")
    assert not Dossier.objects.exists()


def test_an_electronic_copy_needs_its_scan(world: World):
    with pytest.raises(dossiers.PinMissing):
        made(world, wish(medium="electronic"))


def test_without_a_lent_signature_nothing_is_certified(world: World):
    with pytest.raises(dossiers.NotAllowed):
        copies.certify_many(
            wanted=[wish()], counter=counter(world), by=world["centre_lead"], at=MONDAY_8AM
        )


def test_the_register_is_searched_by_person_and_paper(world: World):
    made(world, wish(), wish(document="Căn cước công dân"))

    def found(**asked: object) -> list[str]:
        rows = register.register(world["head"], **asked)  # type: ignore[arg-type]
        return [row.document for row in rows]

    assert found(text="can cuoc phuc") == ["Căn cước công dân"]
    assert found(sequence=1, year=2026) == ["Bằng tốt nghiệp THPT"]
    assert list(register.register(world["other_head"])) == []
