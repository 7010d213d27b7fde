"""What is watched: the signals S1 to S15, each in one declaration that page, command and test read.

Every name says that something is to be looked at, never that somebody did wrong. No secret: all staff
may read what is watched, from when on, and who looks.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HARD, ALERT, REVIEW, SECURITY = "hard", "alert", "review", "security"
SEVERITIES: dict[str, Promise] = {
    HARD: _("báo động"),
    ALERT: _("nhắc"),
    REVIEW: _("xem lại"),
    SECURITY: _("an toàn dữ liệu"),
}


@dataclass(frozen=True)
class Definition:
    """One signal: its words, what it rests on, who looks at it.

    about: what it is raised about: "dossier", "officer" or "agency". sample: the least number of cases
    under which it is silent ("" none); it and `rule` take the thresholds in force as %(names)s. facts:
    the kinds of fact it is computed from. is_guarded: it comes from reports about conduct, so that only
    inspectors and controllers read it.
    """

    key: str
    name: Promise
    detects: Promise
    rule: Promise
    law: str
    severity: str
    about: str
    who: Promise
    facts: tuple[str, ...]
    sample: Promise | str = ""
    is_guarded: bool = False


_HEAD = _("người đứng đầu cơ quan, kiểm soát thủ tục")
_CONTROL = _("kiểm soát thủ tục, thanh tra")
_LAW = "118/2025/NĐ-CP Điều 5 khoản 1"

ALL: tuple[Definition, ...] = (
    Definition(
        "S1", _("Cần kiểm tra lần yêu cầu bổ sung"),
        _("Yêu cầu bổ sung lần thứ hai, hoặc quá muộn sau khi nhận hồ sơ"),
        _("Quá %(most_supplements)s lần một hồ sơ, hoặc sau %(until_days)s ngày làm việc từ khi nhận"),
        f"{_LAW} điểm đ, Điều 19 khoản 5", HARD, "dossier", _HEAD,
        ("dossier.supplement_requested", "dossier.accepted", "dossier.received"),
    ),
    Definition(
        "S2", _("Cần kiểm tra giấy tờ được yêu cầu"),
        _("Yêu cầu giấy tờ ngoài danh mục đã công bố, hoặc giấy tờ kho hay cơ sở dữ liệu đã có"),
        _(
            "Giấy tờ yêu cầu phải nằm trong danh mục, và chưa có trong kho hay cơ sở dữ liệu; lý do "
            "không đòi giấy tờ đã bãi bỏ"
        ),
        f"{_LAW} điểm đ, điểm i; 309/2026/NĐ-CP Điều 2", HARD, "dossier", _HEAD,
        ("dossier.supplement_requested", "dossier.paper_from_store", "dossier.filed"),
    ),
    Definition(
        "S3", _("Cần xem lại tỷ lệ yêu cầu bổ sung"),
        _("Một cán bộ yêu cầu bổ sung nhiều hơn hẳn đồng nghiệp làm cùng thủ tục"),
        _("Lệch từ %(z)s độ lệch chuẩn so với số kỳ vọng theo từng thủ tục của đồng nghiệp"),
        f"{_LAW} điểm đ", REVIEW, "officer", _HEAD,
        ("dossier.supplement_requested", "dossier.accepted", "dossier.step_done"),
        _("từ %(minimum)s hồ sơ của cán bộ, %(peers)s hồ sơ của đồng nghiệp, %(least)s lần"),
    ),
    Definition(
        "S4", _("Cần xem lại việc từ chối"),
        _("Tỷ lệ từ chối cao khác thường; lý do quá ngắn; lý do chép lại"),
        _(
            "Lệch từ %(z)s độ lệch chuẩn so với đồng nghiệp; hoặc phần lớn lý do dưới "
            "%(short_chars)s ký tự; hoặc từ %(same_least)s lý do giống hệt nhau"
        ),
        f"{_LAW} điểm đ", REVIEW, "officer", _HEAD,
        ("dossier.intake_refused", "dossier.step_done"),
        _("từ %(minimum)s hồ sơ của cán bộ, %(least)s lần từ chối"),
    ),
    Definition(
        "S5", _("Cần kiểm tra hồ sơ đứng yên"),
        _("Hồ sơ chưa có ai được phân công; hoặc nằm yên ở một bước"),
        _(
            "Chưa phân công quá %(unassigned_days)s ngày làm việc; hoặc không có thao tác nào lâu hơn "
            "%(idle_share)s thời hạn, đến khi hồ sơ đã hết hạn"
        ),
        f"{_LAW} điểm g, Điều 19 khoản 1", ALERT, "agency", _HEAD, ("mọi sự kiện của hồ sơ",),
    ),
    Definition(
        "S6", _("Cần kiểm tra việc đổi ngày hẹn"),
        _("Đổi ngày hẹn quá một lần; gia hạn sau khi đã hết hạn; ghi lùi ngày"),
        _(
            "Đổi quá %(most_changes)s lần; hẹn lại khi đã hết hạn; hoặc ghi chậm hơn "
            "%(backdated_hours)s giờ so với lúc được nói là đã làm"
        ),
        "118/2025/NĐ-CP Điều 19 khoản 6", HARD, "dossier", _HEAD,
        ("dossier.deadline_extended", "dossier.filed"),
    ),
    Definition(
        "S7", _("Cần xem lại việc tạm dừng sát hạn"),
        _("Đồng hồ được tạm dừng khi thời hạn gần hết"),
        _("Yêu cầu bổ sung hoặc nghĩa vụ tài chính được lập khi đã dùng từ %(share)s thời hạn"),
        f"{_LAW} điểm đ", REVIEW, "officer", _HEAD,
        ("dossier.supplement_requested", "dossier.payment_required"),
        _("từ %(minimum)s lần của một cán bộ"),
    ),
    Definition(
        "S8", _("Cần kiểm tra kết quả chưa trả"),
        _("Kết quả đã có mà chưa đến tay người dân"),
        _(
            "Gửi điện tử, bưu chính: quá %(sent_days)s ngày làm việc; nhận tại quầy: quá "
            "%(counter_days)s ngày làm việc (người dân có thể chưa đến)"
        ),
        f"{_LAW} điểm đ, Điều 22 khoản 3", ALERT, "agency", _HEAD,
        ("dossier.result_issued", "dossier.result_returned"),
    ),
    Definition(
        "S9", _("Cần kiểm tra hồ sơ trực tuyến chờ trả lời"),
        _("Người nộp chưa được trả lời; hoặc cán bộ tiếp nhận chưa được báo"),
        _("Quá %(answer_hours)s giờ làm việc chưa trả lời; quá %(told_hours)s giờ chưa báo cán bộ"),
        "118/2025/NĐ-CP Điều 17 khoản 2", ALERT, "agency", _HEAD,
        ("dossier.filed", "dossier.officer_notified", "dossier.accepted",
         "dossier.supplement_requested", "dossier.intake_refused"),
    ),
    Definition(
        "S10", _("Cần kiểm tra phản ánh về tiếp xúc ngoài hệ thống"),
        _("Phản ánh mang dấu hiệu vòi vĩnh hoặc nhũng nhiễu, theo nội dung người dân viết"),
        _("Bộ phân loại chỉ gợi ý; thanh tra đọc và quyết định"),
        f"{_LAW} điểm a, điểm e", REVIEW, "agency", _("thanh tra, kiểm soát thủ tục"),
        ("feedback.signal_raised", "feedback.sent", "feedback.assigned"), is_guarded=True,
    ),
    Definition(
        "S11", _("Cần kiểm tra việc mở xem hồ sơ"),
        _("Mở xem hồ sơ mà cơ quan mình không giải quyết; hoặc mở hàng loạt trong một ngày"),
        _("Từ %(without_need)s hồ sơ không thuộc nơi mình; hoặc từ %(bulk_day)s hồ sơ trong một ngày"),
        f"{_LAW} điểm c, điểm d; 91/2025/QH15", SECURITY, "officer", _CONTROL, ("read.dossier",),
    ),
    Definition(
        "S12", _("Cần kiểm tra hồ sơ giấy chuyển muộn"),
        _("Hồ sơ giấy rời nơi tiếp nhận sau giờ phải chuyển"),
        _("Trong ngày; nhận sau 15 giờ thì đầu giờ ngày làm việc sau; khác cấp trong 1 ngày làm việc"),
        "118/2025/NĐ-CP Điều 18 khoản 2, Điều 20 khoản 1", ALERT, "agency", _HEAD,
        ("dossier.handed_over",),
    ),
    Definition(
        "S13", _("Cần xem lại đánh giá thấp và phản ánh"),
        _("Nhiều đánh giá từ 2 điểm trở xuống về một cơ quan; hoặc nhiều phản ánh về một cán bộ"),
        _(
            "Tỷ lệ đánh giá thấp từ %(low_share)s, ít nhất %(low_least)s; hoặc từ %(reports)s phản ánh "
            "nêu cùng một cán bộ"
        ),
        f"{_LAW} điểm h, Điều 34", REVIEW, "agency", _HEAD,
        ("rating.given", "feedback.officer_named"), _("từ %(minimum)s đánh giá của một cơ quan"),
    ),
    Definition(
        "S14", _("Cần xem lại số lần người dân phải đi lại"),
        _("Người dân phải đến quầy nhiều lần cho một hồ sơ"),
        _(
            "Quá %(most_visits)s ngày đến quầy cho một hồ sơ (nộp, nộp tiền, sửa, nhận kết quả), "
            "không kể lần bổ sung đầu"
        ),
        "118/2025/NĐ-CP Điều 11 khoản 2 điểm c", REVIEW, "agency", _HEAD,
        ("dossier.filed", "dossier.payment_confirmed", "dossier.result_returned",
         "dossier.supplement_answered", "dossier.amended", "queue.ticket_called"),
    ),
    Definition(
        "S15", _("Cần kiểm tra khoản thu"),
        _("Số tiền đã thu khác mức phí, lệ phí đã công bố"),
        _("Khoản thu có mức công bố phải đúng mức đó, theo số lượng"),
        f"{_LAW} điểm đ, Điều 24", HARD, "dossier", _HEAD,
        ("dossier.payment_confirmed",),
    ),
)  # fmt: skip

BY_KEY = {one.key: one for one in ALL}
