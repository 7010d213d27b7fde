"""Django app of assistant."""

from django.apps import AppConfig


class AssistantConfig(AppConfig):
    name = "motcua.assistant"
    label = "assistant"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Begin to listen to changed sources."""
        from motcua.assistant import listeners  # noqa: F401  models are ready only here
