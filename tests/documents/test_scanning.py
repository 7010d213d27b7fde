"""Pixels: pages come out upright, straight and clean; what cannot be opened is refused."""

from dataclasses import replace

import cv2
import numpy as np
import pikepdf
import PIL.Image
import pytest

from motcua.documents import scanning
from motcua.documents.papers import samples
from motcua.documents.papers.press import render
from motcua.documents.scanning import cleaning, straightening, streaks
from motcua.documents.synthetic import letters, wear


@pytest.fixture(scope="module")
def sharp():
    return letters.drawn(letters.letter("letter", seed=3))


@pytest.mark.parametrize("skew", [-4.9, -1.3, -0.2, 0.0, 2.37, 5.0])
@pytest.mark.parametrize("kind", ["scan", "shadow", "fax"])
def test_the_angle_of_a_page_is_found_within_a_tenth_of_a_degree(sharp, skew, kind):
    scan = wear.worn(sharp, replace(wear.chosen(kind, seed=5), skew=skew), seed=5)

    straight = scanning.straighten(scan)

    assert straight.angle == pytest.approx(skew, abs=0.1)
    assert not straight.found_page


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
@pytest.mark.parametrize("kind", ["letter", "decree", "form"])
def test_a_page_that_lies_or_stands_on_its_head_is_turned_upright(kind, turns):
    page = letters.drawn(letters.letter(kind, seed=8))
    scan = wear.worn(page, wear.Wear(skew=1.5, quarter_turns=turns), seed=8)

    straight = scanning.straighten(scan)

    assert straight.turned == turns
    assert straight.image.shape[0] > straight.image.shape[1]


def test_a_sheet_photographed_on_a_desk_is_cut_out(sharp):
    photo = wear.worn(sharp, wear.chosen("photo", seed=4), seed=4)

    straight = scanning.straighten(photo)

    height, width = straight.image.shape[:2]
    assert straight.found_page
    assert height / width == pytest.approx(297 / 210, abs=0.02)


def test_straightening_twice_changes_nothing(sharp):
    once = scanning.straighten(wear.worn(sharp, wear.chosen("scan", seed=2), seed=2))

    twice = scanning.straighten(once.image)

    assert twice.angle == pytest.approx(0, abs=0.05)
    assert not twice.found_page
    assert twice.turned == 0


def test_a_seal_fades_and_a_red_title_stays():
    page = np.full((2339, 1653, 3), 250, np.uint8)
    ring = np.hypot(*np.ogrid[-140:140, -140:140])
    page[1000:1280, 600:880][(ring > 125) & (ring < 135)] = (205, 30, 45)
    page[200:230, 400:420] = page[200:230, 440:460] = (205, 30, 45)

    clean = scanning.clean(page)

    assert clean[1000:1280, 600:880].min() > 200
    assert clean[200:230, 400:460].min() < 120


def test_grey_drawn_as_dots_is_melted(sharp):
    scan = wear.worn(sharp, wear.Wear(noise=6), seed=9)
    dotted = np.asarray(PIL.Image.fromarray(scan).convert("1").convert("RGB"))

    clean = scanning.clean(dotted)

    paper = clean[-150:, 200:-200]
    assert (paper < 128).mean() < 0.001


def test_a_blank_sheet_is_blank_and_one_line_is_not(sharp):
    paper = np.full_like(sharp, 255)
    one_line = paper.copy()
    one_line[1000:1060] = sharp[1500:1560]

    for page, blank in ((paper, True), (one_line, False), (sharp, False)):
        scan = wear.worn(page, wear.chosen("shadow", seed=6), seed=6)
        assert scanning.is_blank(scan) is blank


def test_dust_does_not_make_a_blank_sheet_written(sharp):
    scan = wear.worn(np.full_like(sharp, 255), wear.chosen("copy", seed=7), seed=7)

    assert scanning.is_blank(scan)


def test_codes_of_our_own_papers_are_read(tmp_path):
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(render("05", samples.ALL["05"], samples.AT))

    (page,) = scanning.pages_of(paper, "application/pdf")
    codes = scanning.codes(page)

    assert [code.format for code in codes] == ["QRCode"]
    assert len(codes[0].text) > 50


def test_pages_come_one_at_a_time_and_upright(tmp_path):
    picture = PIL.Image.new("RGB", (300, 200), "white")
    exif = picture.getexif()
    exif[0x0112] = 6  # the telephone was held upright
    picture.save(tmp_path / "a.jpg", exif=exif)

    (page,) = scanning.pages_of(tmp_path / "a.jpg", "image/jpeg")

    assert page.shape == (300, 200, 3)


def _locked(path):
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path, encryption=pikepdf.Encryption(owner="a", user="b"))


def _of_many_pages(path):
    with pikepdf.new() as pdf:
        for _ in range(501):
            pdf.add_blank_page()
        pdf.save(path)


def _of_many_pixels(path):
    PIL.Image.new("1", (30_001, 40)).save(path, "PNG")


@pytest.mark.parametrize(
    ("make", "content_type"),
    [
        (lambda path: path.write_bytes(b"%PDF-1.7\n" + b"x" * 500), "application/pdf"),
        (lambda path: path.write_bytes(b"PK\x03\x04" + b"x" * 500), "application/pdf"),
        (lambda path: path.write_bytes(b"\xff\xd8\xff" + b"x" * 500), "image/jpeg"),
        (_locked, "application/pdf"),
        (_of_many_pages, "application/pdf"),
        (_of_many_pixels, "image/png"),
    ],
    ids=["damaged", "a ZIP", "damaged image", "password", "501 pages", "30,001 pixels"],
)
def test_what_cannot_be_read_is_refused_in_words(tmp_path, make, content_type):
    path = tmp_path / "file"
    make(path)

    with pytest.raises(scanning.Unreadable):
        list(scanning.pages_of(path, content_type))


def test_a_picture_of_too_many_pixels_is_called_large_and_not_broken(tmp_path):
    path = tmp_path / "square.png"
    PIL.Image.new("1", (15_000, 15_000)).save(path, "PNG")

    with pytest.raises(scanning.Unreadable, match="quá lớn"):
        list(scanning.pages_of(path, "image/png"))


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path):
    with pytest.raises(scanning.Unreadable, match="Không có tệp"):
        scanning.content_type_of(tmp_path / "khong-co.pdf")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04zip", b"<html>"])
def test_a_file_is_told_by_its_content(tmp_path, content):
    path = tmp_path / "file.pdf"
    path.write_bytes(content)

    with pytest.raises(scanning.Unreadable):
        scanning.content_type_of(path)


@pytest.mark.parametrize("shape", [(1, 1), (5, 900), (900, 3), (49, 49), (60, 2000), (50, 9000)])
def test_a_picture_of_next_to_nothing_harms_nobody(shape):
    scrap = np.zeros((*shape, 3), np.uint8)

    straight = scanning.straighten(scrap)

    assert scanning.clean(straight.image).ndim == 2
    assert scanning.codes(straight.image) == ()
    assert scanning.is_blank(straight.image)


@pytest.mark.parametrize("leaning", [0.0, 1.5])
def test_a_scanners_streak_goes_and_the_print_under_it_stays(sharp, leaning):
    page = wear.worn(sharp, wear.Wear(noise=3.0), seed=6)
    streak = np.full(page.shape[:2], 255, np.uint8)
    for x in (500, 900):
        streak[:, x : x + 3] = 100
    streak = straightening.rotated(streak, leaning)
    streaked = (page.astype(np.uint16) * streak[..., None] // 255).astype(np.uint8)

    cleaned, whole = scanning.clean(streaked), scanning.clean(page)

    assert float((np.abs(cleaned.astype(int) - whole) > 120).mean()) < 0.001


def test_rules_of_a_table_are_no_streaks():
    page = np.full((2339, 1654), 250, np.uint8)
    page[300:2000, 400:403] = page[300:2000, 1200:1203] = 20
    page[300:303, 400:1200] = 20

    assert np.array_equal(streaks.without_streaks(page), page)


def test_print_that_lacks_toner_is_made_as_dark_as_the_rest_and_the_back_is_not(sharp):
    page = wear.worn(sharp, wear.Wear(noise=3.0), seed=6)[..., 0]
    weak, back = page.copy(), page.copy()
    weak[:, 600:1200] = 255 - (255 - page[:, 600:1200]) * 0.4
    soft = cv2.GaussianBlur(page[:, ::-1], (0, 0), 3.0)
    back[:] = page * (1 - 0.3 * (255 - soft.astype(np.float32)) / 255)

    evened, behind = cleaning.even_ink(weak), cleaning.even_ink(back)

    assert np.percentile(evened[:, 640:1160], 2) < np.percentile(weak[:, 640:1160], 2) - 60
    assert np.array_equal(behind, back)
    assert np.array_equal(cleaning.even_ink(page), page)
