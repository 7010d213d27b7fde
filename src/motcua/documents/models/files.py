"""Files that came in or that we made, and the inspections of what is stored."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

# Where the bytes of a file that is being received stand until they are known to be fit.
INCOMING = "incoming"


class File(models.Model):
    """One stored file: a scan, an upload, or a paper we made. Its bytes never change.

    `case_id` is the dossier's key (none while it is a draft's, named by `draft_key`, or when it
    stands in its owner's store); `party_id` is the owner; `component_key` is the component of the
    procedure that it answers; `kind` is the kind of paper, where somebody or something told it.
    """

    class Source(models.TextChoices):
        SCAN = "scan", _("Quét tại quầy")
        UPLOAD = "upload", _("Cán bộ tải lên")
        PORTAL = "portal", _("Công dân tải lên")
        SYSTEM = "system", _("Hệ thống lập")
        EXTERNAL = "external", _("Hệ thống khác gửi")
        STORE = "store", _("Lấy từ kho giấy tờ")

    class Safety(models.TextChoices):
        """What the virus scanner said of it."""

        OWN = "own", _("Hệ thống lập, không cần quét")
        UNSCANNED = "unscanned", _("Chưa quét: chưa cài máy quét vi-rút")
        WAITING = "waiting", _("Chờ quét: máy quét vi-rút chưa trả lời")
        CLEAN = "clean", _("Đã quét, an toàn")
        INFECTED = "infected", _("Cách ly: có mã độc")

    class Damage(models.TextChoices):
        """What the last inspection found wrong with its bytes."""

        CHANGED = "changed", _("Nội dung đã đổi")
        MISSING = "missing", _("Mất khỏi nơi lưu")

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    case_id = models.BigIntegerField(null=True)
    party_id = models.BigIntegerField(null=True)
    draft_key = models.CharField(max_length=64, blank=True)
    component_key = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=40)
    size_bytes = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    # What was sent, where cleaning or converting changed it before it was stored.
    sent_sha256 = models.CharField(max_length=64, blank=True)
    pages = models.IntegerField(default=1)
    storage_path = models.CharField(max_length=120, unique=True)
    source = models.CharField(max_length=8, choices=Source)
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField(
        "self", on_delete=models.RESTRICT, null=True, related_name="replaced_by"
    )
    safety = models.CharField(max_length=9, choices=Safety, default=Safety.UNSCANNED)
    threat = models.CharField(max_length=200, blank=True)
    scanned_at = models.DateTimeField(null=True)
    # When the bytes of an isolated file were removed for good; the row stays.
    destroyed_at = models.DateTimeField(null=True)
    damage = models.CharField(max_length=7, choices=Damage, blank=True)
    checked_at = models.DateTimeField(null=True)
    uploaded_by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["case_id", "id"], name="file_of_case"),
            models.Index(
                fields=["party_id", "id"],
                name="file_of_party",
                condition=models.Q(party_id__isnull=False),
            ),
            models.Index(
                fields=["draft_key", "id"], name="file_of_draft", condition=~models.Q(draft_key="")
            ),
            models.Index(
                fields=["safety", "id"],
                name="file_not_known_safe",
                condition=models.Q(safety__in=["waiting", "infected", "unscanned"]),
            ),
            models.Index(
                fields=["damage", "id"], name="file_damaged", condition=~models.Q(damage="")
            ),
            models.Index(
                models.F("checked_at").asc(nulls_first=True), "id", name="file_longest_unchecked"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="file_has_a_known_kind",
                condition=models.Q(
                    content_type__in=["application/pdf", "image/jpeg", "image/png", "image/webp"]
                )
                | models.Q(safety="infected"),
            ),
            models.CheckConstraint(name="file_is_not_empty", condition=models.Q(size_bytes__gt=0)),
            models.CheckConstraint(
                name="file_infected_by_something",
                condition=models.Q(safety="infected", threat__gt="")
                | (~models.Q(safety="infected") & models.Q(threat="")),
            ),
            models.CheckConstraint(
                name="file_destroyed_was_isolated",
                condition=models.Q(destroyed_at=None) | models.Q(safety="infected"),
            ),
            models.CheckConstraint(
                name="file_version_replaces_one",
                condition=models.Q(version=1, replaces=None)
                | models.Q(version__gt=1, replaces__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_held_back(self) -> bool:
        """Tell whether its bytes are kept from everybody but, while it waits, its sender."""
        return self.safety in {self.Safety.WAITING, self.Safety.INFECTED}

    def may_be_opened_by(self, key: str) -> bool:
        """Tell whether this actor may be handed the bytes (who may see the row is asked before)."""
        if self.safety == self.Safety.WAITING:
            return bool(key) and key == self.uploaded_by
        return self.safety != self.Safety.INFECTED


class Inspection(models.Model):
    """One reading of stored bytes against their digests: of everything, or of a sample."""

    class Scope(models.TextChoices):
        WHOLE = "whole", _("Toàn bộ")
        SAMPLE = "sample", _("Lấy mẫu")

    id = models.BigAutoField(primary_key=True)
    scope = models.CharField(max_length=6, choices=Scope)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    files = models.IntegerField()
    size_bytes = models.BigIntegerField()
    changed = models.IntegerField()
    missing = models.IntegerField()
    strays = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["-begun_at"], name="inspection_latest")]

    def __str__(self) -> str:
        return f"{self.scope} {self.begun_at:%Y-%m-%d}"
