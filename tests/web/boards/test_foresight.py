"""Foresight on screen: within rights, in words, without blame; what-ifs by form alone."""

from datetime import date, timedelta

import numpy as np
import pytest
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, World
from tests.web.boards.conftest import FRIDAY, browser_of
from tests.web.visit import send, visit, words

from motcua.directory.actor import SYSTEM
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier
from motcua.reporting.foresight.staffing import Change
from motcua.reporting.models import KeptForecast, KeptWhatIf
from motcua.reporting.queries import foresight_list as queries
from motcua.reporting.services import foresight_kept
from motcua.web.boards import foresight_drawn as drawn

PAGES = ("", "promises/", "arrivals/", "staffing/")
REASONS = {
    "source": "simulated",
    "reasons": [
        {"by": "slack", "value": 0.4, "left": 480, "need": 1200, "adds": 1.2},
        {"by": "agency_late", "value": 0.12, "adds": 0.4},
    ],
}


def risky(world: World, risk: int = 720, **changes: object) -> Dossier:
    row = worlds.accepted(world, at=FRIDAY - timedelta(days=4), **changes)
    dossiers.note_risks(estimates=[dossiers.Estimated(row.pk, risk, REASONS)])
    row.refresh_from_db()
    return row


@pytest.mark.parametrize("part", PAGES)
@pytest.mark.parametrize("name", ["controller", "head", "chairman", "centre_lead", "auditor"])
def test_leaders_open_every_page(world: World, name: str, part: str):
    risky(world)

    page = visit(browser_of(world, name), f"/boards/foresight/{part}")

    assert page.xpath("//h1")


@pytest.mark.parametrize("part", PAGES)
@pytest.mark.parametrize("name", ["appraiser", "clerk", "receptionist", "citizen"])
def test_nobody_else_does(world: World, name: str, part: str):
    assert browser_of(world, name).get(f"/boards/foresight/{part}").status_code == 403


def test_the_list_says_in_tenths_and_why(world: World):
    row = risky(world)

    text = words(visit(browser_of(world, "head"), "/boards/foresight/"))

    assert row.code in text
    assert "Dễ trễ: 7 trên 10 hồ sơ như thế này đã trễ" in text
    assert "Từ bước này thường cần thêm 2 ngày 4 giờ, mà hạn còn 1 ngày" in text
    assert "cứ 100 hồ sơ có 12 hồ sơ trễ" in text
    assert "dữ liệu mô phỏng" in text


def test_a_head_sees_nothing_of_another_agency(world: World):
    row = risky(world)
    code = world.agencies["committee"].code

    for address in ("/boards/foresight/", f"/boards/foresight/?co-quan={code}"):
        assert row.code not in words(visit(browser_of(world, "other_head"), address))
    assert row.code in words(visit(browser_of(world, "controller"), "/boards/foresight/"))


def test_what_is_late_already_is_no_forecast(world: World):
    row = risky(world, 1000)

    assert row.code not in words(visit(browser_of(world, "head"), "/boards/foresight/"))


def test_promises_stand_beside_what_came(world: World):
    text = words(visit(browser_of(world, "controller"), "/boards/foresight/promises/"))

    assert "Đã trễ thật" in text
    assert "Chỉ nhìn thời gian" in text
    assert "Hệ thống chưa tự học lần nào" in text


def test_a_forecast_is_shown_with_its_table(world: World):
    KeptForecast.objects.create(made_at=FRIDAY, first=date(2026, 11, 20), document=document())
    client = browser_of(world, "chairman")

    page = visit(client, "/boards/foresight/arrivals/")

    assert page.xpath("//svg//*[@class='band']")
    assert "Bốn tuần tới khoảng 280 hồ sơ" in words(page)
    held = page.xpath("//table[contains(., '2 đến 8')]//tr[td]/td//text()")
    assert [one.strip() for one in held] == ["40", "81,0%", "96,0%", "79,0%"]
    other = words(visit(client, "/boards/foresight/arrivals/?chon=procedure|-"))
    assert "Các thủ tục khác" in other


def document() -> dict[str, object]:
    series = [
        {
            "kind": kind, "key": key, "name": "", "recent": [9, 11, 0, 4] * 14,
            "mean": [10.0] * 28, "low": [6] * 28, "high": [15] * 28,
            "weeks": [[70.0, 60.0, 80.0]] * 4, "whole": [280.0, 240.0, 320.0],
        }
        for kind, key in (("", ""), ("procedure", "-"))
    ]  # fmt: skip
    check = {
        "days": 56, "sum": 500.0, "error": 0.12, "naive": 0.2, "banded": 40, "inside": 0.81,
        "wide": 0.96, "weeks": 8, "week": 0.79,
    }  # fmt: skip
    days = [(date(2026, 11, 20) + timedelta(days=n)).isoformat() for n in range(28)]
    return {
        "days": days,
        "series": series,
        "checks": {"": check, "procedure": check},
        "sizes": {"1": check},
    }


def test_without_history_a_forecast_says_so(world: World):
    text = words(visit(browser_of(world, "head"), "/boards/foresight/arrivals/"))

    assert "Chưa đủ số liệu để dự báo" in text
    assert not foresight_kept.forecast_when_ready(at=FRIDAY)


def test_too_few_dossiers_are_not_simulated(world: World):
    page = send(
        browser_of(world, "head"), "/boards/foresight/staffing/", asked_for(world), status=422
    )

    assert "quá ít để mô phỏng" in words(page)
    assert not KeptWhatIf.objects.exists()


def test_a_what_if_that_changes_nothing_is_refused(world: World):
    page = send(
        browser_of(world, "head"),
        "/boards/foresight/staffing/",
        asked_for(world, appraisers="0"),
        status=422,
    )

    assert "Hãy chọn ít nhất một thay đổi" in words(page)


def test_a_head_cannot_try_another_agency(world: World):
    other = world.agencies["committee2"].code
    page = send(
        browser_of(world, "head"),
        "/boards/foresight/staffing/",
        asked_for(world, agency=other),
        status=422,
    )

    assert page.xpath("//*[@aria-invalid='true']")


def asked_for(world: World, **changes: str) -> dict[str, str]:
    return {
        "agency": world.agencies["committee"].code, "appraisers": "2", "counters": "0",
        "courier_runs": "", "limit_of": "", "limit_days": "",
        "first": "2026-10-01", "last": "2026-11-19",
    } | changes  # fmt: skip


def test_an_answer_says_what_moves_and_how_far_to_trust_it(world: World):
    kept = kept_answer(world)

    text = words(visit(browser_of(world, "head"), f"/boards/foresight/staffing/{kept.pk}/"))

    assert "thêm 2 chuyên viên thụ lý" in text
    assert "+3,0" in text
    assert "đúng hạn thật 92,0%" in text
    assert "máy đoán đúng hạn 90,0%, thật 88,0%" in text
    assert "nhiều nhất có thể" in text
    hidden = browser_of(world, "other_head").get(f"/boards/foresight/staffing/{kept.pk}/")
    assert hidden.status_code == 404
    assert queries.what_ifs(world["other_head"]) == []


def kept_answer(world: World) -> KeptWhatIf:
    def band(mean: float) -> dict[str, float]:
        return {"mean": mean, "low": mean - 0.5, "high": mean + 0.5}

    names = ("on_time", "median_days", "open", "overdue", "wait_counter", "load")
    return KeptWhatIf.objects.create(
        asked_at=MONDAY_8AM, by=SYSTEM.key, by_name=SYSTEM.name,
        agency_id=world.agencies["committee"].pk,
        inputs=Change(appraisers=2).as_dict(),
        result={
            "base": {name: band(90) for name in names},
            "variant": {name: band(93) for name in names},
            "difference": {name: band(3) for name in names},
            "seeds": 8, "days": 30, "observed": 0.92, "simulated": 0.915, "received": 900,
            "staff": {"appraisers": 3, "counters": 2},
            "check": {
                "since": "2026-11-01", "lines": [], "on_time": 0.9, "observed": 0.88,
                "median_days": 2.1, "observed_days": 2.4,
            },
        },
    )  # fmt: skip


def test_a_change_within_its_band_is_called_unclear():
    lines = drawn.outcome(
        {
            part: {
                name: {"mean": 0.2, "low": -0.1, "high": 0.4}
                for name in ("on_time", "median_days", "open", "overdue", "wait_counter", "load")
            }
            for part in ("base", "variant", "difference")
        }
    )

    assert {line.tone for line in lines} == {""}


@pytest.mark.parametrize("top", [1, 3, 12, 49, 180, 4999])
def test_lines_of_a_picture_are_round_and_few(top: int):
    shown = document()["series"][0] | {"high": [top] * 28}
    marks = drawn.picture(document(), shown).lines

    assert 1 <= len(marks) <= 6
    assert np.isfinite([y for y, _word in marks]).all()
