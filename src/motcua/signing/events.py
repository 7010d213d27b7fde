"""What happened to keys and signatures."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PaperSigned(Fact):
    """A paper was signed: which bytes became which, with which certificate."""

    kind: ClassVar[str] = "signing.paper-signed"
    file_id: int
    before_id: int
    case_id: int | None
    signature: str
    level: str
    agency: str
    serial: str
    sha256_before: str
    sha256_after: str


@dataclass(frozen=True, kw_only=True)
class SigningRefused(Fact):
    """A paper could not be signed; it waits on."""

    kind: ClassVar[str] = "signing.refused"
    file_id: int
    signature: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class KeyAdded(Fact):
    """A key was written down for an officer or an agency."""

    kind: ClassVar[str] = "signing.key-added"
    key_id: int
    owner: str
    port: str
    serial: str


@dataclass(frozen=True, kw_only=True)
class KeyDisabled(Fact):
    """A key is not used any more."""

    kind: ClassVar[str] = "signing.key-disabled"
    key_id: int
    serial: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class PictureChanged(Fact):
    """The picture of a signature or a seal was replaced."""

    kind: ClassVar[str] = "signing.picture-changed"
    owner: str
    sha256: str
