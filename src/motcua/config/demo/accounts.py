"""Who can sign in to the demo world: one memorable name for each role, one password for all.

The password is made from the installation's own secret, so that no two installations share it and
nothing has to be kept.
"""

import hashlib
import hmac
from dataclasses import dataclass

WARD = "22390"  # phường Tây Nha Trang
CENTRE, COMMITTEE, POLICE = f"H32.{WARD}.01", f"H32.{WARD}", f"G01.56.{WARD}"
PROVINCE, PROVINCE_CENTRE, CONSTRUCTION, OFFICE = "H32", "H32.01.01", "H32.18", "H32.01"


@dataclass(frozen=True)
class Login:
    """One account of the demo world; `words` is empty when it is not worth printing."""

    username: str
    agency: str
    role: str
    words: str = ""


STAFF = (
    Login("tiepnhan", CENTRE, "receptionist", "Tiếp nhận, phường Tây Nha Trang"),
    Login("thuly", POLICE, "appraiser", "Thụ lý, Công an phường (1.004222)"),
    Login("lanhdao", POLICE, "head", "Lãnh đạo duyệt, Công an phường"),
    Login("vanthu", POLICE, "clerk", "Văn thư, Công an phường"),
    Login("thuly.ubnd", COMMITTEE, "appraiser", "Thụ lý, UBND phường (2.000815)"),
    Login("lanhdao.ubnd", COMMITTEE, "head", "Phó Chủ tịch UBND phường"),
    Login("vanthu.ubnd", COMMITTEE, "clerk", "Văn thư, UBND phường"),
    Login("thuphi", CENTRE, "cashier", "Thu phí, lệ phí"),
    Login("giamdoc", CENTRE, "centre_lead", "Giám đốc Trung tâm phường"),
    Login("hotro", CENTRE, "support", "Nhân viên bưu chính hỗ trợ"),
    Login("chutich.phuong", COMMITTEE, "chairman", "Chủ tịch UBND phường"),
    Login("tiepnhan.tinh", PROVINCE_CENTRE, "receptionist", "Tiếp nhận, Trung tâm tỉnh"),
    Login("thuly.so", CONSTRUCTION, "appraiser", "Thụ lý, Sở Xây dựng"),
    Login("lanhdao.so", CONSTRUCTION, "head", "Lãnh đạo Sở Xây dựng"),
    Login("vanthu.so", CONSTRUCTION, "clerk", "Văn thư, Sở Xây dựng"),
    Login("giamdoc.tinh", PROVINCE_CENTRE, "centre_lead", "Giám đốc Trung tâm tỉnh"),
    Login("chutich", PROVINCE, "chairman", "Chủ tịch UBND tỉnh"),
    Login("kiemsoat", OFFICE, "controller", "Kiểm soát thủ tục hành chính"),
    Login("thanhtra", OFFICE, "auditor", "Thanh tra"),
    Login("danhmuc", OFFICE, "keeper", "Quản trị danh mục thủ tục"),
    Login("quantri", OFFICE, "admin", "Quản trị hệ thống"),
)
CITIZENS = (
    Login("nguoidan", "", "citizen", "Người dân"),
    Login("nguoidan2", "", "citizen", "Người dân thứ hai"),
)


def password() -> str:
    """Return the one password of this installation's demo accounts."""
    from django.conf import settings

    made = hmac.new(settings.SECRET_KEY.encode(), b"demo world", hashlib.sha256).digest()
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "khanhhoa-" + "".join(letters[byte % len(letters)] for byte in made[:6])


def known() -> list[tuple[str, str, str]]:
    """Return (role in words, user name, password), one per role, of the demo accounts that exist."""
    from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

    from motcua.directory.models import Account

    known = set(
        Account.objects.filter(is_demo=True, is_active=True)
        .exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
        .values_list("username", flat=True)
    )
    shared = password() if known else ""
    return [
        (one.words, one.username, shared) for one in (*STAFF, *CITIZENS) if one.username in known
    ]
