"""The index that figures of a period are read from, without touching the wide rows."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    initial = True
    dependencies: ClassVar[list[tuple[str, str]]] = [("dossiers", "0001_initial")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(
            sql="""
            CREATE INDEX reporting_period ON dossiers_dossier
                (coalesce(ended_at, 'infinity'::timestamptz), accepted_at)
                INCLUDE (competent_id, receiving_id, field, state, channel, due_at, ended_at,
                         supplement_count)
                WHERE accepted_at IS NOT NULL
            """,
            reverse_sql="DROP INDEX reporting_period",
        )
    ]
