"""What the machine read on a stored file, and what a person made of it."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.directory.identity import SealedJSONField
from motcua.documents.models.files import File


class Reading(models.Model):
    """The reading of one stored file: queued, running, done, or failed with its reason.

    `kind` is the kind of paper (understanding/kinds.toml), empty until it is read; `dossier_code`
    is what the QR of one of our own papers says. `text` holds what the paper says, page by page,
    encrypted like the values: they are people's data.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Chờ đọc")
        RUNNING = "running", _("Đang đọc")
        DONE = "done", _("Đã đọc")
        FAILED = "failed", _("Không đọc được")

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    file = models.OneToOneField(File, on_delete=models.CASCADE, related_name="reading")
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=300, blank=True)
    not_before = models.DateTimeField()
    engine = models.CharField(max_length=40, default="tesseract")
    kind = models.CharField(max_length=24, blank=True)
    kind_confidence = models.FloatField(default=0.0)
    # The kind that a person named, where the machine was wrong or did not know.
    kind_named = models.CharField(max_length=24, blank=True)
    dossier_code = models.CharField(max_length=60, blank=True)
    text = SealedJSONField(default=list, blank=True)
    pages = models.JSONField(default=list, blank=True)
    queued_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=40, blank=True)
    confirmed_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["not_before", "id"],
                name="reading_waiting",
                condition=models.Q(state__in=["queued", "running"]),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="reading_failed_says_why",
                condition=~models.Q(state="failed") | ~models.Q(reason=""),
            ),
            models.CheckConstraint(
                name="reading_confirmed_by_somebody",
                condition=models.Q(confirmed_at__isnull=True, confirmed_by="")
                | (models.Q(confirmed_at__isnull=False) & ~models.Q(confirmed_by="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.state}"

    @property
    def is_done(self) -> bool:
        """Tell whether the machine has read the file."""
        return self.state == self.State.DONE


class ReadValue(models.Model):
    """One value on a paper: as the machine read it, where, how surely, and as a person left it.

    `read` and `raw` are what the machine found and stay as they were (figures of later training
    need both); `value` is what holds. `needs_person`: the confidence is under the threshold of
    its class of field.
    """

    id = models.BigAutoField(primary_key=True)
    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="values")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=40)
    label = models.CharField(max_length=120)
    value = SealedJSONField(default=str, blank=True)
    read = SealedJSONField(default=str, blank=True)
    raw = SealedJSONField(default=str, blank=True)
    confidence = models.FloatField()
    needs_person = models.BooleanField()
    page = models.PositiveSmallIntegerField(default=0)
    box = models.JSONField(default=list, blank=True)
    # The piece of the page around the value (JPEG), so that a person sees what the machine saw.
    crop = models.BinaryField(default=bytes, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=40, blank=True)
    is_changed = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["reading", "key"], name="read_value_once"),
            models.CheckConstraint(
                name="read_value_confirmed_by_somebody",
                condition=models.Q(confirmed_at__isnull=True, confirmed_by="")
                | (models.Q(confirmed_at__isnull=False) & ~models.Q(confirmed_by="")),
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def is_settled(self) -> bool:
        """Tell whether the value holds: sure enough by itself, or confirmed by a person."""
        return self.confirmed_at is not None or not self.needs_person
