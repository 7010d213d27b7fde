"""The app of digital signatures."""

from django.apps import AppConfig


class SigningConfig(AppConfig):
    """Digital signatures: who signs what with which key, and whether a signature holds."""

    name = "motcua.signing"
