"""The form of a staffing what-if."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.directory.queries.cards import AgencyCard
from motcua.reporting.foresight.staffing import Change

LOOK_BACK = timedelta(days=92)
MOST_DAYS = 200


class WhatIfForm(forms.Form):
    """One change or several, in one agency, measured on a stretch of its past."""

    agency = forms.ChoiceField(label=_("Cơ quan"))
    appraisers = forms.IntegerField(
        label=_("Thêm chuyên viên thụ lý"), min_value=-5, max_value=10, initial=2, required=False,
        help_text=_("Số âm là bớt người, ví dụ −1 khi một người vắng dài ngày."),
    )  # fmt: skip
    counters = forms.IntegerField(
        label=_("Thêm quầy tiếp nhận"), min_value=-5, max_value=10, initial=0, required=False
    )
    courier_runs = forms.TypedChoiceField(
        label=_("Chuyến giao nhận giấy tờ mỗi ngày"),
        choices=[("", _("như hiện nay (2)")), ("1", "1"), ("3", "3"), ("4", "4")],
        coerce=int, empty_value=None, required=False,
    )  # fmt: skip
    open_saturday = forms.BooleanField(label=_("Quầy mở sáng thứ Bảy"), required=False)
    limit_of = forms.CharField(
        label=_("Rút ngắn thời hạn của thủ tục (mã)"), max_length=40, required=False
    )
    limit_days = forms.FloatField(
        label=_("còn bao nhiêu ngày làm việc"), min_value=0, max_value=200, required=False
    )
    first = forms.DateField(
        label=_("Đo trên số liệu từ ngày"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    last = forms.DateField(
        label=_("đến hết ngày"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def __init__(self, data: Any, *, agencies: Sequence[AgencyCard], at: datetime) -> None:  # noqa: ANN401  what Django takes
        """Offer the agencies that this person may try, and the last three months."""
        super().__init__(data)
        choices = [(card.code, card.name) for card in agencies]
        self.fields["agency"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["first"].initial = (at - LOOK_BACK).date()
        self.fields["last"].initial = at.date()

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order and half of a changed limit."""
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("first"), said.get("last")
        if first and last and not 0 < (last - first).days <= MOST_DAYS:
            self.add_error("last", _("Chọn từ hai ngày đến 200 ngày, ngày sau muộn hơn ngày đầu."))
        if bool(said.get("limit_of")) != (said.get("limit_days") is not None):
            self.add_error("limit_days", _("Ghi cả mã thủ tục và số ngày, hoặc bỏ trống cả hai."))
        return said

    def days(self) -> tuple[date, date]:
        """Return the days on which it is measured."""
        return self.cleaned_data["first"], self.cleaned_data["last"]

    def change(self) -> Change:
        """Return what would be done otherwise."""
        said = self.cleaned_data
        return Change(
            appraisers=said["appraisers"] or 0,
            counters=said["counters"] or 0,
            courier_runs=said["courier_runs"],
            open_saturday=said["open_saturday"] or None,
            limit_of=said["limit_of"],
            limit_days=said["limit_days"],
        )
