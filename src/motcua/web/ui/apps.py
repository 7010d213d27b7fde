"""Django app motcua.web.ui."""

from django.apps import AppConfig
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    name = "motcua.web.ui"
    label = "ui"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say in Vietnamese what the framework says in English only."""
        ProhibitNullCharactersValidator.message = _("Có ký tự không đọc được; hãy gõ lại.")
