"""Images on the way in: upright, of a kind everybody reads, and silent about who took them where."""

import hashlib
import io

import pytest
from PIL import Image, ImageChops, ImageOps, ImageStat
from tests.documents import phone, samples
from tests.documents.test_store import bytes_of, shelf, store  # noqa: F401

from motcua.documents import services
from motcua.documents.models import File

pytestmark = pytest.mark.django_db(transaction=True)
KINDS = ["JPEG", "PNG", "WEBP"]


@pytest.fixture(autouse=True)
def _own_shelf(shelf):  # noqa: F811
    """Every test has a storage of its own."""


def opened(file: File) -> Image.Image:
    return Image.open(io.BytesIO(bytes_of(file)))


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return the mean difference of two pictures, 0 to 255."""
    return max(
        ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean
    )


def tells(content: bytes) -> bool:
    return phone.MAKER.encode() in content or phone.PLACE.encode() in content or b"Exif" in content


@pytest.mark.parametrize("kind", KINDS)
def test_what_an_image_tells_beside_its_picture_is_left_out(kind):
    sent = phone.photo(kind)
    assert tells(sent)

    file = store(sent, name=f"ảnh.{kind.lower()}")

    kept = bytes_of(file)
    assert not tells(kept)
    assert not opened(file).getexif()
    assert difference(opened(file), Image.open(io.BytesIO(sent))) == 0
    assert file.sha256 == hashlib.sha256(kept).hexdigest()
    assert file.sent_sha256 == hashlib.sha256(sent).hexdigest()
    assert file.size_bytes == len(kept) < len(sent)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("turned", range(2, 9))
def test_a_picture_is_turned_upright_before_what_says_so_goes(kind, turned):
    file = store(phone.photo(kind, turned=turned), name="ảnh")

    kept = opened(file)
    expected = Image.open(io.BytesIO(phone.photo(kind, turned=turned)))
    assert kept.size == ((48, 64) if turned > 4 else (64, 48))
    assert not tells(bytes_of(file))
    assert difference(kept, ImageOps.exif_transpose(expected)) < 3


def test_colours_stay_what_they_are():
    profile = b"\0\0\x02\x00appl" + bytes(500)
    sent = phone.photo("JPEG", icc_profile=profile)

    assert opened(store(sent, name="a.jpg")).info["icc_profile"] == profile


@pytest.mark.parametrize("kind", KINDS)
def test_what_follows_the_end_of_an_image_is_left_out(kind):
    hidden = b"PK\x03\x04 bi mat PK\x05\x06" + bytes(18)

    file = store(phone.photo(kind) + hidden, name="a")

    assert b"bi mat" not in bytes_of(file)


@pytest.mark.parametrize("make", [samples.png, samples.jpeg, samples.webp])
def test_an_image_that_tells_nothing_is_kept_as_it_came(make):
    file = store(make(), name="a")

    assert bytes_of(file) == make()
    assert file.sent_sha256 == ""


def test_a_photograph_of_a_telephone_becomes_a_jpeg():
    file = store(phone.HEIC, name="IMG_2041.HEIC")

    kept = opened(file)
    assert (file.content_type, file.name, kept.format) == ("image/jpeg", "IMG_2041.jpg", "JPEG")
    assert kept.size == (64, 48)
    light, dark = kept.getpixel((32, 6)), kept.getpixel((32, 40))
    assert light[0] - dark[0] > 100
    assert not kept.getexif()
    assert b"MayAnh" not in bytes_of(file)
    assert file.sent_sha256 == hashlib.sha256(phone.HEIC).hexdigest()


@pytest.mark.parametrize("end", [len(phone.HEIC) // 2, len(phone.HEIC) - 60])
def test_a_broken_photograph_is_refused(end):
    with pytest.raises(services.Damaged):
        store(phone.HEIC[:end], name="a.heic")


def test_a_moving_picture_is_no_paper():
    out = io.BytesIO()
    frames = [phone.picture(), Image.new("RGB", (64, 48))]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])

    with pytest.raises(services.Animated):
        store(out.getvalue(), name="a.webp")


@pytest.mark.parametrize("kind", KINDS)
def test_an_image_that_is_cut_off_is_refused(kind):
    whole = phone.photo(kind, size=(600, 400))

    with pytest.raises(services.Damaged):
        store(whole[: len(whole) * 2 // 3], name="a")


def test_a_turned_picture_that_cannot_be_read_is_refused():
    sent = bytearray(phone.photo("PNG", turned=6, size=(600, 400)))
    start = sent.index(b"IDAT") + 4
    sent[start + 10 : start + 60] = bytes(50)

    with pytest.raises(services.Damaged):
        store(bytes(sent), name="a.png")


def test_a_jpeg_of_a_thousand_scans_is_refused():
    whole = phone.photo("JPEG", progressive=True)
    scan = whole.index(b"\xff\xda")

    with pytest.raises(services.Damaged):
        store(whole[:-2] + whole[scan:-2] * 300 + b"\xff\xd9", name="a.jpg")


def test_what_we_made_is_kept_to_the_byte():
    sent = phone.photo("JPEG")

    assert bytes_of(store(sent, name="a.jpg", source="system")) == sent
