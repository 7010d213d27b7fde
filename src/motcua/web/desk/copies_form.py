"""What is typed on the screen of certified copies: one person, then lines of papers."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.directory.services.parties import PartyDetails
from motcua.dossiers.services.copies import Certified, CopyWanted
from motcua.kernel import codes
from motcua.web.desk import intake_form as intake

MOST_LINES = 100
USUAL = (
    "Căn cước công dân", "Giấy khai sinh", "Bằng tốt nghiệp đại học", "Bằng tốt nghiệp THPT",
    "Học bạ", "Giấy chứng nhận kết hôn", "Giấy chứng nhận quyền sử dụng đất", "Giấy phép lái xe",
    "Chứng chỉ ngoại ngữ", "Quyết định bổ nhiệm", "Hợp đồng lao động", "Giấy ra viện",
)  # fmt: skip
_LINE = ("document", "issuer", "copies", "pages", "file", "name", "number", "phone")


@dataclass
class Line:
    """One paper to be copied, with whom it is for."""

    document: str
    name: str
    number: str
    phone: str = ""
    issuer: str = ""
    copies: int = 1
    pages: int = 1
    file: str = ""
    fault: str = ""


@dataclass
class Batch:
    """The screen: who stands at the counter, what was added so far, how copies are made."""

    draft: str
    name: str = ""
    number: str = ""
    phone: str = ""
    document: str = ""
    issuer: str = ""
    pages: str = ""
    copies: int = 1
    medium: str = "paper"
    lines: list[Line] = field(default_factory=list)

    @classmethod
    def empty(cls) -> "Batch":
        """A screen with nothing on it."""
        return cls(draft=intake.new_token())

    @classmethod
    def read(cls, data: QueryDict) -> "Batch":
        """The screen as it was sent."""
        return cls(
            draft=data.get("draft", "")[:40] or intake.new_token(),
            name=_said(data, "owner_name", 120),
            number=_said(data, "owner_id", 20),
            phone=_said(data, "phone", 20),
            document=_said(data, "document", 200),
            issuer=_said(data, "issuer", 200),
            pages=_said(data, "pages", 3),
            copies=_count(data.get("copies", "1")),
            medium="electronic" if data.get("medium") == "electronic" else "paper",
            lines=_lines(data),
        )

    @property
    def is_blank(self) -> bool:
        """Tell whether no paper is named yet."""
        return not self.document and not self.pages

    @property
    def knows_person(self) -> bool:
        """Tell whether somebody stands at the counter already."""
        return not self.faults_of_person()

    def faults_of_person(self) -> list[str]:
        """Say what is missing of the person at the counter: the least that the register needs."""
        faults = []
        if len(self.name) < 2:
            faults.append(_("Ghi họ tên người yêu cầu."))
        if not codes.PERSONAL_ID.match(self.number.replace(" ", "")):
            faults.append(_("Số định danh có 12 chữ số; quét thẻ căn cước cũng được."))
        return faults

    def add_scan(self, file: str, name: str, pages: int) -> None:
        """Add a line for a scan; its name is the paper's, unless one was typed."""
        document = self.document or PurePath(name).stem.replace("-", " ").replace("_", " ")
        self._add(document[:200].strip(), pages, file)

    def add_typed(self) -> list[str]:
        """Add a line for a paper that was copied on the machine beside; say what is missing."""
        if len(self.document) < 2:
            return [_("Chọn tệp quét, hoặc ghi tên giấy tờ.")]
        if not self.pages.isdecimal() or int(self.pages) < 1:
            return [_("Không có bản quét thì ghi số trang của bản chính.")]
        self._add(self.document, int(self.pages), "")
        return []

    def _add(self, document: str, pages: int, file: str) -> None:
        if len(self.lines) < MOST_LINES:
            self.lines.append(
                Line(
                    document=document, name=self.name, number=self.number, phone=self.phone,
                    issuer=self.issuer, copies=self.copies, pages=pages, file=file,
                )
            )  # fmt: skip

    def forget_document(self) -> None:
        """Make room for the next paper of the same person."""
        self.document = self.issuer = self.pages = ""
        self.copies = 1

    def drop(self, place: str) -> None:
        """Take a line out."""
        if place.isdecimal() and int(place) < len(self.lines):
            del self.lines[int(place)]

    def wanted(self) -> list[CopyWanted]:
        """The lines as the service takes them."""
        return [
            CopyWanted(
                requester=PartyDetails(name=one.name, id_number=one.number, phone=one.phone),
                document=one.document,
                issuer=one.issuer,
                copies=one.copies,
                pages=one.pages,
                file=one.file,
                medium=self.medium,
            )
            for one in self.lines
        ]

    def keep_refused(self, done: Sequence[Certified]) -> list[str]:
        """Leave only the lines that were refused on the screen; return what was said of them."""
        pairs = list(zip(self.lines, done, strict=True))
        self.lines = [replace(line, fault=one.refusal) for line, one in pairs if not one.is_done]
        return [f"{line.document}: {line.fault}" for line in self.lines]


def _lines(data: QueryDict) -> list[Line]:
    columns = {name: data.getlist(f"line-{name}")[:MOST_LINES] for name in _LINE}
    count = min(len(values) for values in columns.values())
    return [
        Line(
            document=columns["document"][place][:200],
            issuer=columns["issuer"][place][:200],
            copies=_count(columns["copies"][place]),
            pages=_count(columns["pages"][place]),
            file=columns["file"][place][:40],
            name=columns["name"][place][:120],
            number=columns["number"][place][:20],
            phone=columns["phone"][place][:20],
        )
        for place in range(count)
    ]


def _said(data: QueryDict, name: str, most: int) -> str:
    return " ".join(data.get(name, "").split())[:most]


def _count(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 5 else 0
