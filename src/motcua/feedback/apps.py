"""Django app of feedback."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "motcua.feedback"
    label = "feedback"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Begin to listen, and let notices about feedback be worded."""
        from motcua.feedback import listeners, notices  # noqa: F401  models are ready only here

        notices.offer()
