"""Django app of assistant."""

from django.apps import AppConfig


class AssistantConfig(AppConfig):
    name = "motcua.assistant"
