"""Commands that tell whether a document or a QR is to be believed."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.config.cli.command import Answer, Arguments, Needs, command
from motcua.config.cli.progress import Progress
from motcua.kernel.refused import Refused

if TYPE_CHECKING:
    from motcua.signing.verifying.report import Report


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", metavar="TỆP", help="tệp PDF hoặc ảnh có mã QR")
    parser.add_argument("--qr", metavar="CHỮ", help="kiểm tra chữ trong mã QR, không cần mạng")
    parser.add_argument(
        "--keys", metavar="TỆP", help="khóa công khai (PEM hoặc JSON) thay cho khóa ở đây"
    )
    parser.add_argument("--keep", action="store_true", help="lưu báo cáo, in mã mở lại")


@command(
    "verify",
    help="kiểm tra chữ ký số của một tệp, hoặc mã QR của một giấy",
    needs=Needs.NOTHING,
    arguments=_arguments,
)
def verify(arguments: Arguments, progress: Progress) -> Answer:
    """Verify a file or the text of a QR; the exit code is 0 only when it is to be believed."""
    if arguments.qr is not None:
        return _qr(arguments.qr, arguments.keys)
    if not arguments.file:
        raise Refused("cần một tệp, hoặc --qr và chữ trong mã QR")
    path = Path(arguments.file)
    if not path.is_file():
        raise Refused(f"không có tệp {path}")
    from motcua.config import prepare

    prepare.stand_up(Needs.TABLES.value, progress=progress)
    return _file(path, is_kept=arguments.keep)


def _file(path: Path, *, is_kept: bool) -> Answer:
    from django.utils import timezone

    from motcua.directory.actor import SYSTEM
    from motcua.dossiers.services.verifying import verify as verified
    from motcua.signing.verifying.report import as_document

    done = verified(source=path, name=path.name, at=timezone.now(), by=SYSTEM if is_kept else None)
    document = as_document(done.report) | {
        "believed": done.report.is_to_be_believed,
        "trial": done.report.is_trial,
        "words": _told(done.report),
        "key": done.key,
    }
    is_ok = done.report.is_to_be_believed
    return Answer(document, _lines(done.report, done.key), is_ok=is_ok)


def _told(report: "Report") -> dict[str, object]:
    """Return the sentences a person reads, for programs that show them."""
    from motcua.signing.verifying import words

    return {
        "headline": words.headline(report),
        "advice": words.advice(report),
        "notes": [*words.about_ours(report), *words.notes(report)],
        "signatures": [
            {
                "signer": words.signer_of(one),
                "kind": words.kind_of(one),
                "verdict": str(words.VERDICTS[one.verdict]),
                "findings": [f"{line.title}: {line.text}" for line in words.findings(one)],
                "technical": words.technical(one),
            }
            for one in report.signatures
        ],
    }


def _lines(report: "Report", key: str) -> tuple[str, ...]:
    from motcua.signing.verifying import words

    lines = [words.headline(report), words.advice(report)]
    lines += [*words.about_ours(report), *words.notes(report)]
    for number, one in enumerate(report.signatures, start=1):
        lines.append(f"{number}. {words.kind_of(one)}: {words.signer_of(one)}")
        lines.append(f"   {words.VERDICTS[one.verdict]}")
        lines += [f"   {line.title}: {line.text}" for line in words.findings(one)]
        lines.append(f"   {words.technical(one)}")
    if key:
        lines.append(f"Báo cáo: {key}")
    return tuple(lines)


def _qr(text: str, keys: str | None) -> Answer:
    """Check a QR with public keys only: no database, no network."""
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    from motcua.documents.papers import qr, qr_keys

    ring = qr_keys.read_public(Path(keys).read_bytes()) if keys else qr_keys.ours()
    checked = qr.check(text, ring=ring)
    if checked is None:
        return Answer(
            {"genuine": "not_ours"}, ("Đây không phải mã QR của giấy do Một Cửa in.",), is_ok=False
        )
    said = checked.payload
    document = {
        "genuine": checked.genuine,
        "key": checked.key_id,
        "paper": said.paper,
        "number": said.number,
        "dossier_code": said.dossier_code,
        "procedure_code": said.procedure_code,
        "agency_code": said.agency_code,
        "owner_id": said.owner_id,
        "at": said.at,
    }
    lines = (
        _QR_WORDS[checked.genuine],
        f"Giấy: {said.paper} {said.number}".rstrip(),
        f"Hồ sơ: {said.dossier_code} · thủ tục {said.procedure_code} · cơ quan {said.agency_code}",
        f"Chủ hồ sơ: {said.owner_id or '(không có trong chữ này)'}",
        f"In lúc: {said.at:%d/%m/%Y %H:%M:%S}",
    )
    return Answer(document, lines, is_ok=checked.genuine is qr.Genuine.YES)


_QR_WORDS = {
    "yes": "Mã QR THẬT: chữ ký đúng. Chưa biết giấy còn hiệu lực không: hãy mở mã bằng mạng.",
    "altered": "Mã QR ĐÃ BỊ SỬA: chữ ký không khớp.",
    "unknown_key": "Không có khóa công khai ứng với mã này: hãy tải khóa của nơi cấp.",
    "unsigned": "Giấy in theo mẫu cũ: mã QR chưa có chữ ký, không chứng minh được ai in.",
}


def _key_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--replace", action="store_true", help="ký bằng khóa mới từ nay")


@command(
    "qr-key",
    help="khóa ký mã QR của giấy: in khóa công khai, hoặc thay khóa",
    needs=Needs.NOTHING,
    arguments=_key_arguments,
)
def qr_key(arguments: Arguments, progress: Progress) -> Answer:
    """Print the public keys; with --replace sign with a new one, the old ones stay good."""
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    from motcua.documents.papers import qr_keys

    ring = qr_keys.replace_key() if arguments.replace else qr_keys.ours()
    lines = (f"Đang ký bằng khóa {ring.key_id.hex()}; {len(ring.public)} khóa còn kiểm tra được.",)
    return Answer(ring.document() | {"signing": ring.key_id.hex()}, (*lines, ring.pem().rstrip()))
