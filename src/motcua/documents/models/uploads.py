"""Uploads that come in pieces, over lines that break."""

import uuid

from django.db import models


class Upload(models.Model):
    """One file on its way in: its pieces are kept until all are there, then it becomes a File.

    `about` is what the file will belong to, as `store` takes it. A finished upload is kept for a
    while, so that whoever lost the answer can ask again.
    """

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    by_key = models.CharField(max_length=40)
    scope = models.CharField(max_length=120)
    name = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=80, blank=True)
    about = models.JSONField()
    size_bytes = models.IntegerField()
    received_bytes = models.IntegerField(default=0)
    begun_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    file = models.OneToOneField(
        "documents.File", on_delete=models.CASCADE, null=True, related_name="upload"
    )

    class Meta:
        indexes = [
            models.Index(fields=["by_key", "scope"], name="upload_of_sender"),
            models.Index(fields=["touched_at"], name="upload_idle"),
        ]
        constraints = [
            models.CheckConstraint(
                name="upload_within_its_size",
                condition=models.Q(size_bytes__gt=0)
                & models.Q(received_bytes__gte=0)
                & models.Q(received_bytes__lte=models.F("size_bytes")),
            )
        ]

    def __str__(self) -> str:
        return self.name


class UploadPiece(models.Model):
    """One piece of an upload; it begins at `start` and has its own place in the storage."""

    id = models.BigAutoField(primary_key=True)
    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="pieces")
    start = models.IntegerField()
    size_bytes = models.IntegerField()
    storage_path = models.CharField(max_length=120, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["upload", "start"], name="upload_piece_once")
        ]

    def __str__(self) -> str:
        return f"{self.upload_id}+{self.start}"
