"""Internal processes as plain values: steps, the five on-the-spot ones, JSON both ways.

A process is one chain of steps, from the first to the step whose `next` is "", with ways back.
What other systems draw as parallel branches is a consultation here: it runs beside the chain, has
its own deadline, and never moves the dossier (118/2025/NĐ-CP Điều 19 khoản 4).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from motcua.kernel.refused import Refused

RECEIVING = "receiving"
COMPETENT = "competent"

# The same keys as directory.models.Role, which this pure file must not import; a test compares.
ROLES: Mapping[str, str] = {
    "support": "nhân viên hỗ trợ",
    "receptionist": "cán bộ tiếp nhận",
    "appraiser": "chuyên viên thụ lý",
    "head": "lãnh đạo phê duyệt",
    "clerk": "văn thư",
    "cashier": "thu phí, lệ phí",
    "centre_lead": "lãnh đạo Trung tâm",
    "controller": "kiểm soát thủ tục hành chính",
    "chairman": "Chủ tịch Ủy ban nhân dân",
    "keeper": "quản trị danh mục thủ tục",
    "auditor": "kiểm tra, thanh tra",
    "admin": "quản trị hệ thống",
}

POOL = "pool"  # anybody who holds the post takes it
LOAD = "load"  # the officer with the least open work gets it
HEAD = "head"  # it waits until the head gives it to somebody
ASSIGNMENTS = (POOL, LOAD, HEAD)

# Where the law gives each post its competence, for the step's "rõ thẩm quyền".
AUTHORITY: Mapping[str, str] = {
    "support": "118/2025/NĐ-CP Điều 10",
    "receptionist": "118/2025/NĐ-CP Điều 17, Điều 22 khoản 3",
    "appraiser": "118/2025/NĐ-CP Điều 19 khoản 2, 3, 4",
    "head": "118/2025/NĐ-CP Điều 19 khoản 1, Điều 22 khoản 1",
    "clerk": "118/2025/NĐ-CP Điều 22 khoản 1",
    "cashier": "118/2025/NĐ-CP Điều 24",
    "centre_lead": "118/2025/NĐ-CP Điều 9",
    "chairman": "118/2025/NĐ-CP Điều 38",
}


class NotAProcess(Refused):
    """The value given is not the JSON of a process."""


@dataclass(frozen=True)
class Step:
    """One step: which post does it, where, in how many working hours, and what comes out of it.

    place: "receiving", "competent", or the code of an agency. `next` is "" at the end. `back`
    names earlier steps to which it may be returned. `authority` "": what the law gives the post.
    """

    key: str
    name: str
    role: str
    place: str
    hours: int
    product: str
    next: str = ""
    back: tuple[str, ...] = ()
    assignment: str = POOL
    authority: str = ""

    @property
    def legal_authority(self) -> str:
        """Where the competence for this step comes from ("" when nobody has said)."""
        return self.authority or AUTHORITY.get(self.role, "")


@dataclass(frozen=True)
class Process:
    """A named chain of steps; the first one listed is where a dossier enters.

    is_elastic: the hours are shares of whatever time the dossier has, not hours of their own.
    """

    key: str
    name: str
    steps: tuple[Step, ...]
    is_elastic: bool = False

    @property
    def first(self) -> Step:
        """The step at which a dossier enters."""
        return self.steps[0]

    def step(self, key: str) -> Step | None:
        """Return the step of that key, or None."""
        return next((step for step in self.steps if step.key == key), None)

    def following(self, key: str) -> Step | None:
        """Return the step that comes after `key`, or None at the end."""
        here = self.step(key)
        return self.step(here.next) if here and here.next else None

    def chain(self, key: str = "") -> tuple[Step, ...]:
        """Return the steps from `key` (or the first) along `next`, each once."""
        found: list[Step] = []
        here = self.step(key) if key else (self.steps[0] if self.steps else None)
        while here is not None and here not in found:
            found.append(here)
            here = self.step(here.next) if here.next else None
        return tuple(found)

    def first_of(self, role: str) -> Step | None:
        """Return the first step in the chain that this post does, or None."""
        return next((step for step in self.chain() if step.role == role), None)


DEFAULT = Process(
    key="tai-cho",
    name="Quy trình năm bước tại chỗ",
    is_elastic=True,
    steps=(
        Step(
            key="receive",
            name="Tiếp nhận, số hóa và chuyển hồ sơ",
            role="receptionist",
            place=RECEIVING,
            hours=1,
            product="Giấy tiếp nhận và hẹn trả, hồ sơ đã số hóa",
            next="appraise",
        ),
        Step(
            key="appraise",
            name="Thẩm định hồ sơ",
            role="appraiser",
            place=COMPETENT,
            hours=4,
            product="Tờ trình và dự thảo kết quả",
            next="approve",
            back=("receive",),
            assignment=LOAD,
        ),
        Step(
            key="approve",
            name="Phê duyệt kết quả",
            role="head",
            place=COMPETENT,
            hours=1,
            product="Kết quả đã ký",
            next="issue",
            back=("appraise",),
        ),
        Step(
            key="issue",
            name="Cấp số, đóng dấu và phát hành",
            role="clerk",
            place=COMPETENT,
            hours=1,
            product="Kết quả đã có số và dấu",
            next="return",
            back=("approve",),
        ),
        Step(
            key="return",
            name="Trả kết quả",
            role="receptionist",
            place=RECEIVING,
            hours=1,
            product="Kết quả đã giao, có xác nhận",
        ),
    ),
)

_STEP_FIELDS = {field.name for field in fields(Step)}


def to_json(process: Process) -> dict[str, Any]:
    """Return the process as JSON values, in a stable order."""
    return {
        "key": process.key,
        "name": process.name,
        "is_elastic": process.is_elastic,
        "steps": [_step_to_json(step) for step in process.steps],
    }


def from_json(value: object) -> Process:
    """Return the process of a JSON value made by `to_json`, or written by hand in its form.

    Raises NotAProcess: a part is missing or of the wrong kind.
    """
    if not isinstance(value, dict) or not isinstance(value.get("steps"), list):
        raise NotAProcess("Quy trình phải có tên và danh sách bước.", field="steps")
    return Process(
        key=_text(value, "key", 0),
        name=_text(value, "name", 0),
        is_elastic=value.get("is_elastic") is True,
        steps=tuple(_step_from_json(item, number) for number, item in _numbered(value["steps"])),
    )


def _step_to_json(step: Step) -> dict[str, Any]:
    values = {field.name: getattr(step, field.name) for field in fields(Step)}
    return {**values, "back": list(step.back)}


def _numbered(items: Iterable[object]) -> Iterable[tuple[int, object]]:
    return enumerate(items, start=1)


def _step_from_json(value: object, number: int) -> Step:
    if not isinstance(value, dict):
        raise NotAProcess(f"Bước {number} không đúng dạng.", field="steps")
    unknown = set(value) - _STEP_FIELDS
    if unknown:
        raise NotAProcess(f"Bước {number} có mục lạ: {', '.join(sorted(unknown))}.", field="steps")
    hours, back = value.get("hours", 0), value.get("back", [])
    if isinstance(hours, bool) or not isinstance(hours, int):
        raise NotAProcess(f"Bước {number}: số giờ phải là số nguyên.", field="steps")
    if not isinstance(back, list | tuple) or not all(isinstance(item, str) for item in back):
        raise NotAProcess(f"Bước {number}: bước trả lại phải là danh sách.", field="steps")
    return Step(
        key=_text(value, "key", number),
        name=_text(value, "name", number),
        role=_text(value, "role", number),
        place=_text(value, "place", number),
        hours=hours,
        product=_text(value, "product", number),
        next=_text(value, "next", number),
        back=tuple(back),
        assignment=_text(value, "assignment", number) or POOL,
        authority=_text(value, "authority", number),
    )


def _text(value: Mapping[str, Any], name: str, number: int) -> str:
    text = value.get(name, "")
    if not isinstance(text, str):
        where = f"Bước {number}: mục" if number else "Mục"
        raise NotAProcess(f"{where} “{name}” phải là chữ.", field="steps")
    return text.strip()
