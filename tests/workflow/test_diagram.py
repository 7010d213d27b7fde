"""The picture of a process: well-formed, readable by those who do not see it, without styles."""

import re
from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from lxml import etree
from tests.workflow.processes import chain, valid_processes

from motcua.workflow.definition import DEFAULT, Process
from motcua.workflow.diagram import svg, words
from motcua.workflow.layout import laid_out


def test_the_picture_has_title_description_and_the_current_step() -> None:
    picture = svg(DEFAULT, current="approve")

    root = etree.fromstring(picture)
    ids = root.xpath("//@id")
    states = root.xpath("//*[@data-state]/@data-state")

    assert root.get("role") == "img"
    assert {root.get("aria-labelledby"), root.get("aria-describedby")} <= set(ids)
    assert states == ["done", "done", "now", "ahead", "ahead"]
    assert "Hồ sơ đang ở bước này" in picture
    assert "style=" not in picture
    assert not re.search(r"#[0-9a-f]{3,6}\b", picture)


@given(valid_processes())
def test_every_step_is_drawn_inside_the_picture(process: Process) -> None:
    layout = laid_out(process)

    etree.fromstring(svg(process))
    for box in layout.boxes.values():
        assert 0 <= box.x <= box.x + box.width <= layout.width
        assert 0 <= box.y <= box.y + box.height <= layout.height
    for flow in layout.flows:
        assert all(0 <= x <= layout.width and 0 <= y <= layout.height for x, y in flow.points)


@given(valid_processes())
def test_boxes_do_not_cover_each_other(process: Process) -> None:
    boxes = sorted(laid_out(process).boxes.values(), key=lambda box: box.x)

    for left, right in pairwise(boxes):
        assert left.x + left.width <= right.x


def test_names_are_written_as_text() -> None:
    process = replace(chain("a"), name="<script>&")

    picture = svg(process)

    assert "<script>" not in picture
    assert "&lt;script&gt;&amp;" in picture


def test_the_sentences_say_hours_and_ways_back() -> None:
    plain = chain("a", "b")
    process = replace(plain, steps=(plain.steps[0], replace(plain.steps[1], back=("a",))))

    first, second = words(process)

    assert "8 giờ làm việc" in first
    assert "Có thể trả lại: Việc a" in second
    assert "theo tỷ lệ" in words(DEFAULT)[0]


def test_a_long_name_is_cut_in_the_box_and_whole_in_the_description() -> None:
    name = "Kiểm tra dự thảo, tư cách và ý chí các bên, soạn lời chứng, lập phiếu trình lãnh đạo"
    steps = (replace(chain("a").steps[0], name=name),)

    picture = svg(replace(chain("a"), steps=steps))

    assert "…</tspan>" in picture
    assert name in picture
