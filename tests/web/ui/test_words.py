"""How dates, money, sizes and published text are written."""

from datetime import UTC, date, datetime

import pytest
from django import template as templates
from django.template import Context, Template
from django.utils import translation

from motcua.web.ui import prose, words
from motcua.web.ui.parts import page_links

EVENING = datetime(2026, 11, 26, 18, 30, tzinfo=UTC)  # 01:30 of the next day in Việt Nam


def test_moments_are_told_in_the_time_of_viet_nam() -> None:
    assert words.day_and_clock(EVENING) == "27/11/2026 01:30"
    assert words.full_day(EVENING) == "Thứ Sáu 27/11/2026"
    assert words.in_day(date(2026, 11, 22)) == "Chủ Nhật 22/11/2026"


def test_days_follow_the_language_of_the_page() -> None:
    with translation.override("en"):
        assert words.full_day(EVENING) == "Friday 27/11/2026"


@pytest.mark.parametrize(
    ("size", "said"), [(300, "1 KB"), (20_480, "20 KB"), (1_258_291, "1,2 MB")]
)
def test_sizes(size: int, said: str) -> None:
    assert words.size(size) == said


def test_money_and_phones() -> None:
    shown = Template("{% load words %}{{ a|money }} {{ p|masked_phone }} {{ n|number }}").render(
        Context({"a": 1250000, "p": "0905222318", "n": 64812})
    )

    assert shown.replace("\u00a0", " ") == "1.250.000 ₫ 0905 ••• 318 64.812"


def test_published_marks_become_lists_and_nothing_else_is_trusted() -> None:
    html = prose.prose_html("Gồm:\n+ Tờ khai\n+ <b>Ảnh</b>\n\nSau đó nộp.")

    assert html == (
        "<p>Gồm:</p>"
        '<ul class="bullets"><li>Tờ khai</li><li>&lt;b&gt;Ảnh&lt;/b&gt;</li></ul>'
        "<p>Sau đó nộp.</p>"
    )


def test_long_names_are_cut_at_a_clause() -> None:
    head, rest = prose.head_and_rest("Giấy chứng nhận đăng ký phương tiện; hoặc xác nhận khác", 45)

    assert (head, rest) == ("Giấy chứng nhận đăng ký phương tiện", "hoặc xác nhận khác")
    assert prose.head_and_rest("- Tờ khai;") == ("Tờ khai", "")


def test_page_links_keep_the_question_and_show_the_gaps() -> None:
    links = page_links(number=4, last=9, query={"q": "khai sinh", "trang": "4"})

    assert [word for word, _ in links.pages] == ["1", "…", "3", "4", "5", "…", "9"]
    assert links.previous == "?q=khai+sinh&trang=3"


def test_a_misspelt_icon_fails_where_it_is_written() -> None:
    with pytest.raises(templates.TemplateSyntaxError):
        Template('{% load ui %}{% icon "serach" %}').render(Context())
