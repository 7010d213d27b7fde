"""Static files: collected and compressed once, again only after one has changed."""

import hashlib
from pathlib import Path

from motcua.config.paths import VAR

_MARK = VAR / "static" / ".collected"


def collect() -> bool:
    """Collect the static files unless what is collected is theirs; tell whether it was done."""
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    total = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            kept = Path(storage.path(name)).stat()
            total.update(f"{name}:{kept.st_size}:{kept.st_mtime_ns}\n".encode())
    mark = total.hexdigest()
    if _MARK.exists() and _MARK.read_text() == mark:
        return False
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    _MARK.write_text(mark)
    return True
