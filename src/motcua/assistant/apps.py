"""Django app of assistant."""

from django.apps import AppConfig


class AssistantConfig(AppConfig):
    name = "motcua.assistant"
    label = "assistant"
    default_auto_field = "django.db.models.BigAutoField"
