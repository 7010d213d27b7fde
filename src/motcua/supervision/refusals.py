"""Why an act on a warning or a signal was not done, in words for whoever wanted it."""

from motcua.kernel.refused import Refused


class NotFound(Refused):
    """There is no such warning or signal within one's reach."""


class NotAllowed(Refused):
    """Somebody else answers for it."""

    law = "118/2025/NĐ-CP Điều 38"


class WrongState(Refused):
    """It was answered, withdrawn or closed before."""


class SaysTooLittle(Refused):
    """An answer, an explanation and a conclusion each say what was done or found."""


class Concerned(Refused):
    """Nobody judges a signal about oneself."""

    law = "118/2025/NĐ-CP Điều 5 khoản 1"
