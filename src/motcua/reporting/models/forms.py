"""Tables of the report forms: what was made and closed, to whom it was sent, what people added."""

from django.db import models


class KeptForm(models.Model):
    """One form of one period and agency ("" the province), as it was made; closed, it stays so.

    `figures` is the form as `forms.writing.as_document` wrote it; `upto` the last fact in it.
    """

    form = models.CharField(max_length=12)
    period = models.CharField(max_length=8)
    agency_code = models.CharField(max_length=20, blank=True)
    figures = models.JSONField()
    upto = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=40)
    made_by_name = models.CharField(max_length=120, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=40, blank=True)
    closed_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["form", "period", "agency_code"], name="form_kept_once"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, closed_by="")
                | models.Q(closed_at__isnull=False) & ~models.Q(closed_by=""),
                name="form_closed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.period} {self.agency_code}"

    @property
    def is_closed(self) -> bool:
        """Tell whether it was closed: from then on it stays as it is."""
        return self.closed_at is not None


class KeptFile(models.Model):
    """One file of a form, byte for byte as it was made."""

    of = models.ForeignKey(KeptForm, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=4)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "kind"], name="form_file_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256[:12]}"


class SentForm(models.Model):
    """One sending of a closed form: to whom, by which way, which of its files (by its hash).

    `number`: of the letter that it went with, where there was one.
    """

    of = models.ForeignKey(KeptForm, on_delete=models.PROTECT, related_name="sendings")
    receiver = models.CharField(max_length=200)
    way = models.CharField(max_length=8)
    number = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=4)
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.CharField(max_length=40)
    by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "receiver"], name="form_sent_once_to_each")
        ]

    def __str__(self) -> str:
        return f"{self.receiver} {self.at}"


class AddedReason(models.Model):
    """Words that a person put beside the figures of overdue dossiers; no figure changes by them."""

    period = models.CharField(max_length=8)
    agency_code = models.CharField(max_length=20, blank=True)
    field = models.CharField(max_length=200, blank=True)
    text = models.CharField(max_length=1000)
    by = models.CharField(max_length=40)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["period", "agency_code"], name="reason_of_period")]

    def __str__(self) -> str:
        return self.text[:40]
