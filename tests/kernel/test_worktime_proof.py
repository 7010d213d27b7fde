"""The proof of a due date: its words, its days, and the strip that pages draw."""

import json

from tests.kernel.worktime_cast import at, shipped

from motcua.kernel.worktime import Limit, Unit, due_strip, prove


def test_the_proof_names_each_day_counted_and_skipped():
    proof = prove(shipped(), at("2026-04-24 15:30"), Limit(5, Unit.WORKING_DAY))

    assert proof.words() == [
        "Nhận lúc 15:30 thứ Sáu 24/04/2026.",
        "Thời hạn 5 ngày làm việc. Chỉ tính ngày làm việc, bắt đầu từ ngày liền sau ngày nhận.",
        "Không tính thứ Bảy 25/04/2026 (nghỉ hằng tuần).",
        "Không tính Chủ Nhật 26/04/2026 (Giỗ Tổ Hùng Vương).",
        "Không tính thứ Hai 27/04/2026 (Giỗ Tổ Hùng Vương (nghỉ bù)).",
        "Ngày 1 đến ngày 2: thứ Ba 28/04/2026, thứ Tư 29/04/2026.",
        "Không tính thứ Năm 30/04/2026 (Ngày Chiến thắng 30/4).",
        "Không tính thứ Sáu 01/05/2026 (Ngày Quốc tế Lao động).",
        "Không tính thứ Bảy 02/05/2026, Chủ Nhật 03/05/2026 (nghỉ hằng tuần).",
        "Ngày 3 đến ngày 5: thứ Hai 04/05/2026 đến thứ Tư 06/05/2026.",
        "Hạn trả: 17:00 thứ Tư 06/05/2026.",
    ]


def test_the_proof_is_said_in_english_too():
    proof = prove(shipped(), at("2026-11-23 18:00"), Limit(1, Unit.WORKING_DAY))

    words = proof.words("en")

    assert words[0] == (
        "Received at 18:00 Monday 23/11/2026, outside working hours: "
        "counts as 07:00 Wednesday 25/11/2026."
    )
    assert words[-1] == "Due: 17:00 Thursday 26/11/2026."


def test_the_proof_as_data_is_json():
    proof = prove(shipped(), at("2026-04-24 15:30"), Limit(5, Unit.WORKING_DAY))

    stored = json.loads(json.dumps(proof.as_dict()))

    assert stored["due_at"] == "2026-05-06T17:00:00+07:00"
    assert stored["limit"] == {"value": 5, "unit": "working_day", "text": "5 ngày làm việc"}
    assert [day["number"] for day in stored["days"] if day["kind"] == "counted"] == [1, 2, 3, 4, 5]
    assert stored["days"][0] == {
        "date": "2026-04-24", "kind": "start", "number": 0, "reason": "", "minutes": 0,
    }  # fmt: skip


def test_a_calendar_period_counts_days_off_and_says_where_it_moves():
    words = prove(shipped(), at("2026-11-16 09:00"), Limit(8, Unit.DAY)).words()

    assert "Ngày cuối rơi vào ngày nghỉ nên chuyển sang thứ Tư 25/11/2026." in words
    assert any(line.startswith("Ngày 1 đến ngày 8:") for line in words)


def test_working_hours_are_counted_day_by_day():
    proof = prove(shipped(), at("2026-11-16 08:00"), Limit(8, Unit.WORKING_HOUR))

    assert [(day.date.day, day.minutes) for day in proof.days] == [(16, 420), (17, 60)]
    assert "Tính 8 giờ: thứ Hai 16/11/2026, thứ Ba 17/11/2026." in proof.words()


def test_receipt_after_the_cut_off_is_said():
    words = prove(shipped(), at("2026-11-16 15:20"), Limit.same_day()).words()

    assert words[1] == (
        "Thời hạn trong ngày làm việc. Nhận sau 15:00 nên trả trong ngày làm việc tiếp theo."
    )


def test_days_that_are_not_confirmed_are_said():
    provisional = prove(shipped(), at("2026-12-31 10:00"), Limit(1, Unit.WORKING_DAY))
    unknown = prove(shipped(), at("2027-12-30 10:00"), Limit(3, Unit.WORKING_DAY))

    assert "01/01/2027 (Tết Dương lịch) là dự kiến" in provisional.words()[-1]
    assert "năm 2028 chưa được công bố" in unknown.words()[-1]


def test_the_strip_shows_the_days_as_the_page_draws_them():
    proof = prove(shipped(), at("2026-11-16 09:00"), Limit(7, Unit.WORKING_DAY))

    strip = due_strip(shipped(), proof.days, proof.due_at, at("2026-11-23 09:00"))

    assert [(c.css, c.dow, c.cell, c.dom) for c in strip.cells] == [
        ("start", "T2", "nhận", "16/11"), ("past", "T3", "1", "17"), ("past", "T4", "2", "18"),
        ("past", "T5", "3", "19"), ("past", "T6", "4", "20"), ("off", "T7", "nghỉ", "21"),
        ("off", "CN", "nghỉ", "22"), ("todo today", "T2", "5", "23"), ("off", "T3", "lễ", "24"),
        ("todo", "T4", "6", "25"), ("end", "T5", "7", "26/11"),
    ]  # fmt: skip
    assert strip.first == 1
    assert not strip.is_late


def test_the_strip_of_a_late_dossier_goes_on_to_today():
    proof = prove(shipped(), at("2026-10-01 16:00"), Limit(35, Unit.WORKING_DAY))

    strip = due_strip(shipped(), proof.days, proof.due_at, at("2026-11-23 09:38"))

    assert [c.css for c in strip.cells[-5:]] == ["end", "over", "off", "off", "over today"]
    assert [c.cell for c in strip.cells[-5:]] == ["35", "+1", "nghỉ", "nghỉ", "+2"]
    assert len(strip.cells) == 14
