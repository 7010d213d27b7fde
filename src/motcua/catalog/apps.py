"""Django app motcua.catalog."""

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "motcua.catalog"
    label = "catalog"
    default_auto_field = "django.db.models.BigAutoField"
