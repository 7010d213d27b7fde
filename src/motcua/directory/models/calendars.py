"""Working calendars of the desks: versions that are never changed, only followed by the next."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.kernel.worktime import CalendarDefinition


class WorkingCalendar(models.Model):
    """A named working week that desks keep, such as office hours with Saturday mornings.

    `based_on` is the calendar whose holidays it shares: correcting that one corrects this one.
    """

    key = models.SlugField(max_length=40, primary_key=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    based_on = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="followers"
    )

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name


class CalendarVersion(models.Model):
    """One state of a calendar: weekly patterns with their dates, exceptional days, cut-off, rule.

    Dates inside the definition say from when a pattern holds; the version says what was known.
    """

    class Origin(models.TextChoices):
        LOADED = "loaded", _("nạp từ tệp")
        CORRECTED = "corrected", _("điều chỉnh")

    calendar = models.ForeignKey(
        WorkingCalendar, on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField()
    is_current = models.BooleanField(default=True)
    definition = models.JSONField()
    corrections = models.JSONField(default=dict)  # day → what it was corrected to, null: removed
    checksum = models.CharField(max_length=64)
    origin = models.CharField(max_length=9, choices=Origin.choices)
    reason = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=40)

    class Meta:
        ordering = ["calendar", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "number"], name="calendar_version_number_once"
            ),
            models.UniqueConstraint(
                fields=["calendar"], condition=Q(is_current=True), name="calendar_one_current"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.calendar_id} v{self.number}"

    @property
    def data(self) -> CalendarDefinition:
        """The definition, read."""
        return CalendarDefinition.from_dict(self.definition)
