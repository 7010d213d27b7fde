"""What hangs on a case: pictures, followers, notes of progress, times that ended."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.feedback.models.case import Case


class Photo(models.Model):
    """A picture or paper of a case: sent with it, made while working on it, or of the end."""

    class Moment(models.TextChoices):
        BEFORE = "before", _("Trước khi xử lý")
        PROGRESS = "progress", _("Đang xử lý")
        AFTER = "after", _("Sau khi xử lý")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="photos")
    file = models.OneToOneField("documents.File", on_delete=models.PROTECT, related_name="+")
    moment = models.CharField(max_length=8, choices=Moment.choices)
    caption = models.CharField(max_length=120, blank=True)
    is_public = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.moment}"


class Follower(models.Model):
    """Somebody who is told how a case ends: its sender's neighbour, or the sender of its duplicate."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="followers")
    party = models.ForeignKey(
        "directory.Party", on_delete=models.PROTECT, null=True, related_name="+"
    )
    own_case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "party"],
                name="follower_once",
                condition=models.Q(own_case__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["case", "own_case"],
                name="follower_of_duplicate_once",
                condition=models.Q(own_case__isnull=False),
            ),
            models.CheckConstraint(
                condition=models.Q(party__isnull=False) | models.Q(own_case__isnull=False),
                name="follower_is_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.party_id or self.own_case_id}"


class Note(models.Model):
    """What an officer wrote down on the way; the sender reads it where `is_told`."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    text = models.CharField(max_length=1000)
    is_told = models.BooleanField(default=False)
    by_name = models.CharField(max_length=120)
    post = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:40]


class Deadline(models.Model):
    """One time of a case that ended: its clock as it was, when it ended, and whether too late."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deadlines")
    stage = models.CharField(max_length=8)
    number = models.PositiveSmallIntegerField()
    agency = models.ForeignKey(
        "directory.Agency", on_delete=models.PROTECT, null=True, related_name="+"
    )
    clock = models.JSONField(default=list)
    calendar_key = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    is_late = models.BooleanField()
    outcome = models.CharField(max_length=20)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="deadline_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.stage} {self.number}"
