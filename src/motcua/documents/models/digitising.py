"""The digitisation desk: stacks of papers, their sheets, and the papers made of them."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.directory.identity import SealedJSONField
from motcua.documents.models.files import File


class Batch(models.Model):
    """A stack of papers that an officer scanned in a row for one case.

    `arrangement` says which sheets make which paper (rules.digitising); `past` and `future` hold
    the arrangements before and after it, so that every step can be undone. `revision` counts the
    steps: a page that is older than the row changes nothing.
    `stage` is what the machine does, `state` how far it is with it; `problem` says in words what
    went wrong and what to do.
    """

    class Stage(models.TextChoices):
        PREPARE = "prepare", _("Tách và nắn trang")
        ASSEMBLE = "assemble", _("Đọc chữ và lập tệp PDF")

    class State(models.TextChoices):
        QUEUED = "queued", _("Đang chờ")
        RUNNING = "running", _("Đang làm")
        READY = "ready", _("Xong")
        FAILED = "failed", _("Không làm được")

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    case_id = models.BigIntegerField()
    case_code = models.CharField(max_length=60)
    stage = models.CharField(max_length=8, choices=Stage, default=Stage.PREPARE)
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    problem = models.CharField(max_length=400, blank=True)
    done = models.PositiveIntegerField(default=0)
    whole = models.PositiveIntegerField(default=0)
    arrangement = models.JSONField(default=dict)
    past = models.JSONField(default=list, blank=True)
    future = models.JSONField(default=list, blank=True)
    revision = models.PositiveIntegerField(default=0)
    opened_by = models.CharField(max_length=40)
    opened_by_name = models.CharField(max_length=120)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["case_id", "-id"], name="batch_of_case"),
            models.Index(
                fields=["-changed_at"],
                name="batch_unfinished",
                condition=~models.Q(state="ready"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def is_busy(self) -> bool:
        """Tell whether the machine has it, or is about to."""
        return self.state in {self.State.QUEUED, self.State.RUNNING}

    @property
    def has_failed(self) -> bool:
        """Tell whether the machine gave up on it."""
        return self.state == self.State.FAILED


class BatchFile(models.Model):
    """One file of a stack, in the order in which it was scanned; `problem` if it cannot be read."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="sources")
    file = models.OneToOneField(File, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "number"], name="batch_file_once_in_its_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.number}"


class Sheet(models.Model):
    """One page as it was scanned: where it stands, what was seen on it, and small pictures of it.

    `preview` and `thumbnail` are JPEG; they are for the eye and go when the stack is done. The page
    itself is always taken from the source anew.
    `words` is what was read at the turn `read_turn` (degrees clockwise); None: not read yet.
    """

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="sheets")
    source = models.ForeignKey(BatchFile, on_delete=models.PROTECT, related_name="sheets")
    number = models.PositiveIntegerField()
    page = models.PositiveIntegerField()
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    angle = models.FloatField(default=0)
    is_blank = models.BooleanField(default=False)
    codes = models.JSONField(default=list, blank=True)
    thumbnail = models.BinaryField(null=True)
    preview = models.BinaryField(null=True)
    problem = models.CharField(max_length=300, blank=True)
    words = SealedJSONField(null=True)
    read_turn = models.PositiveSmallIntegerField(null=True)
    confidence = models.FloatField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="sheet_once_in_its_place")
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.number}"


class Digitised(models.Model):
    """One paper on its way from the scanner to the store, with what R11 wants known of it.

    `piece` is its key in the stack's arrangement. `file` is its PDF (the latest: signing makes a
    new one). `has_text` tells whether the PDF can be searched. History is facts; `state_by` and
    `state_at` are of the last step.
    """

    class State(models.TextChoices):
        SCANNED = "scanned", _("Đã quét")
        READ = "read", _("Đã đọc")
        COMPARED = "compared", _("Đã đối chiếu")
        SIGNED = "signed", _("Cán bộ đã ký số")
        CERTIFIED = "certified", _("Cơ quan đã ký sao y")
        STORED = "stored", _("Đã lưu Kho")
        REUSED = "reused", _("Đã tái sử dụng")

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="papers")
    case_id = models.BigIntegerField()
    piece = models.CharField(max_length=12)
    component_key = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.SCANNED)
    state_by = models.CharField(max_length=40)
    state_by_name = models.CharField(max_length=120)
    state_at = models.DateTimeField()
    signed_by = models.CharField(max_length=40, blank=True)
    needs_agency = models.BooleanField(default=False)
    # Who scanned it: the one who must sign it (R26).
    scanned_by = models.CharField(max_length=40)
    file = models.ForeignKey(File, on_delete=models.PROTECT, null=True, related_name="+")
    # The version of it that stands in the case.
    linked = models.UUIDField(null=True)
    sheets = models.JSONField(default=list)
    has_text = models.BooleanField(default=False)
    confidence = models.FloatField(null=True)
    problem = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=40, default="other")
    owner_party_id = models.BigIntegerField(null=True)
    owner = models.CharField(max_length=250, blank=True)
    title = models.CharField(max_length=300, blank=True)
    number = models.CharField(max_length=80, blank=True)
    abstract = models.CharField(max_length=500, blank=True)
    issuer = models.CharField(max_length=250, blank=True)
    issued_on = models.DateField(null=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    is_unlimited = models.BooleanField(default=False)
    scope = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["case_id", "id"], name="digitised_of_case")]
        constraints = [
            models.UniqueConstraint(fields=["batch", "piece"], name="digitised_once"),
            models.CheckConstraint(
                name="digitised_beyond_scanning_has_its_file",
                condition=models.Q(state="scanned") | models.Q(file__isnull=False),
            ),
            models.CheckConstraint(
                name="digitised_signed_by_somebody",
                condition=models.Q(state__in=["scanned", "read", "compared"])
                | ~models.Q(signed_by=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.uuid)
