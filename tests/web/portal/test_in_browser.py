"""The portal in a real browser: axe finds nothing serious, nothing overflows, nothing is blocked."""

from collections.abc import Iterator
from pathlib import Path

import axe_core_python
import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from tests.factories import world as worlds
from tests.factories.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
CHROMIUM = Path("/usr/bin/chromium")
SIZES = {"desk": (1366, 768), "phone": (390, 844)}
PAGES = (
    "/", "/tim-kiem/?q=thuong+tru", "/tim-kiem/?q=xyzzy", "/thu-tuc/", "/thu-tuc/1.004222/",
    "/thu-tuc/2.000815/", "/thu-tuc/1.004222/giay-to/", "/noi-nop/?xa=22390", "/noi-nop/22390/",
    "/tra-cuu/", "/tro-nang/", "/du-lieu-ca-nhan/", "/viec/chuyen-cho-o/", "/khong-co/", "/ui/",
)  # fmt: skip
HARDEST = ("/", "/thu-tuc/1.004222/", "/noi-nop/?xa=22390", "/tra-cuu/", "/ui/")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("Debian's Chromium is not installed: apt-get install chromium")
    # Playwright keeps an event loop in this thread, which Django would take for async code.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture
def province(transactional_db: None) -> World:
    from motcua.catalog import queries as catalog

    catalog.forget_index()
    return worlds.build()


def faults(page: Page, address: str) -> list[str]:
    """What stands in a person's way on that page."""
    said: list[str] = []
    page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    answer = page.goto(address)
    found = page.evaluate(f"{AXE}; axe.run()")
    said += [
        f"{v['id']}: {v['nodes'][0]['html'][:120]}"
        for v in found["violations"]
        if v["impact"] in ("serious", "critical")
    ]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        said.append("wider than the screen")
    if answer and answer.status == 404:
        said = [line for line in said if "404" not in line]
    return [f"{address}: {line}" for line in said]


@pytest.mark.parametrize(
    ("size", "scheme", "paths"),
    [("desk", "light", PAGES), ("phone", "light", PAGES), ("phone", "dark", HARDEST)],
    ids=["desk", "phone", "dark"],
)
def test_every_public_page_can_be_used_by_everybody(
    chromium: Browser,
    live_server: object,
    province: World,
    size: str,
    scheme: str,
    paths: tuple[str, ...],
) -> None:
    width, height = SIZES[size]
    context = chromium.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme
    )
    page = context.new_page()

    said = [line for path in paths for line in faults(page, f"{live_server.url}{path}")]

    context.close()
    assert not said


def test_large_type_fits_a_phone(chromium: Browser, live_server: object, province: World) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    context.add_cookies([{"name": "co_chu", "value": "lon", "url": live_server.url}])
    page = context.new_page()

    said = [line for path in HARDEST for line in faults(page, f"{live_server.url}{path}")]

    context.close()
    assert not said


def test_a_citizen_finds_their_dossier_and_its_next_step(
    chromium: Browser, live_server: object, province: World
) -> None:
    row = worlds.accepted(province)
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{live_server.url}/tai-khoan/")
    page.fill("input[name=username]", "citizen")
    page.fill("input[name=password]", "mot-cua-test")
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/tai-khoan/")

    paths = (
        "/tai-khoan/",
        f"/tai-khoan/ho-so/{row.code}/",
        f"/tai-khoan/ho-so/{row.code}/rut/",
        "/nop-ho-so/1.004222/truong-hop/",
    )
    said = [line for path in paths for line in faults(page, f"{live_server.url}{path}")]

    context.close()
    assert not said


def test_suggestions_appear_while_typing(
    chromium: Browser, live_server: object, province: World
) -> None:
    page = chromium.new_page()
    page.goto(f"{live_server.url}/")
    page.type("#q", "thuong tru")
    page.wait_for_selector(".suggest .list a")

    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/thu-tuc/1.004222/")
    page.check("input[value=rent]")
    page.wait_for_url("**truong-hop=rent**")

    assert page.is_visible("text=Hợp đồng thuê")
    page.close()


def test_a_finger_points_at_the_map_of_a_report(
    chromium: Browser, live_server: object, province: World
) -> None:
    """On a phone the map stands right below the address and takes a tap."""
    width, height = SIZES["phone"]
    page = chromium.new_page(viewport={"width": width, "height": height}, has_touch=True)
    page.goto(f"{live_server.url}/phan-anh/gui/")
    point, field = page.locator(".pickmap"), page.locator("[name=address]")
    phone = page.locator("[name=phone]")
    below = [one.bounding_box()["y"] for one in (field, point, phone)]  # type: ignore[index]
    assert below == sorted(below)
    commune = page.locator("[name=place]")
    commune.select_option("")
    point.scroll_into_view_if_needed()
    spot = page.locator(".pickmap [data-code]").first.bounding_box()
    assert spot is not None
    page.touchscreen.tap(spot["x"] + 4, spot["y"] + 4)

    assert commune.input_value() != ""
    assert page.locator("[name=lat]").input_value() != ""
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.close()
