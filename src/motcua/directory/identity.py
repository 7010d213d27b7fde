"""Identity numbers at rest: encrypted, and found again by a keyed digest.

So is what people declare in forms, where those numbers stand too.
"""

import base64
import hashlib
import hmac
import json
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression

_SEALED = "sealed"


@lru_cache(maxsize=1)
def _keys(secret: str) -> tuple[bytes, bytes]:
    cipher = hashlib.scrypt(secret.encode(), salt=b"motcua-id-cipher", n=2**14, r=8, p=1, dklen=32)
    index = hashlib.scrypt(secret.encode(), salt=b"motcua-id-index", n=2**14, r=8, p=1, dklen=32)
    return cipher, index


def seal(number: str) -> bytes:
    """Return the number encrypted (AES-GCM-SIV; equal numbers give equal ciphers, by design)."""
    cipher, _index = _keys(settings.MOTCUA_IDENTITY_KEY)
    return AESGCMSIV(cipher).encrypt(b"\x00" * 12, number.encode(), None)


def unseal(value: bytes) -> str:
    """Return the number that was sealed."""
    cipher, _index = _keys(settings.MOTCUA_IDENTITY_KEY)
    return AESGCMSIV(cipher).decrypt(b"\x00" * 12, bytes(value), None).decode()


def index_of(kind: str, number: str) -> bytes:
    """Return the keyed digest by which a number of this kind is looked up (32 bytes)."""
    _cipher, index = _keys(settings.MOTCUA_IDENTITY_KEY)
    return hmac.new(index, f"{kind}:{number}".encode(), hashlib.sha256).digest()


def digest_of_token(token: str) -> bytes:
    """Return the SHA-256 digest of a bearer token; the token itself is never kept."""
    return hashlib.sha256(token.encode()).digest()


def printable(value: bytes) -> str:
    """Return bytes as text for a QR or a link."""
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


class SealedJSONField(models.JSONField):
    """JSON encrypted in its column as {"sealed": …}; read and written whole, never searched."""

    def from_db_value(
        self, value: str | None, expression: Expression, connection: BaseDatabaseWrapper
    ) -> object:
        """Return what was declared."""
        kept = super().from_db_value(value, expression, connection)
        if isinstance(kept, dict) and kept.keys() == {_SEALED}:
            return json.loads(unseal(base64.b64decode(kept[_SEALED])))
        return kept

    def get_db_prep_value(
        self,
        value: object,
        connection: BaseDatabaseWrapper,
        prepared: bool = False,  # noqa: FBT001, FBT002  Django's signature
    ) -> object:
        """Return what the column holds; what says nothing needs no seal."""
        if value:
            text = json.dumps(value, ensure_ascii=False)
            value = {_SEALED: base64.b64encode(seal(text)).decode()}
        return super().get_db_prep_value(value, connection, prepared)
