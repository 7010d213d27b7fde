"""Lists as files: read, or refused with the line; the real ones are measured with where they are."""

import json
from pathlib import Path

import pytest

from motcua.catalog.comparing import Ours, compare
from motcua.catalog.comparing import values as v
from motcua.catalog.comparing.lists import read_bytes, read_list
from motcua.catalog.sources import NotACatalogue

WARD = Path(__file__).parents[4] / "shared/data/procedures/khanhhoa_taynhatrang_ward.csv"


def test_a_table_is_read_by_its_headings():
    head = "STT;Mã thủ tục;Tên thủ tục;Lĩnh vực;Trực tuyến"
    text = f"{head}\n1;1.004222.000.00.00.H32;Đăng ký;Cư trú;Trực tiếp\n"

    (row,) = read_bytes(text.encode()).rows

    assert (row.code, row.name, row.field, row.is_online) == (
        "1.004222",
        "Đăng ký",
        "Cư trú",
        False,
    )


def test_the_national_listing_is_whole_and_a_ward_list_is_not():
    national = "code,name,type,state\n1.004222,Đăng ký thường trú,STANDARD,ACTIVE\n"

    assert read_bytes(national.encode()).is_whole
    assert not read_bytes(b"code,name\n1.004222,x y z\n").is_whole


def test_json_lines_have_parts():
    row = {"code": "1.004222", "name": "Đăng ký thường trú", "detail": "full", "level": "Cấp xã"}

    found = read_bytes(json.dumps(row, ensure_ascii=False).encode())

    assert found.has_parts
    assert found.rows[0].content is not None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "không có thủ tục"),
        (b"a,b\n1,2\n", "Dòng 1"),
        (b'{"code": "1.004222"}\n{broken\n', "Dòng 2"),
        (b"code,name\n\xff\xfe\n", "Dòng 2"),
    ],
)
def test_what_is_no_list_is_refused(content: bytes, said: str):
    with pytest.raises(NotACatalogue, match=said):
        read_bytes(content)


def test_the_list_of_tay_nha_trang_is_read():
    if not WARD.is_file():
        pytest.skip("../shared không có ở đây")

    found = read_list(WARD)

    assert len(found.rows) == 375
    assert sum(bool(row.code) for row in found.rows) == 277


def test_the_slips_in_the_list_of_tay_nha_trang_are_found():
    national = WARD.with_name("catalogue_202607.csv")
    if not WARD.is_file() or not national.is_file():
        pytest.skip("../shared không có ở đây")
    ours = {row.code: Ours(row.code, row.name) for row in read_list(national).rows}

    found = compare(ours=ours, listed=read_list(WARD).rows, is_whole=False, processes={})

    kinds = {one.kind for one in found}
    assert {v.SLIPPED, v.MISCODED, v.LACKING, v.AMBIGUOUS, v.TWICE} <= kinds
