"""What of the owner's store can stand in a dossier."""

from collections.abc import Iterable
from datetime import date

from motcua.catalog import queries as catalog
from motcua.catalog.content import Component
from motcua.documents.models import StoredPaper
from motcua.documents.queries import kho as stored
from motcua.documents.rules import kho as rules
from motcua.dossiers.models import Dossier, Paper


def asked_of(
    components: Iterable[Component], *, procedure: str, procedure_name: str
) -> list[rules.Asked]:
    """Return components as the store's rules see them."""
    return [
        rules.Asked(
            key=one.key,
            name=one.name,
            kind=one.paper_kind,
            procedure=procedure,
            procedure_name=procedure_name,
        )
        for one in components
        if not one.form
    ]


def fitting(*, dossier: Dossier, on: date) -> dict[str, list[rules.Fit]]:
    """Return what of the owner's store fits each component of a dossier on a day (one query).

    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm b.
    """
    content = catalog.content_of(dossier.version_id)
    return stored.fits_of(
        owner_id=dossier.owner_id,
        asked=asked_of(
            content.components_for(dossier.case_key),
            procedure=dossier.procedure_code,
            procedure_name=dossier.procedure_name,
        ),
        on=on,
        agency_id=dossier.receiving_id,
    )


def replaceable(*, dossier: Dossier, on: date) -> dict[str, list[rules.Fit]]:
    """Return the components for which the store has a paper that replaces paper today (R3).

    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm b.
    """
    found = {
        key: [fit for fit in fits if fit.use is rules.Use.REPLACES]
        for key, fits in fitting(dossier=dossier, on=on).items()
    }
    return {key: fits for key, fits in found.items() if fits}


def fit_of(
    *, dossier: Dossier, component: Paper, paper: StoredPaper, on: date
) -> rules.Fit | None:
    """Return what one stored paper may do for one component of a dossier, None when nothing.

    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm b.
    """
    content = catalog.content_of(dossier.version_id)
    published = [c for c in content.components if c.key == component.component_key]
    asked = asked_of(
        published, procedure=dossier.procedure_code, procedure_name=dossier.procedure_name
    )
    if not asked or (paper.file is not None and paper.file.is_held_back):
        return None
    held = stored.as_held(paper, on=on, agency_id=dossier.receiving_id)
    return rules.fit(held, asked[0], on)
