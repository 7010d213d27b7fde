"""Vectors beside the passages: kept in pgvector, joined into the search, never asked for in vain."""

from collections.abc import Sequence
from datetime import date

import pytest
from django.db import connection
from tests.assistant.knowledge.conftest import MONDAY, Known

from motcua.assistant import knowledge, ports
from motcua.assistant.knowledge import nearest
from motcua.assistant.services import knowing
from motcua.directory.actor import SYSTEM

TODAY = date(2026, 11, 23)


class Placed:
    """A model that knows two directions: hot lines and everything else."""

    model = "hai-huong"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> list[tuple[float, ...]]:
        self.asked += texts
        return [(1.0, 0.0) if "xyzzy" in text or "1022" in text else (0.0, 1.0) for text in texts]


class Gone(Placed):
    """A model that is away."""

    def embed(self, texts: Sequence[str]) -> list[tuple[float, ...]]:
        raise ports.ModelUnavailable(ports.GONE, f"{len(texts)} texts")


@pytest.fixture
def model(known: Known) -> Placed:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'vector'")
        if cursor.fetchone() is None:
            pytest.skip("PostgreSQL này không có pgvector")
    return Placed()


def test_without_a_server_nothing_is_called_and_nothing_made(known: Known) -> None:
    assert knowing.embed_passages() == 0
    assert nearest.near("đường dây nóng") == {}
    assert not nearest.is_prepared()


def test_passages_are_embedded_once_and_again_when_they_change(model: Placed) -> None:
    first = knowing.embed_passages(model=model)
    again = knowing.embed_passages(model=model)
    answer = knowing.AcceptedAnswer(
        key="hd:1", question="Hỏi gì?", answer="Đáp gì.", source="tổ một", valid_from=TODAY
    )
    knowing.keep_answer(answer, by=SYSTEM, at=MONDAY)

    assert first > 1000
    assert again == 0
    assert knowing.embed_passages(model=model) == 1


def test_what_lies_near_joins_the_search(model: Placed, monkeypatch: pytest.MonkeyPatch) -> None:
    knowing.embed_passages(model=model)
    monkeypatch.setattr(ports, "embedder", lambda: model)

    near = nearest.near("xyzzy")
    found = knowledge.find("xyzzy hỗ trợ", on=TODAY, kinds={"hotline", "place"})

    assert near["duong-day-nong"] == pytest.approx(1.0)
    assert found[0].passage.key == "duong-day-nong"


def test_nothing_personal_reaches_the_server(model: Placed) -> None:
    knowing.embed_passages(model=model)
    model.asked.clear()

    nearest.near("tôi số 056092999118, điện thoại 0905717233", model=model)

    assert not [text for text in model.asked if "056092999118" in text or "0905717233" in text]


def test_a_server_that_went_away_is_done_without(model: Placed) -> None:
    knowing.embed_passages(model=model)

    assert nearest.near("xyzzy", model=Gone()) == {}
    assert knowing.embed_passages(model=Gone()) == 0
