"""Looking a process over before it is approved: every fault at once, in words for its author."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from motcua.workflow.definition import (
    ASSIGNMENTS,
    COMPETENT,
    RECEIVING,
    ROLES,
    Process,
    Step,
)

MAX_STEPS = 40
_KEY = re.compile(r"[a-z][a-z0-9_-]{0,39}\Z")
_AGENCY_CODE = re.compile(r"[A-Za-z0-9.\-]{3,35}\Z")


@dataclass(frozen=True)
class Problem:
    """One fault of a process. `code` names its kind; `step_key` is "" for the whole process."""

    code: str
    step_key: str
    message: str

    def __str__(self) -> str:
        return self.message


def check(process: Process, limit_minutes: int | None = None) -> list[Problem]:
    """Return what is wrong with a process; an empty list means that it may be approved.

    limit_minutes: the shortest legal limit in working minutes; None when it is not known.
    """
    if not process.steps:
        return [Problem("no_step", "", _("Quy trình chưa có bước nào."))]
    return [
        *_whole_faults(process),
        *(fault for step in process.steps for fault in _step_faults(step)),
        *(fault for step in process.steps for fault in _link_faults(process, step)),
        *_path_faults(process),
        *_hour_faults(process, limit_minutes),
    ]


def _whole_faults(process: Process) -> Iterator[Problem]:
    if not process.name:
        yield Problem("no_name", "", _("Quy trình chưa có tên."))
    if len(process.steps) > MAX_STEPS:
        text = _("Quy trình có %(count)d bước; nhiều nhất là %(most)d.")
        yield Problem("too_long", "", text % {"count": len(process.steps), "most": MAX_STEPS})
    counted = Counter(step.key for step in process.steps)
    for key, count in counted.items():
        if count > 1:
            text = _("Mã bước “%(key)s” dùng cho %(count)d bước.")
            yield Problem("same_key", key, text % {"key": key, "count": count})


def _step_faults(step: Step) -> Iterator[Problem]:
    is_placed = step.place in {RECEIVING, COMPETENT} or _AGENCY_CODE.match(step.place)
    for code, is_right, text in (
        (
            "bad_key",
            _KEY.match(step.key),
            _("Bước “%s”: mã chỉ gồm chữ không dấu, số, gạch."),
        ),
        ("no_name", step.name, _("Bước “%s” chưa có tên việc (rõ việc).")),
        ("no_post", step.role in ROLES, _("Bước “%s” chưa có vị trí thực hiện (rõ người).")),
        ("no_place", is_placed, _("Bước “%s” chưa nêu cơ quan thực hiện (rõ người).")),
        ("no_hours", step.hours > 0, _("Bước “%s” chưa có thời gian thực hiện (rõ thời gian).")),
        ("no_product", step.product, _("Bước “%s” chưa nêu sản phẩm phải có (rõ sản phẩm).")),
        (
            "no_authority",
            step.legal_authority,
            _("Bước “%s” chưa nêu căn cứ thẩm quyền (rõ thẩm quyền)."),
        ),
        (
            "bad_assignment",
            step.assignment in ASSIGNMENTS,
            _("Bước “%s”: cách phân công không có trong danh sách."),
        ),
    ):
        if not is_right:
            yield Problem(code, step.key, text % (step.name or step.key))


def _link_faults(process: Process, step: Step) -> Iterator[Problem]:
    name = step.name or step.key
    if step.next and process.step(step.next) is None:
        text = _("Bước “%(step)s” chuyển tới bước “%(to)s” không có trong quy trình.")
        yield Problem("unknown_next", step.key, text % {"step": name, "to": step.next})
    earlier = _earlier(process, step)
    for target in step.back:
        if process.step(target) is None:
            text = _("Bước “%(step)s” trả lại bước “%(to)s” không có trong quy trình.")
            yield Problem("unknown_back", step.key, text % {"step": name, "to": target})
        elif earlier is not None and target not in earlier:
            text = _("Bước “%(step)s” trả lại “%(to)s”, nhưng đó không phải bước trước nó.")
            yield Problem("back_forward", step.key, text % {"step": name, "to": target})


def _earlier(process: Process, step: Step) -> set[str] | None:
    """Return what may be returned to from a step on the main chain; None for a step beside it.

    Steps beside the chain (rework) are no later than the step that sends work to them.
    """
    chain = [item.key for item in process.chain()]
    if step.key not in chain:
        return None
    later = set(chain[chain.index(step.key) :])
    return {item.key for item in process.steps} - later


def _path_faults(process: Process) -> Iterator[Problem]:
    if not any(step.next == "" for step in process.steps):
        yield Problem("no_end", "", _("Quy trình không có bước kết thúc."))
    reached = _reached(process)
    for step in process.steps:
        if step.key not in reached:
            text = _("Không có đường nào đi tới bước “%s”.") % (step.name or step.key)
            yield Problem("unreachable", step.key, text)
    for key in sorted(reached):
        last = process.chain(key)[-1]
        if last.next and process.step(last.next) is not None:
            here = process.step(key)
            text = _("Từ bước “%s” quy trình đi vòng mãi, không có lối ra.")
            yield Problem("loop", key, text % (here.name if here and here.name else key))


def _reached(process: Process) -> set[str]:
    reached: set[str] = set()
    waiting = [process.first.key]
    while waiting:
        step = process.step(waiting.pop())
        if step is None or step.key in reached:
            continue
        reached.add(step.key)
        waiting += [key for key in (step.next, *step.back) if key]
    return reached


def _hour_faults(process: Process, limit_minutes: int | None) -> Iterator[Problem]:
    if limit_minutes is None or process.is_elastic:
        return
    minutes = sum(max(step.hours, 0) for step in process.chain()) * 60
    if minutes > limit_minutes:
        text = _(
            "Các bước cộng lại %(sum)d giờ làm việc, vượt thời hạn của thủ tục (%(limit)s giờ)."
        )
        limit = f"{limit_minutes / 60:g}".replace(".", ",")
        yield Problem("over_limit", "", text % {"sum": minutes // 60, "limit": limit})
