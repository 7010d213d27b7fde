"""Where people are served, and the outlines of the communes they live in."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.directory.models.territory import Place


class ServicePoint(models.Model):
    """A door at which a person is served, with where it is and when it is open."""

    class Kind(models.TextChoices):
        CENTRE = "centre", _("Trung tâm Phục vụ hành chính công")
        RECEPTION = "reception", _("Điểm tiếp nhận")
        IDENTITY_DESK = "identity_desk", _("Điểm làm căn cước của công an")
        POST_OFFICE = "post_office", _("Bưu cục, bưu điện xã")

    kind = models.CharField(max_length=14, choices=Kind.choices)
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="points")
    lat = models.FloatField()
    lon = models.FloatField()
    hours = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # first day on which it is no longer there

    class Meta:
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "name"], name="service_point_once"),
            models.CheckConstraint(
                condition=Q(lat__gte=6, lat__lte=24, lon__gte=102, lon__lte=118),
                name="service_point_in_the_country",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="service_point_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PlaceShape(models.Model):
    """The outline of a commune: polygons of rings of (longitude, latitude), the first ring outside."""

    place = models.OneToOneField(
        Place, on_delete=models.PROTECT, primary_key=True, related_name="shape"
    )
    polygons = models.JSONField()
    area_km2 = models.FloatField()
    source = models.CharField(max_length=200)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.place_id)


class PlacePopulation(models.Model):
    """How many people live in a commune, as a source says it."""

    place = models.OneToOneField(
        Place, on_delete=models.PROTECT, primary_key=True, related_name="population"
    )
    people = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.place_id}: {self.people}"
