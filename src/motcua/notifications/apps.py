"""Django app motcua.notifications."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "motcua.notifications"
    label = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the channels that come with the house register."""
        from motcua.notifications import mail  # noqa: F401
