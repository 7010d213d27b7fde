"""Drafting the result document: templates as data, blanks bounded, nothing typed becomes markup."""

import io

import pypdf
import pytest

from motcua.documents.papers import fields, results, samples, wordings
from motcua.dossiers import services as dossiers
from motcua.dossiers.queries import results as queries
from motcua.dossiers.queries import results_register
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, World

HOSTILE = '#panic("x") *đậm* $x^2$ `mã` <nhãn> @tham // "ngoặc" \\ [a] {child_name} #{1+1}'


def words_of(pdf: bytes) -> str:
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def drawn(key: str, said: str = "", number: str = "") -> results.Printed:
    wording = wordings.all_wordings()[key]
    values = {blank.key: said or f"Giá trị {blank.label}" for blank in wording.blanks}
    paper = results.ResultPaper(
        issuer=samples.COMMITTEE,
        dossier=samples.LAND,
        subject=wording.filled(wording.subject, values),
        parts=results.drawn(wording, values),
        signer=samples.HEAD,
        number=number,
    )
    return results.render_result(wording, paper, samples.AT)


@pytest.mark.parametrize("key", wordings.all_wordings())
def test_every_wording_is_drawn_with_its_places(key):
    printed = drawn(key)

    assert {place.name for place in printed.places} == {"number", "date", "signer"}
    reader = pypdf.PdfReader(io.BytesIO(printed.pdf))
    assert (
        "<pdfaid:part>2</pdfaid:part>" in reader.trailer["/Root"]["/Metadata"].get_data().decode()
    )
    assert results.is_open(printed.pdf)


@pytest.mark.parametrize("key", wordings.all_wordings())
def test_what_is_typed_stays_text(key):
    assert "#panic" in words_of(drawn(key, HOSTILE).pdf)


def test_number_and_date_are_added_without_touching_what_was_there():
    printed = drawn("marital")
    numbered = results.numbered(printed.pdf, number="12/2026/XNTTHN-H32.66", at=samples.AT)

    assert numbered.startswith(printed.pdf)
    assert not results.is_open(numbered)
    assert [place.is_filled for place in fields.places_of(numbered)] == [True, True]


def test_a_number_given_at_once_is_printed():
    assert "12/2026/TB-H32.66" in words_of(drawn("residence", number="12/2026/TB-H32.66").pdf)


def test_a_document_without_fields_takes_no_number():
    with pytest.raises(LookupError):
        results.numbered(drawn("residence", number="1/2026").pdf, number="2", at=samples.AT)


def test_a_wording_that_names_no_blank_of_its_own_is_refused(monkeypatch, tmp_path):
    (tmp_path / "bad.toml").write_text(
        'name = "x"\ntitle = "x"\nsymbol = "X"\nvalid_from = 2020-01-01\nsource = "x"\n'
        '[[part]]\nkind = "text"\ntext = "{nobody}"\n'
    )
    monkeypatch.setattr(wordings, "FOLDER", tmp_path)
    wordings.all_wordings.cache_clear()
    try:
        with pytest.raises(ValueError, match="nobody"):
            wordings.all_wordings()
    finally:
        wordings.all_wordings.cache_clear()


def test_the_draft_is_filled_from_the_dossier_and_changed_where_it_may_be(world: World):
    row = worlds.accepted(
        world, form_data={"full_name": "Nguyễn Văn Phúc", "home_address": "Tổ 5"}
    )
    appraiser = worlds.assigned_actor(world, row)

    draft = dossiers.prepare_result(
        code=row.code,
        filled={"home": "Tổ 7,  phường\u202e Tây Nha Trang"},
        by=appraiser,
        at=MONDAY_8AM,
    )

    assert draft.wording == "residence"
    assert draft.filled == {"home": "Tổ 7, phường Tây Nha Trang"}
    pdf = queries.preview(row, actor=appraiser, at=MONDAY_8AM)
    assert "Tổ 7, phường Tây Nha Trang" in words_of(pdf)
    assert "056092999118" in words_of(pdf)


@pytest.mark.parametrize(
    "filled",
    [{"id_number": "0"}, {"nothing": "x"}, {"home": "x" * 201}],
    ids=["fixed", "none", "long"],
)
def test_a_blank_that_is_not_to_be_edited_is_refused(world: World, filled):
    row = worlds.accepted(world)
    with pytest.raises(dossiers.Misstated):
        dossiers.prepare_result(code=row.code, filled=filled, by=world["head"], at=MONDAY_8AM)


def test_a_wording_of_another_procedure_is_not_offered(world: World):
    row = worlds.accepted(world)
    with pytest.raises(dossiers.NotOffered):
        dossiers.prepare_result(code=row.code, wording="birth", by=world["head"], at=MONDAY_8AM)


def test_the_register_finds_by_name_number_and_state(world: World):
    rows = [worlds.issued(world) for _ in range(2)]
    wish = results_register.RegisterWish

    def numbers(who: str, **asked: object) -> list[str]:
        found = results_register.results_register(world[who], wish(**asked))  # type: ignore[arg-type]
        return [row.number for row in found]

    assert numbers("head") == ["02/2026/TB-H32.66", "01/2026/TB-H32.66"]
    assert numbers("head", sequence=2, symbol="TB") == ["02/2026/TB-H32.66"]
    assert numbers("head", name="nguyễn văn") == numbers("head")
    assert numbers("head", state="revoked") == []
    assert numbers("other_head") == []
    assert rows[0].results.get().owner_folded == "nguyen van phuc"
