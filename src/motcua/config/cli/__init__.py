"""`motcua`: the command line."""

from motcua.config.cli.main import main

__all__ = ["main"]
