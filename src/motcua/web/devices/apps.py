"""Django app motcua.web.devices."""

from django.apps import AppConfig


class DevicesConfig(AppConfig):
    name = "motcua.web.devices"
    label = "devices"
    default_auto_field = "django.db.models.BigAutoField"
