"""What a citizen typed and uploaded before sending: kept, so that nothing is lost."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.directory.actor import Actor
from motcua.dossiers import refusals
from motcua.dossiers.models import Draft
from motcua.dossiers.services import core

MOST_CODE_CHARS = 40
MOST_CASE_CHARS = 80


@core.act
def keep_draft(
    *,
    procedure: str,
    case: str,
    form_data: Mapping[str, object],
    files: Mapping[str, Sequence[str]],
    by: Actor,
    at: datetime,
) -> Draft:
    """Keep what was typed and uploaded so far; one draft for each person and procedure.

    Raises Misstated: there can be no such procedure or case.
    """
    if len(procedure) > MOST_CODE_CHARS or len(case) > MOST_CASE_CHARS:
        raise refusals.Misstated(_("Thủ tục hoặc trường hợp này không có."), field="case")
    draft, _made = Draft.objects.update_or_create(
        account_id=by.account_id or 0,
        procedure_code=procedure,
        defaults={
            "case_key": case,
            "form_data": dict(form_data),
            "files": {key: list(value) for key, value in files.items()},
            "updated_at": at,
        },
    )
    return draft


@core.act
def drop_draft(*, procedure: str, by: Actor) -> None:
    """Throw the draft away: it was sent, or its owner no longer wants it."""
    Draft.objects.filter(account_id=by.account_id or 0, procedure_code=procedure).delete()
