"""What visitors are told: the whole province and what was published, never a live count by part."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone
from tests.factories.world import World
from tests.web.boards.conftest import FRIDAY, browser_of
from tests.web.boards.test_boards import COLD, MONTH
from tests.web.visit import visit as looked_at
from tests.web.visit import words

from motcua.directory.actor import PUBLIC
from motcua.feedback import services as feedback
from motcua.reporting import queries
from motcua.reporting.models import ClosedPeriod, Rollup
from motcua.web.boards import page as boards_page
from motcua.web.boards import visitors
from motcua.web.boards.urls import urlpatterns

# Counts that stand nowhere else: received, settled, on time of two agencies.
PARTS = {"committee": (1371, 913, 839), "department": (4217, 1019, 1009)}
TELLING = re.compile(r"(?<![\d.])(1\.?371|913|839|4\.?217|1\.?019|1\.?009)(?![\d.]*\d)")
LEAST = ("received", "settled", "on_time")
ALIKE = {"code": "H32.22390.01", "kind": "06b", "key": "1"}


@pytest.fixture
def busy(world: World) -> World:
    for name, counts in PARTS.items():
        told = dict(zip(LEAST, counts, strict=True)) | {"late": counts[1] - counts[2]}
        agency = world.agencies[name].pk
        about = {"a": (agency, ""), "d": (agency, f"Việc của {name}"), "g": (0, "")}
        about |= {"f": (0, f"Việc của {name}"), "m": about["d"]}
        for grain, (competent, field) in about.items():
            day = FRIDAY.date().replace(day=1) if grain == "m" else FRIDAY.date()
            row = {"grain": grain, "day": day, "competent_id": competent, "field": field}
            Rollup.objects.create(
                **row, **told, receiving_id=competent, channel="", procedure_code=name
            )
    cache.clear()
    return world


def narrowed(world: World) -> list[str]:
    """Return addresses that ask for parts in some way, on boards that everybody opens."""
    code = world.agencies["committee"].code
    paths = ["", "wall/", "wall/?trang=2", "wall/?trang=3", "wall/?trang=4", "digitisation/",
             "definitions/", "feedback/?theo=agency", "feedback/?theo=place", "places/",
             "?man-hinh=kiosk", "?het=1", "?linh-vuc=x&ten=Cư+trú", "?ky=today",
             f"?ky=custom&tu=2026-11-20&den=2026-11-20&co-quan={code}&xa=22390",
             "index/", "index/?nhom=commune", "index/tinh/", f"index/{code}/",
             f"index/{code}/?v-4.1=100", f"index/{code}/procedures/?chi-so=5.4"]  # fmt: skip
    return [
        f"/boards/{path}{'&' if '?' in path else '?'}ky=month&co-quan={code}"
        if "ky=" not in path
        else f"/boards/{path}"
        for path in paths
    ]


@pytest.mark.parametrize("name", ["", "citizen"])
def test_no_address_tells_a_visitor_a_count_by_part(busy: World, name: str):
    client = browser_of(busy, name)

    for path in narrowed(busy):
        for headers in ({}, {"x-live": "1"}, {"x-part": "whatif"}):
            answer = client.get(path, headers=headers, follow=True)
            assert answer.status_code == 200, path
            assert not TELLING.findall(answer.content.decode()), path


def test_officers_see_what_visitors_do_not(busy: World):
    client = browser_of(busy, "controller")

    for path in ("", "agency/", "field/", "wall/?trang=2&", "figures.csv", "?man-hinh=x&"):
        said = client.get(f"/boards/{path}{'' if '?' in path else '?'}ky=month").content.decode()
        assert len(set(TELLING.findall(said))) >= 2, path


@pytest.mark.parametrize("name", ["", "citizen"])
def test_every_board_is_whole_or_leads_to_what_was_published(busy: World, name: str):
    client, led = browser_of(busy, name), set()
    for one in urlpatterns:
        path = re.sub(r"<\w+:(\w+)>", lambda found: ALIKE[found[1]], str(one.pattern))
        answer = client.get(f"/boards/{path}?ky=month")
        told = answer.content.decode()
        assert answer.status_code in (200, 302, 403, 404, 405), path
        assert not TELLING.findall(told), path
        if answer.status_code == 302 and answer.url.startswith("/so-lieu/"):
            led.add(one.name)

    assert led == {"agencies", "agency", "communes", "commune", "fields", "export"}


def test_the_home_board_of_visitors_is_the_province_and_the_way_on(busy: World):
    page = looked_at(browser_of(busy), "/boards/?ky=month&co-quan=H32.22390.01", most_queries=COLD)

    told = words(page)
    assert "Toàn tỉnh, tháng 11/2026" in told
    assert "Theo cơ quan và lĩnh vực: số liệu đã công bố" in told
    assert "5.592" in told  # received: 1.371 + 4.217, and the four dossiers of the world
    assert "Tuổi của" in told
    assert "Giờ đông" in told
    for part in ("theo-so", "co-quan", "linh-vuc", "xa-phuong"):
        assert not page.xpath(f"//*[@id='{part}']")
    assert not page.xpath("//main//table//a")
    for name in ("UBND phường Tây Nha Trang", "Việc của", "Cư trú"):
        assert name not in words(page.xpath("//main")[0])
    named = [words(one) for one in page.xpath("//nav[@class='sections']//a")]
    assert "Số liệu công bố" in named
    assert not {"Cơ quan", "Xã, phường", "Lĩnh vực"} & set(named)


def test_the_causes_of_delay_are_told_in_sum(busy: World):
    code = busy.agencies["committee"].code
    with time_machine.travel(FRIDAY + timedelta(days=30), tick=False):
        cache.clear()
        page = looked_at(browser_of(busy), f"/boards/?co-quan={code}", most_queries=COLD)
        mine = looked_at(browser_of(busy, "controller"), "/boards/", most_queries=COLD + 4)

    (table,) = page.xpath("//table[contains(@class, 'causes')]")
    assert "của cả tỉnh" in words(page)
    assert len(table.xpath(".//tbody/tr")) >= 1
    assert "Nha Trang" not in words(table)
    assert "Nha Trang" in words(mine.xpath("//table[contains(@class, 'causes')]")[0])


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("agency/", "#co-quan-bang"), ("commune/", "#co-quan-bang"), ("field/", "#linh-vuc-bang"),
        ("field/?ten=Cư+trú", "#linh-vuc-bang"), ("figures.csv", "#tai-ve"),
        ("agency/H32.22390.01/", "#co-quan-bang"), ("commune/22390/", "#co-quan-bang"),
        ("agency/KHONG/", "#co-quan-bang"),
    ],
)  # fmt: skip
def test_boards_of_parts_lead_to_the_public_figures(world: World, path: str, where: str):
    answer = browser_of(world).get(f"/boards/{path}")

    assert (answer.status_code, answer.url) == (302, f"/so-lieu/{where}")


def test_a_kiosk_shows_the_province_whoever_signed_in(busy: World):
    client = browser_of(busy, "head")
    code = busy.agencies["committee"].code

    for path in ("?", f"?co-quan={code}&", f"agency/{code}/?", "agency/?", "commune/22390/?"):
        answer = client.get(f"/boards/{path}man-hinh=kiosk&ky=month", follow=True)
        told = answer.content.decode()
        assert "Toàn tỉnh" in told, path
        assert not TELLING.findall(told), path


def test_the_wall_of_visitors_has_two_pages(busy: World):
    client = browser_of(busy)

    for number in range(1, 5):
        page = looked_at(client, f"/boards/wall/?trang={number}&ky=month", most_queries=COLD)
        assert len(page.xpath("//ol[@class='wall-pages']/li")) == 2
        assert "Nha Trang" not in words(page.xpath("//main")[0])


def test_the_index_shows_visitors_shares_and_points_of_an_agency(busy: World):
    path = f"/boards/index/{busy.agencies['committee'].code}/"
    page = looked_at(browser_of(busy), path, most_queries=COLD)
    whole = looked_at(browser_of(busy), "/boards/index/tinh/", most_queries=COLD)

    assert "Tử / mẫu" not in words(page)
    assert "Tử / mẫu" in words(whole)
    assert not page.xpath("//*[@id='thu'] | //main//a[contains(@href, '/procedures/')]")
    assert not re.search(r"(thêm|bớt) \d+ (hồ sơ|thủ tục|phút|việc|kết quả)", words(page))
    answer = browser_of(busy).get(f"{path}procedures/?chi-so=3.1")
    assert (answer.status_code, answer.url.partition("?")[0]) == (302, path)


def test_feedback_is_told_of_the_whole_province(world: World):
    hole = "Ổ gà rất sâu trước chợ, sáng nay có hai người ngã xe, đề nghị sửa sớm."
    at = timezone.now() - timedelta(hours=1)
    feedback.send(text=hole, phone="0905000110", place_code="22390", kind="scene", field="road",
                  by=PUBLIC, at=at)  # fmt: skip
    for by in ("field", "agency", "place"):
        page = looked_at(browser_of(world), f"/boards/feedback/?ky=month&theo={by}")
        assert not page.xpath("//main//table")
        assert "Nha Trang" not in words(page.xpath("//main")[0])
        assert "/phan-anh/" in page.xpath("//main//a/@href")


def test_a_stranger_cannot_name_the_agency_whose_movements_he_hears(world: World):
    agency = world.agencies["committee"].pk
    path = f"/boards/?ky=month&co-quan={world.agencies['committee'].code}"

    told = looked_at(browser_of(world), path, most_queries=COLD).xpath("//@data-scope")
    mine = looked_at(browser_of(world, "head"), path, most_queries=COLD).xpath("//@data-scope")

    assert told == [""]
    assert mine == [queries.channel_of(agency)]
    assert str(agency) not in re.findall(r"^\d+$", mine[0])
    assert queries.channel_of(agency) != queries.channel_of(agency + 1)


def test_the_map_of_visitors_is_of_the_month_published_last(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(boards_page, "LEAST_ON_MAP", 1)
    code = world.agencies["committee"].code
    counts = {"received": 44, "settled": 41, "on_time": 38, "late": None, "open": 3, "overdue": 0}
    lines = [
        {"by": by, "code": of, "name": "x", "counts": counts}
        for by, of in (("toan_tinh", ""), ("co_quan", code))
    ]
    month = dict.fromkeys(("first", "until", "closed_at"), FRIDAY - timedelta(days=20))
    ClosedPeriod.objects.create(key="so-lieu:2026-10", **month | {"first": date(2026, 10, 1)},
                                upto=1, figures={"lines": lines, "crossed": []})  # fmt: skip
    cache.clear()

    page = looked_at(browser_of(world), MONTH, most_queries=COLD)
    wall = looked_at(browser_of(world), "/boards/wall/", most_queries=COLD)

    for shown in (page, wall):
        assert "Theo số liệu đã công bố của tháng 10/2026" in words(shown)
    rows = page.xpath("//details[@id='bang-xa']//tr[th/a]")
    told = {words(one.xpath("./th")[0]): one for one in rows}
    assert len(told) == len(rows)
    row = told["Phường Tây Nha Trang"]
    assert [words(one) for one in rows if "/ 41" in words(one)] == [words(row)]
    assert "38 / 41" in words(row)
    assert "92,7%" in words(row)
    assert row.xpath(".//a/@href") == [f"/so-lieu/#{code}"]
    assert browser_of(world).get(f"/boards/agency/{code}/").url == f"/so-lieu/#{code}"
    assert browser_of(world).get("/boards/commune/22390/").url == f"/so-lieu/#{code}"
    there = looked_at(browser_of(world), "/so-lieu/", most_queries=COLD)
    assert "38" in words(there.xpath(f"//tr[@id='{code}']")[0])


def test_a_commune_with_a_count_left_out_is_blank_on_the_map(world: World):
    code = world.agencies["committee"].code
    assert visitors.whole_communes([queries.Figures(code, "x", {"on_time": 9, "settled": 12})])
    rows = [
        queries.Figures(code, "x", {"on_time": 9, "settled": 12}),
        queries.Figures(world.agencies["centre"].code, "y", {"on_time": None, "settled": 7}),  # type: ignore[dict-item]
    ]

    assert visitors.whole_communes(rows) == []
