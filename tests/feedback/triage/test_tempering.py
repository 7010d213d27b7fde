"""Chances from margins: honest, and without a new order where rows are few."""

import numpy as np

from motcua.feedback.triage.fields import route
from motcua.feedback.triage.learning.tempering import temper


def test_few_rows_for_many_labels_keep_their_order() -> None:
    random = np.random.default_rng(0)
    target = random.integers(0, 12, 300)
    margins = random.normal(size=(300, 12)) + 2 * np.eye(12)[target]

    turn = temper(margins, target)
    tempered = margins @ turn.weights + turn.start

    assert (tempered.argmax(axis=1) == margins.argmax(axis=1)).all()
    sure = np.exp(tempered) / np.exp(tempered).sum(axis=1, keepdims=True)
    right = (margins.argmax(axis=1) == target).mean()
    assert abs(sure.max(axis=1).mean() - right) < 0.1


def test_an_office_is_not_the_economic_zone_and_a_number_is_no_land_book() -> None:
    def agency(text: str, field: str, kind: str = "scene") -> str:
        return route(text, field=field, kind=kind).agency_key

    assert agency("Mùi rác bay vào văn phòng", "waste") == "committee"
    assert agency("Rác ở khu công nghiệp", "waste") == "zone_board"
    assert agency("Không đồng ý Quyết định số 12 thu hồi đất", "land") == "committee"
    assert agency("Trái non rụng hết", "agriculture") == "committee"
    assert agency("Có người cưa máy trong rừng", "agriculture") == "environment"
    assert agency("Tôi đóng thuế mà cán bộ quát", "conduct", "conduct") == "centre"
