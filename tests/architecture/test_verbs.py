"""Services, rules and queries: how they are called, what they say, who may write."""

import ast
import re
import tomllib

from tests.architecture.source import ROOT, kind_of, modules, public_functions, tree

_WRITES = {
    "create", "bulk_create", "get_or_create", "update_or_create", "bulk_update", "update",
    "delete", "select_for_update",
}  # fmt: skip
_SQL_WRITE = re.compile(r"^\s*(INSERT INTO|UPDATE|DELETE FROM|TRUNCATE)\b")
# Files of services that hold no verb but what the verbs share.
_SHARED_HANDS = {"core.py", "disk.py", "staffing.py"}
# "config" composes the house; its one writer is the bench, which copies rows of a demo world.
_ROOMS_THAT_WRITE = {"services", "migrations", "config"}


def test_services_are_called_by_keyword():
    """One positional argument at most: the thing itself, as in record(fact, stream=…)."""
    loose = [
        f.place
        for f in public_functions("services")
        if len(f.node.args.args) > 1 and f.file.name not in _SHARED_HANDS
    ]

    assert not loose


def test_services_rules_queries_ports_and_events_are_documented():
    kinds = ("services", "rules", "queries", "ports", "events")
    silent = [f.place for f in public_functions(*kinds) if not f.words]

    assert not silent


def test_every_rule_cites_the_law():
    """`Source:` names a key or a number of docs/law.toml, or says that it is the house's own.

    A file that says so at its top says it for all of its functions.
    """
    law = tomllib.loads((ROOT / "docs" / "law.toml").read_text())
    known = [*law, *(entry["number"] for entry in law.values()), "rule of the house"]
    silent = []
    for function in public_functions("rules"):
        _before, source, cited = function.words.partition("Source:")
        if "rule of the house" in function.room.lower():
            continue
        if not source or not any(name in cited for name in known):
            silent.append(function.place)

    assert not silent


def test_only_services_write():
    found = []
    for file in modules():
        if kind_of(file) in _ROOMS_THAT_WRITE:
            continue
        found += [f"{file.relative_to(ROOT)}:{line}" for line in _writes(tree(file))]

    assert not found


def test_nobody_hides_work_in_signals_or_save():
    found = []
    for file in modules():
        text = file.read_text()
        if "django.db.models.signals" in text or re.search(r"def save\(self", text):
            found.append(str(file.relative_to(ROOT)))

    assert not found


def _writes(module: ast.Module):
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in _WRITES and _starts_at_objects(node.func.value):
                yield node.lineno
        elif isinstance(node, ast.Constant) and _SQL_WRITE.match(str(node.value)):
            yield node.lineno


def _starts_at_objects(node: ast.AST) -> bool:
    while isinstance(node, ast.Call | ast.Attribute):
        if isinstance(node, ast.Attribute):
            if node.attr == "objects":
                return True
            node = node.value
        else:
            node = node.func
    return False
