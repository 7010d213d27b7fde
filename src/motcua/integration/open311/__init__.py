"""Another authority's GeoReport v2 server (Open311): cases forwarded to it, their state read back.

Which agency stands behind which server is configuration (`MOTCUA_OPEN311`). Only the masked text,
the place and the field go out: never who sent it.
"""

from motcua.integration.open311.client import OtherServer, ServerFailed, Standing
from motcua.integration.open311.forwarding import NotForwardable, forward, poll, servers

__all__ = [
    "NotForwardable",
    "OtherServer",
    "ServerFailed",
    "Standing",
    "forward",
    "poll",
    "servers",
]
