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
    LifeEvent(
        "sinh-con",
        _("Sinh con"),
        "baby",
        ("2.000986", "1.001193", "1.014062", "2.000635", "1.001022", "1.000689"),
        ("đăng ký khai sinh",),
    ),
    LifeEvent(
        "ket-hon",
        _("Kết hôn"),
        "rings",
        ("1.004873", "1.000894", "2.000806", "1.010038", "2.000635"),
        ("đăng ký kết hôn",),
    ),
    LifeEvent(
        "chuyen-cho-o",
        _("Chuyển chỗ ở"),
        "house",
        ("1.004222", "1.004194", "1.002755", "1.013314", "1.010041", "1.010038", "2.001159"),
        ("đăng ký thường trú",),
    ),
    LifeEvent(
        "nha-va-dat",
        _("Nhà và đất"),
        "land",
        (
            "1.013831",
            "1.013978",
            "1.012784",
            "1.013225",
            "1.013229",
            "1.012786",
            "1.013949",
            "1.011441",
            "1.012812",
        ),
        ("sổ đỏ",),
    ),
    LifeEvent(
        "kinh-doanh",
        _("Mở cửa hàng, công ty"),
        "shop",
        (
            "1.001612",
            "2.000720",
            "1.001570",
            "1.013855",
            "2.001583",
            "2.001199",
            "2.002043",
            "1.001266",
        ),
        ("hộ kinh doanh",),
    ),
    LifeEvent(
        "bien",
        _("Tàu cá, nuôi biển"),
        "boat",
        ("1.003650", "1.004359", "1.014801", "1.003666", "2.001827"),
        ("tàu cá",),
    ),
    LifeEvent(
        "tuoi-gia",
        _("Tuổi già, trợ cấp"),
        "elder",
        ("1.014027", "1.001776", "1.001699", "1.001939", "1.011607", "1.010833"),
        ("trợ cấp hưu trí",),
    ),
    LifeEvent(
        "qua-doi",
        _("Người thân qua đời"),
        "lotus",
        (
            "1.000656",
            "1.001731",
            "1.014028",
            "1.003197",
            "2.001406",
            "2.002307",
            "1.010824",
            "2.000635",
        ),
        ("đăng ký khai tử",),
    ),
)
BY_KEY = {event.key: event for event in EVENTS}
