"""Specimens of the fifteen kinds: same seed same paper, truth complete; then read by the machine."""

import pytest

from motcua.documents.reading import Unavailable, read_page
from motcua.documents.reading.tesseract import model_folder
from motcua.documents.scanning import straighten
from motcua.documents.synthetic.kinds import HELD_OUT, SEEN, kinds, specimen
from motcua.documents.synthetic.kinds.values import values
from motcua.documents.synthetic.kinds.worn import CALIBRATION, TEST, worn_pages
from motcua.documents.understanding import Understood, cards, understand
from motcua.documents.understanding import kinds as known
from motcua.documents.understanding.layout import sheet_of


def test_the_specimens_are_of_the_kinds_that_are_understood():
    assert set(kinds()) == set(known())


@pytest.mark.parametrize("kind", kinds())
def test_a_specimen_is_the_same_for_a_seed_and_holds_the_truth(kind: str):
    for variant in (*SEEN, HELD_OUT):
        one, again = (specimen(kind, variant=variant, seed=5) for _ in range(2))
        assert one.truth == again.truth
        assert one.pdf[:5] == b"%PDF-"
        told = {field.key for field in known()[kind].fields} & set(one.truth)
        assert len(told) >= 5, (variant, told)


def test_people_on_specimens_have_numbers_that_nobody_has():
    numbers = [
        str(value)
        for kind in kinds()
        for key, value in values(kind, 3).items()
        if key.endswith("_id") or key == "id_number"
    ]

    assert len(numbers) > 10
    assert all(number.startswith("099") for number in numbers)


def test_the_set_that_is_measured_shares_nothing_with_the_set_that_calibrates():
    first, second = (
        {(layout, seed) for layout, seed, _wear in rows} for rows in (CALIBRATION, TEST)
    )

    assert not first & second
    assert HELD_OUT not in {layout for layout, _seed in first}
    assert HELD_OUT in {layout for layout, _seed in second}


def seen(kind: str, *, variant: str, wear: str) -> Understood:
    try:
        model_folder()
    except Unavailable as missing:
        pytest.skip(str(missing))
    pages, images = [], []
    for number, page in enumerate(
        worn_pages(specimen(kind, variant=variant, seed=4), wear, seed=4), 1
    ):
        straight = straighten(page)
        pages.append(read_page(straight, number=number))
        images.append(straight.image)
    if kind == "identity_card":
        assert cards.from_codes(pages)
        assert any(cards.from_zone(sheet_of(p), i) for p, i in zip(pages, images, strict=True))
    return understand(pages, images)


@pytest.mark.slow
def test_a_layout_never_seen_is_understood_from_its_pixels():
    truth = specimen("marital_status", variant=HELD_OUT, seed=4).truth

    found = seen("marital_status", variant=HELD_OUT, wear="scan")

    assert found.kind == "marital_status"
    for key in ("id_number", "birth_date", "issued_on"):
        assert found.value(key) == truth[key]


@pytest.mark.slow
def test_a_card_is_read_by_its_codes():
    truth = specimen("identity_card", variant="a", seed=4).truth

    found = seen("identity_card", variant="a", wear="scan")

    assert found.kind == "identity_card"
    said = {one.key: (one.value, one.confidence) for one in found.fields}
    for key in ("id_number", "name", "birth_date", "valid_until"):
        assert said[key] == (truth[key], 0.999)
