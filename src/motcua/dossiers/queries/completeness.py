"""Whether everything is there: of a dossier, or of what stands on the sheet at the counter."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from motcua.catalog import queries as catalog
from motcua.catalog.content import Component, Content
from motcua.documents import completeness as check
from motcua.documents.completeness import Finding, Status, words
from motcua.documents.completeness.needs import need_of
from motcua.documents.models import File
from motcua.documents.queries import completeness as attached
from motcua.documents.queries import files as stored_files
from motcua.documents.queries import kho as stored
from motcua.documents.rules.kho import Fit
from motcua.dossiers.models import Dossier, Paper
from motcua.dossiers.queries import kho


@dataclass(frozen=True)
class Line:
    """One component with its finding in words; `reason` is what the supplement request would say."""

    finding: Finding
    text: str
    reason: str

    @property
    def key(self) -> str:
        """The component's key."""
        return self.finding.need.key

    @property
    def name(self) -> str:
        """The component's name."""
        return self.finding.need.name

    @property
    def status(self) -> str:
        """How it stands, as a word."""
        return self.finding.status.value

    @property
    def offer(self) -> Fit | None:
        """What the store has for it and could be attached, None when nothing."""
        return self.finding.fit


@dataclass(frozen=True)
class Checked:
    """The list of one case: it proposes, the officer decides."""

    lines: tuple[Line, ...]

    @cached_property
    def wanting(self) -> list[Line]:
        """What somebody should look at: missing, expired, doubtful."""
        return [line for line in self.lines if line.finding.is_wanting]

    @cached_property
    def proposed(self) -> list[Line]:
        """What is proposed for the supplement request."""
        return [line for line in self.lines if line.finding.is_proposed]

    @cached_property
    def offered(self) -> list[Line]:
        """What the store has and nobody attached yet, ready to be attached."""
        return [
            line
            for line in self.lines
            if line.offer is not None and line.finding.status is not Status.PRESENT
        ]

    @cached_property
    def by_key(self) -> dict[str, Line]:
        """The lines by component."""
        return {line.key: line for line in self.lines}

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing is wanting."""
        return not self.wanting


def of_dossier(*, dossier: Dossier, papers: Sequence[Paper], on: date) -> Checked:
    """Return the list of a dossier as it stands on a day (at most four queries).

    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm b, c, khoản 2.
    """
    content = catalog.content_of(dossier.version_id)
    counted = {p.component_key for p in papers if p.originals or p.copies}
    files = stored_files.files_of_case(case_id=dossier.pk) if _has_files(papers) else []
    scanned = {file.component_key for file in files}
    online = dossier.channel == Dossier.Channel.ONLINE
    return _checked(
        content.components_for(dossier.case_key),
        on=on,
        owner=dossier.owner.name,
        documents=attached.documents_of(files),
        # online a count is the number of files; at the counter it is paper that somebody looked at
        on_paper=counted - scanned if online else counted,
        taken={p.component_key: p.note for p in papers if p.state == Paper.State.FROM_STORE},
        store=kho.fitting(dossier=dossier, on=on),
        form=_form(content) if online else "",
    )


def _form(content: Content) -> str:
    return content.form.key if content.form else ""


def _has_files(papers: Iterable[Paper]) -> bool:
    return any(paper.files for paper in papers)


def of_sheet(
    *,
    content: Content,
    case: str,
    owner: str,
    counted: Collection[str],
    files: Iterable[File],
    taken: Mapping[str, str],
    store: Mapping[str, list[Fit]],
    on: date,
) -> Checked:
    """Return the list of what stands on the sheet at the counter, before anything is filed.

    `taken`: component → name of the stored paper that was chosen for it.
    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm b, c.
    """
    return _checked(
        content.components_for(case),
        on=on,
        owner=owner,
        documents=attached.documents_of(files),
        on_paper=set(counted),
        taken=taken,
        store=store,
    )


def store_for(
    *, procedure: str, content: Content, case: str, owner_id: int, agency_id: int | None, on: date
) -> dict[str, list[Fit]]:
    """Return what of an owner's store fits the components of a case (one query).

    Source: 118/2025/NĐ-CP Điều 17 khoản 1 điểm b.
    """
    asked = kho.asked_of(
        content.components_for(case), procedure=procedure, procedure_name=content.name
    )
    return stored.fits_of(owner_id=owner_id, asked=asked, on=on, agency_id=agency_id)


def _checked(
    components: Iterable[Component],
    *,
    on: date,
    owner: str,
    documents: tuple[check.Document, ...],
    on_paper: Collection[str],
    taken: Mapping[str, str],
    store: Mapping[str, list[Fit]],
    form: str = "",
) -> Checked:
    needs = tuple(
        need_of(
            key=one.key,
            name=one.name,
            declared_kind=one.paper_kind,
            required=one.required,
            held_by=one.held_by,
            is_declared=form != "" and one.form == form and one.key in on_paper,
        )
        for one in components
    )
    case = check.Case(
        needs=needs,
        on=on,
        owner=owner,
        documents=documents,
        on_paper=frozenset(on_paper),
        taken=taken,
        store=store,
    )
    found = check.check(case)
    return Checked(tuple(Line(one, words.sentence(one), words.reason(one)) for one in found))
