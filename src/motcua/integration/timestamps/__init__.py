"""Timestamps by RFC 3161 over HTTP, on a line that stays open for a batch."""

from motcua.integration.timestamps.client import Stamper

__all__ = ["Stamper"]
