"""Messages: what somebody is told, through which channel, and how far it has come."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Message(models.Model):
    """One notice to one person, to a post of an agency, or to one officer alone.

    `key` names what it is about and to whom, so that the same notice is never made twice.
    `template` and `context` are kept instead of words: it is read in the reader's language.
    """

    class Channel(models.TextChoices):
        IN_APP = "in_app", _("trong tài khoản")
        EMAIL = "email", _("thư điện tử")
        SMS = "sms", _("tin nhắn")
        ZALO = "zalo", _("Zalo")

    class State(models.TextChoices):
        QUEUED = "queued", _("chờ gửi")
        SENT = "sent", _("đã gửi")
        FAILED = "failed", _("không gửi được")
        NOT_CONFIGURED = "not_configured", _("kênh chưa được nối")

    key = models.CharField(max_length=120, unique=True)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    state = models.CharField(max_length=16, choices=State.choices)
    party = models.ForeignKey(
        "directory.Party", on_delete=models.PROTECT, null=True, related_name="+"
    )
    agency = models.ForeignKey(
        "directory.Agency", on_delete=models.PROTECT, null=True, related_name="+"
    )
    role = models.CharField(max_length=14, blank=True)
    account = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )
    address = models.CharField(max_length=254, blank=True)
    template = models.CharField(max_length=40)
    context = models.JSONField(default=dict)
    about = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    next_try_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(party__isnull=False)
                | models.Q(agency__isnull=False)
                | models.Q(account__isnull=False),
                name="message_has_reader",
            )
        ]
        indexes = [
            models.Index(fields=["party", "-at"], name="message_party"),
            models.Index(fields=["agency", "role", "-at"], name="message_agency"),
            models.Index(
                fields=["next_try_at"],
                name="message_queued",
                condition=models.Q(state="queued"),
            ),
        ]

    def __str__(self) -> str:
        return self.key
