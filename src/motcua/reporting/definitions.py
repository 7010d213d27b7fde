"""What each figure means: one declaration each, shown beside the figure and used by its list."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

FORM = "02/2017/TT-VPCP biểu II.06a"


@dataclass(frozen=True)
class Definition:
    """A figure: its name, what is counted, what is left out, and where it is laid down.

    `of`: for a ratio, the key of its numerator and of what it is divided by.
    """

    key: str
    name: str
    counted: str
    left_out: str = ""
    law: str = ""
    of: tuple[str, ...] = ()


_NO_INTAKE = _("hồ sơ chưa được tiếp nhận hoặc bị từ chối tiếp nhận")

COUNTS = (
    Definition(
        "received",
        _("Nhận trong kỳ"),
        _("hồ sơ được tiếp nhận trong kỳ"),
        _NO_INTAKE,
        f"{FORM} cột 4, 5",
    ),
    Definition(
        "online",
        _("Nhận trực tuyến"),
        _("hồ sơ được tiếp nhận trong kỳ, nộp trực tuyến"),
        _NO_INTAKE,
        f"{FORM} cột 4",
    ),
    Definition(
        "carried",
        _("Tồn đầu kỳ"),
        _("hồ sơ tiếp nhận trước kỳ, đầu kỳ chưa giải quyết xong"),
        _NO_INTAKE,
        f"{FORM} cột 6",
    ),
    Definition(
        "settled",
        _("Đã giải quyết"),
        _("hồ sơ có kết quả được phát hành, hoặc dừng, rút, trong kỳ"),
        "",
        f"{FORM} cột 7",
    ),
    Definition(
        "on_time",
        _("Đúng hạn"),
        _("hồ sơ có kết quả trong kỳ, phát hành không sau hạn trả"),
        _("hồ sơ dừng, rút"),
        f"{FORM} cột 8, 9",
    ),
    Definition(
        "early",
        _("Trước hạn"),
        _("hồ sơ đúng hạn, phát hành trước ngày hẹn trả"),
        _("hồ sơ không có hạn bằng số"),
        f"{FORM} cột 8",
    ),
    Definition(
        "late",
        _("Quá hạn"),
        _("hồ sơ có kết quả trong kỳ, phát hành sau hạn trả"),
        _("hồ sơ dừng, rút"),
        f"{FORM} cột 10",
    ),
    Definition(
        "ended",
        _("Dừng, rút"),
        _("hồ sơ người dân rút hoặc đóng vì không bổ sung, trong kỳ"),
        "",
        "118/2025/NĐ-CP Điều 19 khoản 5, Điều 21",
    ),
    Definition(
        "open",
        _("Đang giải quyết"),
        _("hồ sơ đã tiếp nhận mà cuối kỳ chưa giải quyết xong"),
        "",
        f"{FORM} cột 11",
    ),
    Definition(
        "in_time",
        _("Đang làm, trong hạn"),
        _("hồ sơ đang giải quyết, chưa đến hạn hoặc chưa tính thời hạn"),
        _("hồ sơ chờ người dân"),
        f"{FORM} cột 12",
    ),
    Definition(
        "overdue",
        _("Đang làm, quá hạn"),
        _("hồ sơ đang giải quyết đã quá hạn trả"),
        _("hồ sơ chờ người dân bổ sung hoặc nộp tiền"),
        f"{FORM} cột 13",
    ),
    Definition(
        "waiting",
        _("Chờ người dân"),
        _("hồ sơ chờ người dân bổ sung hoặc thực hiện nghĩa vụ tài chính"),
        "",
        "766/QĐ-TTg (trừ thời gian chờ bổ sung)",
    ),
    Definition(
        "supplemented",
        _("Bị yêu cầu bổ sung"),
        _("hồ sơ nhận trong kỳ đã có yêu cầu bổ sung"),
        _NO_INTAKE,
        "118/2025/NĐ-CP Điều 19 khoản 5",
    ),
    Definition(
        "far",
        _("Còn trên 5 ngày"),
        _("hồ sơ đang làm, hạn trả sau hơn 5 ngày"),
        _("hồ sơ chờ người dân"),
    ),
    Definition(
        "near",
        _("Còn 2 đến 5 ngày"),
        _("hồ sơ đang làm, hạn trả trong 2 đến 5 ngày"),
        _("hồ sơ chờ người dân"),
    ),
    Definition(
        "soon",
        _("Dưới 2 ngày"),
        _("hồ sơ đang làm, hạn trả trong 2 ngày"),
        _("hồ sơ chờ người dân"),
    ),
    Definition(
        "over",
        _("Trễ đến 10 ngày"),
        _("hồ sơ đang làm, quá hạn không quá 10 ngày"),
        _("hồ sơ chờ người dân"),
    ),
    Definition(
        "far_over",
        _("Trễ trên 10 ngày"),
        _("hồ sơ đang làm, quá hạn hơn 10 ngày"),
        _("hồ sơ chờ người dân"),
    ),
    Definition(
        "unlimited",
        _("Chưa tính hoặc không có hạn"),
        _("hồ sơ đang làm, chưa chuyển đến cơ quan giải quyết hoặc luật không định thời hạn"),
        _("hồ sơ chờ người dân"),
    ),
)
RATIOS = (
    Definition(
        "on_time_share",
        _("Tỷ lệ đúng hẹn"),
        _("đúng hạn trên tổng số có kết quả (đúng hạn và quá hạn)"),
        _("hồ sơ dừng, rút"),
        "766/QĐ-TTg nhóm tiến độ giải quyết",
        ("on_time", "decided"),
    ),
    Definition(
        "supplement_share",
        _("Tỷ lệ bị yêu cầu bổ sung"),
        _("hồ sơ có yêu cầu bổ sung trên tổng số nhận trong kỳ"),
        "",
        "118/2025/NĐ-CP Điều 19 khoản 5",
        ("supplemented", "received"),
    ),
    Definition(
        "online_share",
        _("Tỷ lệ nộp trực tuyến"),
        _("nhận trực tuyến trên tổng số nhận trong kỳ"),
        "",
        "766/QĐ-TTg nhóm dịch vụ trực tuyến",
        ("online", "received"),
    ),
)
_LAW = "766/QĐ-TTg"
DIGITISATION = (
    Definition(
        "resolved", _("Có kết quả"), _("hồ sơ có kết quả được phát hành trong kỳ"),
        _("hồ sơ dừng, rút"), f"{_LAW} 4.1",
    ),
    Definition(
        "e_result", _("Có kết quả điện tử"),
        _("hồ sơ có kết quả trong kỳ mang chữ ký số của người có thẩm quyền và của cơ quan"),
        _("hồ sơ dừng, rút"), f"{_LAW} 4.1; 118/2025/NĐ-CP Điều 22 khoản 1",
    ),
    Definition(
        "e_whole", _("Số hóa cả hồ sơ và kết quả"),
        _(
            "hồ sơ có kết quả điện tử trong kỳ và thành phần điện tử: quét tại quầy đã đối chiếu,"
            " lấy từ kho, hoặc nộp trực tuyến"
        ),
        _("hồ sơ dừng, rút"), f"{_LAW} 4.2",
    ),
    Definition(
        "taken_in", _("Nhận trong kỳ"), _("hồ sơ được tiếp nhận trong kỳ"), _NO_INTAKE, f"{_LAW} 4.4",
    ),
    Definition(
        "digitised", _("Có thành phần điện tử"),
        _(
            "hồ sơ nhận trong kỳ có thành phần quét tại quầy đã đối chiếu, lấy từ kho,"
            " hoặc nộp trực tuyến"
        ),
        _NO_INTAKE, f"{_LAW} 4.3; 118/2025/NĐ-CP Điều 17 khoản 1 điểm c",
    ),
    Definition(
        "reused", _("Có giấy tờ tái sử dụng"),
        _("hồ sơ nhận trong kỳ có thành phần lấy từ kho giấy tờ của chủ hồ sơ"),
        _NO_INTAKE, f"{_LAW} 4.3; 118/2025/NĐ-CP Điều 17 khoản 1 điểm b",
    ),
    Definition(
        "from_store", _("Kho thay cho giấy tờ phải nộp"),
        _("hồ sơ nhận trong kỳ có giấy tờ trong kho thay hẳn giấy phải nộp"),
        _("giấy tờ trong kho chỉ để tham khảo, vẫn phải xem bản giấy"), f"{_LAW} 4.4",
    ),
    Definition(
        "e_result_share", _("4.1 Cấp kết quả điện tử"),
        _("có kết quả điện tử trên số có kết quả trong kỳ"),
        "", f"{_LAW} 4.1", ("e_result", "resolved"),
    ),
    Definition(
        "digitised_share", _("4.2 Số hóa hồ sơ, kết quả"),
        _("số hóa cả hồ sơ và kết quả trên số có kết quả trong kỳ; đủ điểm từ 80%"),
        "", f"{_LAW} 4.2", ("e_whole", "resolved"),
    ),
    Definition(
        "reused_share", _("4.3 Khai thác, tái sử dụng"),
        _("có giấy tờ tái sử dụng trên số có thành phần điện tử; đủ điểm từ 80%"),
        "", f"{_LAW} 4.3", ("reused", "digitised"),
    ),
    Definition(
        "from_store_share", _("4.4 Khai thác từ kho dữ liệu"),
        _("kho thay cho giấy tờ phải nộp trên số nhận trong kỳ"),
        "", f"{_LAW} 4.4", ("from_store", "taken_in"),
    ),
)  # fmt: skip
BY_KEY = {one.key: one for one in (*COUNTS, *RATIOS, *DIGITISATION)}
AGES = ("far", "near", "soon", "over", "far_over", "unlimited")
