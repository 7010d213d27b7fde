"""ClamAV: its daemon clamd, spoken to over its socket."""

from motcua.integration.clamav.client import Clamd

__all__ = ["Clamd"]
