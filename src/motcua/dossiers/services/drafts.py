"""What a citizen typed and uploaded before sending: kept, so that nothing is lost."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from motcua.directory.actor import Actor
from motcua.dossiers.models import Draft


@transaction.atomic
def keep_draft(
    *,
    procedure: str,
    case: str,
    form_data: Mapping[str, object],
    files: Mapping[str, Sequence[str]],
    by: Actor,
    at: datetime,
) -> Draft:
    """Keep what was typed and uploaded so far; one draft for each person and procedure."""
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


@transaction.atomic
def drop_draft(*, procedure: str, by: Actor) -> None:
    """Throw the draft away: it was sent, or its owner no longer wants it."""
    Draft.objects.filter(account_id=by.account_id or 0, procedure_code=procedure).delete()
