"""The ten states of a dossier as people see them: a shape, a word, and whose turn it is."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class StateLook:
    """number: the state's number on the National Public Service Portal, which decides its tone."""

    number: int
    icon: str
    word: str | Promise


LOOKS: dict[str, StateLook] = {
    "submitted": StateLook(1, "dot", _("Mới đăng ký")),
    "accepted": StateLook(2, "tray", _("Được tiếp nhận")),
    "rejected": StateLook(3, "x", _("Không được tiếp nhận")),
    "in_progress": StateLook(4, "half", _("Đang xử lý")),
    "wait_supplement": StateLook(5, "plus", _("Yêu cầu bổ sung giấy tờ")),
    "wait_finance": StateLook(6, "coin", _("Yêu cầu thực hiện nghĩa vụ tài chính")),
    "withdrawn": StateLook(7, "back", _("Công dân yêu cầu rút hồ sơ")),
    "stopped": StateLook(8, "stop", _("Dừng xử lý")),
    "result_ready": StateLook(9, "check", _("Đã xử lý xong")),
    "returned": StateLook(10, "checks", _("Đã trả kết quả")),
}
