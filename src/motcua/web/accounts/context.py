"""What every template knows about who reads it."""

from typing import Any

from django.http import HttpRequest


def actor(request: HttpRequest) -> dict[str, Any]:
    """Give templates `actor`; it is read from the database only where a template uses it."""
    return {"actor": getattr(request, "actor", None)}
