"""What others supply: ways to reach a person."""

from typing import Protocol

from motcua.kernel.registry import Registry


class Channel(Protocol):
    """A way to send a text to an address outside.

    Raises OSError: it could not be handed over now and may be tried again.
    """

    def send(self, *, to: str, subject: str, body: str) -> None:
        """Hand the text over."""


channels: Registry[Channel] = Registry("channel")


def is_configured(key: str) -> bool:
    """Tell whether something sends through this channel here."""
    return any(known == key for known, _channel in channels.items())
