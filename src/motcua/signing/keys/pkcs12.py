"""A key in a password-protected file: for trial only, and it says so."""

from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import settings
from django.utils.translation import gettext as _

from motcua.signing.ports import Key, Place, openers
from motcua.signing.refusals import TokenMissing, WrongPin

_HASH = Prehashed(hashes.SHA256())


@dataclass
class FileKey:
    """A private key in this process's memory, until it is closed."""

    private: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | None

    def sign(self, digest: bytes) -> bytes:
        """Return the signature over a SHA-256 digest."""
        if isinstance(self.private, rsa.RSAPrivateKey):
            return self.private.sign(digest, padding.PKCS1v15(), _HASH)
        if isinstance(self.private, ec.EllipticCurvePrivateKey):
            return self.private.sign(digest, ec.ECDSA(_HASH))
        raise RuntimeError("the key is closed")

    def close(self) -> None:
        """Forget the key."""
        self.private = None


@openers.register("pkcs12")
def open_file(place: Place, pin: str) -> Key:
    """Open the PKCS#12 file that the place names (relative to the folder of keys).

    Raises TokenMissing: there is no such file. Raises WrongPin: it does not open.
    """
    path = Path(settings.MOTCUA_KEYS) / place.values["file"]
    try:
        content = path.read_bytes()
    except OSError:
        raise TokenMissing(
            _("Không thấy tệp khóa ký số. Hãy báo người quản trị kiểm tra thư mục khóa.")
        ) from None
    return FileKey(private_key(content, pin))


def private_key(content: bytes, pin: str) -> rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey:
    """Return the private key of a PKCS#12.

    Raises WrongPin: it does not open with this PIN. Raises TokenMissing: it holds no usable key.
    """
    try:
        private = pkcs12.load_pkcs12(content, pin.encode()).key
    except ValueError:
        raise WrongPin(_("Mã PIN không đúng. Hãy nhập lại.")) from None
    if not isinstance(private, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise TokenMissing(_("Tệp khóa không chứa khóa RSA hoặc ECDSA dùng để ký."))
    return private
