"""Addresses of our own pages; a page that does not stand yet has none and so no action."""

from functools import cache

from django.urls import NoReverseMatch, reverse


@cache
def page(name: str, *arguments: str) -> str:
    """Return the address of a page by its name, "" while there is no such page."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


def procedure(code: str, case: str = "") -> str:
    """Return the address of a procedure, seen for one case."""
    address = page("portal:procedure", code)
    return f"{address}?truong-hop={case}" if address and case else address
