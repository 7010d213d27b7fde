"""Accounts, posts, delegation and absence: who acts, and in whose name."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a post may do (118/2025/NĐ-CP Điều 7 to 12, 17 to 22)."""

    SUPPORT = "support", _("nhân viên hỗ trợ")
    RECEPTIONIST = "receptionist", _("cán bộ tiếp nhận")
    APPRAISER = "appraiser", _("chuyên viên thụ lý")
    HEAD = "head", _("lãnh đạo phê duyệt")
    CLERK = "clerk", _("văn thư")
    CASHIER = "cashier", _("thu phí, lệ phí")
    CENTRE_LEAD = "centre_lead", _("lãnh đạo Trung tâm")
    CONTROLLER = "controller", _("kiểm soát thủ tục hành chính")
    CHAIRMAN = "chairman", _("Chủ tịch Ủy ban nhân dân")
    KEEPER = "keeper", _("quản trị danh mục thủ tục")
    AUDITOR = "auditor", _("kiểm tra, thanh tra")
    ADMIN = "admin", _("quản trị hệ thống")


class AccountManager(BaseUserManager["Account"]):
    """Looks accounts up by their user name, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username=(username or "").lower())


class Account(AbstractBaseUser):
    """Somebody who can sign in: an officer with posts, or a citizen with a party."""

    class Kind(models.TextChoices):
        STAFF = "staff", _("cán bộ")
        CITIZEN = "citizen", _("người dân")

    username = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    name = models.CharField(max_length=120)
    party = models.OneToOneField(
        "directory.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="account"
    )
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    totp_cipher = models.BinaryField(null=True, blank=True)
    totp_last_step = models.BigIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(null=True)

    objects = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="staff") | models.Q(party__isnull=False),
                name="account_citizen_has_party",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """One person in one role at one agency, for a time."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="posts")
    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=14, choices=Role.choices)
    title = models.CharField(max_length=120, blank=True)
    fields = models.JSONField(default=list, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["agency", "role"], name="post_agency_role")]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "agency", "role", "valid_from"], name="post_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.role} {self.agency_id}"


class Delegation(models.Model):
    """A post lent to another account for a time, by a decision with a number."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="delegations")
    to = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="delegated_posts")
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    decision = models.CharField(max_length=80)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__gt=models.F("valid_from")),
                name="delegation_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return self.decision


class Absence(models.Model):
    """A time in which an officer gets no new work."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="absences")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="absence_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return self.reason


class ApiToken(models.Model):
    """A bearer token; only its SHA-256 digest is kept."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="tokens")
    digest = models.BinaryField(max_length=32, unique=True)
    name = models.CharField(max_length=80)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
