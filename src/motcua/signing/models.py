"""Tables of signing: keys by reference, pictures, signatures made, signatures waited for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.directory.identity import SealedJSONField


class KeyRef(models.Model):
    """A key somebody signs with: an officer's own, or an agency's that a clerk keeps.

    The private key is on a token, in a file or at a service; what is here finds it (`place`) and
    says whose it is. No private key and no PIN is ever written here.
    """

    account = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )
    agency = models.ForeignKey(
        "directory.Agency", on_delete=models.PROTECT, null=True, related_name="+"
    )
    # Whom the agency's head gave the key to, where that is not the clerk of the agency.
    keeper = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )
    port = models.CharField(max_length=12)
    place = models.JSONField(default=dict)
    certificate = models.TextField()
    chain = models.TextField(blank=True)
    serial = models.CharField(max_length=64)
    subject = models.CharField(max_length=300)
    issuer = models.CharField(max_length=200)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    is_enabled = models.BooleanField(default=True)
    is_trial = models.BooleanField(default=False)
    added_by = models.CharField(max_length=40)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="key_has_one_owner",
                condition=models.Q(account__isnull=False, agency__isnull=True)
                | models.Q(account__isnull=True, agency__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(is_enabled=True, account__isnull=False),
                name="key_one_for_an_officer",
            ),
            models.UniqueConstraint(
                fields=["agency"],
                condition=models.Q(is_enabled=True, agency__isnull=False),
                name="key_one_for_an_agency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.port} {self.serial}"


class Picture(models.Model):
    """The handwritten signature of an officer, or the seal of an agency, as a transparent PNG."""

    account = models.OneToOneField(
        "directory.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )
    agency = models.OneToOneField(
        "directory.Agency", on_delete=models.PROTECT, null=True, related_name="+"
    )
    png = models.BinaryField()
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="picture_has_one_owner",
                condition=models.Q(account__isnull=False, agency__isnull=True)
                | models.Q(account__isnull=True, agency__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id or ''} {self.agency_id or ''}".strip()


class Kind(models.TextChoices):
    """What a signature is for (30/2020/NĐ-CP Phụ lục I)."""

    PERSONAL = "personal", _("chữ ký số cá nhân")
    AGENCY = "agency", _("chữ ký số cơ quan")
    COPY = "copy", _("chữ ký số cơ quan trên bản sao")
    ATTACHMENT = "attachment", _("chữ ký số cơ quan trên phụ lục")


class Signature(models.Model):
    """One signature that was made here: who, in which post, with which key, on which bytes.

    `file` is what came out, `before` what went in; `root_id` is the first file of that line, so
    that all signatures of a paper are one look-up.
    """

    file = models.OneToOneField(
        "documents.File", on_delete=models.PROTECT, related_name="signature"
    )
    before = models.ForeignKey("documents.File", on_delete=models.PROTECT, related_name="+")
    root_id = models.BigIntegerField(db_index=True)
    case_id = models.BigIntegerField(null=True, db_index=True)
    kind = models.CharField(max_length=10, choices=Kind)
    level = models.CharField(max_length=5)
    key = models.ForeignKey(KeyRef, on_delete=models.PROTECT, related_name="signatures")
    account = models.ForeignKey("directory.Account", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(
        "directory.Agency", on_delete=models.PROTECT, null=True, related_name="+"
    )
    role = models.CharField(max_length=14, blank=True)
    post = models.CharField(max_length=300)
    signer = models.CharField(max_length=120)
    serial = models.CharField(max_length=64)
    at = models.DateTimeField()
    sha256_before = models.CharField(max_length=64)
    sha256_after = models.CharField(max_length=64)
    field = models.CharField(max_length=40)
    page = models.IntegerField(null=True)
    box = models.JSONField(null=True)

    class Meta:
        indexes = [models.Index(fields=["agency", "at"], name="signature_of_agency")]

    def __str__(self) -> str:
        return f"{self.kind} {self.signer}"


class Wish(models.Model):
    """A paper that waits for somebody's signature; it waits until it is signed or withdrawn.

    Either an officer is named, or whoever keeps the agency's key may do it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("đang chờ ký")
        SIGNED = "signed", _("đã ký")
        WITHDRAWN = "withdrawn", _("không cần ký nữa")

    file = models.ForeignKey("documents.File", on_delete=models.PROTECT, related_name="wishes")
    kind = models.CharField(max_length=10, choices=Kind)
    account = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )
    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="+")
    case_id = models.BigIntegerField(null=True)
    about = models.CharField(max_length=300, blank=True)
    mark = models.JSONField(default=dict)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    refusal = models.CharField(max_length=500, blank=True)
    asked_by = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    signature = models.OneToOneField(
        Signature, on_delete=models.PROTECT, null=True, related_name="wish"
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["agency", "account"],
                name="wish_waiting",
                condition=models.Q(state="waiting"),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["file", "kind", "agency"],
                condition=models.Q(state="waiting"),
                name="wish_waits_once",
            ),
            models.CheckConstraint(
                name="wish_personal_names_an_officer",
                condition=~models.Q(kind="personal") | models.Q(account__isnull=False),
            ),
            models.CheckConstraint(
                name="wish_signed_by_a_signature",
                condition=models.Q(state="signed", signature__isnull=False)
                | (~models.Q(state="signed") & models.Q(signature__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.file_id} {self.state}"


class VerificationReport(models.Model):
    """What was found when a document was verified, opened again by its key.

    `file` is there where the document is one of ours; a stranger's document is not kept, only its
    digest. The report names people, so it is encrypted.
    """

    key = models.CharField(max_length=32, unique=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    file = models.ForeignKey(
        "documents.File", on_delete=models.PROTECT, null=True, related_name="verifications"
    )
    verdict = models.CharField(max_length=10)
    report = SealedJSONField()
    at = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"{self.verdict} {self.sha256[:12]}"
