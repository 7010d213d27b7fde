"""The map of many activities: nothing that is written lies on something else that is written."""

import random
import re

from lxml import html

from motcua.reporting.mining import Edge
from motcua.web.boards.mining_map import Node, chosen, drawn


def many(number: int, seed: int) -> tuple[list[Node], list[Edge]]:
    rnd = random.Random(seed)  # noqa: S311  a drawing, no secret
    names = [f"Việc thứ {n}: thẩm định, xác minh thực địa" for n in range(number)]
    pairs = {(rnd.randrange(number), rnd.randrange(number)) for _n in range(number * 6)}
    pairs |= {(n, n + 1) for n in range(number - 1)}
    edges = [
        Edge(names[a], names[b], rnd.randrange(1, 5000), rnd.randrange(60, 3_000_000))
        for a, b in sorted(pairs)
    ]
    edges.sort(key=lambda one: -one.count)
    return [Node(name, rnd.randrange(1, 90_000)) for name in names], edges


def places(svg: str) -> list[tuple[float, float, float, float]]:
    """The rectangles of boxes and of the words on arcs."""
    root = html.fromstring(svg)
    boxes = [tuple(float(one.get(key)) for key in ("x", "y", "width", "height"))
             for one in root.xpath("//rect")]  # fmt: skip
    found = [(x, y, x + width, y + height) for x, y, width, height in boxes]
    for one in root.xpath("//text[contains(@class, 'dfg-count')]"):
        width, x, y = len(one.text) * 6.5, float(one.get("x")), float(one.get("y"))
        left = x if one.get("text-anchor") == "start" else x - width
        found.append((left, y - 9, left + width, y + 3))
    return found


def test_no_words_lie_on_others():
    for number in (2, 12, 40, 60):
        nodes, edges = many(number, seed=number)
        found = places(drawn(*chosen(nodes, edges, 95)))

        for place, one in enumerate(found):
            for other in found[place + 1 :]:
                apart = one[2] <= other[0] or other[2] <= one[0]
                assert apart or one[3] <= other[1] or other[3] <= one[1]


def test_all_that_is_drawn_stands_inside():
    nodes, edges = many(40, seed=3)
    svg = drawn(*chosen(nodes, edges, 100))
    width, height = map(int, re.findall(r'viewBox="0 0 (\d+) (\d+)"', svg)[0])

    for left, top, right, bottom in places(svg):
        assert left >= 0
        assert top >= 0
        assert right <= width
        assert bottom <= height


def test_the_share_of_moves_leaves_the_rare_ones_to_the_table():
    nodes = [Node(name, 10) for name in "abc"]
    edges = [Edge("a", "b", 95, 60.0), Edge("b", "c", 5, 60.0)]

    assert chosen(nodes, edges, 95) == (nodes[:2], edges[:1])
    assert chosen(nodes, edges, 100) == (nodes, edges)
    assert chosen(nodes[:1], [], 95) == (nodes[:1], [])
