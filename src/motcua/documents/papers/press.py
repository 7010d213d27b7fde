"""Papers as PDF/A-2a and PDF/UA-1 at once, from data through the template in force."""

import threading
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path

import typst

from motcua.documents.papers import data, glyphs, manifest, plain, qr, words

STANDARDS: "list[typst.PDFStandard]" = ["a-2a", "ua-1"]

KINDS: dict[str, type[data.Paper]] = {
    "01": data.ReceiptData,
    "02": data.SupplementData,
    "03": data.RefusalData,
    "04": data.ExtensionData,
    "05": data.StopData,
    "06": data.ControlSlipData,
    "07": data.RegisterData,
    "handover": data.HandoverData,
    "checklist": data.ChecklistData,
    "result": data.ResultData,
    "verification": data.VerificationData,
}


def render(key: str, paper: data.Paper, at: datetime) -> bytes:
    """Return the paper issued at that moment as PDF/A-2a and PDF/UA-1.

    key: "01" to "07", "handover", "checklist" or "result". `at` chooses the template version,
    and is the date printed and the time in the QR.
    Raises TypeError: the data are of another paper. Raises NoTemplateInForce: none existed then.
    """
    if not isinstance(paper, KINDS[key]):
        raise TypeError(f"paper {key} takes {KINDS[key].__name__}, not {type(paper).__name__}")
    template = manifest.in_force(key, at.astimezone(words.HERE).date())
    inputs = {"paper": plain.as_json(_inputs(template, paper, at)), "qr": _qr(template, paper, at)}
    return _press(template.path).print(inputs, at)


def _inputs(template: manifest.Template, paper: data.Paper, at: datetime) -> dict[str, object]:
    return {
        "form": template.form,
        "source": template.source,
        "size": template.size,
        "title": _title(template, paper),
        "at": at,
        "data": paper,
    }


def _title(template: manifest.Template, paper: data.Paper) -> str:
    return paper.title if isinstance(paper, data.ResultData) else template.title


def _qr(template: manifest.Template, paper: data.Paper, at: datetime) -> str:
    dossier = getattr(paper, "dossier", None)
    payload = qr.Payload(
        dossier_code=dossier.code if dossier else "",
        procedure_code=dossier.procedure_code if dossier else getattr(paper, "procedure_code", ""),
        owner_id=dossier.owner_id if dossier else "",
        paper=_title(template, paper),
        agency_code=paper.issuer.code,
        at=at,
        key=template.key,
        number=getattr(paper, "number", ""),
    )
    return qr.svg(qr.encode(payload))


def pressed(
    path: Path,
    inputs: dict[str, str],
    *,
    at: datetime,
    standards: "list[typst.PDFStandard]",
    tags: bool = True,
) -> bytes:
    """Return what a layout of our own draws from these inputs, by the standards it claims."""
    return _press(path).print(inputs, at, standards, tags=tags)


@dataclass(frozen=True)
class _Press:
    """One warm compiler. Typst's compiler is not reentrant, so each has its own lock."""

    compiler: typst.Compiler
    lock: threading.Lock = field(default_factory=threading.Lock)

    def print(
        self,
        inputs: dict[str, str],
        at: datetime,
        standards: "list[typst.PDFStandard]" = STANDARDS,
        *,
        tags: bool = True,
    ) -> bytes:
        with self.lock:
            pdf = self.compiler.compile(
                format="pdf",
                sys_inputs=inputs,
                pdf_standards=standards,
                timestamp=int(at.timestamp()),
                pdf_tags=tags,
            )
        if not isinstance(pdf, bytes):
            raise TypeError("Typst returned no PDF")
        return pdf


_presses_lock = threading.Lock()
_presses: dict[Path, _Press] = {}


def _press(path: Path) -> _Press:
    with _presses_lock:
        if path not in _presses:
            _presses[path] = _Press(
                typst.Compiler(path, root=manifest.TEMPLATES, font_paths=_fonts())
            )
        return _presses[path]


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[glyphs.FONTS]
    )
