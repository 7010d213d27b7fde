"""What people come for most, as doors on the first page of a kiosk."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Door:
    """A door: its word, its picture, and what it looks for."""

    name: str | Promise
    icon: str
    search: str


DOORS = (
    Door(_("Khai sinh"), "baby", "đăng ký khai sinh"),
    Door(_("Thường trú"), "house", "đăng ký thường trú"),
    Door(_("Chứng thực"), "stamp", "chứng thực bản sao"),
    Door(_("Kết hôn"), "rings", "đăng ký kết hôn"),
    Door(_("Nhà, đất"), "land", "cấp giấy chứng nhận quyền sử dụng đất"),
    Door(_("Hộ kinh doanh"), "shop", "đăng ký hộ kinh doanh"),
    Door(_("Trợ cấp"), "elder", "trợ cấp xã hội người cao tuổi"),
    Door(_("Tàu cá"), "boat", "đăng ký tàu cá"),
)
