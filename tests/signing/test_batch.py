"""Many papers, several signers, marks on the page."""

import subprocess
from datetime import timedelta
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from motcua.documents import services as documents
from motcua.documents.models import File
from motcua.signing import queries
from motcua.signing import services as signing
from motcua.signing.models import Signature, Wish
from motcua.signing.pades.trust import certificates
from tests.factories.world import MONDAY_8AM, World
from tests.signing import letters
from tests.signing.conftest import stored
from tests.signing.pki import PIN, Pki
from tests.signing.test_sign import pdfsig, personal, sealed


def many(world: World, items: list[signing.Item], pin: str = PIN) -> list[signing.Outcome]:
    """Sign as the committee's head."""
    return signing.sign_many(
        items=items,
        kind="personal",
        by=world["head"],
        agency_id=world.agencies["committee"].pk,
        pin=pin,
        at=MONDAY_8AM,
    )


def test_one_that_fails_stops_no_other(keys, decision):
    other, picture = stored(letters.decision()), stored(_png(), name="anh.png")

    outcomes = many(keys, [signing.Item(one) for one in (decision, picture, other)])

    assert [one.is_done for one in outcomes] == [True, False, True]
    assert isinstance(outcomes[1].refused, signing.NotAPdf)
    assert Signature.objects.count() == 2


def test_what_goes_with_a_signature_is_undone_with_it(keys, decision):
    def refuse(_signed: signing.SignedFile) -> None:
        raise signing.NothingToSign("không được")

    outcome = many(keys, [signing.Item(decision, then=refuse)])[0]

    assert isinstance(outcome.refused, signing.NothingToSign)
    assert not Signature.objects.exists()
    assert not File.objects.filter(replaces=decision).exists()


def test_a_token_pulled_out_stops_what_follows(keys, monkeypatch):
    papers = [stored(letters.decision()) for _ in range(3)]
    sign, calls = signing.Pen.sign, []

    def until_pulled_out(pen: signing.Pen, **about: object) -> signing.SignedFile:
        calls.append(about)
        if len(calls) > 1:
            raise signing.TokenMissing("thiết bị không còn")
        return sign(pen, **about)

    monkeypatch.setattr(signing.Pen, "sign", until_pulled_out)

    outcomes = many(keys, [signing.Item(paper) for paper in papers])

    assert [one.is_done for one in outcomes] == [True, False, False]
    assert len(calls) == 2


def test_more_than_a_hundred_are_refused(keys, decision):
    with pytest.raises(signing.TooMany):
        many(keys, [signing.Item(decision)] * 101)


def test_a_wrong_pin_signs_nothing_of_the_batch(keys, decision):
    with pytest.raises(signing.WrongPin):
        many(keys, [signing.Item(decision)], pin="0")

    assert not Signature.objects.exists()


def test_several_signers_in_order_then_the_seal(keys, trusted, pki, decision, tmp_path):
    first = personal(keys, decision)
    second = personal(keys, first.file, who="chairman")
    third = sealed(keys, second.file)

    said = pdfsig(third.file, tmp_path)
    assert said.count("Signature is Valid") == 3
    assert [row.signer for row in queries.made_on(third.file.pk)] == [
        "Nguyễn Hữu Lộc",
        "Võ Văn Bình",
        "Bùi Thị Lan",
    ]
    assert _all_are_whole(third.file, pki)


def test_the_seal_covers_a_third_of_the_signature(keys, decision):
    first = personal(keys, decision)
    second = sealed(keys, first.file)

    left, bottom, right, top = first.signature.box
    seal = second.signature.box
    assert seal[2] == pytest.approx(left + (right - left) / 3, abs=1)
    assert seal[2] - seal[0] == pytest.approx(36 / 25.4 * 72, abs=0.1)
    assert (seal[1] + seal[3]) / 2 == pytest.approx((bottom + top) / 2, abs=0.1)


def test_the_signature_is_centred_over_the_name(keys, decision, tmp_path):
    signed = personal(keys, decision)

    page = _page(signed.file, tmp_path)
    words = page.get_textpage()
    at, length = words.search("Nguyễn Hữu Lộc").get_next()
    boxes = [words.get_charbox(one) for one in range(at, at + length)]
    left, bottom, right, top = signed.signature.box
    assert (left + right) / 2 == pytest.approx((boxes[0][0] + boxes[-1][2]) / 2, abs=2)
    title = [words.get_charbox(one) for one in range(*_span(words, "PHÓ CHỦ TỊCH"))]
    assert boxes[0][3] < bottom < top < title[0][1]
    assert top - boxes[0][3] == pytest.approx(title[0][1] - bottom, abs=4)


def test_the_colours_are_blue_and_red(keys, decision, tmp_path):
    second = sealed(keys, personal(keys, decision).file)

    picture = _page(second.file, tmp_path).render(scale=1.5).to_numpy()[:, :, ::-1].astype(int)
    red, green, blue = picture[..., 0], picture[..., 1], picture[..., 2]
    assert ((blue > 130) & (red < 90) & (green < 110)).sum() > 200
    assert ((red > 170) & (green < 90) & (blue < 90)).sum() > 500


def test_a_copy_says_its_form_agency_and_second(keys, tmp_path):
    scan = stored(letters.decision(), source="scan", by_key=keys["clerk"].key)

    signed = sealed(keys, scan, kind="copy")

    page = _page(signed.file, tmp_path)
    words = ["pdftotext", "-layout", tmp_path / "page.pdf", "-"]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert "SAO Y" in said
    assert "09/11/2026 08:05:00 +07:00" in said
    left, bottom, right, _top = signed.signature.box
    width, height = page.get_size()
    assert left > width / 3
    assert right < width
    assert height - bottom < 20 / 25.4 * 72


def test_a_wish_moves_on_to_the_signed_paper(keys, decision):
    about = {"agency_id": keys.agencies["committee"].pk, "by": keys["appraiser"], "at": MONDAY_8AM}
    head = keys.accounts["head"].pk
    signing.ask(file=decision, kind="personal", account_id=head, **about)
    signing.ask(file=decision, kind="agency", **about)

    signed = personal(keys, decision)

    states = dict(Wish.objects.values_list("kind", "state"))
    assert states == {"personal": "signed", "agency": "waiting"}
    assert [one.file_id for one in queries.waiting_for(keys["clerk"])] == [signed.file.pk]
    assert signing.withdraw(file=signed.file, at=MONDAY_8AM + timedelta(hours=1)) == 1


def _span(words: pdfium.PdfTextPage, text: str) -> tuple[int, int]:
    at, length = words.search(text).get_next()
    return at, at + length


def _all_are_whole(file: File, pki: Pki) -> bool:
    roots = certificates(pki.pem("root").encode())
    with documents.open_file(file) as source:
        reader = PdfFileReader(source)
        between = certificates(pki.pem("intermediate").encode())
        context = ValidationContext(trust_roots=roots, other_certs=between, allow_fetching=True)
        found = [
            validate_pdf_signature(one, context, context) for one in reader.embedded_signatures
        ]
        return len(found) == 3 and all(one.bottom_line for one in found)


def _page(file: File, folder: Path) -> pdfium.PdfPage:
    path = folder / "page.pdf"
    with documents.open_file(file) as source:
        path.write_bytes(source.read())
    pdf = pdfium.PdfDocument(path)
    pdf.init_forms()
    return pdf[0]


def _png() -> bytes:
    from tests.web.desk.test_signing import _png as drawn

    return drawn()
