"""Django app motcua.web.asking."""

from django.apps import AppConfig


class AskingConfig(AppConfig):
    name = "motcua.web.asking"
    label = "asking"
    default_auto_field = "django.db.models.BigAutoField"
