"""Refusals of the acts on a case; the services that raise them name them."""

from motcua.kernel.refused import Refused


class NotFound(Refused):
    """No case with this code is open to this person."""


class NotAllowed(Refused):
    """This person may not do this act."""


class WrongState(Refused):
    """The case is not in a state that allows the act."""


class ChangedMeanwhile(Refused):
    """Somebody acted on the case since it was read; the message says who and what."""


class Unclear(Refused):
    """The text says too little, or too much, to be acted on."""

    field = "text"


class ContactMissing(Refused):
    """A report about a rule names its sender: name, phone, address."""


class UnreadableContact(Refused):
    """The phone number or the address of e-mail has no form that can be used."""


class Misstated(Refused):
    """A value that a case cannot have: an unknown kind, field, place, agency."""


class ReasonMissing(Refused):
    """The reason is missing or says too little."""

    field = "reason"


class TooManyPhotos(Refused):
    """More pictures than a case takes."""

    field = "files"


class NotAgain(Refused):
    """This may be done so many times, and it was."""


class LeaderDecides(Refused):
    """Agencies have refused it so often that who leads the moderators names the agency."""


class Concerned(Refused):
    """Nobody handles or decides what is said about themselves or, alone, about their own officers."""


class InspectorNeeded(Refused):
    """The head of the officer concerned may approve only what an inspector agreed to."""


class NotTheSame(Refused):
    """A case cannot be merged into itself, into a merged one, or into one that has ended."""

    field = "main"


class Invisible(Refused):
    """What is to be shown to everybody still holds what may not be."""

    field = "public_text"


class WrongScore(Refused):
    """A rating is one of five faces."""

    field = "score"


class TooLate(Refused):
    """The time in which this was possible is over."""
