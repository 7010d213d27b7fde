#!/usr/bin/env python
"""Django's own commands, for developers; people use `motcua`."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    from django.core.management import execute_from_command_line

    from motcua.config import embedded

    embedded.ensure_database()
    execute_from_command_line(sys.argv)
