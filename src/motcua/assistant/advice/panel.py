"""Everything the officer's side panel shows of one dossier."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from motcua.assistant.advice import basis, drafts, guidance, similar
from motcua.catalog import queries as catalog
from motcua.directory.actor import Actor
from motcua.dossiers import queries as dossiers
from motcua.dossiers.queries import completeness

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier


@dataclass(frozen=True)
class Advice:
    """The law of the step, what similar dossiers did, drafts, videos and hotlines."""

    basis: basis.Basis
    similar: similar.Similar
    drafts: tuple[drafts.Draft, ...]
    guidance: guidance.Guidance


def advice(dossier: "Dossier", *, actor: Actor, at: datetime) -> Advice:
    """Return the advice on a dossier that this person may read, for its present step."""
    whole = dossiers.whole(dossier, actor=actor, at=at)
    content, today = catalog.content_of(dossier.version_id), timezone.localdate(at)
    checked = completeness.of_dossier(dossier=dossier, papers=whole.papers, on=today)
    acts = frozenset(one.key for one in whole.acts)
    code = dossier.procedure_code
    names = {component.key: component.name for component in content.components}
    return Advice(
        basis=basis.of(content=content, procedure=code, acts=whole.acts, on=today),
        similar=similar.of_dossier(dossier, names=names, actor=actor, at=at),
        drafts=drafts.of_dossier(whole=whole, content=content, checked=checked)
        if dossier.ended_at is None
        else (),
        guidance=guidance.of_step(procedure=code, acts=acts, on=today),
    )
