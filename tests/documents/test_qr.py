"""The QR of a paper: dense enough to print, signed, checked without us, silent about persons."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2
import pytest
import zxingcpp
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from motcua.documents import papers
from motcua.documents.papers import qr, qr_keys, samples
from motcua.kernel import base41

OWNER = "056161000103"
LONG_HOST = "https://dichvucong-thunghiem.khanhhoa.gov.vn"
LEAST_MODULE_MM = 0.33
PRINTED_MM = 23
PAPER = qr.Payload(
    dossier_code="H32.18-20261116-0000147",
    procedure_code="1.013992",
    owner_id=OWNER,
    paper="GIẤY | TIẾP NHẬN HỒ SƠ",
    agency_code="H32.118",
    at=datetime(2026, 11, 16, 2, 12, 40, tzinfo=UTC),
    key="01",
    number="0000147/TNHS",
)


@pytest.fixture(autouse=True)
def _ring_of_its_own(settings, tmp_path):
    settings.MOTCUA_QR_KEYS = tmp_path / "qr-keys"
    settings.MOTCUA_PUBLIC_URL = LONG_HOST


@pytest.mark.parametrize("size", [0, 1, 2, 3, 64, 199])
def test_bytes_come_back_from_their_text(size):
    content = bytes(place * 97 % 256 for place in range(size))

    text = base41.encode(content)

    assert base41.decode(text) == content
    assert set(text) <= set(base41.ALPHABET)


@pytest.mark.parametrize("text", ["A", "AAAA", "a0", "...", "ÉÉ", "%%%", "++"])
def test_text_that_stands_for_no_bytes_is_refused(text):
    with pytest.raises(ValueError, match="base 41"):
        base41.decode(text)


def test_what_a_genuine_qr_says_comes_back():
    checked = qr.check(qr.encode(PAPER))

    assert checked.genuine is qr.Genuine.YES
    assert checked.payload == PAPER


def test_the_address_alone_names_no_person_and_is_still_genuine():
    address = qr.encode(PAPER).partition("#")[0]

    checked = qr.check(address)

    assert checked.genuine is qr.Genuine.YES
    assert checked.payload == replace(PAPER, owner_id="")
    assert OWNER.encode() not in base41.decode(qr.token_of(address))
    assert re.fullmatch(r"[A-Z0-9:/$*+.-]+", address)


def test_the_same_paper_printed_again_bears_the_same_qr():
    assert qr.encode(PAPER) == qr.encode(PAPER)


def test_another_owner_behind_the_hash_is_found_out():
    address, _mark, _hidden = qr.encode(PAPER).partition("#")
    _other, _mark, stolen = qr.encode(replace(PAPER, owner_id="056161000104")).partition("#")

    assert qr.check(f"{address}#{stolen}").genuine is qr.Genuine.ALTERED


@pytest.mark.parametrize("place", range(0, 200, 7))
def test_no_byte_can_be_changed(place):
    token = qr.token_of(qr.encode(PAPER))
    whole = bytearray(base41.decode(token))
    whole[place % len(whole)] ^= 1

    checked = qr.check("https://elsewhere.example/XM/" + base41.encode(bytes(whole)))

    assert checked is None or checked.genuine is not qr.Genuine.YES


def test_a_paper_of_before_a_new_key_stays_good():
    old = qr.encode(PAPER)

    qr_keys.replace_key()

    assert qr.check(old).genuine is qr.Genuine.YES
    assert qr.check(qr.encode(PAPER)).key_id != qr.check(old).key_id
    assert qr.encode(PAPER) != old


@pytest.mark.parametrize("form", ["pem", "jwk"])
def test_public_keys_are_all_that_a_stranger_needs(form):
    ours = qr_keys.ours()
    published = ours.pem() if form == "pem" else json.dumps(ours.document())

    ring = qr_keys.read_public(published.encode())

    assert ring.private is None
    assert qr.check(qr.encode(PAPER), ring=ring).genuine is qr.Genuine.YES


def test_a_key_of_somebody_else_is_unknown(tmp_path, settings):
    text = qr.encode(PAPER)
    settings.MOTCUA_QR_KEYS = tmp_path / "another"

    assert qr.check(text).genuine is qr.Genuine.UNKNOWN_KEY


def rsa() -> bytes:
    public = generate_private_key(public_exponent=65537, key_size=2048).public_key()
    return public.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


@pytest.mark.parametrize("content", [b"", b"{}", b'{"keys": [1]}', b"-----END PUBLIC KEY-----"])
def test_a_file_without_our_kind_of_key_is_refused(content):
    with pytest.raises(qr_keys.NoKeyInFile):
        qr_keys.read_public(content)
    with pytest.raises(qr_keys.NoKeyInFile):
        qr_keys.read_public(rsa())


@pytest.mark.parametrize("text", ["", "/", "H32.18-20261116-0000147", "#", "x" * 9000, "a|b|c"])
def test_other_text_is_none_of_ours(text):
    assert qr.check(text) is None


def test_the_private_key_is_readable_by_its_owner_only(settings):
    qr_keys.ours()

    assert (settings.MOTCUA_QR_KEYS / "signing.pem").stat().st_mode & 0o077 == 0


def test_the_longest_payload_still_prints_large_enough():
    longest = replace(
        PAPER,
        dossier_code="9" * 99,
        procedure_code="9" * 99,
        agency_code="9" * 99,
        number="Đ" * 99,
        paper="Ế" * 999,
        owner_id="9" * 99,
    )

    modules = qr.drawn(qr.encode(longest)).symbol_size(border=0)[0]

    assert PRINTED_MM / modules >= LEAST_MODULE_MM
    assert qr.check(qr.encode(longest)).genuine is qr.Genuine.YES


@pytest.mark.parametrize("key", samples.ALL)
def test_the_printed_qr_is_read_at_200_dpi(key):
    pdf = papers.render(key, samples.ALL[key], samples.AT)
    with pypdfium2.PdfDocument(pdf) as document:
        picture = document[0].render(scale=200 / 72).to_pil()

    (found,) = zxingcpp.read_barcodes(picture)
    modules = qr.drawn(found.text).symbol_size(border=0)[0]
    width = found.position.top_right.x - found.position.top_left.x

    assert qr.check(found.text).genuine is qr.Genuine.YES
    assert width / 200 * 25.4 / modules >= LEAST_MODULE_MM * 0.98
