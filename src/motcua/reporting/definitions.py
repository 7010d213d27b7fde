"""What each figure means: one declaration each, from which page, API, export and list come."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from motcua.reporting.rules import Ratio

FORM = "02/2017/TT-VPCP biểu II.06a"
_INDEX = "766/QĐ-TTg"
_DECREE = "118/2025/NĐ-CP"
_DAY_MINUTES = 24 * 60


@dataclass(frozen=True)
class Indicator:
    """A figure: its name, what is counted (over what), what is left out, and where it is laid down.

    `numerator`: what is counted, in words. `denominator`: over what ("" for a count).
    `exclusions`: what is left out. `period`: "in" what happened in the period, "end" how things
    stood at its end. `unit`: "dossiers", "percent" or "days". `good`: "up", "down" or "".
    `threshold`: from which share on full points are given. `of`: the keys of a ratio's two counts.
    """

    key: str
    name: str
    numerator: str
    exclusions: str = ""
    law: str = ""
    of: tuple[str, ...] = ()
    denominator: str = ""
    period: str = "in"
    unit: str = "dossiers"
    good: str = ""
    threshold: float | None = None

    @property
    def counted(self) -> str:
        """What is counted, in the words beside a figure."""
        return self.numerator

    @property
    def left_out(self) -> str:
        """What is left out, in the words beside a figure."""
        return self.exclusions

    @property
    def is_ratio(self) -> bool:
        """Tell whether it is made of two counts."""
        return bool(self.of)


Definition = Indicator


def _count(key: str, name: str, numerator: str, exclusions: str = "", law: str = "", *,
           period: str = "in", good: str = "") -> Indicator:  # fmt: skip
    return Indicator(key, name, numerator, exclusions, law, period=period, good=good)


def _ratio(
    key: str, name: str, of: tuple[str, str], words: tuple[str, str], law: str, *,
    exclusions: str = "", good: str = "up", threshold: float | None = None, unit: str = "percent",
) -> Indicator:  # fmt: skip
    return Indicator(key, name, words[0], exclusions, law, of, words[1], unit=unit, good=good,
                     threshold=threshold)  # fmt: skip


_NO_INTAKE = _("hồ sơ chưa được tiếp nhận hoặc bị từ chối tiếp nhận")
_NO_WAIT = _("hồ sơ chờ người dân")

COUNTS = (
    _count("received", _("Nhận trong kỳ"), _("hồ sơ được tiếp nhận trong kỳ"), _NO_INTAKE,
           f"{FORM} cột 4, 5"),
    _count("online", _("Nhận trực tuyến"), _("hồ sơ được tiếp nhận trong kỳ, nộp trực tuyến"),
           _NO_INTAKE, f"{FORM} cột 4", good="up"),
    _count("carried", _("Tồn đầu kỳ"),
           _("hồ sơ tiếp nhận trước kỳ, đầu kỳ chưa giải quyết xong"), _NO_INTAKE, f"{FORM} cột 6"),
    _count("settled", _("Đã giải quyết"),
           _("hồ sơ có kết quả được phát hành, hoặc dừng, rút, trong kỳ"), "", f"{FORM} cột 7"),
    _count("on_time", _("Đúng hạn"),
           _("hồ sơ giải quyết xong trong kỳ, phát hành không sau hạn trả; kể cả hồ sơ dừng, rút khi"
             " còn hạn"),
           _("hồ sơ bị yêu cầu bổ sung hơn một lần"), f"{FORM} cột 8, 9; {_INDEX} 2.1", good="up"),
    _count("early", _("Trước hạn"), _("hồ sơ đúng hạn, phát hành trước ngày hẹn trả"),
           _("hồ sơ không có hạn bằng số"), f"{FORM} cột 8", good="up"),
    _count("late", _("Quá hạn"),
           _("hồ sơ giải quyết xong trong kỳ, phát hành sau hạn trả, hoặc bị yêu cầu bổ sung hơn một"
             " lần"),
           _("thời gian chờ bổ sung"), f"{FORM} cột 10; {_INDEX} 2.1", good="down"),
    _count("ended", _("Dừng, rút"), _("hồ sơ người dân rút hoặc đóng vì không bổ sung, trong kỳ"),
           _("hồ sơ rút trước khi được tiếp nhận"), f"{_DECREE} Điều 19 khoản 5, Điều 21"),
    _count("open", _("Đang giải quyết"), _("hồ sơ đã tiếp nhận mà cuối kỳ chưa giải quyết xong"), "",
           f"{FORM} cột 11", period="end"),
    _count("in_time", _("Đang làm, trong hạn"),
           _("hồ sơ đang giải quyết, chưa đến hạn hoặc chưa tính thời hạn"), _NO_WAIT,
           f"{FORM} cột 12", period="end"),
    _count("overdue", _("Đang làm, quá hạn"),
           _("hồ sơ đang giải quyết đã quá hạn trả, hoặc bị yêu cầu bổ sung hơn một lần"),
           _("hồ sơ chờ người dân mà được yêu cầu khi còn hạn"), f"{FORM} cột 13", period="end",
           good="down"),
    _count("waiting", _("Chờ người dân"),
           _("hồ sơ chờ người dân bổ sung lần đầu hoặc thực hiện nghĩa vụ tài chính dừng thời hạn,"
             " được yêu cầu khi còn hạn"),
           "", f"{FORM} cột 12; {_INDEX} 2.1 (trừ thời gian chờ bổ sung)", period="end"),
    _count("supplemented", _("Bị yêu cầu bổ sung"),
           _("hồ sơ nhận trong kỳ đã có yêu cầu bổ sung"), _NO_INTAKE,
           f"{_DECREE} Điều 19 khoản 5", good="down"),
    _count("supplemented_twice", _("Bị yêu cầu bổ sung hơn một lần"),
           _("hồ sơ nhận trong kỳ có từ hai yêu cầu bổ sung"), _NO_INTAKE, f"{_INDEX} 2.1",
           good="down"),
    _count("far", _("Còn trên 5 ngày"), _("hồ sơ đang làm, ngày hẹn trả sau hơn 5 ngày"), _NO_WAIT,
           period="end"),
    _count("near", _("Còn 2 đến 5 ngày"), _("hồ sơ đang làm, ngày hẹn trả sau 2 đến 5 ngày"),
           _NO_WAIT, period="end"),
    _count("soon", _("Dưới 2 ngày"), _("hồ sơ đang làm, hẹn trả trong hôm nay hoặc ngày mai"),
           _NO_WAIT, period="end"),
    _count("over", _("Trễ đến 10 ngày"), _("hồ sơ đang làm, quá hạn không quá 10 ngày"), _NO_WAIT,
           period="end", good="down"),
    _count("far_over", _("Trễ trên 10 ngày"), _("hồ sơ đang làm, quá hạn hơn 10 ngày"), _NO_WAIT,
           period="end", good="down"),
    _count("unlimited", _("Chưa tính hoặc không có hạn"),
           _("hồ sơ đang làm, chưa chuyển đến cơ quan giải quyết hoặc luật không định thời hạn"),
           _NO_WAIT, period="end"),
)  # fmt: skip
COURSE = (
    _count("refused", _("Từ chối giải quyết"),
           _("hồ sơ có kết quả trong kỳ là văn bản từ chối"), _("hồ sơ dừng, rút"),
           f"{_DECREE} Điều 19 khoản 3"),
    _count("extended", _("Được gia hạn"), _("hồ sơ giải quyết xong trong kỳ đã có lần hẹn lại"), "",
           f"{_DECREE} Điều 19 khoản 6", good="down"),
    _count("apologised", _("Trễ, đã xin lỗi"),
           _("hồ sơ quá hạn trong kỳ đã có văn bản xin lỗi và hẹn lại"), "",
           f"{_DECREE} Điều 19 khoản 6", good="up"),
    _count("obliged", _("Có nghĩa vụ tài chính"),
           _("hồ sơ nhận trong kỳ phải nộp phí, lệ phí hoặc nghĩa vụ tài chính đã được ghi nhận"),
           _("hồ sơ không phải nộp tiền"), f"{_INDEX} 3.6"),
    _count("paid_online", _("Thanh toán trực tuyến"),
           _("hồ sơ nhận trong kỳ có nghĩa vụ tài chính, nộp bằng mã QR, thẻ, chuyển khoản hoặc trên"
             " Cổng Dịch vụ công quốc gia"),
           _("hồ sơ không phải nộp tiền"), f"{_INDEX} 3.6", good="up"),
)  # fmt: skip
RATIOS = (
    _ratio("on_time_share", _("Tỷ lệ đúng hẹn"), ("on_time", "settled"),
           (_("đúng hạn, kể cả trước hạn"), _("tổng số đã giải quyết trong kỳ")),
           f"{_INDEX} nhóm tiến độ giải quyết"),
    _ratio("supplement_share", _("Tỷ lệ bị yêu cầu bổ sung"), ("supplemented", "received"),
           (_("hồ sơ có yêu cầu bổ sung"), _("tổng số nhận trong kỳ")),
           f"{_DECREE} Điều 19 khoản 5", good="down"),
    _ratio("online_share", _("Tỷ lệ nộp trực tuyến"), ("online", "received"),
           (_("nhận trực tuyến"), _("tổng số nhận trong kỳ")),
           f"{_INDEX} nhóm dịch vụ trực tuyến", threshold=50.0),
    _ratio("paid_online_share", _("Tỷ lệ thanh toán trực tuyến"), ("paid_online", "obliged"),
           (_("hồ sơ thanh toán trực tuyến"), _("hồ sơ có nghĩa vụ tài chính")),
           f"{_INDEX} 3.6"),
    _ratio("received_digital_share", _("Tỷ lệ số hóa thành phần hồ sơ"), ("digitised", "received"),
           (_("hồ sơ có thành phần điện tử"), _("tổng số nhận trong kỳ")),
           f"{_DECREE} Điều 17 khoản 1 điểm c"),
    _ratio("refused_share", _("Tỷ lệ từ chối"), ("refused", "resolved"),
           (_("hồ sơ bị từ chối"), _("hồ sơ có kết quả trong kỳ")),
           f"{_DECREE} Điều 19 khoản 3", good="", exclusions=_("hồ sơ dừng, rút")),
    _ratio("extension_share", _("Tỷ lệ hẹn lại"), ("extended", "settled"),
           (_("hồ sơ đã có lần hẹn lại"), _("tổng số đã giải quyết trong kỳ")),
           f"{_DECREE} Điều 19 khoản 6", good="down"),
    _ratio("apology_share", _("Tỷ lệ xin lỗi khi trễ"), ("apologised", "late"),
           (_("hồ sơ trễ đã xin lỗi và hẹn lại"), _("hồ sơ quá hạn trong kỳ")),
           f"{_DECREE} Điều 19 khoản 6"),
    _ratio("used_time_share", _("Thời gian dùng so với hạn"), ("took_minutes", "limit_minutes"),
           (_("thời gian giải quyết, không tính lúc chờ người dân"),
            _("thời gian được giao của cùng những hồ sơ ấy")),
           f"{_INDEX} 2.2", good="down", exclusions=_("hồ sơ không có hạn bằng số; hồ sơ dừng, rút")),
    _ratio("mean_days", _("Thời gian giải quyết trung bình"), ("took_minutes", "timed"),
           (_("thời gian giải quyết, không tính lúc chờ người dân"), _("số hồ sơ có kết quả trong kỳ")),
           f"{_INDEX} 2.2", good="down", unit="days",
           exclusions=_("hồ sơ không có hạn bằng số; hồ sơ dừng, rút")),
    _ratio("mean_limit_days", _("Thời hạn trung bình"), ("limit_minutes", "timed"),
           (_("thời gian được giao"), _("số hồ sơ có kết quả trong kỳ")),
           f"{_INDEX} 2.2", good="", unit="days",
           exclusions=_("hồ sơ không có hạn bằng số; hồ sơ dừng, rút")),
)  # fmt: skip
DIGITISATION = (
    _count("resolved", _("Có kết quả"), _("hồ sơ có kết quả được phát hành trong kỳ"),
           _("hồ sơ dừng, rút"), f"{_INDEX} 4.1"),
    _count("e_result", _("Có kết quả điện tử"),
           _("hồ sơ có kết quả trong kỳ mang chữ ký số của người có thẩm quyền và của cơ quan"),
           _("hồ sơ dừng, rút"), f"{_INDEX} 4.1; {_DECREE} Điều 22 khoản 1", good="up"),
    _count("e_whole", _("Số hóa cả hồ sơ và kết quả"),
           _("hồ sơ có kết quả điện tử trong kỳ và thành phần điện tử: quét tại quầy đã đối chiếu,"
             " lấy từ kho, hoặc nộp trực tuyến"),
           _("hồ sơ dừng, rút"), f"{_INDEX} 4.2", good="up"),
    _count("taken_in", _("Nhận trong kỳ"), _("hồ sơ được tiếp nhận trong kỳ"), _NO_INTAKE,
           f"{_INDEX} 4.4"),
    _count("digitised", _("Có thành phần điện tử"),
           _("hồ sơ nhận trong kỳ có thành phần quét tại quầy đã đối chiếu, lấy từ kho,"
             " hoặc nộp trực tuyến"),
           _NO_INTAKE, f"{_INDEX} 4.3; {_DECREE} Điều 17 khoản 1 điểm c", good="up"),
    _count("reused", _("Có giấy tờ tái sử dụng"),
           _("hồ sơ nhận trong kỳ có thành phần lấy từ kho giấy tờ của chủ hồ sơ"),
           _NO_INTAKE, f"{_INDEX} 4.3; {_DECREE} Điều 17 khoản 1 điểm b", good="up"),
    _count("from_store", _("Kho thay cho giấy tờ phải nộp"),
           _("hồ sơ nhận trong kỳ có giấy tờ trong kho thay hẳn giấy phải nộp"),
           _("giấy tờ trong kho chỉ để tham khảo, vẫn phải xem bản giấy"), f"{_INDEX} 4.4",
           good="up"),
    _ratio("e_result_share", _("4.1 Cấp kết quả điện tử"), ("e_result", "resolved"),
           (_("có kết quả điện tử"), _("số có kết quả trong kỳ")), f"{_INDEX} 4.1"),
    _ratio("digitised_share", _("4.2 Số hóa hồ sơ, kết quả"), ("e_whole", "resolved"),
           (_("số hóa cả hồ sơ và kết quả"), _("số có kết quả trong kỳ")), f"{_INDEX} 4.2",
           threshold=80.0),
    _ratio("reused_share", _("4.3 Khai thác, tái sử dụng"), ("reused", "digitised"),
           (_("có giấy tờ tái sử dụng"), _("số có thành phần điện tử")), f"{_INDEX} 4.3",
           threshold=80.0),
    _ratio("from_store_share", _("4.4 Khai thác từ kho dữ liệu"), ("from_store", "taken_in"),
           (_("kho thay cho giấy tờ phải nộp"), _("số nhận trong kỳ")), f"{_INDEX} 4.4"),
)  # fmt: skip
# Read by queries.value alone: no sum of counts gives them.
SPECIAL = (
    Indicator("median_days", _("Thời gian giải quyết trung vị"),
              _("thời gian giải quyết, không tính lúc chờ người dân: một nửa số hồ sơ nhanh hơn"),
              _("hồ sơ không có hạn bằng số; hồ sơ dừng, rút"), f"{_INDEX} 2.2",
              ("took_minutes", "timed"), unit="days", good="down"),
    _ratio("feedback_on_time_share", _("Phản ánh, kiến nghị trả lời đúng hạn"),
           ("feedback_on_time", "feedback_settled"),
           (_("phản ánh, kiến nghị trả lời đúng hạn"), _("phản ánh, kiến nghị đã trả lời")),
           f"{_INDEX} 5.2"),
    _ratio("feedback_satisfied_share", _("Hài lòng về xử lý phản ánh, kiến nghị"),
           ("feedback_satisfied", "feedback_rated"),
           (_("người gửi hài lòng"), _("người gửi có đánh giá")), f"{_INDEX} 5.3"),
    _ratio("rating_share", _("Hài lòng về giải quyết thủ tục"), ("satisfied", "rated"),
           (_("lượt đánh giá hài lòng"), _("lượt đánh giá tại quầy và sau khi nhận kết quả")),
           f"{_INDEX} 5.4; {_DECREE} Điều 31", threshold=90.0),
)  # fmt: skip
GROUPS = (
    (_("Số đếm"), COUNTS),
    (_("Diễn biến giải quyết"), COURSE),
    (_("Tỷ lệ"), RATIOS),
    (_("Số hóa"), DIGITISATION),
    (_("Trung vị và tiếng nói của người dân"), SPECIAL),
)
INDICATORS = tuple(one for _title, group in GROUPS for one in group)
# Columns of report forms that are made of several counts: each opens its dossiers.
COLUMNS = (
    _count("whole", _("Tiếp nhận và tồn đầu kỳ"),
           _("hồ sơ tiếp nhận trong kỳ, và tồn từ kỳ trước"), _NO_INTAKE, f"{FORM} cột 3"),
    _count("direct", _("Nhận trực tiếp, qua bưu chính"),
           _("hồ sơ được tiếp nhận trong kỳ, không nộp trực tuyến"), _NO_INTAKE, f"{FORM} cột 5"),
    _count("in_term", _("Đúng hạn, không trước hạn"),
           _("hồ sơ giải quyết xong trong kỳ đúng ngày hẹn trả, và hồ sơ dừng, rút khi còn hạn"),
           _("hồ sơ trước hạn"), f"{FORM} cột 9"),
    _count("not_overdue", _("Đang giải quyết, chưa quá hạn"),
           _("hồ sơ đang giải quyết trong hạn, hoặc chờ người dân"), "", f"{FORM} cột 12",
           period="end"),
    _count("late_any", _("Quá hạn, đã hoặc đang giải quyết"),
           _("hồ sơ giải quyết quá hạn trong kỳ, và hồ sơ đang giải quyết đã quá hạn"), "",
           f"{FORM} cột 10, 13"),
)  # fmt: skip
BY_KEY = {one.key: one for one in (*INDICATORS, *COLUMNS)}
AGES = ("far", "near", "soon", "over", "far_over", "unlimited")
UNITS = {"dossiers": _("hồ sơ"), "percent": _("%"), "days": _("ngày")}
PERIODS = {"in": _("trong kỳ"), "end": _("cuối kỳ")}
GOOD = {"up": _("càng cao càng tốt"), "down": _("càng thấp càng tốt"), "": _("không xếp")}


def explained(one: Indicator) -> dict[str, object]:
    """Return a declaration as programs read it.

    Source: rule of the house (page, API and export say the same of a figure).
    """
    return {
        "key": one.key,
        "name": one.name,
        "law": one.law,
        "numerator": one.numerator,
        "denominator": one.denominator,
        "exclusions": one.exclusions,
        "period": one.period,
        "unit": one.unit,
        "good": one.good,
        "threshold": one.threshold,
        "of": list(one.of),
    }


def number_of(one: Indicator, value: Ratio | int) -> int | float | None:
    """Return a value as one number in its unit: a count, per cent, or days; None of nothing.

    Source: 766/QĐ-TTg (two decimals; a share of nothing is not applicable).
    """
    if not isinstance(value, Ratio):
        return value
    if not value.denominator:
        return None
    share = value.numerator / value.denominator
    return round(share / _DAY_MINUTES if one.unit == "days" else 100 * share, 2)
