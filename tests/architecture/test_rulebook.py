"""Every rule of the law is held by code and by a test, or says which capability it waits for."""

from tests.architecture.source import ROOT

from motcua.config import rulebook


def test_every_rule_is_held_and_tested_or_waits():
    loose = [
        rule.key
        for rule in rulebook.rules()
        if not rule.waits_for and not (rule.functions and rule.tests)
    ]

    assert not loose


def test_the_rule_book_is_what_the_code_says():
    written = (ROOT / "docs" / "rules.md").read_text()

    assert written == rulebook.page(rulebook.rules()), "chạy: motcua rules generate"
