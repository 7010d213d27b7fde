"""Procedures and their versions."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.catalog.content import Content


class Procedure(models.Model):
    """One administrative procedure, national or local, whatever its present text."""

    class Scope(models.TextChoices):
        NATIONAL = "national", "toàn quốc"
        PROVINCE = "province", "của tỉnh"
        OTHER_PROVINCE = "other_province", "của tỉnh khác"
        INTERNAL = "internal", "nội bộ"

    class State(models.TextChoices):
        ACTIVE = "active", "còn hiệu lực"
        WITHDRAWN = "withdrawn", "đã bãi bỏ"

    code = models.CharField(max_length=40, unique=True)
    family = models.CharField(max_length=400, db_index=True)
    name = models.TextField()
    name_folded = models.TextField()
    field = models.CharField(max_length=200, db_index=True)
    issuer = models.CharField(max_length=200, default="", blank=True)
    scope = models.CharField(max_length=20, choices=Scope.choices)
    state = models.CharField(max_length=20, choices=State.choices)
    level_province = models.BooleanField(default=False)
    level_commune = models.BooleanField(default=False)
    is_offered = models.BooleanField(default=False)
    usage = models.PositiveIntegerField(default=0)
    online_filing = models.BooleanField(default=False)
    aliases = models.JSONField(default=list, blank=True)
    # What search needs of the version in force, so that an index is built without reading versions.
    result_names = models.JSONField(default=list, blank=True)
    paper_words = models.TextField(default="", blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ProcedureVersion(models.Model):
    """The text of a procedure over a time; never edited, only closed and followed by the next."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)  # first day on which it no longer applies
    checksum = models.CharField(max_length=64)
    source = models.CharField(max_length=40)
    decision_number = models.CharField(max_length=200, default="", blank=True)
    content = models.JSONField()

    class Meta:
        ordering = ["procedure_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["procedure"], condition=Q(valid_to__isnull=True), name="version_open_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="version_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} v{self.number}"

    def as_content(self) -> Content:
        """The content as values; `queries.content_of` keeps the ones in use at hand."""
        return Content.from_json(self.content)


class Revision(models.Model):
    """Counts the changes of the catalogue, so that search indexes in other processes notice them."""

    number = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)


class Comparison(models.Model):
    """One time that our catalogue was set beside a list, and what the list was."""

    class Against(models.TextChoices):
        NATIONAL = "national", _("danh mục quốc gia")
        DECISION = "decision", _("quyết định công bố")

    against = models.CharField(max_length=8, choices=Against.choices)
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.against} {self.name}"


class Difference(models.Model):
    """One thing in which our catalogue differs from a list, until it is settled.

    `list_key`: which list it belongs to, from run to run. `note`: what people wrote, kept by every
    run. Settled: it is gone, or its owner says it was brought into line (a later run sees whether it
    was). Kept: it stays as it is, with the reason.
    """

    class State(models.TextChoices):
        FOUND = "found", _("mới thấy")
        ASSIGNED = "assigned", _("đã giao")
        SETTLED = "settled", _("đã xử lý")
        KEPT = "kept", _("giữ nguyên")

    list_key = models.CharField(max_length=120)
    key = models.CharField(max_length=40)
    kind = models.CharField(max_length=12)
    code = models.CharField(max_length=40, blank=True)
    name = models.TextField()
    here = models.TextField(blank=True)
    there = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.FOUND)
    owner = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )
    due_on = models.DateField(null=True)
    note = models.TextField(blank=True)
    is_there = models.BooleanField(default=True)
    found_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    last_run = models.ForeignKey(Comparison, on_delete=models.PROTECT, related_name="differences")

    class Meta:
        ordering = ["kind", "code", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["list_key", "key"], name="difference_known_once"),
            models.CheckConstraint(
                condition=~Q(state="assigned") | Q(owner__isnull=False, due_on__isnull=False),
                name="difference_assigned_to_somebody",
            ),
        ]
        indexes = [models.Index(fields=["state", "kind"], name="difference_state_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.code or self.name}"

    @property
    def stream(self) -> str:
        """Its stream in the ledger."""
        return f"difference:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Tell whether somebody still has to do something about it."""
        return self.state in (self.State.FOUND, self.State.ASSIGNED)
