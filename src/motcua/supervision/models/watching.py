"""Warnings of the ladder, and signals to look at with the evidence they rest on."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Warning(models.Model):
    """A rung of the ladder that a dossier reached, for one who owes an answer.

    `asked`: the role asked first, which never changes; `agency`, `role` and `account` say who owes
    the answer now (`account` null: whoever holds the role). `due_at` is the due date it is about: a
    date that moved is another matter. `gone_at`: when its cause was gone, `gone_why` what it was.
    `reasons`: for a risk, why it is thought to be late. `told_at`: when who owes the answer now was
    told of it.
    """

    class Rung(models.TextChoices):
        AMBER = "amber75", _("đã dùng 75 % thời hạn")
        RED = "red90", _("đã dùng 90 % thời hạn")
        DAY_BEFORE = "day_before", _("còn một ngày làm việc")
        OVERDUE = "overdue", _("quá hạn")
        RISK = "risk", _("nguy cơ trễ hạn")

    class Why(models.TextChoices):
        THERE = "", _("còn nguyên nhân")
        SETTLED = "settled", _("đã có kết quả")
        ENDED = "ended", _("hồ sơ đã dừng hoặc được rút")
        PAUSED = "paused", _("thời hạn đang tạm dừng")
        EXTENDED = "extended", _("đã xin lỗi và hẹn lại")
        RETIMED = "retimed", _("ngày hẹn trả đã được tính lại")
        PASSED = "passed", _("bước này đã chuyển sang người khác")
        CALMED = "calmed", _("nguy cơ không còn")

    # No constraint in the database: checking it would lock the dossier's row against the desk.
    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    code = models.CharField(max_length=60)
    rung = models.CharField(max_length=10, choices=Rung.choices)
    asked = models.CharField(max_length=14)
    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=14)
    account = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )
    competent = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    share = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list, blank=True)
    raised_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    level = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_as = models.CharField(max_length=200, blank=True)
    answer = models.CharField(max_length=1000, blank=True)
    gone_at = models.DateTimeField(null=True)
    gone_why = models.CharField(max_length=10, choices=Why.choices, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "rung", "due_at", "asked"], name="warning_once"
            ),
            models.CheckConstraint(
                condition=models.Q(answered_at=None, answer="")
                | models.Q(answered_at__isnull=False) & ~models.Q(answer=""),
                name="warning_answered_in_words",
            ),
            models.CheckConstraint(
                condition=models.Q(gone_at=None, gone_why="")
                | models.Q(gone_at__isnull=False) & ~models.Q(gone_why=""),
                name="warning_gone_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "role", "answer_by"],
                condition=models.Q(answered_at=None, gone_at=None),
                name="warning_waiting",
            ),
            models.Index(
                fields=["dossier"], condition=models.Q(gone_at=None), name="warning_there"
            ),
            models.Index(fields=["competent", "-raised_at"], name="warning_of_agency"),
            models.Index(
                fields=["agency", "role"],
                condition=models.Q(told_at=None, answered_at=None, gone_at=None),
                name="warning_untold",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.rung}"

    @property
    def stream(self) -> str:
        """Name of the warning's stream in the ledger."""
        return f"warning:{self.pk}"

    @property
    def is_waiting(self) -> bool:
        """Tell whether somebody still owes an answer."""
        return self.answered_at is None and self.gone_at is None


class Pace(models.Model):
    """When the ladder has to look at a running dossier again: a hint, made anew at any time.

    `revision`, `due_at`: of the dossier as it was looked at; `basis`: the ladder, the calendars and
    the posts by which it was judged. `next_at` null: it has no further rung.
    """

    dossier_id = models.BigIntegerField(primary_key=True)
    revision = models.PositiveIntegerField()
    due_at = models.DateTimeField()
    looked_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    basis = models.CharField(max_length=16)

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.next_at}"


class Signal(models.Model):
    """Something to look at, in neutral words; a person closes it, nothing follows by itself.

    It is about a dossier, about an officer at an agency, or about an agency; `subject` names that
    in one text. `account`: the officer concerned, who may explain. `is_guarded`: raised from a
    report about conduct, so that only inspectors and controllers read it.
    """

    class State(models.TextChoices):
        OPEN = "open", _("chờ giải trình")
        EXPLAINED = "explained", _("đã giải trình")
        CLOSED = "closed", _("đã khép lại")

    class About(models.TextChoices):
        DOSSIER = "dossier", _("hồ sơ")
        OFFICER = "officer", _("cán bộ")
        AGENCY = "agency", _("cơ quan")

    class Outcome(models.TextChoices):
        NONE = "", _("chưa kết luận")
        CAUSE = "cause", _("đã rõ nguyên nhân, đã chấn chỉnh")
        NO_MATTER = "no_matter", _("không có vấn đề")
        DUTY = "duty", _("giao thành nhiệm vụ")

    kind = models.CharField(max_length=3)
    about = models.CharField(max_length=7, choices=About.choices)
    subject = models.CharField(max_length=80)
    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )
    severity = models.CharField(max_length=8)
    is_guarded = models.BooleanField(default=False)
    raised_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    explain_by = models.DateTimeField(null=True)
    explanation = models.CharField(max_length=2000, blank=True)
    explained_at = models.DateTimeField(null=True)
    explained_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )
    explained_as = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=9, choices=Outcome.choices, blank=True)
    conclusion = models.CharField(max_length=2000, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )
    closed_as = models.CharField(max_length=200, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=models.Q(state="open"),
                name="signal_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None, outcome="")
                | models.Q(closed_at__isnull=False, closed_by__isnull=False)
                & ~models.Q(outcome="")
                & ~models.Q(conclusion=""),
                name="signal_closed_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-raised_at"], name="signal_of_agency"),
            models.Index(fields=["account"], name="signal_of_officer"),
        ]
        ordering = ["-raised_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

    @property
    def stream(self) -> str:
        """Name of the signal's stream in the ledger."""
        return f"signal:{self.pk}"


class Evidence(models.Model):
    """One thing that a signal rests on; the same thing is never found twice.

    `key` names the thing ("dossier:12#5"); `codes` the dossiers in it, for links; `numbers` what the
    rule saw, put into words when it is read.
    """

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=3)
    key = models.CharField(max_length=100)
    at = models.DateTimeField()
    reason = models.CharField(max_length=20)
    codes = models.JSONField(default=list)
    numbers = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="evidence_once")]
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.key
