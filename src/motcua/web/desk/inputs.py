"""Kinds of input that the desk's forms are made of, each with its words for what is wrong."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _later

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

END_OF_DAY = time(17)
METHODS = (
    ("cash", _later("tiền mặt")),
    ("transfer", _later("chuyển khoản")),
    ("qr", _later("mã QR")),
    ("card", _later("thẻ")),
    ("npsp", _later("Cổng Dịch vụ công quốc gia")),
)
MODES = (
    ("counter", _later("tại quầy")),
    ("post", _later("qua bưu chính công ích")),
    ("online", _later("bản điện tử")),
)
VERDICTS = (
    ("agree", _later("đồng ý")),
    ("agree_if", _later("đồng ý, kèm điều kiện")),
    ("disagree", _later("không đồng ý")),
    ("not_ours", _later("không thuộc thẩm quyền")),
)


def text(
    label: "str | _StrPromise",
    *,
    rows: int = 3,
    required: bool = True,
    hint: "str | _StrPromise" = "",
) -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=4000,
        help_text=hint,
        widget=forms.Textarea({"rows": rows}),
        error_messages={"required": _later("Hãy ghi nội dung này.")},
    )


def line(
    label: "str | _StrPromise",
    *,
    required: bool = True,
    hint: "str | _StrPromise" = "",
    most: int = 200,
) -> forms.CharField:
    """A text of one line."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=most,
        help_text=hint,
        error_messages={"required": _later("Hãy ghi nội dung này.")},
    )


def count(label: "str | _StrPromise", *, most: int = 999, initial: int = 0) -> forms.IntegerField:
    """A small number."""
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=most,
        initial=initial,
        required=False,
        widget=forms.NumberInput({"class": "num", "inputmode": "numeric"}),
        error_messages={
            "invalid": _later("Nhập một số."),
            "min_value": _later("Không được là số âm."),
            "max_value": _later("Số này lớn quá."),
        },
    )


def day(label: "str | _StrPromise", *, hint: "str | _StrPromise" = "") -> forms.DateField:
    """A day."""
    return forms.DateField(
        label=label,
        help_text=hint,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput({"type": "date", "class": "num"}, format="%Y-%m-%d"),
        error_messages={
            "required": _later("Hãy chọn ngày."),
            "invalid": _later("Ngày có dạng 27/11/2026."),
        },
    )


def end_of(chosen: date) -> datetime:
    """Return the end of office hours on a day."""
    return timezone.make_aware(datetime.combine(chosen, END_OF_DAY))
