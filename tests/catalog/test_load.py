"""Loading: taken once, changed by version, set aside with a reason."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from motcua.catalog import queries, services
from motcua.catalog.models import Procedure, ProcedureVersion
from motcua.catalog.sources import NotACatalogue
from motcua.directory.actor import SYSTEM
from motcua.ledger import queries as ledger

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def row(
    code: str = "9.100001", name: str = "Đăng ký nuôi chim yến", **other: Any
) -> dict[str, Any]:
    """A row in the shape of the national file; everything in it is invented."""
    base = {
        "code": code,
        "name": name,
        "field": "Chăn nuôi",
        "agency": "Ủy ban nhân dân cấp xã",
        "issuing_agency": "Bộ Thí nghiệm",
        "level": "Cấp xã",
        "scope_type": "STANDARD",
        "detail": "full",
        "in_catalogue_202607": True,
        "methods": [
            {"method": "Trực tiếp", "time": "5 ngày", "time_value": 5, "time_unit": "DAY"}
        ],
        "components": [{"name": "- Tờ khai;", "originals": 1, "copies": 0, "case": ""}],
        "steps": "Bước 1: nộp.\nBước 2: nhận.",
        "results": ["Giấy xác nhận"],
    }
    return {**base, **other}


@pytest.fixture
def load(tmp_path: Path) -> Any:
    def load_rows(*rows: dict[str, Any], at: datetime = MONDAY) -> services.LoadReport:
        path = tmp_path / "rows.jsonl"
        path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), "utf-8")
        return services.load_file(str(path), by=SYSTEM, at=at)

    return load_rows


def test_a_file_loaded_twice_changes_nothing(load: Any) -> None:
    first = load(row(), row("9.100002", "Đăng ký nuôi ong"))

    again = load(row(), row("9.100002", "Đăng ký nuôi ong"))

    assert first.taken == again.unchanged
    assert (again.taken, again.changed) == (0, 0)
    assert Procedure.objects.get(code="9.100002").versions.count() == 1


def test_a_changed_procedure_gets_a_new_version_from_that_day(load: Any) -> None:
    load(row())

    report = load(row(steps="Bước 1: nộp và ký."), at=MONDAY + timedelta(days=10))

    assert report.changed == 1
    before = queries.version_in_force("9.100001", on=date(2026, 3, 11))
    after = queries.version_in_force("9.100001", on=date(2026, 3, 12))
    assert before is not None
    assert after is not None
    assert (before.number, before.valid_to, after.number) == (1, date(2026, 3, 12), 2)
    assert queries.content_of(after.pk).steps[0].text == "Bước 1: nộp và ký."


def test_a_change_is_a_fact_with_the_load(load: Any) -> None:
    load(row())
    load(row(steps="khác"), at=MONDAY + timedelta(days=1))

    kinds = [fact.kind for fact in ledger.facts_of(services.STREAM)]

    assert kinds == ["catalog.loaded", "catalog.procedure_changed", "catalog.loaded"]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ({"code": "1.0133611"}, "code"),
        ({"code": ""}, "code"),
        ({"code": "1.014955-Xoa"}, "deleted"),
        ({"name": ""}, "name"),
        ({"name": "Công bố Danh mục và Quy trình nội bộ của tỉnh"}, "not_a_procedure"),
    ],
)
def test_what_is_no_procedure_is_set_aside_with_its_reason(
    load: Any, bad: dict[str, Any], reason: str
) -> None:
    report = load(row(), row("9.100003") | bad)

    assert report.set_aside == {reason: 1}


def test_a_code_given_twice_is_taken_once(load: Any) -> None:
    report = load(row(), row(name="Khác hẳn"))

    assert report.set_aside == {"twice": 1}


def test_a_name_that_overwrote_others_is_set_aside(load: Any) -> None:
    ministries = ["Bộ A", "Bộ B", "Bộ A", "Bộ B", "Bộ A"]
    rows = [row(f"9.20000{n}", "Hỗ trợ chung", issuing_agency=m) for n, m in enumerate(ministries)]

    report = load(row(), *rows)

    assert report.set_aside == {"foreign_name": 5}


@pytest.mark.parametrize("text", ["không phải JSON", "[1, 2]", "", '{"code": "x"}'])
def test_a_file_that_is_no_catalogue_is_refused_and_nothing_is_written(
    tmp_path: Path, text: str
) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(text, "utf-8")

    with pytest.raises(NotACatalogue):
        services.load_file(str(path), by=SYSTEM, at=MONDAY)

    assert not Procedure.objects.exists()


def test_the_starter_catalogue_loads_alone_and_again() -> None:
    first = services.load_file("starter", by=SYSTEM, at=MONDAY)
    again = services.load_file("starter", by=SYSTEM, at=MONDAY)

    assert first.taken >= 80
    assert (again.taken, again.changed, again.unchanged) == (0, 0, first.taken)
    residence = Procedure.objects.get(code="1.004222")
    assert residence.is_offered
    assert residence.online_filing
    assert sum("form" in v.content for v in ProcedureVersion.objects.all()) >= 12


def test_the_starter_enriches_a_published_procedure_and_keeps_its_numbers(load: Any) -> None:
    published = row("1.004222", "Đăng ký thường trú", field="Cư trú")

    load(published)

    version = queries.version_in_force("1.004222", on=MONDAY.date())
    assert version is not None
    content = queries.content_of(version.pk)
    assert content.form is not None
    assert content.plain
    limit = content.limit_for("counter")
    assert limit is not None
    assert limit.value == 5
    assert content.results[0].name == "Giấy xác nhận"


def test_loading_the_starter_after_the_national_file_takes_nothing_back(load: Any) -> None:
    load(row("1.004222", "Đăng ký thường trú", field="Cư trú"))

    report = services.load_file("starter", by=SYSTEM, at=MONDAY)

    assert (report.taken, report.changed) == (0, 0)
