"""Refusals of the dossier's acts; the services that raise them name them."""

from motcua.kernel.refused import Refused


class NotFound(Refused):
    """No dossier with this code is open to this person."""


class NotAllowed(Refused):
    """This person may not do this act."""


class WrongState(Refused):
    """The dossier is not in a state that allows the act."""


class ChangedMeanwhile(Refused):
    """Somebody acted on the dossier since it was read; the message says who and what."""


class Incomplete(Refused):
    """Required papers are missing."""


class Misstated(Refused):
    """A value that the dossier cannot have: an unknown choice, an impossible number."""


class UnknownCase(Refused):
    """The procedure has no such case."""

    field = "case"


class NotOffered(Refused):
    """The procedure is not settled here, or not by this channel."""

    field = "procedure"


class SecondSupplement(Refused):
    """A supplement may be requested once only."""


class SupplementTooLate(Refused):
    """The three working days for a supplement have passed."""


class NotPublished(Refused):
    """A component outside the published list was asked for."""

    field = "components"


class HeldByDatabase(Refused):
    """A component was asked for that a connected database holds."""

    field = "components"


class HeldByStore(Refused):
    """A component was asked for that the owner's store of papers has, valid today."""

    field = "components"


class NotInStore(Refused):
    """The owner's store has no such paper, or it does not fit or count."""


class NotComplete(Refused):
    """The request leaves out a paper that is missing too."""

    field = "components"


class ReasonMissing(Refused):
    """An act that needs a reason has none that says enough."""

    field = "reason"


class LawMissing(Refused):
    """A refusal needs the clause it rests on."""

    field = "law"


class StillOwed(Refused):
    """Fees are not paid yet."""


class StillSilent(Refused):
    """The time to answer is not over yet."""


class SecondExtension(Refused):
    """A new appointment may be made once only."""


class ExtensionTooLate(Refused):
    """A new appointment is asked at least one day before the due time."""


class DueNotLater(Refused):
    """The new due time must be later, within working hours."""

    field = "new_due"


class AlreadyDecided(Refused):
    """The decision is made; the applicant can no longer stop the dossier."""


class OriginalsHeld(Refused):
    """Originals that were taken for comparison are not returned yet."""

    field = "originals"


class ReceiverMissing(Refused):
    """A result is handed to somebody with a name."""

    field = "receiver"


class NotImmediate(Refused):
    """The procedure is not one that is settled at once."""


class OpinionOpen(Refused):
    """An asked agency has not answered, and its time is not over."""


class AlreadySigned(Refused):
    """The document bears the signature of the competent person, so nothing in it changes."""

    law = "30/2020/NĐ-CP Điều 32"


class PinMissing(Refused):
    """A key is there, and its PIN was not given."""

    field = "pin"


class NotThere(Refused):
    """There is no such document."""
