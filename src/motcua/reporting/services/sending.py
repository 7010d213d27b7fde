"""Sending a closed form: a recorded act, with who, when, to whom, by which way, and which file."""

from django.db import transaction

from motcua.kernel.refused import Refused
from motcua.ledger import services as ledger
from motcua.reporting.forms import rights
from motcua.reporting.forms.events import FormSent
from motcua.reporting.models.forms import KeptForm, SentForm
from motcua.reporting.queries import forms as read

LAW = "02/2017/TT-VPCP"
SHORTEST, LONGEST, LONGEST_NUMBER = 3, 200, 60


class MayNotSend(Refused):
    """This person may not send this form."""


class NotClosed(Refused):
    """Only a closed form is sent: what was sent never changes."""

    field = "period"


class ReceiverMissing(Refused):
    """Nobody is named to whom it goes, or too long a name."""

    field = "receiver"


class NumberTooLong(Refused):
    """It is no number of a letter, and half a number would be another letter's."""

    field = "number"


class NoSuchWay(Refused):
    """No such way of sending, or no such file."""

    field = "way"


class SentAlready(Refused):
    """It was sent there before: a report is sent once."""

    field = "receiver"


@transaction.atomic
def send(
    *, asked: read.Wanted, receiver: str, way: str, number: str = "", kind: str = "pdf"
) -> SentForm:
    """Note that a closed form was sent: the file's hash stands in the ledger.

    receiver: to whom. way: a key of `forms.sheet.WAYS`. number: of the letter it went with.
    Raises MayNotSend, NotClosed, ReceiverMissing, NumberTooLong, NoSuchWay, SentAlready.
    Source: 02/2017/TT-VPCP (a report is sent once for its period; corrections come after it).
    """
    row = _closed(asked)
    whom = " ".join(receiver.split())
    if not SHORTEST <= len(whom) <= LONGEST:
        raise ReceiverMissing("Ghi nơi nhận báo cáo (từ 3 đến 200 ký tự).")
    letter = " ".join(number.split())
    if len(letter) > LONGEST_NUMBER:
        raise NumberTooLong("Số văn bản dài nhất 60 ký tự.")
    file = row.files.filter(kind=kind).only("kind", "sha256").first()
    if way not in read.WAYS or file is None:
        raise NoSuchWay("Chọn cách gửi và tệp đã gửi.")
    if row.sendings.filter(receiver=whom).exists():
        raise SentAlready(f"Biểu này đã gửi {whom} rồi; mỗi nơi nhận một lần.", law=LAW)
    sent = SentForm.objects.create(
        of=row, receiver=whom, way=way, number=letter,
        kind=file.kind, sha256=file.sha256, at=asked.at, by=asked.actor.key,
        by_name=asked.actor.name[:120],
    )  # fmt: skip
    fact = FormSent(
        form=row.form, period=row.period, agency_code=row.agency_code, receiver=whom, way=way,
        number=sent.number, file=file.kind, sha256=file.sha256,
    )  # fmt: skip
    ledger.record_alone(
        fact, stream=read.stream_of(row), at=asked.at, actor=asked.actor.key,
        actor_name=asked.actor.name[:120],
    )  # fmt: skip
    return sent


def _closed(asked: read.Wanted) -> KeptForm:
    agency = asked.agency.id if asked.agency else None
    if not rights.closes(asked.actor, form=asked.kind.key, agency_id=agency):
        raise MayNotSend(
            "Chỉ kiểm soát thủ tục hành chính hoặc thủ trưởng cơ quan được gửi biểu này."
        )
    row = (
        KeptForm.objects.select_for_update()
        .filter(
            form=asked.kind.key,
            period=asked.period.name,
            agency_code=asked.agency.code if asked.agency else "",
        )
        .first()
    )
    if row is None or not row.is_closed:
        raise NotClosed("Chốt biểu trước khi gửi.", law=LAW)
    return row
