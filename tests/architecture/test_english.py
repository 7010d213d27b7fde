"""The interface in English: whole, with the same placeholders, and compiled.

Red after a new sentence? `tools/words.sh` collects the sentences, says which lack English, and
compiles what is there.
"""

import ast
import re
from collections.abc import Iterator

import polib
import pytest
from django.utils.translation.template import templatize
from tests.architecture.source import PACKAGE, modules, templates, tree

FOLDER = PACKAGE / "locale" / "en" / "LC_MESSAGES"
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|%%")
_MARKED = {"_", "_later", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "gettext_noop"}
_WORDS = r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_IN_TEMPLATE = re.compile(rf"\b(?:_|n?gettext)\(\s*u?{_WORDS}")


@pytest.fixture(scope="module")
def english() -> polib.POFile:
    return polib.pofile(str(FOLDER / "django.po"))


def test_every_sentence_has_english(english):
    silent = [e.msgid for e in english.untranslated_entries() + english.fuzzy_entries()]

    assert not silent


def test_english_takes_the_same_values(english):
    other = [
        entry.msgid
        for entry in english.translated_entries()
        for text in (entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr])
        if sorted(_PLACEHOLDER.findall(text)) != sorted(_PLACEHOLDER.findall(entry.msgid))
    ]

    assert not other


def test_what_is_compiled_is_what_is_written(english):
    def said(entries) -> dict[tuple[str, str], object]:
        return {(e.msgctxt or "", e.msgid): e.msgstr_plural or e.msgstr for e in entries}

    compiled = polib.mofile(str(FOLDER / "django.mo"))

    assert said(compiled) == said(english.translated_entries())


def test_every_sentence_of_the_sources_is_known(english):
    known = {entry.msgid for entry in english if not entry.obsolete}

    assert sorted({*_in_python(), *_in_templates()} - known) == []


def _in_python() -> Iterator[str]:
    for file in modules():
        for node in ast.walk(tree(file)):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else ""
            words = node.args[0]
            if name in _MARKED and isinstance(words, ast.Constant):
                yield str(words.value)


def _in_templates() -> Iterator[str]:
    for file in templates():
        for words in _IN_TEMPLATE.findall(templatize(file.read_text())):
            yield ast.literal_eval(words)
