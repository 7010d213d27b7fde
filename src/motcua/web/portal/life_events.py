"""The doors of the first page: events of a life, and the procedures each of them needs."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class LifeEvent:
    """One door. codes: procedures in the order in which people meet them; unknown ones fall away.

    questions: what people type when none of the codes is loaded.
    """

    key: str
    name: str | Promise
    icon: str
    codes: tuple[str, ...]
    questions: tuple[str, ...]


EVENTS = (
    LifeEvent("sinh-con", _("Sinh con"), "baby", (), ("đăng ký khai sinh",)),
    LifeEvent("ket-hon", _("Kết hôn"), "rings", (), ("đăng ký kết hôn",)),
    LifeEvent("chuyen-cho-o", _("Chuyển chỗ ở"), "house", (), ("đăng ký thường trú",)),
    LifeEvent("nha-va-dat", _("Nhà và đất"), "land", (), ("sổ đỏ",)),
    LifeEvent("kinh-doanh", _("Mở cửa hàng, công ty"), "shop", (), ("hộ kinh doanh",)),
    LifeEvent("bien", _("Tàu cá, nuôi biển"), "boat", (), ("tàu cá",)),
    LifeEvent("tuoi-gia", _("Tuổi già, trợ cấp"), "elder", (), ("trợ cấp hưu trí",)),
    LifeEvent("qua-doi", _("Người thân qua đời"), "lotus", (), ("đăng ký khai tử",)),
)
BY_KEY = {event.key: event for event in EVENTS}
