"""The dossier itself, its papers, and the counter of its codes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.directory.identity import SealedJSONField
from motcua.dossiers.models.urgency import Urgency
from motcua.dossiers.rules.states import NPSP_CODES, OPEN_STATES


class Dossier(models.Model):
    """What somebody filed under one version of a procedure, and how far it has come.

    Four axes, never mixed: `state` (business), `money`, `delivery`, `sync`.
    Three places: `support` (where help was given), `receiving`, `competent`.
    Three people: `applicant` (who asks), `owner` (whom it concerns), `helper_name` (who helped);
    a mandate is named in `mandate`.
    `clock` is the list of clock events from which `due_at` was computed and can be replayed.
    `revision` is the number of facts in the dossier's stream.
    """

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("Mới đăng ký")
        ACCEPTED = "accepted", _("Được tiếp nhận")
        REJECTED = "rejected", _("Không được tiếp nhận")
        IN_PROGRESS = "in_progress", _("Đang xử lý")
        WAIT_SUPPLEMENT = "wait_supplement", _("Yêu cầu bổ sung giấy tờ")
        WAIT_FINANCE = "wait_finance", _("Yêu cầu thực hiện nghĩa vụ tài chính")
        WITHDRAWN = "withdrawn", _("Công dân yêu cầu rút hồ sơ")
        STOPPED = "stopped", _("Dừng xử lý")
        RESULT_READY = "result_ready", _("Đã xử lý xong")
        RETURNED = "returned", _("Đã trả kết quả")

    class Channel(models.TextChoices):
        COUNTER = "counter", _("trực tiếp")
        ONLINE = "online", _("trực tuyến")
        POST = "post", _("bưu chính công ích")

    class Money(models.TextChoices):
        FREE = "free", _("Không thu phí, lệ phí")
        DUE = "due", _("Chưa nộp")
        PAID = "paid", _("Đã nộp")
        REFUNDED = "refunded", _("Đã hoàn")

    class Delivery(models.TextChoices):
        NONE = "none", _("Chưa có kết quả")
        READY = "ready", _("Chờ trả")
        DELIVERED = "delivered", _("Đã trả")

    class Sync(models.TextChoices):
        LOCAL = "local", _("Chưa nối Cổng Dịch vụ công quốc gia")
        PENDING = "pending", _("Chờ đồng bộ")
        SYNCED = "synced", _("Đã đồng bộ")
        FAILED = "failed", _("Đồng bộ lỗi")

    class Outcome(models.TextChoices):
        NONE = "", _("Chưa có")
        GRANTED = "granted", _("Đồng ý")
        REFUSED = "refused", _("Từ chối")

    code = models.CharField(max_length=60, unique=True)
    version = models.ForeignKey(
        "catalog.ProcedureVersion", on_delete=models.PROTECT, related_name="+"
    )
    procedure_code = models.CharField(max_length=40)
    procedure_name = models.TextField()
    field = models.CharField(max_length=200)
    case_key = models.CharField(max_length=80, blank=True)
    process_id = models.BigIntegerField(null=True)
    channel = models.CharField(max_length=8, choices=Channel.choices)

    state = models.CharField(max_length=16, choices=State.choices, default=State.SUBMITTED)
    money = models.CharField(max_length=8, choices=Money.choices, default=Money.FREE)
    delivery = models.CharField(max_length=10, choices=Delivery.choices, default=Delivery.NONE)
    sync = models.CharField(max_length=8, choices=Sync.choices, default=Sync.LOCAL)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    proposal = models.CharField(max_length=8, choices=Outcome.choices, blank=True)

    support = models.ForeignKey(
        "directory.Agency", on_delete=models.PROTECT, null=True, related_name="+"
    )
    receiving = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="+")
    competent = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="+")

    applicant = models.ForeignKey("directory.Party", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("directory.Party", on_delete=models.PROTECT, related_name="+")
    owner_folded = models.CharField(max_length=200)
    applicant_role = models.CharField(max_length=12, default="owner")
    mandate = models.CharField(max_length=200, blank=True)
    helper_name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    return_mode = models.CharField(max_length=12, default="counter")
    return_address = models.CharField(max_length=250, blank=True)
    form_data = SealedJSONField(default=dict, blank=True)
    sets = models.PositiveSmallIntegerField(default=1)
    note = models.CharField(max_length=500, blank=True)

    filed_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    due_original = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    close_on = models.DateTimeField(null=True)
    overdue_noted_at = models.DateTimeField(null=True)
    officer_notified_at = models.DateTimeField(null=True)
    clock = models.JSONField(default=list)
    calendar_key = models.CharField(max_length=40)
    paused_from = models.CharField(max_length=16, blank=True)

    extension_count = models.PositiveSmallIntegerField(default=0)
    supplement_count = models.PositiveSmallIntegerField(default=0)
    originals_held = models.PositiveSmallIntegerField(default=0)
    is_confidential = models.BooleanField(default=False)

    step_key = models.CharField(max_length=40, blank=True)
    step_name = models.CharField(max_length=120, blank=True)
    turn_agency = models.ForeignKey(
        "directory.Agency", on_delete=models.PROTECT, null=True, related_name="+"
    )
    turn_role = models.CharField(max_length=14, blank=True)
    assignee = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )
    step_due_at = models.DateTimeField(null=True)
    # How many of a thousand like this were late; what was learned, no fact. None: not estimated.
    risk = models.PositiveSmallIntegerField(null=True)
    risk_reasons = models.JSONField(null=True)
    # What an inbox is sorted by: not accepted yet, a dossier is as urgent as its step.
    urgent_at = models.GeneratedField(
        expression=Urgency(), output_field=models.DateTimeField(null=True), db_persist=True
    )
    task_id = models.BigIntegerField(null=True)

    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True)
                | models.Q(accepted_at__gte=models.F("filed_at")),
                name="dossier_accepted_after_filed",
            ),
            models.CheckConstraint(
                condition=models.Q(extension_count__lte=1), name="dossier_extended_once"
            ),
            models.CheckConstraint(
                condition=models.Q(supplement_count__lte=1), name="dossier_supplemented_once"
            ),
        ]
        indexes = [
            models.Index(
                "turn_agency",
                "turn_role",
                models.F("ended_at").asc(nulls_first=True),
                "urgent_at",
                "id",
                name="dossier_turn",
                condition=models.Q(state__in=sorted(OPEN_STATES)),
            ),
            models.Index(
                fields=["assignee", "due_at"],
                name="dossier_assignee",
                condition=models.Q(state__in=sorted(OPEN_STATES)),
            ),
            models.Index(fields=["competent", "-filed_at"], name="dossier_competent"),
            models.Index(fields=["receiving", "-filed_at"], name="dossier_receiving"),
            models.Index(fields=["-filed_at"], name="dossier_filed"),
            models.Index(fields=["owner"], name="dossier_owner"),
            models.Index(fields=["applicant"], name="dossier_applicant"),
            models.Index(
                fields=["owner_folded"],
                name="dossier_owner_folded",
                opclasses=["text_pattern_ops"],
            ),
            models.Index(fields=["phone"], name="dossier_phone"),
            models.Index(
                fields=["due_at"],
                name="dossier_open_due",
                condition=models.Q(ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def stream(self) -> str:
        """Name of the dossier's stream in the ledger."""
        return f"dossier:{self.pk}"

    @property
    def npsp_code(self) -> int:
        """The state's number on the National Public Service Portal (1 to 10)."""
        return NPSP_CODES[self.state]

    @property
    def is_open(self) -> bool:
        """Tell whether the dossier still waits for an act."""
        return self.state in OPEN_STATES

    @property
    def is_decided(self) -> bool:
        """Tell whether the competent person has decided."""
        return self.decided_at is not None


class Paper(models.Model):
    """One component of the published list, as it stands in this dossier."""

    class State(models.TextChoices):
        MISSING = "missing", _("Còn thiếu")
        PRESENT = "present", _("Đã có")
        FROM_DATABASE = "from_database", _("Lấy từ cơ sở dữ liệu")
        FROM_STORE = "from_store", _("Lấy từ kho giấy tờ")
        NOT_NEEDED = "not_needed", _("Không cần")

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="papers")
    component_key = models.CharField(max_length=80)
    name = models.TextField()
    required = models.BooleanField(default=True)
    originals = models.PositiveSmallIntegerField(default=0)
    copies = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=14, choices=State.choices)
    files = models.JSONField(default=list, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "component_key"], name="paper_once")
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class CodeCounter(models.Model):
    """The last number given on a day for an agency; its row lock keeps codes gapless."""

    agency_code = models.CharField(max_length=35)
    day = models.DateField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency_code", "day"], name="code_counter_once")
        ]

    def __str__(self) -> str:
        return f"{self.agency_code} {self.day} {self.last}"
