"""The key with which this installation signs the QR of its papers, and every key it ever used.

Ed25519. The private half never leaves its folder; the public halves are published, so that a QR is
checked without asking us. A key that is replaced stays in the ring: old papers stay good.
"""

import base64
import contextlib
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

KEY_ID_BYTES = 4
_SIGNING, _PUBLIC = "signing.pem", "public-*.pem"


class NoKeyInFile(ValueError):
    """The file holds no Ed25519 public key."""


@dataclass(frozen=True)
class KeyRing:
    """Public keys by their id, and the private one where it is ours to use."""

    public: Mapping[bytes, Ed25519PublicKey]
    private: Ed25519PrivateKey | None = None

    @property
    def key_id(self) -> bytes:
        """Return the id of the key that signs."""
        return key_id(self._signer.public_key())

    def sign(self, message: bytes) -> bytes:
        """Return the signature of the message (64 bytes)."""
        return self._signer.sign(message)

    def knows(self, key: bytes) -> bool:
        """Tell whether the key of that id is in the ring."""
        return key in self.public

    def is_signed(self, message: bytes, signature: bytes, *, key: bytes) -> bool:
        """Tell whether the key of that id made the signature."""
        try:
            self.public[key].verify(signature, message)
        except (InvalidSignature, KeyError):
            return False
        return True

    def document(self) -> dict[str, object]:
        """Return the public keys as a JWK set (RFC 8037)."""
        return {"keys": [_jwk(key, public) for key, public in sorted(self.public.items())]}

    def pem(self) -> str:
        """Return the public keys as PEM, one after the other."""
        return "".join(_pem(public) for _key, public in sorted(self.public.items()))

    @property
    def _signer(self) -> Ed25519PrivateKey:
        if self.private is None:
            raise NoKeyInFile("this ring only checks")
        return self.private


def key_id(public: Ed25519PublicKey) -> bytes:
    """Return the first bytes of the key's SHA-256 digest."""
    return hashlib.sha256(public.public_bytes_raw()).digest()[:KEY_ID_BYTES]


def ours() -> KeyRing:
    """Return this installation's ring; its key is made on first use.

    A key that another process put in is seen at once.
    """
    folder = Path(settings.MOTCUA_QR_KEYS)
    _make(folder)
    return _ring(folder, folder.stat().st_mtime_ns)


def replace_key() -> KeyRing:
    """Sign with a new key from here on; papers signed with the old one stay good."""
    folder = Path(settings.MOTCUA_QR_KEYS)
    _make(folder, replacing=True)
    _ring.cache_clear()
    return ours()


def read_public(content: bytes) -> KeyRing:
    """Return a ring that only checks, from PEM (one or many) or a JWK set.

    Raises NoKeyInFile: there is no Ed25519 public key in it.
    """
    keys = _from_jwks(content) if content.lstrip().startswith(b"{") else _from_pem(content)
    if not keys:
        raise NoKeyInFile("no Ed25519 public key")
    return KeyRing({key_id(public): public for public in keys})


@lru_cache(maxsize=8)
def _ring(folder: Path, _changed_at: int) -> KeyRing:
    private = serialization.load_pem_private_key((folder / _SIGNING).read_bytes(), password=None)
    if not isinstance(private, Ed25519PrivateKey):
        raise NoKeyInFile("the key that signs QRs is not Ed25519")
    held = [one for file in folder.glob(_PUBLIC) for one in _from_pem(file.read_bytes())]
    return KeyRing({key_id(one): one for one in (*held, private.public_key())}, private)


def _make(folder: Path, *, replacing: bool = False) -> None:
    """Make a key where there is none, readable by its owner only; another process may be first."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    final = folder / _SIGNING
    if final.exists() and not replacing:
        return
    private = Ed25519PrivateKey.generate()
    partial = folder / f"{_SIGNING}.{os.getpid()}"
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(
            private.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
    if replacing:
        partial.replace(final)
    else:
        with contextlib.suppress(FileExistsError):
            os.link(partial, final)
        partial.unlink()
    _publish(folder)


def _publish(folder: Path) -> None:
    private = serialization.load_pem_private_key((folder / _SIGNING).read_bytes(), password=None)
    if isinstance(private, Ed25519PrivateKey):
        public = private.public_key()
        (folder / f"public-{key_id(public).hex()}.pem").write_text(_pem(public))


def _pem(public: Ed25519PublicKey) -> str:
    return public.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    ).decode()


def _jwk(key: bytes, public: Ed25519PublicKey) -> dict[str, str]:
    return {
        "kty": "OKP",
        "crv": "Ed25519",
        "alg": "EdDSA",
        "use": "sig",
        "kid": key.hex(),
        "x": base64.urlsafe_b64encode(public.public_bytes_raw()).decode().rstrip("="),
    }


def _from_pem(content: bytes) -> list[Ed25519PublicKey]:
    end = b"-----END PUBLIC KEY-----"
    found = []
    for part in content.split(end)[:-1]:
        try:
            public = serialization.load_pem_public_key(part + end + b"\n")
        except ValueError:
            continue
        if isinstance(public, Ed25519PublicKey):
            found.append(public)
    return found


def _from_jwks(content: bytes) -> list[Ed25519PublicKey]:
    try:
        listed = json.loads(content).get("keys", [])
        raw = [str(one["x"]) for one in listed if one.get("crv") == "Ed25519"]
        return [
            Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(x + "=" * (-len(x) % 4)))
            for x in raw
        ]
    except (ValueError, KeyError, AttributeError, TypeError):
        return []
