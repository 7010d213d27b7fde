"""Charges that their own published words have ended are not told."""

from datetime import date

import pytest

from motcua.assistant.answering.money import fees
from motcua.catalog.content import Channel, Content, FeeRule


def _content(text: str) -> Content:
    reduced = FeeRule(key="giam", name="Lệ phí", amount_vnd=160_000, text=text)
    whole = FeeRule(key="le-phi", name="Lệ phí", amount_vnd=200_000, text="200.000 đồng")
    return Content(
        name="Cấp hộ chiếu",
        channels=(Channel(kind="counter", fees=(whole,)), Channel(kind="online", fees=(reduced,))),
    )


@pytest.mark.parametrize(
    ("text", "on", "is_told"),
    [
        ("160.000 đồng (áp dụng đến hết ngày 31/12/2023)", date(2026, 11, 22), False),
        ("160.000 đồng (áp dụng đến hết ngày 31/12/2026)", date(2026, 11, 22), True),
        ("giảm một nửa đến hết năm 2026", date(2026, 12, 31), True),
        ("giảm một nửa đến hết năm 2026", date(2027, 1, 1), False),
        ("đến ngày 31/02/2020", date(2026, 11, 22), True),
        ("theo Thông tư ngày 29/6/2023", date(2026, 11, 22), True),
    ],
)
def test_a_charge_that_ended_is_not_told(text, on, is_told):
    told = fees(_content(text), "", on)

    assert ("online" in told) is is_told
    assert "counter" in told
