"""Making the house stand: database, tables, territory, catalogue; each where it is missing."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from motcua.config import embedded, knowledge
from motcua.config.paths import HOME, PACKAGE, VAR

_STAMP = VAR / "prepared.json"
_NATIONAL = HOME.parent / "shared" / "data" / "procedures" / "procedures.jsonl"
STARTER = "starter"


class Teller(Protocol):
    """Who is told what is being done."""

    def say(self, text: str) -> None:
        """Say what is being done."""


@dataclass(frozen=True)
class Stamp:
    """What was prepared: compared at each start, so that a ready house starts at once."""

    database: str = ""
    tables: str = ""
    catalogue: str = ""
    knowledge: str = ""

    @classmethod
    def read(cls) -> "Stamp":
        """Return the stamp of the last preparation, an empty one before the first."""
        try:
            return cls(**json.loads(_STAMP.read_text()))
        except (OSError, ValueError, TypeError):
            return cls()

    def write(self) -> None:
        """Keep the stamp."""
        _STAMP.parent.mkdir(parents=True, exist_ok=True)
        _STAMP.write_text(json.dumps(asdict(self), indent=1))


def stand_up(needs: str, *, progress: Teller) -> None:
    """Bring up what a command needs: "database", "tables" or "world"."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    if not (VAR / "postgres" / "PG_VERSION").exists() and "DATABASE_URL" not in os.environ:
        progress.say("Tạo cơ sở dữ liệu PostgreSQL nhúng…")
    embedded.ensure_database()
    import django

    django.setup()
    if needs == "database":
        return
    stamp = Stamp.read()
    wanted = Stamp(_database_mark(), _tables_mark())
    if (stamp.database, stamp.tables) != (wanted.database, wanted.tables):
        migrate(progress=progress)
        kept = stamp if stamp.database == wanted.database else Stamp()
        stamp = Stamp(wanted.database, wanted.tables, kept.catalogue, kept.knowledge)
        stamp.write()
    if needs == "world" and not stamp.catalogue:
        load_world(catalogue_in_use(), progress=progress)
    elif needs == "world" and not stamp.knowledge:
        load_knowledge(catalogue_in_use(), progress=progress)


def migrate(*, progress: Teller) -> None:
    """Create or bring up to date every table."""
    from django.core.management import call_command

    progress.say("Tạo các bảng…")
    call_command("migrate", verbosity=0, interactive=False)


def load_world(catalogue: str, *, progress: Teller) -> None:
    """Load the territory, that catalogue (a file, or "starter") and what the assistant knows, then
    note that it was done."""
    from django.utils import timezone

    at = timezone.now()
    load_territory(at=at, progress=progress)
    load_catalogue(catalogue, at=at, progress=progress)
    replace(Stamp.read(), catalogue=catalogue_mark(catalogue)).write()
    load_knowledge(catalogue, progress=progress)


def load_knowledge(catalogue: str, *, progress: Teller) -> None:
    """Load what the assistant knows where that catalogue or the texts of law changed.

    With the starter catalogue the digest of the law that ships with us is all the law there is.
    """
    law = [] if catalogue == STARTER else knowledge.texts_at_hand()
    mark = knowledge.mark(catalogue_mark(catalogue), law)
    stamp = Stamp.read()
    if stamp.knowledge != mark or not knowledge.is_usable():
        knowledge.load(law and knowledge.texts_to_load(), progress=progress)
        replace(stamp, knowledge=mark).write()


def load_territory(*, at: datetime, progress: Teller) -> None:
    """Load the province: its communes, agencies, centres and calendars."""
    from motcua.directory.actor import SYSTEM
    from motcua.directory.services import territory

    progress.say("Nạp tỉnh Khánh Hòa: 65 xã, phường, đặc khu và các cơ quan…")
    territory.load_territory(by=SYSTEM, at=at)


def load_catalogue(catalogue: str, *, at: datetime, progress: Teller) -> None:
    """Load that catalogue and say which one it is."""
    from motcua.catalog import services as catalog
    from motcua.directory.actor import SYSTEM

    progress.say(f"Nạp danh mục thủ tục: {catalogue_words(catalogue)}…")
    report = catalog.load_file(catalogue, by=SYSTEM, at=at)
    progress.say(f"  {report}")
    load_processes(at=at)


def load_processes(*, at: datetime) -> None:
    """Load the internal processes that differ from the default; what is loaded already stays."""
    from motcua.directory.actor import SYSTEM
    from motcua.workflow import services as workflow

    workflow.load_file(by=SYSTEM, at=at)


def catalogue_in_use() -> str:
    """Return the catalogue to load: CATALOG, the national file beside the checkout, the starter.

    Raises FileNotFoundError: CATALOG names a file that is not there.
    """
    named = os.environ.get("CATALOG", "")
    if named and named != STARTER:
        if not Path(named).is_file():
            raise FileNotFoundError(f"CATALOG={named}: không có tệp này")
        return str(Path(named).resolve())
    if not named and _NATIONAL.is_file():
        return str(_NATIONAL.resolve())
    return STARTER


def catalogue_words(catalogue: str) -> str:
    """Return which catalogue that is, in words."""
    if catalogue == STARTER:
        return "danh mục khởi đầu đi kèm mã nguồn"
    return f"tệp {catalogue}"


def catalogue_mark(catalogue: str) -> str:
    """Return a mark that changes when that catalogue does."""
    if catalogue == STARTER:
        folder = PACKAGE / "catalog" / "data" / "starter"
        return f"{STARTER}:{_digest(sorted(folder.glob('*.toml')))}"
    kept = Path(catalogue).stat()
    return f"{catalogue}:{kept.st_size}:{kept.st_mtime_ns}"


def _tables_mark() -> str:
    return _digest(sorted(PACKAGE.glob("*/migrations/0*.py")))


def _database_mark() -> str:
    """Return a mark of the database itself: another one, or one made anew, has another mark."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT system_identifier::text || ':' || oid FROM pg_control_system(), pg_database "
            "WHERE datname = current_database()"
        )
        return str(cursor.fetchone()[0])


def _digest(files: list[Path]) -> str:
    total = hashlib.sha256()
    for file in files:
        total.update(file.name.encode() + file.read_bytes())
    return total.hexdigest()[:16]
