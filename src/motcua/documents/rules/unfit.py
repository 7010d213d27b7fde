"""Why a file is not taken."""

from enum import Enum


class Fault(Enum):
    """One kind of unfitness; the service has the sentence for each."""

    EMPTY = "empty"
    UNKNOWN_KIND = "unknown_kind"
    NAME_LIES = "name_lies"
    ACTIVE = "active"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    TOO_DENSE = "too_dense"
    ANIMATED = "animated"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_PIXELS = "too_many_pixels"


class Unfit(Exception):
    """The file may not come in; `detail` names what was found."""

    def __init__(self, fault: Fault, detail: str = "") -> None:
        super().__init__(fault.value, detail)
        self.fault = fault
        self.detail = detail
