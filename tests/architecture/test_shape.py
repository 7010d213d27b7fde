"""Sizes and places: what keeps a file readable and a template short."""

import pytest
from tests.architecture.source import PACKAGE, ROOT, functions, modules, templates


def test_no_file_is_longer_than_four_hundred_lines():
    long = {
        str(file.relative_to(ROOT)): count
        for file in modules()
        if (count := len(file.read_text().splitlines())) > 400
    }

    assert not long


def test_no_function_is_longer_than_forty_lines():
    long = {f.place: f.length for file in modules() for f in functions(file) if f.length > 40}

    assert not long


def test_no_template_is_longer_than_a_hundred_and_twenty_lines():
    long = {
        str(file.relative_to(ROOT)): count
        for file in templates()
        if (count := len(file.read_text().splitlines())) > 120
    }

    assert not long


def test_every_template_is_used():
    sources = "".join(file.read_text() for file in modules())
    pages = {file: file.read_text() for file in templates()}
    unused = []
    for file in pages:
        name = file.relative_to(next(p for p in file.parents if p.name == "templates")).as_posix()
        others = "".join(text for other, text in pages.items() if other != file)
        stem = name.removesuffix(".html")
        folder, _slash, last = stem.rpartition("/")
        is_named = name in sources or name in others
        is_composed = f"{folder}/{{name}}.html" in sources and f'"{last}"' in sources
        if not (is_named or is_composed):
            unused.append(name)

    assert not unused


@pytest.mark.parametrize("name", ["utils.py", "helpers.py", "misc.py", "common.py"])
def test_no_file_is_a_drawer(name):
    assert not list(PACKAGE.rglob(name))


def test_nothing_names_the_machine_it_was_written_on():
    tracked = [f for f in ROOT.rglob("*") if f.suffix in {".py", ".toml", ".md", ".html", ".sh"}]
    skipped = {".venv", "var", ".git", "node_modules"}
    here = "/" + "work/"
    named = [
        str(file.relative_to(ROOT))
        for file in tracked
        if not skipped & set(file.relative_to(ROOT).parts) and here in file.read_text()
    ]

    assert not named
