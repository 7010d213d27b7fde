"""Django app motcua.web.accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "motcua.web.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
