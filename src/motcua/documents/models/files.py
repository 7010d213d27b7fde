"""Files that came in or that we made."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

# Where the bytes of a file that is being received stand until they are known to be fit.
INCOMING = "incoming"


class File(models.Model):
    """One stored file: a scan, an upload, or a paper we made. Its bytes never change.

    `case_id` is the dossier's key (none while it is a draft's, named by `draft_key`);
    `component_key` is the component of the procedure that it answers.
    """

    class Source(models.TextChoices):
        SCAN = "scan", _("Quét tại quầy")
        UPLOAD = "upload", _("Cán bộ tải lên")
        PORTAL = "portal", _("Công dân tải lên")
        SYSTEM = "system", _("Hệ thống lập")

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    case_id = models.BigIntegerField(null=True)
    party_id = models.BigIntegerField(null=True)
    draft_key = models.CharField(max_length=64, blank=True)
    component_key = models.CharField(max_length=120, blank=True)
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=40)
    size_bytes = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    pages = models.IntegerField(default=1)
    storage_path = models.CharField(max_length=120, unique=True)
    source = models.CharField(max_length=8, choices=Source)
    uploaded_by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["case_id", "id"], name="file_of_case"),
            models.Index(
                fields=["draft_key", "id"], name="file_of_draft", condition=~models.Q(draft_key="")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="file_has_a_known_kind",
                condition=models.Q(
                    content_type__in=["application/pdf", "image/jpeg", "image/png", "image/webp"]
                ),
            ),
            models.CheckConstraint(name="file_is_not_empty", condition=models.Q(size_bytes__gt=0)),
        ]

    def __str__(self) -> str:
        return self.name
