"""Django app motcua.dossiers."""

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "motcua.dossiers"
    label = "dossiers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Begin to listen, and say which papers should be signed."""
        from motcua.dossiers import listeners  # noqa: F401  models are ready only here
        from motcua.dossiers.queries import signatures_due

        signatures_due.offer()
