"""Directives, and the duties that come of them: six things are clear in each."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Directive(models.Model):
    """A document in which somebody with the authority asks for something to be done.

    `points` are the things it asks for, one a line, in the order of the document.
    """

    class Kind(models.TextChoices):
        DIRECTIVE = "directive", _("văn bản chỉ đạo")
        CONCLUSION = "conclusion", _("kết luận kiểm tra")
        MEETING = "meeting", _("kết luận cuộc họp")

    number = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    issued_on = models.DateField()
    issuer = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="+")
    signer = models.CharField(max_length=120)
    subject = models.CharField(max_length=300)
    points = models.JSONField(default=list)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "number", "issued_on"], name="directive_once"
            ),
            models.CheckConstraint(condition=~models.Q(number=""), name="directive_has_number"),
        ]
        ordering = ["-issued_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.number} {self.issued_on}"

    @property
    def stream(self) -> str:
        """Name of the directive's stream in the ledger."""
        return f"directive:{self.pk}"


class Duty(models.Model):
    """One thing that somebody has to bring about, with the six things that must be clear.

    Who: `person` at `agency`; what: `work`; by what right: `authority`; when: `due_at`; with what
    to show: `product`; who answers for it: `accountable`. `due_original` keeps the first due date;
    `giver_post` is the office by which it was given, to which its product is owed.
    """

    class State(models.TextChoices):
        GIVEN = "given", _("đang làm")
        REPORTED = "reported", _("đã nộp sản phẩm")
        ACCEPTED = "accepted", _("đã hoàn thành")
        CANCELLED = "cancelled", _("đã hủy")

    code = models.CharField(max_length=20, unique=True)
    directive = models.ForeignKey(
        Directive, on_delete=models.PROTECT, null=True, related_name="duties"
    )
    point = models.PositiveSmallIntegerField(null=True)
    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("directory.Account", on_delete=models.PROTECT, related_name="+")
    accountable = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, related_name="+"
    )
    work = models.TextField()
    authority = models.CharField(max_length=300)
    product = models.CharField(max_length=300)
    due_at = models.DateTimeField()
    due_original = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.GIVEN)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )
    giver_post = models.ForeignKey(
        "directory.Post", on_delete=models.PROTECT, null=True, related_name="+"
    )
    report = models.TextField(blank=True)
    report_reference = models.CharField(max_length=300, blank=True)
    reported_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=1000, blank=True)
    sent_back_count = models.PositiveSmallIntegerField(default=0)
    overdue_noted_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(work="") & ~models.Q(authority="") & ~models.Q(product=""),
                name="duty_six_clear",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, state__in=["given", "reported"])
                | models.Q(ended_at__isnull=False, state__in=["accepted", "cancelled"]),
                name="duty_ended_with_state",
            ),
            models.UniqueConstraint(
                fields=["directive", "point", "agency"],
                condition=models.Q(directive__isnull=False, point__isnull=False)
                & ~models.Q(state="cancelled"),
                name="duty_of_point_once_per_agency",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "due_at"],
                condition=models.Q(ended_at=None),
                name="duty_open_of_person",
            ),
            models.Index(
                fields=["agency", "due_at"],
                condition=models.Q(ended_at=None),
                name="duty_open_of_agency",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def stream(self) -> str:
        """Name of the duty's stream in the ledger."""
        return f"duty:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Tell whether something is still to be done."""
        return self.ended_at is None

    @property
    def is_extended(self) -> bool:
        """Tell whether the due date was moved."""
        return self.due_at != self.due_original


class DutyLink(models.Model):
    """What a duty is about: a dossier, a signal, a figure, a difference of lists."""

    class Kind(models.TextChoices):
        DOSSIER = "dossier", _("hồ sơ")
        SIGNAL = "signal", _("dấu hiệu cần kiểm tra")
        FIGURE = "figure", _("chỉ số")
        DIFFERENCE = "difference", _("sai khác danh mục")

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="links")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    key = models.CharField(max_length=80)
    label = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["duty", "kind", "key"], name="duty_link_once")
        ]
        indexes = [models.Index(fields=["kind", "key"], name="duty_link_of")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
