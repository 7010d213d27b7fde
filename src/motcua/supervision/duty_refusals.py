"""Why an act on a directive or a duty is refused."""

from motcua.kernel.refused import Refused


class Unclear(Refused):
    """One of the six things is missing or says too little; `field` names it."""


class NoSuchDuty(Refused):
    """There is none of that name that this person may see."""


class NotYours(Refused):
    """Somebody else does this."""


class WrongDutyState(Refused):
    """The duty is not where this can be done."""


class DutyMoved(Refused):
    """Somebody did something after the page was opened."""


class WordsMissing(Refused):
    """The reason or report says too little or too much; `field` names it."""


class GivenTwice(Refused):
    """The very same duty was just given."""


class DirectiveTwice(Refused):
    """The document was entered already, or what it asks for was given to that agency already."""
