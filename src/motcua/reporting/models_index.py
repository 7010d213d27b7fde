"""The table of the index of 766/QĐ-TTg: a row a day and agency, as it stood that day."""

from django.db import models


class IndexDay(models.Model):
    """The index of one agency ("tinh": the province) on one day, as it was found that night.

    `measured`: by component [numerator, denominator, reason]; points follow from it and the edition.
    """

    day = models.DateField()
    scope = models.CharField(max_length=35)
    edition = models.DateField()
    measured = models.JSONField()
    points = models.DecimalField(max_digits=6, decimal_places=2)
    most = models.DecimalField(max_digits=6, decimal_places=2)
    on_hundred = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "scope"], name="index_day_once"),
        ]
        indexes = [models.Index(fields=["scope", "day"], name="index_scope_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.scope} {self.on_hundred}"
