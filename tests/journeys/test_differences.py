"""A controller loads a list and gives a difference to the keeper, who settles it; then it is gone."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

NAME = "Quyết định thử 15/QĐ-UBND"
_OURS = "SELECT code, name, field FROM catalog_procedure WHERE is_offered AND code = '1.004222'"
SAID = "Đã đối chiếu quyết định công bố, lĩnh vực trong danh mục đúng."


def listed(folder: Path, rows: list[tuple[str, str, str]]) -> Path:
    path = folder / "danh-sach.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("code", "name", "field"), *rows])
    return path


def test_a_difference_goes_from_the_list_to_its_end(newcomer, house, tmp_path: Path):
    code, name, field = house.rows(_OURS)[0]
    due = datetime.now(UTC).date() + timedelta(days=7)

    def load(visitor, path: Path) -> None:
        page = visitor.page
        visitor.go("/desk/catalog/differences/")
        page.get_by_label("Tên danh sách hoặc số quyết định").fill(NAME)
        page.locator("[name=file]").set_input_files(path)
        page.get_by_role("button", name="So ngay").click()
        expect(page.locator(".messages")).to_contain_text("Đã so 1 thủ tục")
        visitor.look()

    controller = newcomer("kiemsoat")
    page = controller.page
    load(controller, listed(tmp_path, [(code, name, "Một lĩnh vực khác")]))
    assert not controller.violations()
    page.get_by_label("Loại").select_option("field")
    page.get_by_role("button", name="Lọc").click()
    page.get_by_role("link", name="Lĩnh vực khác").click()
    expect(page.locator("main")).to_contain_text("Một lĩnh vực khác")
    keeper_name = house.rows("SELECT name FROM directory_account WHERE username = 'danhmuc'")[0][0]
    page.get_by_label("Người xử lý").select_option(label=keeper_name)
    page.get_by_label("Xong trước ngày").fill(due.isoformat())
    page.get_by_role("button", name="Giao", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("Đã giao xử lý")
    controller.look()
    assert not controller.violations()

    keeper = newcomer("danhmuc")
    keeper.go("/desk/catalog/differences/?loc=mine")
    keeper.page.get_by_role("link", name="Lĩnh vực khác").click()
    keeper.page.get_by_label("Cách xử lý, hoặc lý do giữ nguyên").fill(SAID)
    keeper.page.get_by_role("button", name="Đã xử lý").click()
    expect(keeper.page.locator(".messages")).to_contain_text("Đã ghi là đã xử lý")
    expect(keeper.page.locator("main")).to_contain_text(SAID)
    keeper.look()

    load(controller, listed(tmp_path, [(code, name, field)]))
    controller.go("/desk/catalog/differences/?loc=open&loai=field")
    expect(page.locator("main")).not_to_contain_text("Một lĩnh vực khác")
    controller.go("/desk/catalog/differences/?loc=settled&loai=field")
    page.get_by_role("link", name="Lĩnh vực khác").click()
    expect(page.locator("main")).to_contain_text("không còn thấy")
    expect(page.locator("main")).to_contain_text(SAID)
