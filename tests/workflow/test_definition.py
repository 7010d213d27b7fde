"""Processes as values: the built-in one, JSON both ways, walking along the steps."""

import json

import pytest
from hypothesis import given
from tests.workflow.processes import chain, valid_processes

from motcua.directory.models import Role
from motcua.workflow import definition
from motcua.workflow.checks import check
from motcua.workflow.definition import DEFAULT, NotAProcess, from_json, to_json


def test_the_built_in_process_is_the_five_on_the_spot_steps() -> None:
    posts = [(step.key, step.role) for step in DEFAULT.chain()]

    assert posts == [
        ("receive", "receptionist"),
        ("appraise", "appraiser"),
        ("approve", "head"),
        ("issue", "clerk"),
        ("return", "receptionist"),
    ]
    assert check(DEFAULT, limit_minutes=60) == []


def test_the_posts_of_a_definition_are_those_of_the_directory() -> None:
    assert set(definition.ROLES) == set(Role.values)
    assert {key: str(Role(key).label) for key in definition.ROLES} == dict(definition.ROLES)


@given(valid_processes())
def test_a_process_survives_json(process: definition.Process) -> None:
    assert from_json(json.loads(json.dumps(to_json(process)))) == process


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {},
        {"steps": {}},
        {"steps": ["appraise"]},
        {"steps": [{"key": 5}]},
        {"steps": [{"hours": "8"}]},
        {"steps": [{"hours": True}]},
        {"steps": [{"back": "receive"}]},
        {"steps": [{"back": [1]}]},
        {"steps": [{"colour": "red"}]},
        {"name": 3, "steps": []},
    ],
)
def test_what_is_not_a_process_is_refused(value: object) -> None:
    with pytest.raises(NotAProcess):
        from_json(value)


def test_steps_follow_each_other() -> None:
    process = chain("a", "b", "c")

    assert process.first.key == "a"
    assert [step.key for step in process.chain("b")] == ["b", "c"]
    assert process.following("a") == process.step("b")
    assert process.following("c") is None
    assert process.following("z") is None
    assert process.chain("z") == ()
    assert process.first_of("appraiser") == process.first
    assert process.first_of("clerk") is None
