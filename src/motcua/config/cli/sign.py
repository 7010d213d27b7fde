"""Commands of signing: one file by hand, the trial keys, who should have signed, how fast it is."""

import argparse
import getpass
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from motcua.config.cli.command import Answer, Arguments, Needs, Table, command
from motcua.config.cli.progress import Progress
from motcua.kernel.refused import Refused


class NoPin(Refused):
    """Nobody was there to give the PIN."""


class NoOwner(Refused):
    """The key is to be somebody's, and one's only."""


class CannotRead(Refused):
    """The file is not there, or may not be read or written."""


def _sign_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="TỆP", help="tệp PDF")
    parser.add_argument(
        "--key",
        required=True,
        metavar="KHÓA",
        help="tệp .p12, hoặc pkcs11:token=NHÃN;id=MÃ (trình điều khiển ở MOTCUA_PKCS11)",
    )
    parser.add_argument(
        "--as", dest="kind", choices=("personal", "agency", "copy"), default="personal",
        help="chữ ký cá nhân, cơ quan, hoặc sao y",
    )  # fmt: skip
    parser.add_argument("-o", "--output", metavar="TỆP", help="tệp ra (mặc định: TÊN.signed.pdf)")
    parser.add_argument("--anchor", default="", metavar="CHỮ", help="chữ nằm dưới chữ ký")
    parser.add_argument("--form", default="SAO Y", metavar="CHỮ", help="hình thức sao")
    parser.add_argument("--invisible", action="store_true", help="không hiện chữ ký trên trang")


@command(
    "sign",
    help="ký số một tệp PDF; mã PIN ở MOTCUA_PIN hoặc gõ khi được hỏi",
    needs=Needs.NOTHING,
    arguments=_sign_arguments,
)
def sign(arguments: Arguments, progress: Progress) -> Answer:
    """Sign one file with a key file or a token."""
    _stand_up()
    from motcua.signing import alone
    from motcua.signing.marks import Mark

    source = Path(arguments.file)
    out = Path(arguments.output or source.with_suffix(".signed.pdf"))
    mark = Mark(anchor=arguments.anchor, form=arguments.form, is_visible=not arguments.invisible)
    pin = _pin()
    progress.say("Đang ký…")
    try:
        signed = alone.sign_file(
            source, out=out, key=arguments.key, pin=pin, kind=arguments.kind,
            at=datetime.now(UTC), mark=mark,
        )  # fmt: skip
    except OSError as error:
        raise CannotRead(_why(error, source, out)) from None
    document = {
        "file": str(signed.out),
        "signer": signed.card.name,
        "title": signed.card.title,
        "organisation": signed.card.organisation,
        "serial": signed.card.serial,
        "kind": arguments.kind,
        "level": signed.level,
        "field": signed.field,
        "page": signed.spot.page + 1 if signed.spot else None,
        "box": [round(edge, 1) for edge in signed.spot.box] if signed.spot else None,
        "sha256_before": signed.sha256_before,
        "sha256_after": signed.sha256_after,
    }
    return Answer(document, (f"{signed.card.name} đã ký (PAdES {signed.level}): {signed.out}",))


def _why(error: OSError, source: Path, out: Path) -> str:
    if not source.exists():
        return f"không có tệp {source}"
    if not out.resolve().parent.is_dir():
        return f"không ghi được vào {out.parent}: không có thư mục này"
    return f"{error.filename or source}: {error.strerror}"


def _pin() -> str:
    if "MOTCUA_PIN" in os.environ:
        return os.environ["MOTCUA_PIN"]
    if not sys.stdin.isatty():
        raise NoPin("hãy đặt mã PIN vào biến môi trường MOTCUA_PIN", field="pin")
    return getpass.getpass("Mã PIN: ")


def _stand_up() -> None:
    """Load settings and translations; no database is needed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    import django

    django.setup()


@command("signing trial", help="tạo khóa ký THỬ NGHIỆM cho cán bộ và cơ quan mẫu (var/keys)")
def trial(arguments: Arguments, progress: Progress) -> Answer:
    """Give every demo officer and their agencies a trial key."""
    from motcua.directory.actor import SYSTEM
    from motcua.signing.services import trial as trials

    progress.say("Đang tạo khóa thử nghiệm…")
    made = trials.equip(by=SYSTEM, at=datetime.now(UTC))
    lines = (
        f"{made.officers} khóa cán bộ, {made.agencies} khóa cơ quan, mã PIN {made.pin}.",
        f"Khóa nằm ở {made.folder}; mọi chữ ký bằng khóa này đều ghi THỬ NGHIỆM.",
        "Máy chủ đang chạy dùng dấu thời gian thử nghiệm sau khi khởi động lại.",
    )
    document = {"officers": made.officers, "agencies": made.agencies, "folder": str(made.folder)}
    return Answer(document, lines)


def _key_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--account", metavar="TÊN", help="tài khoản của cán bộ có khóa")
    parser.add_argument("--agency", metavar="MÃ", help="mã cơ quan có khóa")
    parser.add_argument("--port", required=True, metavar="LOẠI", help="pkcs11, pkcs12 hoặc remote")
    parser.add_argument(
        "--place", required=True, metavar="CHỖ",
        help="token=NHÃN;id=MÃ (pkcs11), file=TÊN (pkcs12, trong MOTCUA_KEYS), key=MÃ (remote)",
    )  # fmt: skip
    parser.add_argument(
        "--certificate", metavar="TỆP", help="chứng thư PEM; pkcs11 đọc từ thiết bị"
    )
    parser.add_argument("--chain", metavar="TỆP", help="các chứng thư cấp trên, PEM")


@command("signing key", help="đăng ký khóa ký số của một cán bộ hoặc một cơ quan",
         arguments=_key_arguments)  # fmt: skip
def key(arguments: Arguments, progress: Progress) -> Answer:
    """Write down where somebody's key is; the private key stays where it is."""
    from motcua.directory.actor import SYSTEM
    from motcua.directory.queries import cards
    from motcua.directory.queries import people as accounts
    from motcua.signing import services as signing
    from motcua.signing.keys.pkcs11 import certificate_on
    from motcua.signing.ports import Place

    account = accounts.account_named(arguments.account or "")
    agency = cards.card_by_code(arguments.agency or "")
    if (account is None) == (agency is None):
        raise NoOwner("hãy nêu một tài khoản có thật (--account) hoặc một cơ quan (--agency)")
    place = dict(part.split("=", 1) for part in arguments.place.split(";") if "=" in part)
    try:
        certificate = Path(arguments.certificate).read_text() if arguments.certificate else ""
        chain = Path(arguments.chain).read_text() if arguments.chain else ""
    except (OSError, UnicodeDecodeError) as error:
        raise CannotRead(str(error)) from None
    if not certificate and arguments.port == "pkcs11" and {"token", "id"} <= place.keys():
        certificate = certificate_on(Place(place, ""))
    made = signing.add_key(
        port=arguments.port, place=place, certificate=certificate, chain=chain,
        by=SYSTEM, at=datetime.now(UTC),
        account_id=account.pk if account else None, agency_id=agency.id if agency else None,
    )  # fmt: skip
    document = {"id": made.pk, "serial": made.serial, "subject": made.subject}
    return Answer(document, (f"Đã ghi khóa {made.serial}: {made.subject}",))


def _report_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--month", default="", metavar="THÁNG", help="như 2026-11")


@command("signing report", help="ký số đúng, đủ: ai phải ký gì, đã ký chưa",
         arguments=_report_arguments)  # fmt: skip
def report(arguments: Arguments, progress: Progress) -> Answer:
    """Say of each kind of paper how many carry the signatures they should."""
    from motcua.signing.queries import completeness

    month = arguments.month or f"{datetime.now(UTC):%Y-%m}"
    found = completeness.of_month(month)
    rows = tuple(
        (line.name, str(line.expected), str(line.right), f"{line.share:.1%}".replace(".", ","))
        for line in found.lines
    )
    wrong = tuple(f"{one.name}: {one.fault_name}" for one in found.faulty[:50])
    document = {
        "month": month,
        "lines": [
            {"paper": line.paper, "expected": line.expected, "right": line.right}
            for line in found.lines
        ],
        "faulty": [
            {"file": one.file_id, "case": one.case_id, "fault": one.fault} for one in found.faulty
        ],
    }
    table = Table(("Loại giấy tờ", "Phải ký", "Ký đúng, đủ", "Tỷ lệ"), rows)
    return Answer(document, wrong, table=table)


def _bench_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, default=40, metavar="SỐ", help="số lần mỗi cách")
    parser.add_argument("-o", "--output", metavar="TỆP", help="ghi bảng ra tệp Markdown")


@command("signing bench", help="đo số chữ ký hiện hình mỗi giây", needs=Needs.NOTHING,
         arguments=_bench_arguments)  # fmt: skip
def bench(arguments: Arguments, progress: Progress) -> Answer:
    """Measure ours beside pyHanko's own, with a software key and with SoftHSM2."""
    _stand_up()
    from motcua.config.bench import machine
    from motcua.signing import bench as benches

    progress.say("Đang đo…")
    figures = benches.measure(rounds=arguments.rounds)
    headings = ("Khóa", "pyHanko, ẩn", "Một Cửa, ẩn", "Một Cửa, hiện", "pyHanko, hiện",
                "Một Cửa hiện / pyHanko ẩn", "Một Cửa hiện / ẩn", "pyHanko hiện / ẩn")  # fmt: skip
    rows = tuple(
        (one.key, *(f"{rate:.1f}" for rate in (one.bare, one.unseen, one.ours, one.theirs)),
         f"{one.share:.0%}", f"{one.own_share:.0%}", f"{one.their_share:.0%}")
        for one in figures
    )  # fmt: skip
    described = machine.description()
    if arguments.output:
        Path(arguments.output).write_text(
            benches.as_markdown(headings, rows, machine.words(described), rounds=arguments.rounds)
        )
    document = {
        "machine": described,
        "figures": [
            {"key": one.key, "bare": one.bare, "ours": one.ours, "ours_unseen": one.unseen,
             "theirs": one.theirs, "share": one.share}
            for one in figures
        ],
    }  # fmt: skip
    return Answer(document, table=Table(headings, rows))
