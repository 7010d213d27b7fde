"""Accepted answers: what an officer answered and another one approved becomes a passage."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.assistant.knowledge.rows import COLUMNS, Row
from motcua.assistant.models import Passage
from motcua.assistant.services.knowing.core import LoadReport, ask_for_index, hold
from motcua.directory.actor import Actor
from motcua.kernel.refused import Refused

ANSWERS = "answers"


class NotAnAnswer(Refused):
    """The answer lacks a question, a text, a source, or ends before it begins."""


@dataclass(frozen=True, kw_only=True)
class AcceptedAnswer:
    """An answer that was reviewed; `key` names it for ever ("hd:12")."""

    key: str
    question: str
    answer: str
    source: str
    valid_from: date
    valid_to: date | None = None
    procedure: str = ""
    document: str = ""
    article: str = ""
    others: tuple[str, ...] = ()  # other wordings of the question


@transaction.atomic
def keep_answer(answer: AcceptedAnswer, *, by: Actor, at: datetime) -> bool:
    """Make an accepted answer a passage; return False when it says what stood already.

    Raises NotAnAnswer: it has no question, text or source, or ends before it begins.
    """
    _check(answer)
    hold()
    row = Row(
        key=answer.key,
        kind=Passage.Kind.ANSWER.value,
        title=answer.question.strip(),
        text="\n".join([answer.answer.strip(), *answer.others]),
        url=f"/hoi-dap/nguon/{answer.key}/",
        valid_from=answer.valid_from,
        valid_to=answer.valid_to,
        procedure=answer.procedure,
        section=ANSWERS,
        document=answer.document,
        article=answer.article,
        note=answer.source,
        facts={"answer": answer.answer.strip(), "source": answer.source},
    )
    known = Passage.objects.filter(key=row.key).first()
    if known is not None and known.checksum == row.checksum:
        return False
    values = {name: getattr(row, name) for name in COLUMNS}
    Passage.objects.update_or_create(
        key=row.key,
        defaults={**values, "load": ANSWERS, "checksum": row.checksum, "changed_at": at},
    )
    report = LoadReport(ANSWERS, taken=known is None, changed=known is not None)
    ask_for_index(report, by=by, at=at)
    return True


@transaction.atomic
def forget_answer(*, key: str, by: Actor, at: datetime) -> bool:
    """Take an accepted answer out of what is known; return False when it is not there."""
    hold()
    gone, _rows = Passage.objects.filter(key=key, load=ANSWERS).delete()
    if gone:
        ask_for_index(LoadReport(ANSWERS, removed=gone), by=by, at=at)
    return bool(gone)


def _check(answer: AcceptedAnswer) -> None:
    if not answer.question.strip() or not answer.answer.strip():
        raise NotAnAnswer(_("Câu trả lời phải có câu hỏi và nội dung."), field="answer")
    if not answer.source.strip():
        raise NotAnAnswer(_("Câu trả lời phải ghi nguồn."), field="source")
    if answer.valid_to is not None and answer.valid_to <= answer.valid_from:
        raise NotAnAnswer(_("Ngày hết hiệu lực phải sau ngày có hiệu lực."), field="valid_to")
