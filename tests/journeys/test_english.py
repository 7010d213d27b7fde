"""In English: what the house itself says is English; names and law stay as they are published."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

import motcua

pytestmark = pytest.mark.browser
_CATALOGUE = Path(motcua.__file__).parent / "locale" / "en"
_MARKS = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵẠ-ỹ]")
_NAMES = re.compile(
    r"Khánh Hòa|Một Cửa|Tiếng Việt|Nha Trang|Việt Nam|Viet Nam|VNeID|NĐ-CP", re.IGNORECASE
)


@pytest.mark.skipif(not _CATALOGUE.is_dir(), reason="no English catalogue (locale/en) yet")
@pytest.mark.parametrize("path", ["/", "/tra-cuu/", "/dang-nhap/"])
def test_the_house_speaks_english_when_asked(newcomer, path):
    visitor = newcomer()
    visitor.go(path)
    visitor.page.get_by_role("button", name="English").click()
    expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
    assert visitor.page.url.endswith(path)
    visitor.look()

    said = visitor.page.locator(
        "header, footer, h1, h2, button, label, .lead, .hint"
    ).all_inner_texts()
    left = [text for text in said if _MARKS.search(_NAMES.sub("", text))]
    assert not left
