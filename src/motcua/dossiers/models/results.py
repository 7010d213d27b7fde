"""Result documents: drafted, numbered, issued, corrected, replaced, revoked; and certified copies."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.directory.identity import SealedJSONField
from motcua.dossiers.models.dossier import Dossier


class Result(models.Model):
    """An issued result: granted, refused, or a correction of an earlier one.

    `sequence` counts in its agency, symbol and year, without a gap. `file` is what was issued;
    `printed_at` is the time in its QR.
    """

    class State(models.TextChoices):
        VALID = "valid", _("Còn hiệu lực")
        REPLACED = "replaced", _("Đã được thay thế")
        REVOKED = "revoked", _("Đã bị thu hồi, hủy bỏ")

    class Signed(models.TextChoices):
        NOT = "not", _("Chưa ký số")
        PERSONAL = "personal", _("Có chữ ký số cá nhân")
        FULL = "full", _("Đã ký số đủ: cá nhân và cơ quan")

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="results")
    outcome = models.CharField(max_length=8)
    number = models.CharField(max_length=60)
    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="+")
    symbol = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    title = models.TextField()
    text = models.TextField(blank=True)
    law = models.CharField(max_length=200, blank=True)
    signer = models.CharField(max_length=120)
    signer_title = models.CharField(max_length=200, blank=True)
    signed_at = models.DateTimeField()
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=120)
    kind_code = models.CharField(max_length=60, blank=True)
    owner_folded = models.CharField(max_length=200, blank=True)
    wording = models.CharField(max_length=40, blank=True)
    filled = SealedJSONField(default=dict, blank=True)
    file = models.ForeignKey(
        "documents.File", on_delete=models.PROTECT, null=True, related_name="+"
    )
    printed_at = models.DateTimeField(null=True)
    signed = models.CharField(max_length=8, choices=Signed.choices, default=Signed.NOT)
    state = models.CharField(max_length=8, choices=State.choices, default=State.VALID)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by"
    )
    correction_due_at = models.DateTimeField(null=True)
    correction_reason = models.TextField(blank=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=120, blank=True)
    revoked_reason = models.TextField(blank=True)
    revoked_law = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "symbol", "year", "sequence"], name="result_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True) | ~models.Q(revoked_reason=""),
                name="result_revoked_with_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner_folded"], name="result_owner", opclasses=["text_pattern_ops"]
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_valid(self) -> bool:
        """Tell whether the result holds."""
        return self.state == self.State.VALID


class ResultDraft(models.Model):
    """The document as it is being prepared: its wording, its blanks, and the signed draft.

    `file` is there once the competent person signed; from then on nothing in it can be edited.
    `places` says where the signer's image and the fields stand.
    """

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="result_draft")
    wording = models.CharField(max_length=40)
    filled = SealedJSONField(default=dict, blank=True)
    edited_at = models.DateTimeField()
    edited_by = models.CharField(max_length=120)
    file = models.ForeignKey(
        "documents.File", on_delete=models.PROTECT, null=True, related_name="+"
    )
    printed_at = models.DateTimeField(null=True)
    places = models.JSONField(default=dict, blank=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.CharField(max_length=120, blank=True)
    signed_title = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.wording}"

    @property
    def is_signed(self) -> bool:
        """Tell whether the competent person signed it digitally."""
        return self.file_id is not None


class CertifiedCopy(models.Model):
    """One entry of the register of certified copies: its number runs through the year."""

    class Medium(models.TextChoices):
        PAPER = "paper", _("Bản giấy")
        ELECTRONIC = "electronic", _("Bản điện tử")

    result = models.OneToOneField(Result, on_delete=models.PROTECT, related_name="certified_copy")
    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    book = models.CharField(max_length=30)
    document = models.CharField(max_length=200)
    document_issuer = models.CharField(max_length=200, blank=True)
    requester = models.CharField(max_length=200)
    folded = models.CharField(max_length=420)
    pages = models.PositiveSmallIntegerField()
    copies = models.PositiveSmallIntegerField()
    fee_vnd = models.PositiveIntegerField()
    medium = models.CharField(max_length=10, choices=Medium.choices)
    original = models.ForeignKey(
        "documents.File", on_delete=models.PROTECT, null=True, related_name="+"
    )
    certified_at = models.DateTimeField()
    certified_by = models.CharField(max_length=120)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "sequence"], name="certified_copy_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sequence}, {self.book}"


class NumberCounter(models.Model):
    """The last number given to a document of one agency, kind and year."""

    agency_code = models.CharField(max_length=35)
    kind = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency_code", "kind", "year"], name="number_counter_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency_code} {self.kind} {self.year} {self.last}"
