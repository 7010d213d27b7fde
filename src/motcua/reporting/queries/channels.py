"""Under which name an agency's movements are told: one that nobody can guess.

The push asks nobody who he is. With numbers of agencies anybody could hear how busy each one is; these
names stand on the boards of officers only.
"""

import hashlib
import hmac

from django.conf import settings

_LENGTH = 16


def channel_of(agency_id: int) -> str:
    """Return the name under which boards hear that an agency's figures have moved."""
    said = f"motcua.figures:{agency_id}".encode()
    made = hmac.new(str(settings.SECRET_KEY).encode(), said, hashlib.sha256)
    return made.hexdigest()[:_LENGTH]
