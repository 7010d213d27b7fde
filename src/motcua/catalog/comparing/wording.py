"""What a difference is and what to do about it, in words."""

from django.utils.translation import gettext as _

from motcua.catalog.comparing import values as v


def kinds() -> dict[str, str]:
    """Return the names of all kinds, in the order in which they are shown."""
    return {
        v.LACKING: _("Danh mục của tỉnh chưa có"),
        v.ENDED: _("Đã bãi bỏ, không còn trong danh sách"),
        v.RENAMED: _("Tên khác"),
        v.FIELD: _("Lĩnh vực khác"),
        v.AGENCY: _("Cơ quan khác"),
        v.LIMIT: _("Thời hạn khác"),
        v.FEE: _("Phí, lệ phí khác"),
        v.COMPONENTS: _("Thành phần hồ sơ khác"),
        v.FORMS: _("Thiếu biểu mẫu điện tử"),
        v.LEGAL: _("Căn cứ pháp lý khác"),
        v.ONLINE: _("Mức độ trực tuyến khác"),
        v.PROCESS: _("Quy trình nội bộ dài hơn thời hạn"),
        v.NO_PROCESS: _("Chưa có quy trình nội bộ được phê duyệt"),
        v.TWICE: _("Danh sách ghi trùng"),
        v.AMBIGUOUS: _("Chưa rõ là thủ tục nào"),
        v.MISCODED: _("Danh sách ghi mã của thủ tục khác"),
        v.SLIPPED: _("Danh sách lệch cột mã"),
    }


def proposal(kind: str) -> str:
    """Return what is proposed for a kind of difference; a person decides."""
    return {
        v.LACKING: _("Bổ sung thủ tục vào danh mục, hoặc ghi rõ vì sao không tiếp nhận."),
        v.ENDED: _(
            "Kiểm tra quyết định bãi bỏ; nếu đúng thì ngừng tiếp nhận và gỡ khỏi danh mục."
        ),
        v.RENAMED: _("Đối chiếu quyết định công bố và sửa tên cho thống nhất."),
        v.FIELD: _("Đối chiếu quyết định công bố và chuyển về đúng lĩnh vực."),
        v.AGENCY: _("Đối chiếu cơ quan ban hành sau sắp xếp bộ máy và sửa bên ghi cũ."),
        v.LIMIT: _(
            "Áp dụng thời hạn đang có hiệu lực; nếu tỉnh rút ngắn thì ghi căn cứ, giữ nguyên."
        ),
        v.FEE: _("Áp dụng mức thu đang có hiệu lực; nếu tỉnh miễn, giảm thì ghi nghị quyết."),
        v.COMPONENTS: _(
            "Bỏ giấy tờ không còn trong thành phần đã công bố; bổ sung giấy còn thiếu."
        ),
        v.FORMS: _("Làm biểu mẫu điện tử cho mẫu đã công bố."),
        v.LEGAL: _("Cập nhật căn cứ đang có hiệu lực, bỏ văn bản đã hết hiệu lực."),
        v.ONLINE: _("Mở nộp trực tuyến, hoặc ghi rõ vì sao chưa đủ điều kiện."),
        v.PROCESS: _(
            "Rút ngắn giờ các bước để cả quy trình không quá thời hạn, rồi phê duyệt lại."
        ),
        v.NO_PROCESS: _(
            "Xây dựng quy trình nội bộ và trình Chủ tịch Ủy ban nhân dân tỉnh phê duyệt."
        ),
        v.TWICE: _("Đề nghị nơi lập danh sách bỏ dòng trùng hoặc sửa mã."),
        v.AMBIGUOUS: _("Chọn đúng thủ tục trong các mã gần giống, rồi ghi mã vào danh sách."),
        v.MISCODED: _("Đề nghị nơi lập danh sách sửa mã cho đúng tên thủ tục."),
        v.SLIPPED: _("Đề nghị nơi lập danh sách dồn lại cột mã cho khớp từng dòng."),
    }[kind]
