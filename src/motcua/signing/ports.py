"""What a key is to us: something that signs a hash. Tokens, files and services register here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from motcua.kernel.registry import Registry


class Key(Protocol):
    """An opened key; it stays open for a batch and is closed after it."""

    def sign(self, digest: bytes) -> bytes:
        """Return the signature over a SHA-256 digest.

        RSA: PKCS#1 v1.5; ECDSA: DER, as a CMS wants them.
        """
        ...

    def close(self) -> None:
        """End the session; the PIN is forgotten with it."""
        ...


@dataclass(frozen=True)
class Place:
    """Where a key is: what its port needs to find it. Never a private key, never a PIN.

    values: "file" (PKCS#12), "token" and "id" (PKCS#11), "url" and "key" (remote).
    certificate: PEM of the key's certificate.
    """

    values: Mapping[str, str]
    certificate: str


Opener = Callable[[Place, str], Key]

# port name as it is stored → a function (place, PIN) that opens the key, or refuses with
# WrongPin, TokenLocked or TokenMissing.
openers: Registry[Opener] = Registry("key port")


def opener(port: str) -> Opener:
    """Return what opens keys of a port: one registered here, or one that the settings name.

    Raises LookupError: there is no such port.
    """
    named: dict[str, str] = settings.MOTCUA_KEY_PORTS
    if port in named:
        found: Opener = import_string(named[port])
        return found
    return openers.get(port)


def names() -> tuple[str, ...]:
    """Return the names of all ports."""
    return (*(name for name, _opener in openers.items()), *settings.MOTCUA_KEY_PORTS)
