"""The work list of the catalogue's keepers: topics asked in vain, and the answers people wrote."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Topic(models.Model):
    """Questions that ask for the same thing and got no good answer.

    `title` is the question that stands for all, masked. `count` counts questions, by reason in
    `reasons`. `case`: code of the written question (a case of feedback) that it came from.
    """

    class State(models.TextChoices):
        OPEN = "open", _("chờ nhận")
        TAKEN = "taken", _("đang soạn")
        ANSWERED = "answered", _("đã có câu trả lời")
        DISMISSED = "dismissed", _("không cần trả lời")

    title = models.CharField(max_length=300)
    language = models.CharField(max_length=2, default="vi")
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    count = models.PositiveIntegerField(default=0)
    reasons = models.JSONField(default=dict, blank=True)
    first_asked_at = models.DateTimeField()
    last_asked_at = models.DateTimeField()
    owner = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )
    taken_at = models.DateTimeField(null=True)
    dismissed_reason = models.CharField(max_length=500, blank=True)
    case = models.CharField(max_length=24, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(owner__isnull=True, taken_at__isnull=True)
                | models.Q(owner__isnull=False, taken_at__isnull=False),
                name="topic_taken_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="dismissed") | ~models.Q(dismissed_reason=""),
                name="topic_dismissed_with_reason",
            ),
            models.UniqueConstraint(
                fields=["case"], condition=~models.Q(case=""), name="topic_of_case"
            ),
        ]
        indexes = [models.Index(fields=["state", "-count", "-last_asked_at"], name="topic_list")]

    def __str__(self) -> str:
        return self.title

    @property
    def stream(self) -> str:
        """Name of the topic's stream in the ledger."""
        return f"topic:{self.pk}"


class TopicQuestion(models.Model):
    """One question on the list, masked. `turn`: the turn of a conversation it comes from."""

    class Reason(models.TextChoices):
        UNKNOWN = "unknown", _("chưa biết trả lời")
        DISLIKED = "disliked", _("người hỏi chưa hài lòng")
        UNSURE = "unsure", _("trả lời chưa chắc")
        WRITTEN = "written", _("hỏi bằng văn bản")

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="questions")
    turn = models.BigIntegerField(null=True, unique=True)
    text = models.CharField(max_length=1000)
    reason = models.CharField(max_length=8, choices=Reason.choices)
    leads = models.BooleanField(default=False)
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return self.text


class LearnedAnswer(models.Model):
    """An answer that a person wrote and another person checked, with its sources and dates.

    `sources`: [{"kind": law, procedure or link, "reference", "title", "url"}]; `valid_to` is the
    first day on which it is no longer given. `case`: the written question that it comes from.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("bản nháp")
        REVIEW = "review", _("chờ duyệt")
        RETURNED = "returned", _("cần sửa")
        ACCEPTED = "accepted", _("đã duyệt")
        WITHDRAWN = "withdrawn", _("đã thôi dùng")

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="answers")
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    question = models.CharField(max_length=300)
    question_en = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    text_en = models.TextField(blank=True)
    sources = models.JSONField(default=list, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    case = models.CharField(max_length=24, blank=True)
    writer = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )
    written_at = models.DateTimeField()
    reviewer = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="accepted")
                | (
                    models.Q(
                        reviewer__isnull=False, writer__isnull=False, valid_from__isnull=False
                    )
                    & ~models.Q(reviewer=models.F("writer"))
                ),
                name="answer_accepted_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="answer_valid_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def key(self) -> str:
        """What knowledge knows it by."""
        return f"tl:{self.pk}"
