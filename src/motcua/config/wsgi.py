"""The WSGI application."""

import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
application = get_wsgi_application()


def _warm_up() -> None:
    from motcua.assistant.answering import warm  # numpy and scipy: slow to load

    warm.up()


threading.Thread(target=_warm_up, name="warm-up", daemon=True).start()
