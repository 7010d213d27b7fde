"""Refusals of the work list; the services that raise them name them."""

from motcua.kernel.refused import Refused


class NotAKeeper(Refused):
    """The list is kept by those who keep the catalogue."""


class NoSuchTopic(Refused):
    """There is no such topic or answer."""


class WrongTopicState(Refused):
    """The topic or answer is not in a state that allows the act."""


class OwnAnswer(Refused):
    """Whoever wrote an answer does not accept it."""


class UnfitAnswer(Refused):
    """The answer lacks something: words, a source, a date."""


class SourceReplaced(Refused):
    """A source is not in force on the answer's first day."""

    field = "sources"


class HoldsPersonalData(Refused):
    """The answer names somebody's papers."""

    field = "text"
