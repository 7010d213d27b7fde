"""A key on a token: USB device, smart card or HSM, through its PKCS#11 driver."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, cast

import pkcs11
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.utils.translation import gettext as _
from pkcs11 import Attribute, Mechanism, ObjectClass, TokenFlag
from pkcs11 import exceptions as failures
from pkcs11.util.ec import encode_ecdsa_signature

from motcua.signing.keys import certificates
from motcua.signing.ports import Key, Place, openers
from motcua.signing.refusals import TokenLocked, TokenMissing, WrongPin

# DigestInfo of SHA-256 (RFC 8017 §9.2): tokens pad, we name the hash.
_SHA256_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
_one_at_a_time = threading.Lock()


class Handle(Protocol):
    """A private key's object on a token, as the driver hands it out."""

    def sign(self, data: bytes, *, mechanism: Mechanism) -> bytes:
        """Return the signature over the data."""
        ...


class TokenKey:
    """A private key that never leaves its token; signing goes through one open session."""

    def __init__(self, session: pkcs11.Session, handle: Handle, *, is_elliptic: bool) -> None:
        self._session = session
        self._handle = handle
        self._is_elliptic = is_elliptic

    def sign(self, digest: bytes) -> bytes:
        """Return the signature over a SHA-256 digest.

        Raises TokenMissing: the token was pulled out.
        """
        with _failures():
            if self._is_elliptic:
                raw = self._handle.sign(digest, mechanism=Mechanism.ECDSA)
                return bytes(encode_ecdsa_signature(raw))
            return bytes(self._handle.sign(_SHA256_INFO + digest, mechanism=Mechanism.RSA_PKCS))

    def close(self) -> None:
        """End the session; the token asks for the PIN again."""
        try:
            self._session.close()
        except failures.PKCS11Error:
            pass  # the token is gone, and the session with it
        finally:
            _release()


@openers.register("pkcs11")
def open_token(place: Place, pin: str) -> Key:
    """Open the token that the place names by its label, and find the key by its id.

    Raises TokenMissing: no driver, no token or no such key. Raises TokenLocked: it is locked, or
    one wrong PIN away. Raises WrongPin: the PIN was refused.
    """
    with _failures():
        token = _token(place)
        if token.flags & (TokenFlag.USER_PIN_LOCKED | TokenFlag.USER_PIN_FINAL_TRY):
            raise TokenLocked(
                _(
                    "Thiết bị ký số đã khóa hoặc chỉ còn một lần nhập PIN. Hãy mở khóa bằng công"
                    " cụ của nhà cung cấp rồi ký lại."
                )
            )
        _claim()
        try:
            session = token.open(user_pin=pin)
            return key_in(session, place)
        except BaseException:
            _release()
            raise


def certificate_on(place: Place) -> str:
    """Return the certificate beside the key on a token, as PEM; no PIN is needed.

    Raises TokenMissing: no driver, no token, or no certificate with that id.
    """
    wanted = {
        Attribute.CLASS: ObjectClass.CERTIFICATE,
        Attribute.ID: bytes.fromhex(place.values["id"]),
    }
    with _failures(), _token(place).open() as session:
        for found in session.get_objects(wanted):
            der = bytes(found[Attribute.VALUE])
            return x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM).decode()
    raise TokenMissing(_("Thiết bị không có chứng thư số với mã này."))


def key_in(session: pkcs11.Session, place: Place) -> Key:
    """Return the key of an open session, found by its id.

    Raises TokenMissing: the token has no such key.
    """
    return TokenKey(
        session,
        _handle(session, place),
        is_elliptic=certificates.is_elliptic(place.certificate),
    )


# PKCS#11 logs a process in at a token, not a session: two officers may not share the moment.
def _claim() -> None:
    if not _one_at_a_time.acquire(timeout=30):
        raise TokenMissing(_("Thiết bị ký số đang bận. Hãy thử lại sau ít phút."))


def _release() -> None:
    if _one_at_a_time.locked():
        _one_at_a_time.release()


def _token(place: Place) -> pkcs11.Token:
    library = place.values.get("library") or settings.MOTCUA_PKCS11
    if not library:
        raise TokenMissing(_("Máy chủ chưa cài trình điều khiển thiết bị ký số (MOTCUA_PKCS11)."))
    try:
        opened = pkcs11.lib(library)
    except RuntimeError:
        raise TokenMissing(
            _("Không nạp được trình điều khiển thiết bị ký số. Hãy báo người quản trị.")
        ) from None
    for slot in opened.get_slots(token_present=True):
        token = slot.get_token()
        if token.label.strip() == place.values["token"]:
            return token
    raise failures.TokenNotPresent


def _handle(session: pkcs11.Session, place: Place) -> Handle:
    wanted = {
        Attribute.CLASS: ObjectClass.PRIVATE_KEY,
        Attribute.ID: bytes.fromhex(place.values["id"]),
    }
    for handle in session.get_objects(wanted):
        return cast("Handle", handle)
    session.close()
    raise TokenMissing(_("Thiết bị không có khóa đã đăng ký. Hãy cắm đúng thiết bị của mình."))


@contextmanager
def _failures() -> Iterator[None]:
    """Turn the driver's failures into what an officer can do about them."""
    try:
        yield
    except (failures.PinIncorrect, failures.PinLenRange, failures.PinInvalid):
        raise WrongPin(_("Mã PIN không đúng. Hãy nhập lại.")) from None
    except failures.PinLocked:
        raise TokenLocked(
            _("Thiết bị ký số đã khóa vì nhập sai PIN. Hãy mở khóa rồi ký lại.")
        ) from None
    except failures.PKCS11Error:
        raise TokenMissing(
            _("Không thấy thiết bị ký số. Hãy cắm thiết bị rồi ký lại; việc vẫn đang chờ.")
        ) from None
