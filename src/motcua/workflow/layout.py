"""Where things stand when a process is drawn: one lane per post, one column per step.

BPMN files and our own pictures use the same places, so that they look alike everywhere.
"""

from dataclasses import dataclass

from motcua.workflow.definition import COMPETENT, RECEIVING, ROLES, Process, Step

HEAD_WIDTH = 168
COLUMN = 208
LANE = 148
BOX_WIDTH, BOX_HEIGHT = 152, 84
EVENT = 36
GATE = 44
MARGIN = 12

Point = tuple[int, int]


@dataclass(frozen=True)
class Box:
    """A rectangle, by its top left corner."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> Point:
        """Its centre."""
        return self.x + self.width // 2, self.y + self.height // 2


@dataclass(frozen=True)
class Lane:
    """A post at a place, with the steps that it does."""

    key: str
    name: str
    role: str
    place: str
    box: Box
    step_keys: tuple[str, ...]


@dataclass(frozen=True)
class Flow:
    """A line from one thing to another. `is_back`: it returns work to an earlier step."""

    key: str
    source: str
    target: str
    points: tuple[Point, ...]
    name: str = ""
    is_back: bool = False


@dataclass(frozen=True)
class Layout:
    """Everything drawn, with its place; boxes are keyed by element ("step:appraise", "start")."""

    width: int
    height: int
    lanes: tuple[Lane, ...]
    boxes: dict[str, Box]
    flows: tuple[Flow, ...]


def place_name(place: str) -> str:
    """Return how a place is called on a drawing."""
    names = {RECEIVING: "Bộ phận Một cửa", COMPETENT: "Cơ quan có thẩm quyền"}
    return names.get(place, f"Cơ quan {place}")


def post_name(role: str) -> str:
    """Return how a post is called on a drawing."""
    name = ROLES.get(role, role)
    return name[:1].upper() + name[1:]


def ordered(process: Process) -> tuple[Step, ...]:
    """Return the steps in the order they are drawn: the chain, then those beside it."""
    chain = process.chain()
    return chain + tuple(step for step in process.steps if step not in chain)


def laid_out(process: Process) -> Layout:
    """Return the places of everything that a drawing of the process shows."""
    steps = ordered(process)
    rows = _rows(steps)
    boxes: dict[str, Box] = {}
    x = MARGIN + HEAD_WIDTH + 24
    first_row = rows.index((steps[0].role, steps[0].place)) if steps else 0
    boxes["start"] = _centred(x + EVENT // 2, _middle(first_row), EVENT, EVENT)
    x += EVENT + 44
    for step in steps:
        middle = _middle(rows.index((step.role, step.place)))
        boxes[f"step:{step.key}"] = _centred(x + BOX_WIDTH // 2, middle, BOX_WIDTH, BOX_HEIGHT)
        x += COLUMN
        if step.back:
            boxes[f"gate:{step.key}"] = _centred(x, middle, GATE, GATE)
            x += COLUMN // 2
    for number, step in enumerate(_lasts(steps)):
        middle = _middle(rows.index((step.role, step.place)))
        boxes[f"end:{step.key}"] = _centred(x + number * 56, middle, EVENT, EVENT)
    width = x + 56 * max(len(_lasts(steps)), 1)
    lanes = tuple(
        Lane(
            key=f"lane:{number}",
            name=f"{post_name(role)}, {place_name(place)}",
            role=role,
            place=place,
            box=Box(MARGIN, MARGIN + number * LANE, width - MARGIN, LANE),
            step_keys=tuple(
                step.key for step in steps if (step.role, step.place) == (role, place)
            ),
        )
        for number, (role, place) in enumerate(rows)
    )
    height = len(rows) * LANE + 2 * MARGIN
    return Layout(width + MARGIN, height, lanes, boxes, _flows(steps, boxes))


def _rows(steps: tuple[Step, ...]) -> list[tuple[str, str]]:
    return list(dict.fromkeys((step.role, step.place) for step in steps))


def _lasts(steps: tuple[Step, ...]) -> list[Step]:
    return [step for step in steps if not step.next]


def _middle(row: int) -> int:
    return MARGIN + row * LANE + LANE // 2


def _centred(x: int, y: int, width: int, height: int) -> Box:
    return Box(x - width // 2, y - height // 2, width, height)


def _flows(steps: tuple[Step, ...], boxes: dict[str, Box]) -> tuple[Flow, ...]:
    flows: list[Flow] = []
    keys = {step.key for step in steps}
    if steps:
        flows.append(_forward("start", f"step:{steps[0].key}", boxes))
    for step in steps:
        here = f"step:{step.key}"
        if step.back:
            flows.append(_forward(here, f"gate:{step.key}", boxes))
            here = f"gate:{step.key}"
        target = f"step:{step.next}" if step.next else f"end:{step.key}"
        if not step.next or step.next in keys:
            flows.append(_forward(here, target, boxes, name="Đạt" if step.back else ""))
        flows += [
            _backward(here, f"step:{key}", boxes, rank)
            for rank, key in enumerate(step.back)
            if key in keys
        ]
    return tuple(flows)


def _forward(source: str, target: str, boxes: dict[str, Box], name: str = "") -> Flow:
    """Draw out of the right side, down or up half way, into the left side."""
    start, end = boxes[source], boxes[target]
    x1, y1 = start.x + start.width, start.middle[1]
    x2, y2 = end.x, end.middle[1]
    if x2 <= x1:
        return _over(source, target, boxes, name=name)
    turn = x2 - min(20, (x2 - x1) // 2)
    bends: tuple[Point, ...] = () if y1 == y2 else ((turn, y1), (turn, y2))
    return Flow(f"{source}>{target}", source, target, ((x1, y1), *bends, (x2, y2)), name)


def _over(source: str, target: str, boxes: dict[str, Box], name: str) -> Flow:
    """Draw a line that leads from a step beside the chain to the left, along the lane's foot."""
    start, end = boxes[source], boxes[target]
    foot = start.y + start.height + 14
    points = (
        (start.middle[0], start.y + start.height),
        (start.middle[0], foot),
        (end.middle[0] + 24, foot),
        (end.middle[0] + 24, end.y + end.height if foot > end.y else end.y),
    )
    return Flow(f"{source}>{target}", source, target, points, name)


def _backward(source: str, target: str, boxes: dict[str, Box], rank: int) -> Flow:
    """Draw out of the gate's top, left along the lane's head, into the step's top."""
    start, end = boxes[source], boxes[target]
    head = max(min(start.y, end.y) - 14 - 6 * rank, 4)
    x = end.middle[0] + min(8 * rank, BOX_WIDTH // 2 - 8)
    points = ((start.middle[0], start.y), (start.middle[0], head), (x, head), (x, end.y))
    return Flow(f"{source}>{target}", source, target, points, "Trả lại", is_back=True)
