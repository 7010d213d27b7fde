"""What hangs on a dossier: supplements, extension, slips, guidance, drafts of filings."""

from django.db import models

from motcua.directory.identity import SealedJSONField
from motcua.dossiers.models.dossier import Dossier


class Supplement(models.Model):
    """The one request to supplement a dossier: complete, with a reason for each item."""

    class Stage(models.TextChoices):
        INTAKE = "intake"
        APPRAISAL = "appraisal"

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="supplement")
    stage = models.CharField(max_length=10, choices=Stage.choices)
    items = models.JSONField()
    reason = models.TextField()
    law = models.CharField(max_length=200, blank=True)
    requested_at = models.DateTimeField()
    requested_by = models.CharField(max_length=120)
    answer_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer_note = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.reason


class Extension(models.Model):
    """The one new appointment a dossier may get, with the apology that goes with it."""

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="extension")
    reason = models.TextField()
    old_due_at = models.DateTimeField()
    new_due_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.reason


class HandOver(models.Model):
    """A slip with which paper dossiers go from one agency to another."""

    number = models.CharField(max_length=60, unique=True)
    sender = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    carrier = models.CharField(max_length=120, blank=True)
    due_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    received_by = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.number


class HandOverItem(models.Model):
    """One dossier on a slip."""

    slip = models.ForeignKey(HandOver, on_delete=models.PROTECT, related_name="items")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="hand_overs")
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slip", "dossier"], name="hand_over_item_once")
        ]

    def __str__(self) -> str:
        return f"{self.slip_id} {self.dossier_id}"


class Guidance(models.Model):
    """What somebody was told about a procedure, and how (118/2025/NĐ-CP Điều 16)."""

    procedure_code = models.CharField(max_length=40)
    version = models.ForeignKey(
        "catalog.ProcedureVersion", on_delete=models.PROTECT, related_name="+"
    )
    case_key = models.CharField(max_length=80, blank=True)
    channel = models.CharField(max_length=12)
    agency = models.ForeignKey(
        "directory.Agency", on_delete=models.PROTECT, null=True, related_name="+"
    )
    text = models.TextField()
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=120)

    class Meta:
        verbose_name_plural = "guidance"

    def __str__(self) -> str:
        return self.procedure_code


class Draft(models.Model):
    """What a citizen typed and uploaded for a filing that is not sent yet."""

    account = models.ForeignKey("directory.Account", on_delete=models.CASCADE, related_name="+")
    procedure_code = models.CharField(max_length=40)
    case_key = models.CharField(max_length=80, blank=True)
    form_data = SealedJSONField(default=dict)
    files = models.JSONField(default=dict)
    receiving = models.ForeignKey(
        "directory.Agency", on_delete=models.PROTECT, null=True, related_name="+"
    )
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "procedure_code"], name="draft_once")
        ]

    def __str__(self) -> str:
        return self.procedure_code
