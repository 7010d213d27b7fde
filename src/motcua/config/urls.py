"""Addresses: each surface brings its own; a surface not yet there brings none."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from motcua.config.health import healthz

_SURFACES = (
    ("desk/", "motcua.web.desk.urls"),
    ("boards/", "motcua.web.boards.urls"),
    ("devices/", "motcua.web.devices.urls"),
    ("api/v1/", "motcua.web.api.urls"),
    ("open311/", "motcua.web.api.open311_urls"),
    ("ui/", "motcua.web.ui.urls"),
    ("", "motcua.web.accounts.urls"),
    ("", "motcua.web.portal.urls"),
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("ngon-ngu/", include("django.conf.urls.i18n")),
    *(path(prefix, include(module)) for prefix, module in _SURFACES if find_spec(module)),
]

handler400 = "motcua.config.errors.bad_request"
handler403 = "motcua.config.errors.forbidden"
handler404 = "motcua.config.errors.not_found"
handler500 = "motcua.config.errors.server_error"
