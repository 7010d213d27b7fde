"""Every address says who may open it."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

# Not ours: they show nothing of anybody. The API guards each operation by its token.
_OPEN = {"healthz", "set_language"}
_GUARDED_INSIDE = ("api/v1/",)


def _addresses(patterns, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern.url_patterns, route)
        else:
            yield route, pattern


def test_every_page_carries_a_guard():
    unguarded = [
        route
        for route, pattern in _addresses(get_resolver().url_patterns)
        if pattern.name not in _OPEN
        and not route.startswith(_GUARDED_INSIDE)
        and not hasattr(pattern.callback, "guard")
    ]

    assert not unguarded


def test_every_address_has_a_name():
    nameless = [r for r, p in _addresses(get_resolver().url_patterns) if not p.name]

    assert not nameless
