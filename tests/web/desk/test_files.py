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
from motcua.ledger.models import FactRow

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


def isolated(**changes: object) -> File:
    """Store a file in which a virus was found."""
    values = {"name": "độc.pdf", "safety": "infected", "threat": "Trojan.X"} | changes
    file = documents.store(io.BytesIO(PDF), name="a.pdf", by_key="account:1", at=MONDAY_8AM)
    File.objects.filter(pk=file.pk).update(**values)
    file.refresh_from_db()
    return file


def destruction(file: File) -> str:
    return f"/desk/files/{file.uuid}/destruction/"


SURE = {"reason": "Mã độc thật, đã báo người gửi", "sure": "on"}


def test_the_admin_destroys_an_isolated_file_for_good(
    world: worlds.World, sits, django_capture_on_commit_callbacks
) -> None:
    file, admin = isolated(), sits("admin")
    page = visit(admin, "/desk/files/")
    assert destruction(file) in page.xpath("//a/@href")
    assert "không lấy lại được" in words(visit(admin, destruction(file)))

    with django_capture_on_commit_callbacks(execute=True):
        page = send(admin, destruction(file), SURE)

    assert "Đã hủy tệp “độc.pdf”" in words(page)
    assert "đã hủy" in words(page)
    assert destruction(file) not in page.xpath("//a/@href")
    assert not default_storage.exists(file.storage_path)
    kept = File.objects.get(pk=file.pk)
    assert (kept.sha256, kept.threat) == (file.sha256, "Trojan.X")
    assert kept.destroyed_at
    fact = FactRow.objects.get(kind="file.destroyed")
    assert (fact.stream, fact.actor) == (f"file:{file.uuid}", world["admin"].key)
    assert "đã báo người gửi" in fact.body
    with pytest.raises(documents.Destroyed, match="đã bị hủy"):
        documents.open_file(kept, by_key="account:1")
    found = documents.inspect(at=timezone.now())
    assert (found.missing, found.files) == (0, 0)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"reason": "Có mã độc"}, "đánh dấu vào ô xác nhận"),
        ({"sure": "on"}, "Lý do hủy"),
        ({"sure": "on", "reason": "   "}, "Lý do hủy"),
    ],
)
def test_nothing_is_destroyed_without_a_reason_and_a_yes(
    world: worlds.World, sits, typed: dict[str, str], said: str
) -> None:
    file = isolated()

    page = send(sits("admin"), destruction(file), typed, status=422)

    assert said in words(page)
    assert untouched(file)


def untouched(file: File) -> bool:
    """Tell whether the file lies where it lay and nobody destroyed it."""
    is_there = default_storage.exists(file.storage_path)
    is_kept = File.objects.get(pk=file.pk).destroyed_at is None
    return is_there and is_kept and not FactRow.objects.filter(kind="file.destroyed").exists()


@pytest.mark.parametrize("who", ["receptionist", "head", "auditor", "controller"])
def test_nobody_else_destroys(world: worlds.World, sits, who: str) -> None:
    file = isolated()

    assert sits(who).post(destruction(file), SURE).status_code == 403
    with pytest.raises(documents.NotTheAdmin):
        documents.destroy(uuid=file.uuid, reason="x", by=world[who], at=MONDAY_8AM)
    assert untouched(file)


@pytest.mark.parametrize("safety", ["clean", "waiting", "unscanned", "own"])
def test_only_what_is_isolated_is_destroyed(world: worlds.World, sits, safety: str) -> None:
    file = isolated(safety=safety, threat="")

    assert sits("admin").get(destruction(file)).status_code == 404
    assert sits("admin").post(destruction(file), SURE).status_code == 404
    with pytest.raises(documents.NotIsolated):
        documents.destroy(uuid=file.uuid, reason="x", by=world["admin"], at=MONDAY_8AM)
    assert untouched(file)


def test_a_file_is_destroyed_once(world: worlds.World, sits) -> None:
    file = isolated()
    documents.destroy(uuid=file.uuid, reason="Có mã độc", by=world["admin"], at=MONDAY_8AM)

    with pytest.raises(documents.AlreadyDestroyed):
        documents.destroy(uuid=file.uuid, reason="Nữa", by=world["admin"], at=MONDAY_8AM)
    page = send(sits("admin"), destruction(file), SURE, status=422)
    assert "Tệp này đã bị hủy." in words(page)
    assert not page.xpath("//main//form")
    assert FactRow.objects.filter(kind="file.destroyed").count() == 1


def test_what_stayed_of_destroyed_bytes_is_swept(world: worlds.World) -> None:
    file = isolated()
    File.objects.filter(pk=file.pk).update(destroyed_at=MONDAY_8AM)

    documents.sweep(at=timezone.now() + timedelta(days=3))

    assert not default_storage.exists(file.storage_path)
    assert File.objects.filter(pk=file.pk).exists()
