"""What a dossier about certified copies says of them, where nobody typed it: papers, scans, charges."""

from motcua.documents import queries as stored
from motcua.documents.models import File
from motcua.dossiers.models import Dossier, Paper
from motcua.payments import queries as payments

ORIGINAL, COPY = "original", "copy"


def original(dossier: Dossier) -> File | None:
    """Return the scan of the original, as it was made straight, where one came with the dossier."""
    files = [f for f in stored.files_of_case(case_id=dossier.pk) if f.component_key == ORIGINAL]
    older = {one.replaces_id for one in files}
    return next((one for one in files if one.pk not in older), None)


def document(dossier: Dossier) -> str:
    """Return the papers that were brought, by the names that the dossier has for them."""
    brought = Paper.objects.filter(dossier_id=dossier.pk, state=Paper.State.PRESENT)
    names = [paper.name for paper in brought if paper.component_key != COPY]
    return "; ".join(names) or dossier.procedure_name


def pages(dossier: Dossier) -> int:
    """Return on how many pages of the original the fee was counted; without a fee, those scanned."""
    counted = max((one.quantity for one in payments.charges_of(dossier.pk)), default=0)
    scan = original(dossier)
    return max(1, counted or (scan.pages if scan else 0))


def copies(dossier: Dossier) -> int:
    """Return how many copies were brought to be certified; one at least."""
    brought = Paper.objects.filter(dossier_id=dossier.pk, component_key=COPY)
    return max(1, sum(paper.copies for paper in brought))


def fee_vnd(dossier: Dossier) -> int:
    """Return what the dossier costs."""
    return sum(one.amount_vnd for one in payments.charges_of(dossier.pk))
