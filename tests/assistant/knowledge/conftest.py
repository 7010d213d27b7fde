"""What is known, loaded from the starter catalogue, the province, the digest and invented texts."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker, Settings

from motcua.assistant.knowledge import files
from motcua.assistant.services import knowing
from motcua.catalog import services as catalog
from motcua.directory.actor import SYSTEM
from motcua.directory.services import territory

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
OLD = "Cơ quan một cửa tiếp nhận hồ sơ nuôi chim yến trong nhà và hẹn trả kết quả sau chín ngày."


def texts(folder: Path, *rows: dict[str, str], name: str = "law.jsonl") -> Path:
    path = folder / name
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return path


def article(number: str, name: str, text: str, **other: str) -> dict[str, str]:
    return {
        "doc_number": number,
        "doc_title": f"Văn bản {number}",
        "article": name,
        "article_title": other.pop("title", "Tiếp nhận hồ sơ"),
        "text": text,
        **other,
    }


def law_of(folder: Path) -> Path:
    """Texts of which one was replaced: its article is the best answer, but not any more."""
    return texts(
        folder,
        article("61/2018/NĐ-CP", "17", OLD, effective="21/06/2018"),
        article("118/2025/NĐ-CP", "17", f"{OLD} Phản hồi không muộn hơn tám giờ làm việc."),
        article("24/2018/QH14", "5", "Bảo vệ an ninh mạng là trách nhiệm chung của toàn dân."),
    )


@dataclass(frozen=True)
class Known:
    """A house that knows something: its law, and where its index lies."""

    law: Path
    var: Path

    def load(self) -> bool:
        """Load everything and build; say whether anything was built."""
        knowing.refresh(by=SYSTEM, at=MONDAY)
        knowing.load_law(files=[self.law], by=SYSTEM, at=MONDAY)
        return knowing.build(by=SYSTEM, at=MONDAY)


@pytest.fixture(scope="module")
def once(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Known]:
    """The house of a module, loaded and built once; what its tests change is rolled back."""
    folder = tmp_path_factory.mktemp("known")
    known = Known(law_of(folder), folder / "var")
    with django_db_blocker.unblock(), override_settings(MOTCUA_VAR=known.var):
        outer = transaction.atomic()
        outer.__enter__()
        try:
            territory.load_territory(by=SYSTEM, at=MONDAY)
            catalog.load_file("starter", by=SYSTEM, at=MONDAY)
            assert known.load()
            yield known
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)
            files.forget()


@pytest.fixture
def house(db: None, settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """An empty house with a folder of its own for the index."""
    settings.MOTCUA_VAR = tmp_path
    files.forget()
    yield tmp_path
    files.forget()


@pytest.fixture
def known(once: Known, db: None, settings: Settings, tmp_path: Path) -> Iterator[Known]:
    """A loaded house whose files are the test's own."""
    shutil.copytree(once.var, tmp_path / "var")
    settings.MOTCUA_VAR = tmp_path / "var"
    files.forget()
    yield Known(once.law, tmp_path / "var")
    files.forget()
