"""The signing desk: what waits, many with one PIN, keys and pictures, "ký số đúng, đủ"."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM
from tests.signing import letters
from tests.signing.conftest import stored
from tests.web.visit import send, visit, words

from motcua.directory.actor import SYSTEM
from motcua.signing import queries
from motcua.signing import services as signing
from motcua.signing.models import Signature, Wish
from motcua.signing.pades import trust
from motcua.signing.queries import completeness
from motcua.signing.services import trial

NOW = datetime.now(UTC)


@pytest.fixture
def equipped(world, settings, tmp_path):
    settings.MOTCUA_KEYS = tmp_path / "keys"
    yield trial.equip(by=SYSTEM, at=NOW)
    trust.configured.cache_clear()


@pytest.fixture
def asked(world, equipped):
    """Put three papers before the head."""
    return [
        signing.ask(
            file=stored(letters.decision()),
            kind="personal",
            agency_id=world.agencies["committee"].pk,
            account_id=world.accounts["head"].pk,
            about=f"Giấy mời số {number}",
            by=SYSTEM,
            at=NOW,
        )
        for number in range(3)
    ]


def _posted(world, wishes, pin):
    return {
        "pile": f"personal:{world.agencies['committee'].pk}",
        "pick": [str(wish.pk) for wish in wishes],
        "pin": pin,
    }


def test_what_waits_is_shown_to_its_signer_only(sits, asked):
    assert words(visit(sits("head"), "/desk/signing/")).count("Giấy mời số") == 3
    assert "Giấy mời" not in words(visit(sits("clerk"), "/desk/signing/"))


def test_the_paper_is_read_by_its_signer_only(sits, asked):
    address = f"/desk/signing/papers/{asked[0].pk}/"

    read = sits("head").get(address)
    assert read.status_code == 200
    assert b"".join(read.streaming_content).startswith(b"%PDF")
    assert sits("appraiser").get(address).status_code == 404


def test_many_are_signed_with_one_pin(world, sits, equipped, asked):
    data = _posted(world, asked, equipped.pin)

    page = send(sits("head"), "/desk/signing/signatures/", data)

    assert "Đã ký 3, chưa ký được 0." in words(page)
    assert Signature.objects.count() == 3
    assert not queries.waiting_for(world["head"]).exists()


def test_a_wrong_pin_leaves_everything_waiting(world, sits, asked):
    page = send(sits("head"), "/desk/signing/signatures/", _posted(world, asked, "999999"))

    assert "Mã PIN không đúng" in words(page)
    assert "999999" not in page.text_content()
    assert queries.waiting_for(world["head"]).count() == 3


def test_one_refused_stops_no_other(world, sits, equipped, asked):
    damaged = Wish.objects.get(pk=asked[1].pk)
    damaged.file = stored(_png(), name="anh.png")
    damaged.save()

    page = send(sits("head"), "/desk/signing/signatures/", _posted(world, asked, equipped.pin))

    assert "Đã ký 2, chưa ký được 1." in words(page)
    assert "Chỉ ký số tệp PDF" in words(visit(sits("head"), "/desk/signing/"))


@pytest.mark.parametrize(("pick", "pin"), [([], "123456"), (["1"], "")])
def test_nothing_chosen_or_no_pin_is_said(world, sits, equipped, pick, pin):
    data = {"pile": "personal:1", "pick": pick, "pin": pin}

    assert "Hãy" in words(send(sits("head"), "/desk/signing/signatures/", data))


def test_another_officers_papers_are_not_signed(world, sits, equipped, asked):
    page = send(sits("chairman"), "/desk/signing/signatures/", _posted(world, asked, equipped.pin))

    assert "đang chờ bạn ký" in words(page)
    assert not Signature.objects.exists()


def test_keys_are_shown_and_a_picture_is_taken(world, sits, equipped):
    assert "THỬ NGHIỆM" in words(visit(sits("head"), "/desk/signing/keys/"))
    key = queries.key_of(world["head"])
    picture = io.BytesIO(_png())
    picture.name = "chu-ky.png"

    page = send(sits("head"), "/desk/signing/keys/", {"key": key.pk, "image": picture})

    assert "Đã lưu ảnh" in words(page)
    shown = sits("head").get(f"/desk/signing/keys/{key.pk}/picture/")
    assert shown["Content-Type"] == "image/png"
    assert sits("appraiser").get(f"/desk/signing/keys/{key.pk}/picture/").status_code == 404


def test_an_opaque_picture_is_refused(world, sits, equipped):
    picture = io.BytesIO()
    Image.new("RGB", (40, 20)).save(picture, "PNG")
    picture.seek(0)
    picture.name = "x.png"
    key = queries.key_of(world["head"])

    page = send(sits("head"), "/desk/signing/keys/", {"key": key.pk, "image": picture}, status=422)

    assert "nền trong suốt" in words(page)


def test_the_report_counts_what_should_be_signed(world, sits, equipped):
    scan = stored(letters.decision(), source="scan", case_id=7, by_key=world["receptionist"].key)
    month = f"{scan.at:%Y-%m}"

    page = visit(sits("controller"), f"/desk/signing/report/?thang={month}")

    assert "Thiếu chữ ký số cá nhân" in words(page)


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (80, 30), (0, 0, 200, 120)).save(out, "PNG")
    return out.getvalue()


def test_results_are_approved_and_sealed_with_one_pin_each(world, sits, equipped):
    codes = [worlds.appraised(world).code for _ in range(2)]
    agency = world.agencies["committee"].pk

    page = send(
        sits("head"),
        "/desk/signing/signatures/",
        {"pile": f"approve:{agency}", "pick": codes, "pin": equipped.pin},
    )

    assert "Đã ký 2, chưa ký được 0." in words(page)
    assert "chờ lấy số" in words(visit(sits("clerk"), "/desk/signing/"))
    page = send(
        sits("clerk"),
        "/desk/signing/signatures/",
        {"pile": f"issue:{agency}", "pick": codes, "pin": equipped.pin},
    )
    assert "Đã ký 2, chưa ký được 0." in words(page)
    kinds = Signature.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["personal", "personal", "agency", "agency"]
    report = completeness.report(since=MONDAY_8AM - timedelta(days=1), until=NOW)
    assert [(line.paper, line.expected, line.right) for line in report.lines] == [("result", 2, 2)]
