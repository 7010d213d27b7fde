"""The small province as programs reach it: one caller for each actor."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.documents.samples import pdf
from tests.factories import world as worlds

from motcua.directory.actor import SYSTEM
from motcua.directory.services import people

ROOT = "/api/v1"


@dataclass
class Caller:
    """A program with somebody's token."""

    token: str = ""

    def get(self, path: str, **params: Any) -> Any:
        return Client().get(ROOT + path, params, headers=self._headers({}))

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return Client().post(
            ROOT + path,
            json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers=self._headers(headers),
        )

    def send(self, path: str, body: Any, files: dict[str, bytes], **headers: str) -> Any:
        """Post a multipart body: JSON in "data", each file under its component."""
        parts = {
            name: SimpleUploadedFile(f"{name}.pdf", content) for name, content in files.items()
        }
        return Client().post(
            ROOT + path, {"data": json.dumps(body), **parts}, headers=self._headers(headers)
        )

    def delete(self, path: str) -> Any:
        return Client().delete(ROOT + path, headers=self._headers({}))

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        named = {name.replace("_", "-"): value for name, value in more.items()}
        return named | ({"Authorization": f"Bearer {self.token}"} if self.token else {})


@dataclass
class Api:
    """The province, and a caller for each of its actors."""

    world: worlds.World
    callers: dict[str, Caller]

    def __getitem__(self, name: str) -> Caller:
        return self.callers[name]

    def filing(self, **changes: Any) -> dict[str, Any]:
        """Return a complete filing of 1.004222 at the ward's own centre."""
        return {
            "procedure": "1.004222",
            "receiving": self.world.agencies["centre"].code,
            "competent": self.world.agencies["committee"].code,
            "case": "own",
            "owner": {
                "name": "Nguyễn Văn Phúc",
                "id_number": "056092999118",
                "phone": "0905222318",
            },
            "papers": [{"component": "ct01", "originals": 1}],
        } | changes

    def file(self, **changes: Any) -> dict[str, Any]:
        """File 1.004222 and return how it stands."""
        answer = self["receptionist"].post("/dossiers", self.filing(**changes))
        assert answer.status_code == 201, answer.content.decode()
        return answer.json()

    def act(self, name: str, code: str, act: str, body: Any = None, **headers: str) -> Any:
        """Do an act that must succeed."""
        answer = self[name].post(f"/dossiers/{code}/acts/{act}", body, **headers)
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()


@pytest.fixture
def world(db: None) -> worlds.World:
    return worlds.build()


@pytest.fixture
def api(world: worlds.World) -> Api:
    return Api(world, callers_of(world))


def callers_of(world: worlds.World) -> dict[str, Caller]:
    """Return a caller with a token for each account, and the public without one."""
    now = timezone.now()
    callers = {"public": Caller()}
    for name, account in world.accounts.items():
        token = people.issue_token(
            account=account, name="thử", expires_at=now + timedelta(days=1), by=SYSTEM, at=now
        )
        callers[name] = Caller(token)
    return callers


@pytest.fixture
def paper() -> bytes:
    return pdf()
