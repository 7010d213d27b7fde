"""Make the README's pictures from a running demo: python tools/pictures.py [ADDRESS]

ADDRESS is where `make run` answers (http://localhost:8000/). The demo's password is made from the
secret of this installation, so the demo has to be one that was started from this checkout.
"""

import io
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
WIDE, NARROW = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
MOST_BYTES = 250_000


@dataclass(frozen=True)
class Shot:
    """One picture: its name, who is signed in, the way there (a path, then links to follow)."""

    name: str
    who: str
    path: str
    follow: tuple[str, ...] = ()
    narrow: bool = False


SHOTS = (
    Shot("portal-home", "", "/"),
    Shot("portal-home-phone", "", "/", narrow=True),
    Shot("portal-search", "", "/tim-kiem/?q=nhap+ho+khau"),
    Shot("portal-procedure", "", "/thu-tuc/1.004222/"),
    Shot("portal-procedure-phone", "", "/thu-tuc/1.004222/", narrow=True),
    Shot("portal-places", "", "/noi-nop/"),
    Shot("portal-dossier", "nguoidan", "/tai-khoan/", (".dossiers a",)),
    Shot("portal-dossier-phone", "nguoidan", "/tai-khoan/", (".dossiers a",), narrow=True),
    Shot("portal-papers", "nguoidan", "/tai-khoan/giay-to/"),
    Shot("desk-inbox", "thuly", "/desk/"),
    Shot("desk-reception", "tiepnhan", "/desk/reception/?procedure=1.004222&case=own"),
    Shot("desk-dossier", "thuly", "/desk/", ("[data-open]",)),
    Shot("desk-process", "kiemsoat", "/desk/processes/0/"),
    Shot("boards", "kiemsoat", "/boards/?ky=month"),
    Shot("boards-wall", "", "/boards/wall/?ky=month"),
    Shot("steering-today", "giamdoc", "/desk/supervision/"),
    Shot("steering-mining", "kiemsoat", "/boards/mining/?ky=month"),
    Shot("steering-places", "kiemsoat", "/boards/places/"),
)


def main(address: str) -> None:
    """Make every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for shot in SHOTS:
            page = _signed_in(browser, address, shot)
            page.goto(address + shot.path)
            for link in shot.follow:
                page.locator(link).first.click()
                page.wait_for_load_state()
            page.evaluate("document.activeElement?.blur()")
            page.wait_for_load_state("networkidle")
            _keep(shot.name, page.screenshot())
            page.context.close()
        browser.close()


def _signed_in(browser: Browser, address: str, shot: Shot) -> Page:
    context = browser.new_context(viewport=NARROW if shot.narrow else WIDE, locale="vi-VN")
    page = context.new_page()
    if shot.who:
        page.goto(f"{address}/dang-nhap/")
        page.get_by_label("Tên đăng nhập").fill(shot.who)
        page.get_by_label("Mật khẩu").fill(_password())
        page.get_by_role("button", name="Đăng nhập", exact=True).click()
        page.wait_for_url(lambda reached: "/dang-nhap/" not in reached)
    return page


def _password() -> str:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    from motcua.config.demo import accounts

    return accounts.password()


def _keep(name: str, png: bytes) -> None:
    """Keep the picture, in true colours and packed tightly."""
    kept = FOLDER / f"{name}.png"
    Image.open(io.BytesIO(png)).convert("RGB").save(kept, optimize=True)
    size = kept.stat().st_size
    print(f"{kept.relative_to(FOLDER.parents[1])}  {size // 1024} KB")
    if size > MOST_BYTES:
        raise SystemExit(f"{name} is larger than {MOST_BYTES // 1000} KB")


if __name__ == "__main__":
    main((sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000").rstrip("/"))
