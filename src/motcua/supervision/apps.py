"""Django app of supervision."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "motcua.supervision"
    label = "supervision"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Begin to listen, and let notices about warnings and signals be worded."""
        from motcua.supervision import duty_notices, listeners, notices  # noqa: F401  models are ready only here

        duty_notices.offer()
        notices.offer()
