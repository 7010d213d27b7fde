""" "Ký số đúng, đủ": of each paper made in a time, who should have signed it and who did.

Scans are known here; results and components that are earlier results are told by the modules above,
which register a source.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.directory.models import Post
from motcua.documents.models import BatchFile, Digitised, File
from motcua.signing import rules
from motcua.signing.models import Signature
from motcua.signing.queries import latest_of_many, signatures_of
from motcua.signing.rules import Fault, Made, Paper

MOST_FILES = 5000


@dataclass(frozen=True)
class Due:
    """A paper that should carry signatures: what it is, who made it, whose signatures count.

    agency_ids: agencies whose officers and seal count; empty for any.
    """

    file_id: int
    paper: Paper
    name: str
    case_id: int | None = None
    done_by: int | None = None
    agency_ids: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Found:
    """A paper with what is wrong with its signatures."""

    file_id: int
    case_id: int | None
    name: str
    paper: str
    fault: Fault
    signers: tuple[str, ...] = ()

    @property
    def fault_name(self) -> str:
        """What is wrong, in words."""
        return fault_name(self.fault)

    @property
    def paper_name(self) -> str:
        """What the paper is, in words."""
        return paper_name(Paper(self.paper))


@dataclass(frozen=True)
class Line:
    """One row of the report: a kind of paper, how many, how many are right."""

    paper: str
    name: str
    expected: int
    right: int

    @property
    def share(self) -> float:
        """Share of papers that are right; 1 where there is none."""
        return self.right / self.expected if self.expected else 1.0

    @property
    def wrong(self) -> int:
        """How many are not right."""
        return self.expected - self.right


@dataclass(frozen=True)
class Report:
    """The report of a time; every number opens its list."""

    since: datetime
    until: datetime
    lines: tuple[Line, ...]
    papers: tuple[Found, ...]
    is_cut: bool = False
    faulty: tuple[Found, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Keep aside what is wrong."""
        wrong = tuple(one for one in self.papers if one.fault is not Fault.NONE)
        object.__setattr__(self, "faulty", wrong)


Source = Callable[[datetime, datetime], Iterable[Due]]
# Modules above signing add (since, until) → papers due: results, components that are earlier results.
sources: list[Source] = []


def of_month(month: str) -> Report:
    """Return the report of a month written as 2026-11, over all agencies.

    Raises ValueError: that is no month.
    """
    since, until = bounds(month)
    return report(since=since, until=until)


def bounds(month: str) -> tuple[datetime, datetime]:
    """Return the first moment of a month and of the next one, in the zone of the office.

    Raises ValueError: that is no month.
    """
    first = datetime.strptime(month, "%Y-%m").replace(tzinfo=timezone.get_default_timezone())
    following = (first.year + 1, 1) if first.month == 12 else (first.year, first.month + 1)
    return first, first.replace(year=following[0], month=following[1])


def report(
    *, since: datetime, until: datetime, agency_ids: frozenset[int] | None = None
) -> Report:
    """Return who should have signed what in a time, and did (R12, R19, R26).

    agency_ids: only papers made at these agencies; None for all. At most MOST_FILES papers.
    Source: 118/2025/NĐ-CP Điều 17 khoản 1, Điều 19 khoản 2, Điều 22 khoản 1.
    """
    due = [*scans(since, until, agency_ids=agency_ids)]
    for source in sources:
        due += [
            one
            for one in source(since, until)
            if agency_ids is None or one.agency_ids & agency_ids
        ]
    kept = due[:MOST_FILES]
    signed = signatures_of([one.file_id for one in kept])
    papers = tuple(_judged(one, signed[one.file_id]) for one in kept)
    return Report(since, until, _lines(papers), papers, is_cut=len(due) > MOST_FILES)


def scans(
    since: datetime, until: datetime, *, agency_ids: frozenset[int] | None = None
) -> list[Due]:
    """Return the papers digitised in a time: whoever scanned signs; some want a true copy (R12, R26).

    Source: 118/2025/NĐ-CP Điều 17 khoản 1, Điều 19 khoản 2.
    """
    rows = Digitised.objects.filter(batch__opened_at__gte=since, batch__opened_at__lt=until)
    loose = File.objects.filter(
        source=File.Source.SCAN, case_id__isnull=False, at__gte=since, at__lt=until
    ).exclude(pk__in=BatchFile.objects.values("file_id"))
    if agency_ids is not None:
        officers = Post.objects.filter(agency_id__in=agency_ids).values_list(
            "account_id", flat=True
        )
        keys = [f"account:{one}" for one in officers]
        rows, loose = rows.filter(scanned_by__in=keys), loose.filter(uploaded_by__in=keys)
    digitised = rows.exclude(file=None).select_related("file").order_by("pk")
    return [*_digitised(digitised[: MOST_FILES + 1]), *_loose(loose.order_by("pk"))]


def _digitised(rows: Iterable[Digitised]) -> list[Due]:
    """Return the papers of the digitisation desk, in their latest version."""
    return [
        Due(
            file_id=row.file_id or 0,
            paper=Paper.LISTED if row.needs_agency else Paper.SCAN,
            name=row.title or (row.file.name if row.file else ""),
            case_id=row.case_id,
            done_by=_account(row.scanned_by),
        )
        for row in rows
    ]


def _loose(rows: QuerySet[File]) -> list[Due]:
    """Return what was scanned straight into a dossier, in its latest signed version."""
    first = list(rows.filter(replaces=None)[: MOST_FILES + 1])
    latest = latest_of_many([row.pk for row in first])
    return [
        Due(
            file_id=latest[row.pk],
            paper=Paper.SCAN,
            name=row.name,
            case_id=row.case_id,
            done_by=_account(row.uploaded_by),
        )
        for row in first
    ]


def paper_name(paper: Paper) -> str:
    """Return what a paper is called in the report."""
    return {
        Paper.SCAN: _("Giấy tờ quét tại quầy (ký số cá nhân)"),
        Paper.EARLIER_RESULT: _("Thành phần là kết quả trước đó (ký số cơ quan trên sao y)"),
        Paper.LISTED: _("Thành phần pháp luật yêu cầu (ký số cơ quan trên sao y)"),
        Paper.RESULT: _("Kết quả giải quyết (người có thẩm quyền, rồi cơ quan)"),
        Paper.CERTIFIED_COPY: _("Bản sao chứng thực (người có thẩm quyền, rồi cơ quan)"),
        Paper.OTHER: _("Giấy tờ khác"),
    }[paper]


def fault_name(fault: Fault) -> str:
    """Return what is wrong with signatures, in words."""
    return {
        Fault.NONE: _("Đúng, đủ"),
        Fault.MISSING_PERSONAL: _("Thiếu chữ ký số cá nhân"),
        Fault.MISSING_AGENCY: _("Thiếu chữ ký số của cơ quan"),
        Fault.WRONG_SIGNER: _("Ký không đúng người hoặc không đúng cơ quan"),
        Fault.WRONG_ORDER: _("Cơ quan ký trước người có thẩm quyền"),
    }[fault]


def _judged(due: Due, signatures: list[Signature]) -> Found:
    made = [
        Made(kind=row.kind, account_id=row.account_id, role=row.role, agency_id=row.agency_id)
        for row in signatures
    ]
    want = rules.expected(due.paper, done_by=due.done_by)
    return Found(
        file_id=due.file_id,
        case_id=due.case_id,
        name=due.name,
        paper=due.paper,
        fault=rules.fault(want, made, agency_ids=due.agency_ids),
        signers=tuple(f"{row.signer} ({row.get_kind_display()})" for row in signatures),
    )


def _lines(papers: tuple[Found, ...]) -> tuple[Line, ...]:
    kinds = [paper for paper in Paper if any(one.paper == paper for one in papers)]
    return tuple(
        Line(
            paper=kind,
            name=paper_name(kind),
            expected=sum(1 for one in papers if one.paper == kind),
            right=sum(1 for one in papers if one.paper == kind and one.fault is Fault.NONE),
        )
        for kind in kinds or [Paper.SCAN]
    )


def _account(actor_key: str) -> int | None:
    kind, _colon, number = actor_key.partition(":")
    return int(number) if kind == "account" and number.isdigit() else None
