"""A report as the data of a paper to print."""

from django.utils.translation import gettext as _

from motcua.documents.papers import data
from motcua.signing.verifying import words
from motcua.signing.verifying.report import Report

_PLACE = "Khánh Hòa"


def verification(report: Report) -> data.VerificationData:
    """Return the report as a paper says it."""
    issuer = data.Issuer(
        name=_("Hệ thống thông tin giải quyết thủ tục hành chính"), code="", place=_PLACE
    )
    return data.VerificationData(
        issuer=issuer,
        headline=words.headline(report),
        advice=words.advice(report),
        file_name=report.name,
        sha256=report.sha256,
        verified_at=report.verified_at,
        notes=(*words.about_ours(report), *words.notes(report)),
        signatures=tuple(
            data.VerifiedSignature(
                kind=words.kind_of(one),
                signer=words.signer_of(one),
                verdict=str(words.VERDICTS[one.verdict]),
                findings=tuple(
                    data.FindingLine(title=line.title, text=line.text)
                    for line in words.findings(one)
                ),
                technical=words.technical(one),
            )
            for one in report.signatures
        ),
    )
