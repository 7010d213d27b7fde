"""Django app motcua.web.boards."""

from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "motcua.web.boards"
    label = "boards"
    default_auto_field = "django.db.models.BigAutoField"
