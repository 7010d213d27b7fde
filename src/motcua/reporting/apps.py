"""Django app motcua.reporting."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "motcua.reporting"
    label = "reporting"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the message about forms made by the schedule be worded."""
        from motcua.reporting.forms import notices

        notices.offer()
