"""Tables of the figures: all of them are folded from the ledger and can be made again from it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Coalesce

from motcua.reporting.models_foresight import KeptForecast, KeptWhatIf, LearnedRisk
from motcua.reporting.models_index import IndexDay

__all__ = [
    "ClosedPeriod", "Followed", "IndexDay", "KeptForecast", "KeptWhatIf", "LearnedRisk", "Past",
    "Rollup", "Standing", "Stock",
]  # fmt: skip


def _flag(condition: Q) -> models.GeneratedField:
    expression = models.ExpressionWrapper(condition, output_field=models.BooleanField())
    return models.GeneratedField(
        expression=expression, output_field=models.BooleanField(), db_persist=True
    )


class Standing(models.Model):
    """How one dossier stands after its facts; never read from the dossier's own row.

    `ended_class`: early, on_time or late, by the rules of the day it ended (rules.classes).
    `..._at`: the first fact of that kind; a figure of a past period counts those before its end.
    `path_...`: due time and waiting, from when they stood so while the dossier went on.
    `assignee_id`: who has the open step. `handler_id`: who settles it. `officer_id`: to whom it counts:
    while it is open whoever has the step, or else who settles it; afterwards who settled it.
    """

    dossier_id = models.BigIntegerField(primary_key=True)
    code = models.CharField(max_length=60)
    procedure_code = models.CharField(max_length=40)
    version_id = models.BigIntegerField(default=0)
    field = models.CharField(max_length=200)
    level = models.CharField(max_length=8)
    receiving_id = models.BigIntegerField()
    competent_id = models.BigIntegerField()
    place_code = models.CharField(max_length=5)
    channel = models.CharField(max_length=8)
    filed_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    due_original = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=9)
    ended_class = models.CharField(max_length=8)
    decided_outcome = models.CharField(max_length=8)
    waiting_since = models.DateTimeField(null=True)
    waited_seconds = models.IntegerField(default=0)
    waited_all_seconds = models.IntegerField(default=0)
    supplements = models.SmallIntegerField(default=0)
    extensions = models.SmallIntegerField(default=0)
    step_key = models.CharField(max_length=40)
    turn_agency_id = models.BigIntegerField(null=True)
    assignee_id = models.BigIntegerField(null=True)
    handler_id = models.BigIntegerField(null=True)
    supplemented_at = models.DateTimeField(null=True)
    supplemented_again_at = models.DateTimeField(null=True)
    extended_at = models.DateTimeField(null=True)
    digitised_at = models.DateTimeField(null=True)
    reused_at = models.DateTimeField(null=True)
    from_store_at = models.DateTimeField(null=True)
    stamped_at = models.DateTimeField(null=True)
    obligation_at = models.DateTimeField(null=True)
    paid_online_at = models.DateTimeField(null=True)
    path_at = ArrayField(models.DateTimeField())
    path_due = ArrayField(models.DateTimeField(null=True))
    path_wait = ArrayField(models.DateTimeField(null=True))
    last_fact_id = models.BigIntegerField(default=0)

    is_digitised = _flag(
        Q(channel="online") | Q(digitised_at__isnull=False) | Q(reused_at__isnull=False)
    )
    e_result = _flag(Q(stamped_at__isnull=False))
    reused = _flag(Q(reused_at__isnull=False))
    from_store = _flag(Q(from_store_at__isnull=False))
    has_obligation = _flag(Q(obligation_at__isnull=False))
    paid_online = _flag(Q(paid_online_at__isnull=False))
    officer_id = models.GeneratedField(
        expression=Case(
            When(ended_at__isnull=False, then=F("handler_id")),
            default=Coalesce("assignee_id", "handler_id"),
        ),
        output_field=models.BigIntegerField(null=True),
        db_persist=True,
    )

    class Meta:
        indexes = [
            models.Index(
                "competent_id", "accepted_at", name="standing_accepted",
                condition=Q(accepted_at__isnull=False),
            ),
            models.Index(
                "competent_id", "ended_at", name="standing_ended",
                condition=Q(accepted_at__isnull=False, ended_at__isnull=False),
            ),
            models.Index("accepted_at", name="standing_day", condition=Q(accepted_at__isnull=False)),
            models.Index(
                "procedure_code", "accepted_at", name="standing_procedure",
                condition=Q(accepted_at__isnull=False),
            ),
            models.Index(
                "ended_at", name="standing_end_day",
                condition=Q(accepted_at__isnull=False, ended_at__isnull=False),
            ),
            models.Index(
                "due_at", name="standing_open_due",
                condition=Q(accepted_at__isnull=False, ended_at__isnull=True),
            ),
            models.Index(
                "competent_id", "due_at", name="standing_open_agency",
                condition=Q(accepted_at__isnull=False, ended_at__isnull=True),
            ),
            models.Index(
                "supplements", name="standing_open_again",
                condition=Q(accepted_at__isnull=False, ended_at__isnull=True, supplements__gt=1),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.code


class Counts(models.Model):
    """What is counted of dossiers: the names are those of rules.measures."""

    received = models.IntegerField(default=0)
    online = models.IntegerField(default=0)
    supplemented = models.IntegerField(default=0)
    supplemented_twice = models.IntegerField(default=0)
    digitised = models.IntegerField(default=0)
    reused = models.IntegerField(default=0)
    from_store = models.IntegerField(default=0)
    obliged = models.IntegerField(default=0)
    paid_online = models.IntegerField(default=0)
    settled = models.IntegerField(default=0)
    on_time = models.IntegerField(default=0)
    early = models.IntegerField(default=0)
    late = models.IntegerField(default=0)
    ended = models.IntegerField(default=0)
    apart = models.IntegerField(default=0)
    resolved = models.IntegerField(default=0)
    e_result = models.IntegerField(default=0)
    e_whole = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    extended = models.IntegerField(default=0)
    apologised = models.IntegerField(default=0)
    timed = models.IntegerField(default=0)
    took_minutes = models.BigIntegerField(default=0)
    limit_minutes = models.BigIntegerField(default=0)

    class Meta:
        abstract = True


class Rollup(Counts):
    """Counts of one day ("d") or month ("m"); "p": of one month, by procedure.

    "h": of one month, by hour of the week; "v": the same by field instead of agency.
    The same put together, so that a long time is read at once: of a day by agency ("a"), by field
    ("f") and in all ("g"), of a month by procedure ("q") and by hour in all ("w"); what they do not
    divide by is blank (0 or "").

    What was received counts on the day of acceptance, what was settled on the day it ended.
    """

    grain = models.CharField(max_length=1)
    day = models.DateField()
    competent_id = models.BigIntegerField()
    receiving_id = models.BigIntegerField()
    field = models.CharField(max_length=200)
    channel = models.CharField(max_length=8)
    procedure_code = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["grain", "day", "competent_id", "receiving_id", "field", "channel",
                        "procedure_code"],
                name="rollup_once",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.grain} {self.day}"


class Stock(models.Model):
    """How many dossiers in progress are due on a day, by how they are classed.

    `state`: "runs" (overdue when the day is over), "waits", "overdue" (whatever the day).
    """

    competent_id = models.BigIntegerField()
    receiving_id = models.BigIntegerField()
    field = models.CharField(max_length=200)
    channel = models.CharField(max_length=8)
    due_day = models.DateField()
    state = models.CharField(max_length=8)
    count = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["competent_id", "receiving_id", "field", "channel", "due_day", "state"],
                name="stock_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.due_day} {self.state} {self.count}"


class Past(Counts):
    """The counts of a period that is over, as it stood at its end; read once, then kept.

    A fact that comes late with an earlier moment drops the rows of every period it lies in.
    """

    first = models.DateField()
    until = models.DateTimeField()
    competent_id = models.BigIntegerField()
    receiving_id = models.BigIntegerField()
    field = models.CharField(max_length=200)
    channel = models.CharField(max_length=8)
    procedure_code = models.CharField(max_length=40)
    open = models.IntegerField(default=0)
    in_time = models.IntegerField(default=0)
    waiting = models.IntegerField(default=0)
    overdue = models.IntegerField(default=0)
    far = models.IntegerField(default=0)
    near = models.IntegerField(default=0)
    soon = models.IntegerField(default=0)
    over = models.IntegerField(default=0)
    far_over = models.IntegerField(default=0)
    unlimited = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["first", "until", "competent_id", "receiving_id", "field", "channel",
                        "procedure_code"],
                name="past_once",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.first}–{self.until}"


class Followed(models.Model):
    """Up to which fact the figures were folded (one row).

    `gaps`: ranges of numbers below it that were not there yet: [from, to, writers]; a writer is a
    transaction that was running when the gap was seen. When all of them are over, what is still
    missing was rolled back. `is_building`: everything is being folded anew; nobody follows meanwhile.
    """

    upto = models.BigIntegerField(default=0)
    latest_at = models.DateTimeField(null=True)
    followed_at = models.DateTimeField(null=True)
    gaps = models.JSONField(default=list)
    is_building = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.upto)


class ClosedPeriod(models.Model):
    """A period's figures as they were reported; what moved afterwards is shown beside them.

    `figures`: what was sent, as its report shapes it. `counts`: the province's own counts then.
    """

    key = models.CharField(max_length=60)
    first = models.DateField()
    until = models.DateTimeField()
    upto = models.BigIntegerField()
    closed_at = models.DateTimeField()
    by = models.CharField(max_length=40)
    by_name = models.CharField(max_length=120)
    figures = models.JSONField()
    counts = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key"], name="period_closed_once")]

    def __str__(self) -> str:
        return self.key
