"""visit(): fetches a page and refuses it when a person could not use it.

Fails on a doubled id, a control without a label, a skipped heading, an image without alt, a link or
button without words, an inline style or script (our policy blocks them), and on too many queries.
"""

import itertools
from collections import Counter
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

MOST_QUERIES = 15
_NAMELESS_INPUTS = {"hidden", "submit", "button", "image", "reset"}


def visit(
    client: Client, path: str, *, status: int = 200, most_queries: int = MOST_QUERIES
) -> html.HtmlElement:
    """Return the parsed page at that path, checked."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(path)
    assert response.status_code == status, f"{path}: {response.status_code}, not {status}"
    assert len(queries) <= most_queries, _told(path, queries.captured_queries)
    return checked(response, path)


def send(
    client: Client, path: str, data: dict[str, Any], *, status: int = 200
) -> html.HtmlElement:
    """Post a form, follow it to where it leads, and return the checked page."""
    response = client.post(path, data, follow=True)
    assert response.status_code == status, f"{path}: {response.status_code}, not {status}"
    return checked(response, path)


def checked(response: Any, path: str) -> html.HtmlElement:
    """Return the parsed page of a response after every check."""
    text = response.content.decode()
    page = html.document_fromstring(text)
    faults = [fault for check in CHECKS for fault in check(page)]
    assert not faults, f"{path}: {faults}"
    return page


def words(element: html.HtmlElement) -> str:
    """Return the text of an element with its white space squeezed."""
    return " ".join(element.text_content().split())


def _told(path: str, queries: list[dict[str, str]]) -> str:
    listed = "\n".join(query["sql"][:160] for query in queries)
    return f"{path}: {len(queries)} queries\n{listed}"


def _doubled_ids(page: html.HtmlElement) -> list[str]:
    counted = Counter(page.xpath("//@id"))
    return [f"id {key} stands {n} times" for key, n in counted.items() if n > 1]


def _unlabelled(page: html.HtmlElement) -> list[str]:
    labelled = set(page.xpath("//label/@for"))
    faults = []
    for control in page.xpath("//input | //select | //textarea"):
        if control.get("type") in _NAMELESS_INPUTS or control.get("aria-label"):
            continue
        if control.get("aria-labelledby") or control.xpath("ancestor::label"):
            continue
        if control.get("id") not in labelled:
            faults.append(f"no label for {control.get('name')}")
    return faults


def _dangling(page: html.HtmlElement) -> list[str]:
    ids = set(page.xpath("//@id"))
    named = [
        (attribute, key)
        for attribute in ("aria-labelledby", "aria-describedby", "for")
        for value in page.xpath(f"//@{attribute}")
        for key in value.split()
    ]
    anchors = [
        ("href", href[1:]) for href in page.xpath("//a/@href") if href[:1] == "#" and href[1:]
    ]
    return [f"{attribute} names {key}" for attribute, key in [*named, *anchors] if key not in ids]


def _headings(page: html.HtmlElement) -> list[str]:
    levels = [int(h.tag[1]) for h in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    if levels.count(1) != 1:
        return [f"{levels.count(1)} h1"]
    steps = itertools.pairwise(levels)
    return [f"h{a} is followed by h{b}" for a, b in steps if b > a + 1]


def _nameless(page: html.HtmlElement) -> list[str]:
    faults = [f"no alt: {image.get('src')}" for image in page.xpath("//img[not(@alt)]")]
    for element in page.xpath("//a[@href] | //button"):
        is_named = words(element) or element.get("aria-label")
        if not is_named and element.get("tabindex") != "-1":
            faults.append(f"no words in {html.tostring(element)[:120]!r}")
    return faults


def _inline(page: html.HtmlElement) -> list[str]:
    faults = [f"inline style on {e.tag}" for e in page.xpath("//*[@style]")]
    faults += [
        f"inline script: {e.text[:40]}" for e in page.xpath("//script[not(@src)]") if e.text
    ]
    handlers = page.xpath("//@*[starts-with(name(), 'on')]")
    return faults + [f"handler {value[:40]}" for value in handlers]


def _nested(page: html.HtmlElement) -> list[str]:
    bad = page.xpath("//a//a | //button//button | //form//form | //a//button | //p//div")
    return [f"{e.tag} nested wrongly" for e in bad]


CHECKS = (_doubled_ids, _unlabelled, _dangling, _headings, _nameless, _inline, _nested)
