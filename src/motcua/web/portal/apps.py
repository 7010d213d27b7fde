"""Django app motcua.web.portal."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "motcua.web.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"
