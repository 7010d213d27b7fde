"""Places and agencies: where things are, and who is competent."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Place(models.Model):
    """A province or one of its communes, by the official code of administrative units."""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("tỉnh")
        WARD = "ward", _("phường")
        COMMUNE = "commune", _("xã")
        SPECIAL_ZONE = "special_zone", _("đặc khu")

    code = models.CharField(max_length=5, primary_key=True)
    name = models.CharField(max_length=100)
    name_folded = models.CharField(max_length=100, db_index=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    seat_address = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["name_folded"]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Name with its kind: "phường Tây Nha Trang"."""
        return f"{self.get_kind_display()} {self.name}"


class Agency(models.Model):
    """An office of the state: a committee, a department, a one-stop centre, a sector's desk."""

    class Kind(models.TextChoices):
        COMMITTEE = "committee", _("Ủy ban nhân dân")
        DEPARTMENT = "department", _("cơ quan chuyên môn")
        CENTRE = "centre", _("Trung tâm Phục vụ hành chính công")
        SUPPORT_POINT = "support_point", _("điểm hỗ trợ")
        SECTOR = "sector", _("cơ quan ngành dọc")
        OFFICE = "office", _("văn phòng")

    class Level(models.TextChoices):
        PROVINCE = "province", _("cấp tỉnh")
        COMMUNE = "commune", _("cấp xã")

    code = models.CharField(max_length=35, unique=True)
    legacy_code = models.CharField(max_length=35, blank=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80, blank=True)
    name_folded = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=14, choices=Kind.choices)
    level = models.CharField(max_length=8, choices=Level.choices)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="agencies")
    calendar_key = models.CharField(max_length=40, default="hanh-chinh")
    phone = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=200, blank=True)
    fields = models.JSONField(default=list, blank=True)
    code_status = models.CharField(max_length=12, default="provisional")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name
