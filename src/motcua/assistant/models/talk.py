"""What was asked and answered: conversations, their turns, and what people thought of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Conversation(models.Model):
    """Questions asked one after the other, bound to a random token or to an account.

    The token stands in the asker's session and nowhere else; nobody can guess it. `asked_on` is
    the day of the last turn: after the days of retention the whole row goes.
    """

    token = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    place = models.CharField(max_length=5, blank=True)
    channel = models.CharField(max_length=10, default="portal")
    begun_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        ordering = ["-last_at"]
        indexes = [models.Index(fields=["last_at"], name="conversation_last")]

    def __str__(self) -> str:
        return f"{self.channel} {self.pk}"


class Turn(models.Model):
    """One question, personal data masked, with its answer and how it came about.

    `answer` is the whole answer as it was shown; `retrieved` [[key, score]]; `steps` [[name, ms]];
    `index` names the state of knowledge that was asked.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="turns")
    number = models.PositiveIntegerField()
    question = models.CharField(max_length=1000)
    outcome = models.CharField(max_length=12)
    language = models.CharField(max_length=2, default="vi")
    procedure = models.CharField(max_length=40, blank=True)
    confidence = models.FloatField(default=0.0)
    answer = models.JSONField(default=dict)
    retrieved = models.JSONField(default=list, blank=True)
    steps = models.JSONField(default=list, blank=True)
    index = models.CharField(max_length=60, blank=True)
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["conversation_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "number"], name="turn_number_once"),
            models.CheckConstraint(
                condition=models.Q(confidence__gte=0) & models.Q(confidence__lte=1),
                name="turn_confidence_is_share",
            ),
        ]
        indexes = [models.Index(fields=["outcome", "-asked_at"], name="turn_outcome")]

    def __str__(self) -> str:
        return self.question


class Vote(models.Model):
    """What the asker thought of one answer; a later one takes the place of the earlier."""

    class Choice(models.TextChoices):
        YES = "yes", _("có ích")
        NOT_QUITE = "not_quite", _("chưa đúng ý")
        WRONG = "wrong", _("sai, cần sửa")

    turn = models.OneToOneField(Turn, on_delete=models.CASCADE, related_name="vote")
    choice = models.CharField(max_length=9, choices=Choice.choices)
    words = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.choice
