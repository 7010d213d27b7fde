"""The shape of an answer that a keeper writes: its words in both languages, sources, dates."""

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _later

from motcua.assistant.services.learning import Words
from motcua.web.desk import inputs

if TYPE_CHECKING:
    from motcua.assistant.models import LearnedAnswer, Topic

_CODE = re.compile(r"^\d\.\d{6}$")


class AnswerForm(forms.Form):
    question = inputs.line(_later("Câu hỏi, như người dân hỏi"), most=300)
    text = inputs.text(
        _later("Trả lời"), rows=6, hint=_later("Ngắn, đúng nguồn; không tên, số của ai.")
    )
    sources = inputs.text(
        _later("Nguồn, mỗi dòng một nguồn"),
        rows=3,
        hint=_later("Số hiệu:điều (118/2025/NĐ-CP:17), mã thủ tục (1.004222), hoặc https://…"),
    )
    valid_from = inputs.day(_later("Áp dụng từ ngày"))
    valid_to = forms.DateField(
        label=_later("Thôi áp dụng từ ngày"),
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput({"type": "date", "class": "num"}, format="%Y-%m-%d"),
        error_messages={"invalid": _later("Ngày có dạng 27/11/2026.")},
    )
    question_en = inputs.line(_later("Câu hỏi bằng tiếng Anh"), required=False, most=300)
    text_en = inputs.text(_later("Trả lời bằng tiếng Anh"), required=False, rows=4)

    def proposed(self) -> dict[str, Any]:
        """Return what the service takes."""
        typed = self.cleaned_data
        return {
            "words": Words(
                typed["question"], typed["text"], typed["question_en"], typed["text_en"]
            ),
            "sources": [source(row) for row in typed["sources"].splitlines() if row.strip()],
            "valid_from": typed["valid_from"],
            "valid_to": typed["valid_to"],
        }


def source(row: str) -> dict[str, str]:
    """Return the source that one line names."""
    reference = row.strip()
    if reference.startswith("http"):
        return {"kind": "link", "reference": reference}
    kind = "procedure" if _CODE.match(reference) else "law"
    return {"kind": kind, "reference": reference}


def filled(topic: "Topic", waiting: "LearnedAnswer | None") -> dict[str, Any]:
    """Return what the form begins with: the answer that is being written, else the question."""
    if waiting is None:
        return {"question": topic.title, "valid_from": timezone.localdate()}
    return {
        "question": waiting.question,
        "text": waiting.text,
        "sources": "\n".join(one["reference"] for one in waiting.sources),
        "valid_from": waiting.valid_from or timezone.localdate(),
        "valid_to": waiting.valid_to,
        "question_en": waiting.question_en,
        "text_en": waiting.text_en,
    }
