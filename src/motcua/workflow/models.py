"""Tables of the workflow: approved processes, the tasks of a case, consultations."""

from datetime import datetime
from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.workflow.definition import DEFAULT, POOL, Process, from_json


class ProcessVersion(models.Model):
    """An internal process as one decision approved it; never changed, only followed by another.

    procedure_code "" means every procedure without a process of its own. `catalog_version`, when
    set, narrows it to one version of that procedure.
    """

    key = models.CharField(max_length=60)
    procedure_code = models.CharField(max_length=40, blank=True, db_index=True)
    catalog_version_id = models.BigIntegerField(null=True, blank=True)
    version = models.IntegerField()
    name = models.CharField(max_length=200)
    definition = models.JSONField()
    limit_minutes = models.IntegerField(null=True, blank=True)
    decision_number = models.CharField(max_length=80)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    approved_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["procedure_code", "version"], name="process_version_once"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="process_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~models.Q(decision_number=""), name="process_has_decision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_code or '*'} v{self.version}"

    @cached_property
    def process(self) -> Process:
        """The definition as values; the five built-in steps when this row was never saved."""
        return from_json(self.definition) if self.definition else DEFAULT


class Task(models.Model):
    """One step of one case, given to one post: the six things that must be clear stand here.

    Who: assignee, or whoever holds `role` at `agency`; what: `name`; by what right: `authority`;
    when: `due_at`; with what to show: `product`; who answers for it: `accountable`.
    `process` null means the five built-in steps, which never change.
    """

    class Outcome(models.TextChoices):
        OPEN = "", _("đang làm")
        DONE = "done", _("đã xong")
        RETURNED = "returned", _("trả lại bước trước")
        CANCELLED = "cancelled", _("thôi không làm")

    case_id = models.BigIntegerField(db_index=True)
    process = models.ForeignKey(
        ProcessVersion, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    step_key = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=14)
    agency = models.ForeignKey(
        "directory.Agency", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    assignee = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    accountable = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    assignment = models.CharField(max_length=4, default=POOL)
    authority = models.CharField(max_length=300)
    product = models.CharField(max_length=200)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    alarm_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case_id"], condition=models.Q(closed_at=None), name="task_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None, outcome="")
                | models.Q(closed_at__isnull=False) & ~models.Q(outcome=""),
                name="task_closed_with_outcome",
            ),
            models.CheckConstraint(
                condition=~models.Q(authority="") & ~models.Q(product="") & ~models.Q(name=""),
                name="task_six_clear",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "role", "due_at"],
                condition=models.Q(closed_at=None),
                name="task_open_of_post",
            ),
            models.Index(fields=["assignee", "-opened_at"], name="task_of_officer"),
            models.Index(
                fields=["assignee"],
                condition=models.Q(closed_at=None),
                name="task_open_of_officer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.step_key}"

    @property
    def is_open(self) -> bool:
        """Tell whether the step still waits to be done."""
        return self.closed_at is None

    @property
    def is_paused(self) -> bool:
        """Tell whether the step's time stands still."""
        return self.paused_at is not None

    def urgency(self, *, at: datetime) -> str:
        """Return "paused", "overdue", "alarm" (90 %), "warning" (75 %) or "calm"."""
        if self.paused_at is not None:
            return "paused"
        marks = (("overdue", self.due_at), ("alarm", self.alarm_at), ("warning", self.warn_at))
        return next((name for name, moment in marks if at >= moment), "calm")


class Consultation(models.Model):
    """A question to another agency about a case, with a day to answer (ND118/2025 art. 19.4).

    `silent_at` is when it was noted that the day had passed without an answer.
    """

    class Verdict(models.TextChoices):
        AGREE = "agree", _("đồng ý")
        AGREE_IF = "agree_if", _("đồng ý, kèm điều kiện")
        DISAGREE = "disagree", _("không đồng ý")
        NOT_OURS = "not_ours", _("không thuộc thẩm quyền")

    class Mode(models.TextChoices):
        SYSTEM = "system", _("trên hệ thống")
        PAPER = "paper", _("bằng văn bản giấy")
        MEETING = "meeting", _("tại cuộc họp")

    case_id = models.BigIntegerField(db_index=True)
    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    mode = models.CharField(max_length=8, choices=Mode.choices, default=Mode.SYSTEM)
    question = models.TextField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True)
    answer = models.TextField(blank=True)
    silent_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case_id", "agency"],
                condition=models.Q(answered_at=None, withdrawn_at=None),
                name="consultation_one_open_per_agency",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_at=None, verdict="")
                | models.Q(answered_at__isnull=False) & ~models.Q(verdict=""),
                name="consultation_answered_with_verdict",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(answered_at=None, withdrawn_at=None),
                name="consultation_open_by_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.agency_id}"

    @property
    def is_open(self) -> bool:
        """Tell whether an answer is still awaited."""
        return self.answered_at is None and self.withdrawn_at is None

    def is_overdue(self, *, at: datetime) -> bool:
        """Tell whether the day to answer has passed in silence."""
        return self.is_open and at > self.due_at
