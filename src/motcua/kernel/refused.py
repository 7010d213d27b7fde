"""Refused: the one kind of exception that a person is meant to read."""


class Refused(Exception):
    """An act was not done, for a reason that the person can be told.

    The message is a whole sentence in the reader's language. `field` names the input at which the
    reason belongs ("" when it belongs to the act as a whole); `law` is the article that gives the
    refusal, as a citation a person can look up.
    """

    field: str = ""
    law: str = ""

    def __init__(self, message: str, *, field: str = "", law: str = "") -> None:
        super().__init__(message)
        self.field = field or self.field
        self.law = law or self.law

    @property
    def code(self) -> str:
        """Stable machine name of the refusal (the class name)."""
        return type(self).__name__
