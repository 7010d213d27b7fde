"""Tables of foresight: what was learned, what was forecast, which what-ifs were asked."""

from django.db import models


class LearnedRisk(models.Model):
    """One model of the risk of lateness, learned from the province's own facts; the latest holds.

    `document` is the whole model as `foresight.model.as_document` wrote it, with its figures.
    """

    learned_at = models.DateTimeField()
    by = models.CharField(max_length=40)
    by_name = models.CharField(max_length=120, blank=True)
    first = models.DateField()
    last = models.DateField()
    document = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["-learned_at"], name="risk_learned")]

    def __str__(self) -> str:
        return f"{self.first}–{self.last}"


class KeptForecast(models.Model):
    """The latest forecast of arrivals: every series with its days, its bands and its check."""

    made_at = models.DateTimeField()
    first = models.DateField()
    document = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["-made_at"], name="forecast_made")]

    def __str__(self) -> str:
        return str(self.first)


class KeptWhatIf(models.Model):
    """One what-if that was asked: by whom, of which agency (null: the province), what came out."""

    asked_at = models.DateTimeField()
    by = models.CharField(max_length=40)
    by_name = models.CharField(max_length=120, blank=True)
    agency_id = models.BigIntegerField(null=True)
    inputs = models.JSONField()
    result = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["agency_id", "-asked_at"], name="whatif_asked")]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d} {self.by_name}"
