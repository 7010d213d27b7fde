"""Scans sent in pieces at the desk; what is held back is not handed out; the state of the files."""

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from tests.documents import samples
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM
from tests.web.desk.test_acts import officer, state
from tests.web.desk.test_life import act, sheet
from tests.web.visit import send, visit, words

from motcua.documents import services as documents
from motcua.documents.models import File
from motcua.dossiers.models import Dossier

PDF = samples.pdf(b"<< /Length 90000 >>\nstream\n" + b"x" * 90_000 + b"\nendstream")


def sent(client: Client, path: str, component: str, **more: Any) -> dict[str, Any]:
    """Send one scan in two pieces."""
    wish = {"component": component, "name": "quét.pdf", "size": len(PDF), **more}
    told = client.post(path, wish).json()
    for start in (0, 64 * 1024):
        piece = PDF[start : start + 64 * 1024]
        headers = {"Upload-Offset": str(start)}
        client.put(told["address"], piece, content_type="a/b", headers=headers)
    return json.loads(client.post(told["address"]).content)


def stored(row: Dossier, **changes: object) -> File:
    """Store a file with a dossier, in whatever state."""
    file = documents.store(
        io.BytesIO(PDF), name="quét.pdf", by_key="account:1", at=MONDAY_8AM, case_id=row.pk
    )
    File.objects.filter(pk=file.pk).update(**changes)
    return file


def test_a_scan_sent_in_pieces_joins_the_dossier(world: worlds.World, sits) -> None:
    counter = sits("receptionist")
    typed = sheet(counter)

    made = sent(counter, "/desk/reception/files/", "ct01", draft=typed["draft"])
    send(counter, "/desk/reception/", typed)

    row = Dossier.objects.get()
    assert row.papers.get(component_key="ct01").files == [made["file"]]
    assert File.objects.get().case_id == row.pk


def test_what_is_on_its_way_is_told_to_its_sheet_only(world: worlds.World, sits) -> None:
    counter = sits("receptionist")
    wish = {"component": "ct01", "name": "a.pdf", "size": 90_000, "draft": "một"}
    counter.post("/desk/reception/files/", wish)

    def left(client: Client, draft: str) -> list[Any]:
        answer = client.get("/desk/reception/files/", {"draft": draft})
        found: list[Any] = answer.json()["unfinished"]
        return found

    assert len(left(counter, "một")) == 1
    assert left(counter, "hai") == left(counter, "") == []
    assert left(sits("centre_lead"), "một") == []


def test_scans_sent_beforehand_go_with_the_supplement(world: worlds.World, sits) -> None:
    row = worlds.accepted(world)
    asked = {
        "pick-ct01": "on",
        "item-ct01": "Chưa có chữ ký chủ hộ",
        "reason": "Thiếu chữ ký chủ hộ",
    }
    act(sits(officer(world, row)), row.code, "supplement-request", **asked)
    counter = sits("receptionist")

    made = sent(counter, f"/desk/dossiers/{row.code}/files/", "ct01")
    page = visit(counter, f"/desk/dossiers/{row.code}/supplement/", most_queries=22)
    assert "quét.pdf" in words(page)
    assert page.xpath("//form[@id='viec']/@data-uploads") == [f"/desk/dossiers/{row.code}/files/"]
    act(counter, row.code, "supplement")

    assert state(row) == "in_progress"
    assert made["file"] in row.papers.get(component_key="ct01").files
    assert File.objects.get(uuid=made["file"]).case_id == row.pk


def test_nobody_sends_to_a_dossier_that_is_not_theirs(world: worlds.World, sits) -> None:
    row = worlds.accepted(world)

    path = f"/desk/dossiers/{row.code}/files/"
    assert sits("admin").post(path, {"component": "ct01"}).status_code == 404
    assert sits("admin").get(path).status_code == 404


def test_the_admin_sees_how_safe_and_how_whole_files_are(world: worlds.World, sits) -> None:
    row = worlds.accepted(world)
    stored(row)
    stored(row, name="độc.pdf", safety="infected", threat="Trojan.X")
    stored(row, name="chờ.pdf", safety="waiting")
    lost = stored(row, name="mất.pdf")
    default_storage.delete(lost.storage_path)
    documents.inspect(at=timezone.now() + timedelta(hours=1))

    text = words(visit(sits("admin"), "/desk/files/"))

    assert "Chưa cài máy quét vi-rút" in text
    assert "độc.pdf" in text
    assert "Trojan.X" in text
    assert "chờ.pdf" in text
    assert "Mất khỏi nơi lưu" in text
    assert "Tệp không còn" not in text
    assert "Toàn bộ" in text


def test_a_scanner_that_does_not_answer_is_told(world: worlds.World, sits, settings) -> None:
    settings.MOTCUA_CLAMD = "unix:/nowhere/clamd.sock"

    assert "không trả lời" in words(visit(sits("admin"), "/desk/files/"))


@pytest.mark.parametrize("who", ["receptionist", "head", "auditor", "controller"])
def test_others_do_not_see_the_state_of_files(world: worlds.World, sits, who: str) -> None:
    assert sits(who).get("/desk/files/").status_code == 403
