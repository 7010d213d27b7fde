"""Processes that tests make: valid ones of any shape, for faults to be put into."""

from hypothesis import strategies as st

from motcua.workflow.definition import ASSIGNMENTS, COMPETENT, RECEIVING, Process, Step

_ROLES = ("receptionist", "appraiser", "head", "clerk", "cashier", "centre_lead")
_words = st.text("abcđêịơ ựHS", min_size=1, max_size=30).map(
    lambda t: " ".join(f"Việc {t}".split())
)


def step(key: str, following: str = "", **values: object) -> Step:
    """Return a step in which nothing is wrong."""
    whole: dict[str, object] = {
        "key": key,
        "name": f"Việc {key}",
        "role": "appraiser",
        "place": COMPETENT,
        "hours": 8,
        "product": "Tờ trình",
        "next": following,
    }
    return Step(**{**whole, **values})  # type: ignore[arg-type]


def chain(*keys: str, **values: object) -> Process:
    """Return a process of these steps, one after the other."""
    following = (*keys[1:], "")
    steps = (step(key, to) for key, to in zip(keys, following, strict=True))
    return Process(key="thu", name="Quy trình thử", steps=tuple(steps), **values)  # type: ignore[arg-type]


@st.composite
def valid_processes(draw: st.DrawFn) -> Process:
    """Return any process that the check lets pass: a chain of steps with ways back."""
    length = draw(st.integers(1, 8))
    keys = [f"b{number}" for number in range(length)]
    steps = []
    for number, key in enumerate(keys):
        earlier = keys[:number]
        back = draw(st.lists(st.sampled_from(earlier), unique=True)) if earlier else []
        steps.append(
            Step(
                key=key,
                name=draw(_words),
                role=draw(st.sampled_from(_ROLES)),
                place=draw(st.sampled_from([RECEIVING, COMPETENT, "H32.18"])),
                hours=draw(st.integers(1, 80)),
                product=draw(_words),
                next=keys[number + 1] if number + 1 < length else "",
                back=tuple(back),
                assignment=draw(st.sampled_from(ASSIGNMENTS)),
                authority=draw(st.sampled_from(["", "Quyết định 12/QĐ-UBND"])),
            )
        )
    return Process(
        key="thu", name=draw(_words), steps=tuple(steps), is_elastic=draw(st.booleans())
    )
