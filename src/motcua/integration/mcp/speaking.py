"""Tools that speak with the house: a question with its sources, a report or question to an officer."""

from datetime import date
from typing import Annotated, Any, Literal

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import Field

from motcua.assistant.services import talk
from motcua.directory.actor import PUBLIC
from motcua.feedback.services import sending
from motcua.integration.mcp.catalogue import readable
from motcua.kernel.refused import Refused


class NotConfirmed(Refused):
    """The person has not said yes to the text."""

    field = "confirmed_by_person"


def ask(
    question: Annotated[
        str,
        Field(
            min_length=2,
            max_length=1000,
            description="Câu hỏi, tiếng Việt hoặc tiếng Anh. — Question in Vietnamese or English.",
        ),
    ],
    on: Annotated[
        date | None,
        Field(
            description="Trả lời theo quy định của ngày này. — Answer by the rules of this day."
        ),
    ] = None,
    thread: Annotated[
        str,
        Field(
            max_length=60,
            description="thread của câu trả lời trước, để hỏi tiếp. — thread of the answer before.",
        ),
    ] = "",
) -> dict[str, Any]:
    """Hỏi trợ lý: máy soạn câu trả lời từ dữ liệu đã công bố, có nguồn; không biết thì nói không biết.
    — Ask the assistant: a machine-made answer from published rows, with sources, or an honest no."""
    now = timezone.now()
    said = talk.ask(
        question=question,
        on=on or timezone.localdate(now),
        at=now,
        by=PUBLIC,
        conversation=thread,
        channel="mcp",
    )
    answer = said.answer
    return {
        "outcome": str(answer.outcome),
        "ai_generated": True,
        "text": answer.text,
        "confidence": round(answer.confidence, 3),
        "procedures": list(answer.procedures),
        "choices": [{"label": one.label, "question": one.question} for one in answer.choices],
        "sources": [
            {"id": s.id, "title": s.title, "url": _whole(s.url), "quote": s.quote}
            for s in answer.sources
        ],
        "next": [{"label": act.label, "url": _whole(act.url)} for act in answer.actions],
        "thread": said.conversation,
    }


def file_feedback(
    *,
    text: Annotated[
        str,
        Field(
            min_length=15,
            max_length=5000,
            description="Nguyên văn lời người dân. — The person's own words, unchanged.",
        ),
    ],
    confirmed_by_person: Annotated[
        bool,
        Field(
            description="true chỉ khi người dân đã đọc và đồng ý gửi đúng nội dung này. — "
            "true only if the person read and agreed to send exactly this text."
        ),
    ],
    kind: Annotated[
        Literal["", "scene", "conduct", "rule", "question"],
        Field(
            description="hiện trường, hành vi cán bộ, quy định, hỏi đáp; trống: hệ thống đề xuất. — "
            "Kind, or empty to let triage propose."
        ),
    ] = "",
    place_code: Annotated[str, Field(max_length=10, description="Mã xã. — Commune code.")] = "",
    address: Annotated[str, Field(max_length=250, description="Nơi xảy ra. — Where.")] = "",
    name: Annotated[str, Field(max_length=120, description="Họ tên người gửi. — Sender.")] = "",
    phone: Annotated[
        str,
        Field(max_length=20, description="Số điện thoại để theo dõi. — Phone to follow it by."),
    ] = "",
) -> dict[str, Any]:
    """Gửi phản ánh, kiến nghị hoặc câu hỏi tới cơ quan nhà nước; trả mã để theo dõi (mã PIN nếu không
    có số điện thoại). Tên và số điện thoại không hiện công khai.
    — File feedback or a written question; returns the code to follow it by."""
    if not confirmed_by_person:
        raise NotConfirmed(_("Hãy đọc lại nội dung cho người gửi và chỉ gửi khi họ đồng ý."))
    for said in (text, place_code, address, name, phone):
        readable(said)
    receipt = sending.send_with_pin(
        text=text,
        by=PUBLIC,
        at=timezone.now(),
        kind=kind or None,
        place_code=place_code,
        address=address,
        name=name,
        phone=phone,
        anonymous=True,
        channel="api",
    )
    case = receipt.case
    return {
        "code": case.code,
        "pin": receipt.pin,
        "kind": case.get_kind_display(),
        "received_at": case.received_at.isoformat(),
        "told": _("Đã gửi. Giữ mã này để theo dõi kết quả."),
    }


def _whole(url: str) -> str:
    return f"{settings.MOTCUA_PUBLIC_URL}{url}" if url.startswith("/") else url
