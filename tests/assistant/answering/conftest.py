"""A house with the starter catalogue and the province, asked but never written to."""

from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from motcua.assistant.answering import meant
from motcua.assistant.answering.answer import Answer, Thread
from motcua.assistant.answering.ask import ask
from motcua.catalog import queries as catalog_queries
from motcua.catalog import services as catalog
from motcua.directory.actor import SYSTEM
from motcua.directory.services import territory

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
Ask = Callable[..., Answer]


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        territory.load_territory(by=SYSTEM, at=MONDAY)
        catalog.load_file("starter", by=SYSTEM, at=MONDAY)
        catalog_queries.forget_index()
        catalog_queries.forget_versions()
        meant.forget()
        yield
        transaction.set_rollback(True)
    catalog_queries.forget_index()
    catalog_queries.forget_versions()
    meant.forget()


@pytest.fixture
def say(house: None, db: None) -> Ask:
    def asked(*questions: str, place: str = "", on: datetime = MONDAY) -> Answer:
        thread = Thread()
        for question in questions:
            answer = ask(question, on=on.date(), at=on, thread=thread, place=place)
            thread = thread.after(question, answer)
        return answer

    return asked
