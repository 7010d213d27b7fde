"""What happens at the counter in one go: filed with its scans, and accepted or settled at once."""

from collections.abc import Mapping
from datetime import datetime

from motcua.directory.actor import Actor
from motcua.dossiers.models import Dossier, Result
from motcua.dossiers.services import at_once, core, filing, intake


@core.act
def file_at_counter(*, filed: filing.Filing, draft_key: str, by: Actor, at: datetime) -> Dossier:
    """File what a person brought, with the files scanned for it.

    Raises what `file` raises.
    Source: 118/2025/NĐ-CP Điều 15, Điều 17 khoản 1.
    """
    dossier = filing.file(filing=filed, by=by, at=at)
    filing.take_files(papers=filed.papers, draft_key=draft_key, case_id=dossier.pk)
    return dossier


@core.act
def receive_at_counter(
    *,
    filed: filing.Filing,
    draft_key: str,
    quantities: Mapping[str, int],
    originals_held: int,
    by: Actor,
    at: datetime,
) -> Dossier:
    """File and accept in one act: the person leaves with a receipt, or nothing was written.

    Raises what `file` and `accept` raise.
    Source: 118/2025/NĐ-CP Điều 17 khoản 1, khoản 3.
    """
    dossier = file_at_counter(filed=filed, draft_key=draft_key, by=by, at=at)
    return intake.accept(
        code=dossier.code, quantities=quantities, originals_held=originals_held, by=by, at=at
    )


@core.act
def settle_at_counter(
    *,
    filed: filing.Filing,
    draft_key: str,
    quantities: Mapping[str, int],
    receiver: str,
    method: str,
    by: Actor,
    at: datetime,
) -> Result:
    """File, settle and return in one act, by somebody authorised to settle at the counter.

    Raises what `file` and `settle_at_once` raise.
    Source: 118/2025/NĐ-CP Điều 17 khoản 4, khoản 5.
    """
    dossier = file_at_counter(filed=filed, draft_key=draft_key, by=by, at=at)
    return at_once.settle_at_once(
        code=dossier.code, receiver=receiver, quantities=quantities, method=method, by=by, at=at
    )
