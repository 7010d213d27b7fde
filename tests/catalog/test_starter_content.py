"""The starter catalogue says what a catalogue must say, and nothing that cannot be read."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from motcua.catalog.content import Content
from motcua.catalog.data.starter.reading import CHANNELS, UNITS, files, procedures
from motcua.directory.data import build
from motcua.workflow import data as workflow_data

ROWS = procedures()
CONTENTS = {row["code"]: Content.from_json(row["content"]) for row in ROWS}
PROCESSES = Path(str(workflow_data.__file__)).parent / "processes.toml"
TODAY = date(2026, 11, 22)
HOURS = {"working_hour": 1, "working_day": 8, "day": 8 * 5 / 7, "month": 8 * 21, "hour": 1 / 3}
FIELD_KINDS = {
    "text", "date", "number", "choice", "textarea", "phone", "id_number", "commune", "checkbox",
}  # fmt: skip
FILLS = {
    f"{who}.{what}"
    for who in ("owner", "applicant")
    for what in ("name", "birth_date", "sex", "id_number", "address", "phone", "email")
}
HOLDERS = {
    "", "population", "residence", "civil", "land", "business", "insurance", "social",
    "criminal", "driving",
}  # fmt: skip


def test_there_are_enough_procedures_with_codes_of_their_own():
    codes = [row["code"] for row in ROWS]
    assert len(codes) >= 85
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch(r"[1-3]\.\d{6}", code) for code in codes)


def test_enough_procedures_have_an_electronic_form():
    forms = {c.form.key for c in CONTENTS.values() if c.form is not None}
    assert len(forms) >= 12
    for code in ("1.004222", "1.004194", "1.001193", "1.004873", "1.000894", "1.000656",
                 "2.000815", "1.001612", "1.001776"):  # fmt: skip
        assert CONTENTS[code].form is not None, code


@pytest.mark.parametrize("code", sorted(CONTENTS))
def test_a_procedure_answers_what_people_ask(code):
    content = CONTENTS[code]
    assert content.name
    assert content.field
    assert content.authority
    assert content.plain
    assert content.subjects
    assert set(content.levels) <= {"commune", "province"}
    assert content.levels
    assert content.components
    assert content.results
    assert content.legal
    assert content.steps
    assert {c.kind for c in content.channels} <= set(CHANNELS)
    assert content.channels


@pytest.mark.parametrize("code", sorted(CONTENTS))
def test_every_limit_is_a_number_with_a_unit_or_words(code):
    content = CONTENTS[code]
    cases = [case.key for case in content.cases] or [""]
    for channel in content.channels:
        for rule in channel.limits:
            assert rule.text or (rule.value is not None and rule.unit is not None)
            assert rule.unit is None or rule.unit.value in UNITS
        for case in cases:
            assert content.limit_rule_for(channel.kind, case) is not None, (channel.kind, case)


@pytest.mark.parametrize("code", sorted(CONTENTS))
def test_every_way_to_file_says_what_it_costs(code):
    content = CONTENTS[code]
    for channel in content.channels:
        for case in [case.key for case in content.cases] or [""]:
            fees = content.fees_for(channel.kind, case)
            assert fees, (channel.kind, case)
            assert all(f.amount_vnd is not None or f.text for f in fees)
            assert len({f.key for f in fees}) == len(fees)


@pytest.mark.parametrize("code", sorted(CONTENTS))
def test_papers_have_keys_of_their_own_and_belong_to_known_cases(code):
    content = CONTENTS[code]
    keys = [component.key for component in content.components]
    assert len(keys) == len(set(keys))
    assert {c.case for c in content.components} <= {"", *(case.key for case in content.cases)}
    assert {c.held_by for c in content.components} <= HOLDERS
    assert all(c.originals + c.copies > 0 for c in content.components)
    for case in content.cases:
        assert content.components_for(case.key)


@pytest.mark.parametrize("code", sorted(c for c, v in CONTENTS.items() if v.form))
def test_a_form_can_be_filled_in(code):
    content = CONTENTS[code]
    assert content.form is not None
    fields = content.form.fields
    assert len({field.key for field in fields}) == len(fields)
    for field in fields:
        assert field.kind in FIELD_KINDS, field.key
        assert field.section
        assert field.label
        assert not field.fill or field.fill in FILLS, field.fill
        assert bool(field.options) == (field.kind == "choice"), field.key
    filled = {c.form for c in content.components if c.form}
    assert filled <= {content.form.key}


def test_every_law_named_in_a_file_is_used_there():
    for name, data in files():
        used = set(data.get("defaults", {}).get("legal", []))
        for row in data["procedure"]:
            used |= set(row.get("legal", []))
        assert set(data["laws"]) == used, name


def test_every_shared_part_of_a_file_is_used_there():
    for name, data in files():
        named = {
            item if isinstance(item, str) else item["key"]
            for row in data["procedure"]
            for item in row.get("components", [])
        }
        assert set(data.get("component", {})) <= named, name
        assert set(data.get("form", {})) == {
            row["form"] for row in data["procedure"] if row.get("form")
        }, name


def test_no_paper_has_two_everyday_names_of_one_kind():
    for row in ROWS:
        names = [alias.casefold() for alias in row["aliases"]]
        assert names, row["code"]
        assert len(names) == len(set(names)), row["code"]
        assert 0 <= row["usage"] <= 100


def test_r31_only_partly_online_procedures_say_why():
    for row in ROWS:
        assert row["online_level"] in ("toàn trình", "một phần"), row["code"]
        assert bool(row["online_reason"]) == (row["online_level"] == "một phần"), row["code"]


def test_residence_costs_less_online_and_takes_seven_working_days():
    content = CONTENTS["1.004222"]
    assert [f.amount_vnd for f in content.fees_for("counter", "own")] == [20_000]
    assert [f.amount_vnd for f in content.fees_for("online", "own")] == [10_000]
    rule = content.limit_rule_for("online", "own")
    assert rule is not None
    assert rule.unit is not None
    assert (rule.value, rule.unit.value) == (7, "working_day")
    home = [c for c in content.components_for("own") if c.key == "home_proof"]
    assert [c.held_by for c in home] == ["land"]


@pytest.mark.parametrize(
    ("pages", "cost"), [(1, 2_000), (2, 4_000), (3, 5_000), (10, 12_000), (500, 200_000)]
)
def test_a_certified_copy_costs_by_its_pages(pages, cost):
    (fee,) = CONTENTS["2.000815"].fees_for("counter", "vietnam")
    assert fee.amount_for(pages) == cost


@pytest.mark.parametrize("place", ["22366", "22736", "22759"])
def test_somebody_is_competent_everywhere(place):
    codes = {agency["code"] for agency in build.agencies()}
    for code, content in CONTENTS.items():
        for level in content.levels:
            target = build.competent(code, field=content.field, level=level, on=TODAY)
            assert build.code_of(target, place) in codes, code


def test_processes_fit_the_shortest_limit_of_their_procedures():
    processes = tomllib.loads(PROCESSES.read_text(encoding="utf-8"))["process"]
    named = [code for process in processes for code in process["procedures"]]
    assert len(named) == len(set(named))
    for process in processes:
        hours = sum(step["hours"] for step in process["steps"])
        assert hours <= process["limit_hours"], process["key"]
        for code in process["procedures"]:
            assert process["limit_hours"] <= _shortest(CONTENTS[code]), code


def _shortest(content: Content) -> float:
    """Working hours of the shortest limit; "within the day" counts as one day."""
    return min(
        rule.value * HOURS[rule.unit.value] if rule.value else 8
        for channel in content.channels
        for rule in channel.limits
        if rule.unit is not None
    )
