"""Django app motcua.web.ui."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "motcua.web.ui"
    label = "ui"
    default_auto_field = "django.db.models.BigAutoField"
