"""Every page of every surface, wide and narrow: axe-core, no sideways scrolling, no leftovers."""

import re

import pytest
from django.urls import URLResolver, get_resolver, resolve
from tests.journeys import pages
from tests.journeys.browsing import DESKTOP, PHONE, Visitor

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", pages.PAGES, ids=lambda name: name or "stranger")
def test_every_page_is_fit_for_everybody(newcomer, house, name):
    visitor = newcomer(name)
    faults = [fault for path in pages.paths_of(house, name) for fault in _seen(visitor, path)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", pages.READERS)
def test_dossiers_and_their_acts_are_fit_for_everybody(newcomer, name):
    visitor, done, faults = newcomer(name), set(), []
    for code in pages.dossiers_for(visitor):
        path = f"/desk/dossiers/{code}/"
        faults += _seen(visitor, path)
        links = visitor.page.locator(f"a[href^='{path}']").evaluate_all(
            "all => all.map(a => a.pathname)"
        )
        for link in dict.fromkeys(links):
            act = link.removeprefix(path).strip("/")
            if (
                act
                and act not in done
                and not re.match(
                    r"(files|forms|receipt|results|result-draft/preview|store)\b", act
                )
            ):
                done.add(act)
                faults += _seen(visitor, link, is_like_another=True)
    assert not faults, "\n".join(faults)


def test_pages_of_errors_are_fit_for_everybody(newcomer):
    stranger = newcomer()
    faults = _seen(stranger, "/khong-co-trang-nay/", status=404)
    officer = newcomer("vanthu")
    faults += _seen(officer, "/desk/reception/", status=403)
    assert not faults, "\n".join(faults)


def test_no_page_is_forgotten():
    opened = {
        resolve(path.split("?")[0].format(**pages.ANY)).view_name
        for paths in pages.PAGES.values()
        for path in paths
    }
    known = set(_names(get_resolver()))
    forgotten = {
        name
        for name in known - opened - set(pages.NO_PAGES)
        if not name.startswith("desk:dossier-")
    }
    assert not forgotten
    assert not set(pages.NO_PAGES) - known


def _seen(
    visitor: Visitor, path: str, *, status: int = 200, is_like_another: bool = False
) -> list[str]:
    """Open a page wide and narrow and return what is wrong with it.

    A page laid out like another one is gone over with axe-core only once, wide.
    """
    visitor.page.set_viewport_size(DESKTOP)
    answer = visitor.page.goto(visitor.house.url(path))
    assert answer is not None
    if answer.status != status:
        return [f"{path}: {answer.status}, not {status}"]
    visitor.look()
    faults = [f"{path}: {told}" for told in visitor.violations()]
    visitor.page.set_viewport_size(PHONE)
    if visitor.is_too_wide():
        faults.append(f"{path}: scrolls sideways at 390 px: {visitor.too_wide()}")
    if is_like_another:
        return faults
    known = set(faults)
    return faults + [
        new for told in visitor.violations() if (new := f"{path} at 390 px: {told}") not in known
    ]


def _names(resolver: URLResolver, space: str = "") -> list[str]:
    """Return the names of all addresses but those of the API, which has no pages."""
    found = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            if not str(entry.pattern).startswith("api/"):
                inner = f"{entry.namespace}:" if entry.namespace else ""
                found += _names(entry, space + inner)
        elif entry.name:
            found.append(space + entry.name)
    return found
