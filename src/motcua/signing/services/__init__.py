"""The verbs of signing."""

from motcua.signing import keys as _ports  # noqa: F401  (registers the ports that need no network)
from motcua.signing.marks import Mark
from motcua.signing.refusals import (
    CannotBeSigned,
    CertificateRevoked,
    CertificateUnproven,
    KeyOutOfTime,
    NoKey,
    NotAnImage,
    NotAPdf,
    NothingToSign,
    NoTimestamp,
    NotMade,
    NotSignedYet,
    NotTheKeeper,
    PinAtRest,
    TokenLocked,
    TokenMissing,
    TooMany,
    WrongPin,
)
from motcua.signing.services.batch import Item, Outcome, sign_many, sign_wishes
from motcua.signing.services.keeping import add_key, change_picture, disable_key, name_keeper
from motcua.signing.services.pen import Pen, SignedFile, opened, sign
from motcua.signing.services.wishing import ask, withdraw

__all__ = [
    "CannotBeSigned",
    "CertificateRevoked",
    "CertificateUnproven",
    "Item",
    "KeyOutOfTime",
    "Mark",
    "NoKey",
    "NoTimestamp",
    "NotAPdf",
    "NotAnImage",
    "NotMade",
    "NotSignedYet",
    "NotTheKeeper",
    "NothingToSign",
    "Outcome",
    "Pen",
    "PinAtRest",
    "SignedFile",
    "TokenLocked",
    "TokenMissing",
    "TooMany",
    "WrongPin",
    "add_key",
    "ask",
    "change_picture",
    "disable_key",
    "name_keeper",
    "opened",
    "sign",
    "sign_many",
    "sign_wishes",
    "withdraw",
]
