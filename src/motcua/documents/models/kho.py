"""The store of papers (kho) of each person and organisation: papers, their uses, consents."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.directory.identity import SealedJSONField


class StoredPaper(models.Model):
    """One paper in its owner's store, with the metadata that the law asks for (R11).

    `kind` is one of the house's kinds of paper, `national_kind` the code of the national catalogue
    where it is known. The number of R23 is computed from owner and kind when it is shown;
    `number_index` is its keyed digest, by which it is looked up. `origin` names what the paper came
    from, so that nothing is kept twice. A paper that ran out is told by its days, not by its state.
    """

    class Level(models.IntegerChoices):
        UPLOADED = 0, _("Chủ giấy tờ tự tải lên")
        CHECKED = 1, _("Cán bộ đã đối chiếu, ký số")
        COPIED = 2, _("Bản sao y có chữ ký số của cơ quan")
        ORIGINAL = 3, _("Bản điện tử gốc của nơi cấp")

    class Source(models.TextChoices):
        DOSSIER = "dossier", _("Số hóa từ hồ sơ")
        RESULT = "result", _("Kết quả giải quyết")
        UPLOAD = "upload", _("Chủ giấy tờ tải lên")
        EXTERNAL = "external", _("Hệ thống khác gửi đến")

    class State(models.TextChoices):
        VALID = "valid", _("Còn hiệu lực")
        REPLACED = "replaced", _("Đã thay bằng bản khác")
        REVOKED = "revoked", _("Đã thu hồi")

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey("directory.Party", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)
    national_kind = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=300)
    number = models.CharField(max_length=80, blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    signer = models.CharField(max_length=120, blank=True)
    issued_on = models.DateField(null=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    scope = models.CharField(max_length=300, blank=True)
    abstract = models.CharField(max_length=500, blank=True)
    said = SealedJSONField(default=dict, blank=True)
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    file = models.ForeignKey(
        "documents.File", on_delete=models.PROTECT, null=True, related_name="kept"
    )
    source = models.CharField(max_length=8, choices=Source.choices)
    origin = models.CharField(max_length=80, unique=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.VALID)
    state_reason = models.CharField(max_length=300, blank=True)
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="replaces"
    )
    number_index = models.BinaryField(max_length=32)
    case_id = models.BigIntegerField(null=True)
    case_code = models.CharField(max_length=60, blank=True)
    agency_id = models.BigIntegerField(null=True)
    doubt = models.CharField(max_length=300, blank=True)
    doubted_at = models.DateTimeField(null=True)
    kept_by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["owner", "kind"], name="stored_of_owner"),
            models.Index(fields=["number_index"], name="stored_number"),
            models.Index(fields=["case_id"], name="stored_of_case"),
        ]
        constraints = [
            models.CheckConstraint(
                name="stored_level_is_known", condition=models.Q(level__in=[0, 1, 2, 3])
            ),
            models.CheckConstraint(
                name="stored_ends_after_it_begins",
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gte=models.F("valid_from")),
            ),
            models.CheckConstraint(
                name="stored_doubt_has_its_moment",
                condition=models.Q(doubt="", doubted_at__isnull=True)
                | (~models.Q(doubt="") & models.Q(doubted_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PaperUse(models.Model):
    """One dossier in which a stored paper stood for a component that was not asked for again."""

    paper = models.ForeignKey(StoredPaper, on_delete=models.PROTECT, related_name="uses")
    case_id = models.BigIntegerField()
    case_code = models.CharField(max_length=60)
    component_key = models.CharField(max_length=120)
    component = models.CharField(max_length=300)
    procedure = models.CharField(max_length=300)
    replaces = models.BooleanField()
    by = models.CharField(max_length=40)
    by_name = models.CharField(max_length=120)
    post = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "case_id", "component_key"], name="paper_use_once"
            )
        ]
        indexes = [models.Index(fields=["case_id"], name="paper_use_of_case")]

    def __str__(self) -> str:
        return f"{self.case_code} {self.component_key}"


class Consent(models.Model):
    """What an owner allowed beyond settling: the text as it was read, when, where; withdrawn or not."""

    party = models.ForeignKey("directory.Party", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=24)
    text_version = models.CharField(max_length=16)
    text = models.TextField()
    channel = models.CharField(max_length=8)
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=40)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=40, blank=True)
    withdrawn_channel = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["party", "purpose"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="consent_stands_once",
            ),
            models.CheckConstraint(
                name="consent_withdrawal_is_whole",
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_by="")
                | (models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_by="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.text_version}"
