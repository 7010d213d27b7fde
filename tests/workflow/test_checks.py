"""The check of a definition finds every fault that is put into a good one, and nothing else."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.workflow.processes import chain, step, valid_processes

from motcua.workflow.checks import MAX_STEPS, check
from motcua.workflow.definition import Process, Step


def codes(process: Process, limit_minutes: int | None = None) -> set[str]:
    return {problem.code for problem in check(process, limit_minutes)}


def changed(process: Process, key: str, /, **values: object) -> Process:
    steps = (replace(s, **values) if s.key == key else s for s in process.steps)  # type: ignore[arg-type]
    return replace(process, steps=tuple(steps))


GOOD = chain("a", "b", "c")


@pytest.mark.parametrize(
    ("process", "code"),
    [
        (replace(GOOD, steps=()), "no_step"),
        (replace(GOOD, name=""), "no_name"),
        (changed(GOOD, "b", name=""), "no_name"),
        (changed(GOOD, "b", role=""), "no_post"),
        (changed(GOOD, "b", role="shaman"), "no_post"),
        (changed(GOOD, "b", place=""), "no_place"),
        (changed(GOOD, "b", place="ở đâu đó"), "no_place"),
        (changed(GOOD, "b", hours=0), "no_hours"),
        (changed(GOOD, "b", hours=-4), "no_hours"),
        (changed(GOOD, "b", product=""), "no_product"),
        (changed(GOOD, "b", role="keeper"), "no_authority"),
        (changed(GOOD, "b", assignment="dice"), "bad_assignment"),
        (changed(GOOD, "b", key="Bước hai"), "bad_key"),
        (changed(GOOD, "b", next="x"), "unknown_next"),
        (changed(GOOD, "b", back=("x",)), "unknown_back"),
        (changed(GOOD, "b", back=("c",)), "back_forward"),
        (changed(GOOD, "b", back=("b",)), "back_forward"),
        (changed(GOOD, "c", next="a"), "no_end"),
        (changed(GOOD, "b", next="a"), "loop"),
        (changed(GOOD, "a", next="a"), "loop"),
        (changed(GOOD, "a", next="c"), "unreachable"),
        (replace(GOOD, steps=(*GOOD.steps, step("d"))), "unreachable"),
        (replace(GOOD, steps=(*GOOD.steps, step("a"))), "same_key"),
        (chain(*(f"b{n}" for n in range(MAX_STEPS + 1))), "too_long"),
    ],
)
def test_a_fault_is_found(process: Process, code: str) -> None:
    assert code in codes(process)


def test_hours_may_add_up_to_the_legal_limit_and_no_more() -> None:
    assert check(GOOD, limit_minutes=24 * 60) == []
    assert codes(GOOD, limit_minutes=24 * 60 - 1) == {"over_limit"}
    assert check(GOOD, limit_minutes=None) == []
    assert check(replace(GOOD, is_elastic=True), limit_minutes=60) == []


def test_the_message_counts_the_hours() -> None:
    (problem,) = check(GOOD, limit_minutes=270)

    assert "24 giờ" in problem.message
    assert "4,5 giờ" in problem.message


def test_rework_beside_the_chain_is_allowed() -> None:
    process = changed(GOOD, "c", back=("d", "a"))

    assert check(replace(process, steps=(*process.steps, step("d", "c")))) == []


@given(valid_processes())
def test_a_good_process_has_no_problem(process: Process) -> None:
    whole = sum(s.hours for s in process.steps) * 60

    assert check(process, whole) == []


def _damaged(**values: object) -> Callable[[Process, int], Process]:
    def damage(process: Process, number: int) -> Process:
        return changed(process, process.steps[number].key, **values)

    return damage


def _looped(process: Process, number: int) -> Process:
    """Let the last step lead back into the chain: nothing ends any more."""
    return changed(process, process.steps[-1].key, next=process.steps[number].key)


def _island(process: Process, _number: int) -> Process:
    return replace(process, steps=(*process.steps, step("island")))


def _two_islands(process: Process, _number: int) -> Process:
    more: tuple[Step, ...] = (step("island", "atoll"), step("atoll", "island"))
    return replace(process, steps=(*process.steps, *more))


@given(
    valid_processes(),
    st.integers(0, 7),
    st.sampled_from(
        [
            (_damaged(role=""), "no_post"),
            (_damaged(product=""), "no_product"),
            (_damaged(hours=0), "no_hours"),
            (_damaged(name=""), "no_name"),
            (_damaged(place="?"), "no_place"),
            (_damaged(next="nowhere"), "unknown_next"),
            (_damaged(back=("nowhere",)), "unknown_back"),
            (_looped, "no_end"),
            (_looped, "loop"),
            (_island, "unreachable"),
            (_two_islands, "unreachable"),
        ]
    ),
)
def test_an_injected_fault_is_found_in_any_process(
    process: Process, number: int, fault: tuple[Callable[[Process, int], Process], str]
) -> None:
    damage, code = fault

    assert code in codes(damage(process, number % len(process.steps)))


@given(valid_processes())
def test_one_minute_too_little_is_found_in_any_process(process: Process) -> None:
    whole = sum(s.hours for s in process.steps) * 60

    assert codes(replace(process, is_elastic=False), whole - 1) == {"over_limit"}
