"""Activities, steps and deviations in plain words, as the trail of a dossier says them."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from motcua.reporting.mining import conforming, own
from motcua.workflow.definition import Process


def step_names(processes: Iterable[Process]) -> dict[str, str]:
    """Return the names of steps by key, of the first process that has them."""
    names: dict[str, str] = {}
    for process in processes:
        for step in process.steps:
            names.setdefault(step.key, step.name)
    return names


def activity(name: str, steps: Mapping[str, str]) -> str:
    """Return the words of an activity: a kind of fact, or "kind|step" for a finished step."""
    kind, _bar, step = name.partition("|")
    if kind == own.STEP_DONE:
        return _("Xong: %s") % steps.get(step, step)
    return _acts().get(kind, kind)


def deviation(kind: str, step: str) -> str:
    """Return the words of a way to leave the process."""
    words = {
        conforming.SKIPPED: _("Bỏ qua bước “%s”"),
        conforming.DISORDER: _("Làm bước “%s” sai thứ tự"),
        conforming.OTHER_POST: _("Bước “%s” do vị trí khác làm"),
        conforming.OVER: _("Bước “%s” quá thời gian của bước"),
        conforming.REPEATED: _("Làm lại bước “%s”"),
    }
    return words[kind] % step


def _acts() -> dict[str, str]:
    return {
        own.FILED: _("Nộp hồ sơ"),
        own.ACCEPTED: _("Tiếp nhận"),
        own.RECEIVED: _("Cơ quan có thẩm quyền nhận"),
        "dossier.intake_refused": _("Từ chối tiếp nhận"),
        own.ASKED: _("Yêu cầu bổ sung"),
        own.ANSWERED: _("Nhận giấy tờ bổ sung"),
        own.CLOSED: _("Đóng vì không bổ sung"),
        own.ASSIGNED: _("Phân công"),
        "dossier.opinion_asked": _("Lấy ý kiến"),
        "dossier.opinion_given": _("Nhận ý kiến"),
        own.SENT_BACK: _("Trả lại bước trước"),
        own.APPROVED: _("Phê duyệt"),
        own.ISSUED: _("Phát hành kết quả"),
        own.RETURNED: _("Trả kết quả"),
        "dossier.deadline_extended": _("Xin lỗi, hẹn lại"),
        own.OWED: _("Yêu cầu nộp tiền"),
        own.PAID: _("Đã nộp tiền"),
        own.WITHDRAWN: _("Rút hồ sơ"),
        "dossier.handed_over": _("Bàn giao bản giấy"),
        "dossier.taken_over": _("Nhận bản giấy"),
        "dossier.correction_opened": _("Phát hiện sai sót"),
        "dossier.result_corrected": _("Phát hành bản đã sửa"),
        "dossier.result_revoked": _("Thu hồi kết quả"),
    }
