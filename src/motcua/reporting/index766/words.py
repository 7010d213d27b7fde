"""The words of editions.toml as sentences of the interface, so that they have English too."""

from django.utils.translation import gettext_noop as _

WORDS = (
    _("Xuất sắc"),
    _("Tốt"),
    _("Khá"),
    _("Trung bình"),
    _("Yếu"),
    _("Công khai, minh bạch"),
    _("Công bố thủ tục đúng hạn"),
    _("quyết định công bố đúng hạn"),
    _("quyết định công bố"),
    _(
        "Không sự kiện nào nói văn bản có hiệu lực ngày nào, quyết định công bố ký ngày "
        "nào: danh mục quốc gia và danh sách đối chiếu chỉ có số quyết định"
    ),
    _("Công khai thủ tục đúng hạn"),
    _("quyết định được công khai trong 5 ngày làm việc"),
    _("quyết định công khai trong 5 ngày làm việc"),
    _("Tính cho toàn tỉnh: quyết định công bố không của riêng cơ quan nào"),
    _(
        "Danh sách của quyết định không mang ngày ký nên đếm từ lúc đối chiếu lần đầu; "
        "quyết định đúng hạn khi mọi sai khác đã khớp trong 5 ngày làm việc"
    ),
    _("Thủ tục công khai đủ bộ phận"),
    _("thủ tục công khai đủ thành phần, thời hạn, cách nộp, kết quả, căn cứ"),
    _("thủ tục đang cung cấp"),
    _("thủ tục được công khai đủ bộ phận"),
    _("Đồng bộ hồ sơ lên Cổng Dịch vụ công quốc gia"),
    _("hồ sơ đã đồng bộ"),
    _("hồ sơ tiếp nhận"),
    _("hồ sơ được đồng bộ"),
    _(
        "Chỉ đếm hồ sơ mà Cổng Dịch vụ công quốc gia đã xác nhận trong sổ sự kiện; hệ "
        "thống chưa nối với Cổng nên chưa có xác nhận nào"
    ),
    _("Tiến độ giải quyết"),
    _("Hồ sơ trước hạn và đúng hạn"),
    _("hồ sơ giải quyết trước hạn, đúng hạn"),
    _("hồ sơ đã giải quyết"),
    _("hồ sơ xong đúng hạn"),
    _("Thời gian giải quyết trung bình so với kỳ trước"),
    _("phút trung bình một hồ sơ, kỳ trước"),
    _("phút trung bình một hồ sơ, kỳ này"),
    _("phút bớt đi cho một hồ sơ"),
    _("Cung cấp dịch vụ trực tuyến"),
    _("Thủ tục cung cấp trực tuyến"),
    _("thủ tục nộp trực tuyến được"),
    _("thủ tục được cung cấp trực tuyến"),
    _("Dịch vụ trực tuyến có phát sinh hồ sơ"),
    _("thủ tục có hồ sơ trực tuyến"),
    _("Hồ sơ nộp trực tuyến"),
    _("hồ sơ nộp trực tuyến có kết quả điện tử, nhân tỷ lệ đồng bộ"),
    _("hồ sơ nộp trực tuyến đã đồng bộ"),
    _(
        "Nhân với tỷ lệ đồng bộ (1.4): chưa đồng bộ hồ sơ nào thì chưa có điểm; hồ sơ đã "
        "xong phải có kết quả điện tử"
    ),
    _("Thanh toán trực tuyến"),
    _("Thủ tục có thanh toán trực tuyến"),
    _("thủ tục thanh toán trực tuyến được"),
    _("thủ tục có phí, lệ phí"),
    _("Hồ sơ thanh toán trực tuyến"),
    _("hồ sơ thanh toán trực tuyến"),
    _("hồ sơ phải nộp tiền"),
    _("Số hóa hồ sơ"),
    _("Cấp kết quả điện tử"),
    _("hồ sơ có kết quả điện tử"),
    _("hồ sơ có kết quả"),
    _("hồ sơ trả kết quả điện tử"),
    _("Số hóa hồ sơ, kết quả"),
    _("hồ sơ số hóa cả thành phần và kết quả"),
    _("hồ sơ được số hóa cả thành phần và kết quả"),
    _("Khai thác, tái sử dụng dữ liệu số hóa"),
    _("hồ sơ dùng lại giấy tờ đã số hóa"),
    _("hồ sơ có thành phần điện tử"),
    _("Kết nối, chia sẻ dữ liệu từ kho"),
    _("hồ sơ có giấy tờ lấy từ kho"),
    _("hồ sơ lấy giấy tờ từ kho"),
    _("Xác thực dân cư, VNeID"),
    _("hồ sơ của người đã được xác thực"),
    _("hồ sơ của người đã xác thực"),
    _(
        "Không sự kiện nào nói tài khoản đã xác thực qua VNeID hay hồ sơ đã tra cơ sở dữ "
        "liệu dân cư: hệ thống chưa nối hai nơi ấy"
    ),
    _("Mức độ hài lòng"),
    _("Tiếp nhận, phân loại phản ánh đúng"),
    _("phản ánh không bị trả lại vì chuyển sai nơi"),
    _("phản ánh đã chuyển đến cơ quan"),
    _("phản ánh được chuyển đúng nơi ngay lần đầu"),
    _("Tiến độ xử lý phản ánh"),
    _("việc làm đúng hạn (từ chối 2, hỏi thêm 5, trả lời 15, công khai 2 ngày làm việc)"),
    _("việc đã làm"),
    _("việc phản ánh đúng hạn"),
    _("Hài lòng về xử lý phản ánh"),
    _("đánh giá hài lòng"),
    _("đánh giá câu trả lời phản ánh"),
    _("Hài lòng về giải quyết thủ tục"),
    _("hồ sơ không trễ và không bị phản ánh, chấm thấp"),
    _("hồ sơ không trễ, không bị phản ánh"),
)
