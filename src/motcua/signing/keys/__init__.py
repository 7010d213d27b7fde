"""Ports of keys that need no network; importing this package registers them."""

from motcua.signing.keys import pkcs11, pkcs12

__all__ = ["pkcs11", "pkcs12"]
