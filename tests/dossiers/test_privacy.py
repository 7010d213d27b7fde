"""What must not be read off the tables, whoever gets hold of them."""

from django.db import connection

from motcua.dossiers import queries
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, World

NUMBER = "056092999118"
DECLARED = {"so_dinh_danh": NUMBER, "chu_ho": {"ten": "Nguyễn Văn Phúc"}}


def _tables_with(text: str) -> set[str]:
    """Every table of the database in which a text stands in the clear."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s',  # noqa: S608  our tables
                [f"%{text}%"],
            )
            if cursor.fetchone()[0]:
                found.add(table)
    return found


def test_no_table_holds_an_identity_number_in_the_clear(world: World) -> None:
    row = worlds.filed(world, by="citizen", channel="online", form_data=DECLARED)
    dossiers.keep_draft(
        procedure="1.004222", case="own", form_data=DECLARED, files={}, by=world["citizen"],
        at=MONDAY_8AM,
    )  # fmt: skip
    dossiers.amend(code=row.code, form_data={"so_cu": NUMBER}, by=world["citizen"], at=MONDAY_8AM)
    dossiers.withdraw(
        code=row.code, reason=f"nhầm số {NUMBER}", by=world["citizen"], at=MONDAY_8AM
    )
    assert _tables_with(NUMBER) == set()
    assert Dossier.objects.get(pk=row.pk).form_data == {**DECLARED, "so_cu": NUMBER}
    draft = queries.draft_of(world["citizen"], "1.004222")
    assert draft is not None
    assert draft.form_data == DECLARED


def test_what_was_declared_before_it_was_sealed_is_still_read(world: World) -> None:
    row = worlds.filed(world)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE dossiers_dossier SET form_data = '{\"a\": 1}'")
    assert Dossier.objects.get(pk=row.pk).form_data == {"a": 1}
