"""Signatures a second: pyHanko's bare invisible one, ours, and pyHanko's own visible one.

Each signs the same decision with the same key, turn by turn, so that a busy machine slows all
alike. No timestamp and no revocation: those are the wire's time, and the same for all three.
"""

import io
import os
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.pdf_utils.font.opentype import GlyphAccumulatorFactory
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.text import TextBoxStyle
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer, SimpleSigner
from pyhanko.stamp import TextStampStyle

from motcua.documents import papers
from motcua.documents.papers import samples
from motcua.documents.papers.press import render
from motcua.signing.appearance import looks
from motcua.signing.keys.pkcs11 import key_in
from motcua.signing.keys.pkcs12 import FileKey
from motcua.signing.marks import Mark, Spot
from motcua.signing.pades import writing
from motcua.signing.pades.signer import Identity
from motcua.signing.pades.trust import Trust
from motcua.signing.ports import Key, Place
from motcua.signing.trial.authority import PIN, Authority, Issued, Subject

ROUNDS = 40
_TOKEN, _PIN, _ID = "MotCuaBench", "135790", "01"
_SPOT = Spot(0, (340, 300, 482, 362))
_Sign = Callable[[bytes], object]


@dataclass(frozen=True)
class Figure:
    """Signatures a second of each way, with one kind of key.

    bare, theirs: pyHanko's invisible and visible one; unseen, ours: ours without and with the mark.
    """

    key: str
    bare: float
    ours: float
    theirs: float
    unseen: float

    @property
    def share(self) -> float:
        """Ours as a share of the bare invisible one."""
        return self.ours / self.bare

    @property
    def own_share(self) -> float:
        """Ours with the mark as a share of ours without."""
        return self.ours / self.unseen

    @property
    def their_share(self) -> float:
        """PyHanko's visible one as a share of its bare invisible one."""
        return self.theirs / self.bare


class NoSoftHsm(Exception):
    """SoftHSM2 is not installed on this machine."""


def measure(*, rounds: int = ROUNDS) -> list[Figure]:
    """Return the figures of a software key and, where SoftHSM2 is installed, of a token."""
    issued = _issued()
    figures = [_software(issued, rounds)]
    try:
        with _token(issued) as driver:
            figures.append(_hardware(issued, driver, rounds))
    except NoSoftHsm:
        pass
    return figures


def _issued() -> Issued:
    key = rsa.generate_private_key(65537, 2048)
    at = datetime.now(UTC)
    return Authority.made(at=at).issue(Subject("Người ký đo tốc độ", "Chủ tịch"), at=at, key=key)


def _software(issued: Issued, rounds: int) -> Figure:
    identity = Identity.read(issued.pem)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "key.p12"
        path.write_bytes(issued.packed())
        signer = SimpleSigner.load_pkcs12(path, passphrase=PIN.encode())
    if signer is None:
        raise ValueError("pyHanko cannot read the key")
    return _compared("RSA-2048, tệp khóa", signer, FileKey(issued.key), identity, rounds)


def _hardware(issued: Issued, driver: str, rounds: int) -> Figure:
    place = Place({"token": _TOKEN, "id": _ID}, issued.pem)
    identity = Identity.read(issued.pem)
    criteria = TokenCriteria(label=_TOKEN)
    session = open_pkcs11_session(driver, token_criteria=criteria, user_pin=_PIN)
    try:
        signer = PKCS11Signer(
            session, signing_cert=identity.certificate, key_id=bytes.fromhex(_ID)
        )
        return _compared("RSA-2048, SoftHSM2", signer, key_in(session, place), identity, rounds)
    finally:
        session.close()


def _compared(name: str, signer: Signer, key: Key, identity: Identity, rounds: int) -> Figure:
    document = render("result", samples.ALL["result"], samples.AT)
    ways = {
        "bare": _bare(signer),
        "ours": _ours(key, identity, Mark(page=0, box=_SPOT.box)),
        "theirs": _theirs(signer),
        "unseen": _ours(key, identity, None),
    }
    taken: dict[str, list[float]] = {way: [] for way in ways}
    for turn in range(rounds + 2):
        for way, sign in ways.items():
            start = perf_counter()
            sign(document)
            if turn >= 2:  # the first ones fill what is kept
                taken[way].append(perf_counter() - start)
    rates = {way: 1 / statistics.median(times) for way, times in taken.items()}
    return Figure(name, **rates)


def _bare(signer: Signer) -> _Sign:
    meta = PdfSignatureMetadata(
        field_name="KySo1", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )

    def sign(document: bytes) -> None:
        PdfSigner(meta, signer).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(document)))

    return sign


def _theirs(signer: Signer) -> _Sign:
    meta = PdfSignatureMetadata(
        field_name="KySo1", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    box = tuple(round(edge) for edge in _SPOT.box)
    spec = SigFieldSpec("KySo1", on_page=0, box=(box[0], box[1], box[2], box[3]))
    font = str(Path(papers.__file__).parent / "fonts" / "Tinos-Regular.ttf")
    style = TextStampStyle(
        stamp_text="Nguyễn Văn Mẫu\n%(ts)s",
        text_box_style=TextBoxStyle(font=GlyphAccumulatorFactory(font)),
    )

    def sign(document: bytes) -> None:
        PdfSigner(meta, signer, stamp_style=style, new_field_spec=spec).sign_pdf(
            IncrementalPdfFileWriter(io.BytesIO(document))
        )

    return sign


def _ours(key: Key, identity: Identity, mark: Mark | None) -> _Sign:
    hand, trust = looks.Hand("Nguyễn Văn Mẫu"), Trust()

    def sign(document: bytes) -> None:
        at = datetime.now(UTC)
        stream = io.BytesIO(document)
        spot, style = looks.personal(stream, hand=hand, mark=mark, at=at) if mark else (None, None)
        writing.sign(stream, writing.Task(key, identity, trust, at, spot=spot, style=style))

    return sign


@contextmanager
def _token(issued: Issued) -> Iterator[str]:
    """Yield the driver of a SoftHSM2 token made for the measurement."""
    driver = softhsm()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "tokens").mkdir()
        config = place / "softhsm2.conf"
        config.write_text(f"directories.tokendir = {place / 'tokens'}\nlog.level = ERROR\n")
        os.environ["SOFTHSM2_CONF"] = str(config)
        pem = issued.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (place / "key.pem").write_bytes(pem)
        for words in (
            ["--init-token", "--free", "--label", _TOKEN, "--pin", _PIN, "--so-pin", _PIN],
            [
                *["--import", str(place / "key.pem"), "--token", _TOKEN, "--pin", _PIN],
                *["--label", "key", "--id", _ID],
            ],
        ):
            subprocess.run(["softhsm2-util", *words], check=True, capture_output=True)
        yield driver


def softhsm() -> str:
    """Return the path of SoftHSM2's driver.

    Raises NoSoftHsm: it is not installed.
    """
    if shutil.which("softhsm2-util") is None:
        raise NoSoftHsm
    for folder in ("/usr/lib", "/usr/lib64", "/usr/local/lib", "/opt/homebrew/lib"):
        for path in sorted(Path(folder).glob("**/libsofthsm2.so")):
            return str(path)
    raise NoSoftHsm


def as_markdown(
    headings: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    machine: str,
    *,
    rounds: int,
) -> str:
    """Return the table as it is kept in docs/figures/signing.md."""
    lines = [
        "# Signatures a second",
        "",
        f"Made by `motcua signing bench --rounds {rounds} -o docs/figures/signing.md` on {machine}.",
        "",
        "The same one-page decision (PDF/A-2a, tagged), signed in turn by each way; median of the",
        "rounds. No timestamp, no revocation: those are the wire's time and alike for all. Ours",
        "skips what pyHanko does again each time: the rehearsal of the container's size, the check",
        "of the private key, cutting the font; the picture and the type are packed once.",
        "",
        "| " + " | ".join(headings) + " |",
        "|---" + "|---:" * (len(headings) - 1) + "|",
        *("| " + " | ".join(row) + " |" for row in rows),
        "",
    ]
    return "\n".join(lines)
