"""Why a signature was not made: each a sentence that the officer can act upon."""

from motcua.kernel.refused import Refused


class NoKey(Refused):
    """The person or the agency has no key that may be used."""


class KeyOutOfTime(Refused):
    """The certificate is not valid yet, or no more."""


class CertificateRevoked(Refused):
    """The authority took the certificate back."""


class CertificateUnproven(Refused):
    """The certificate leads to no trusted root, or its state cannot be learnt."""


class WrongPin(Refused):
    """The token, or the file, did not open with this PIN."""

    field = "pin"


class PinAtRest(Refused):
    """So many wrong PINs came that another one might lock the token for good."""

    field = "pin"


class TokenMissing(Refused):
    """The token, its driver, the key file or the remote service is not there."""


class TokenLocked(Refused):
    """The token locked itself, or is one wrong PIN away from it."""


class NoTimestamp(Refused):
    """The timestamp authority gave no answer."""


class NotAPdf(Refused):
    """Only PDF is signed."""


class CannotBeSigned(Refused):
    """The document is damaged, or an earlier signature of it forbids changes."""


class NotSignedYet(Refused):
    """The agency's signature comes after that of the competent person."""

    law = "30/2020/NĐ-CP Điều 32"


class NotTheKeeper(Refused):
    """The agency's key is used by its clerk only."""

    law = "30/2020/NĐ-CP Điều 32"


class NotMade(Refused):
    """The paper was not copied by this agency."""

    law = "30/2020/NĐ-CP Điều 32"


class NothingToSign(Refused):
    """The paper waits for no signature of this person."""


class TooMany(Refused):
    """More papers than are signed with one PIN."""


class NotAnImage(Refused):
    """The picture of the signature or the seal is no small transparent PNG."""

    field = "image"
