"""Ratings: how content people are, after a result, at a counter, with an answer."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.feedback.models.case import Case


class CounterDevice(models.Model):
    """A tablet at a counter: its token is known to it alone, and an officer sits there for a time."""

    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    digest = models.BinaryField(max_length=32, unique=True)
    officer = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )
    officer_post = models.CharField(max_length=200, blank=True)
    seated_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Rating(models.Model):
    """One person's five faces about a result, a counter or an answer, with reasons and free words.

    Nothing in it says who rated. Which officers it is about stands apart (`RatedOfficer`), out of
    their own sight.
    """

    class About(models.TextChoices):
        RESULT = "result", _("kết quả thủ tục")
        COUNTER = "counter", _("phục vụ tại quầy")
        ANSWER = "answer", _("trả lời phản ánh")

    about = models.CharField(max_length=7, choices=About.choices)
    agency = models.ForeignKey(
        "directory.Agency", on_delete=models.PROTECT, null=True, related_name="+"
    )
    dossier = models.OneToOneField(
        "dossiers.Dossier", on_delete=models.PROTECT, null=True, related_name="+"
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="scores")
    number = models.PositiveSmallIntegerField(default=1)
    device = models.ForeignKey(CounterDevice, on_delete=models.PROTECT, null=True)
    score = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list, blank=True)
    words = models.CharField(max_length=500, blank=True)
    became = models.OneToOneField(
        Case, on_delete=models.PROTECT, null=True, related_name="out_of_rating"
    )
    at = models.DateTimeField()
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score__range=(1, 5)), name="rating_has_five_faces"
            ),
            models.UniqueConstraint(
                fields=["case", "number"],
                name="rating_of_answer_once",
                condition=models.Q(case__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["agency", "at"], name="rating_of_agency")]

    def __str__(self) -> str:
        return f"{self.about} {self.score}"

    @property
    def stream(self) -> str:
        """Name of the rating's stream in the ledger."""
        return f"rating:{self.pk}"


class RatedOfficer(models.Model):
    """An officer whom a rating is about, in the part played; read singly by inspectors only."""

    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, related_name="officers")
    account = models.ForeignKey("directory.Account", on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=12)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rating", "account"], name="officer_rated_once")
        ]
        indexes = [models.Index(fields=["account"], name="rating_of_officer")]

    def __str__(self) -> str:
        return f"{self.rating_id} {self.part}"
