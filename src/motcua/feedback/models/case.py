"""A case of feedback: what somebody reported, asked or complained of, and how far it has come."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.directory.identity import SealedJSONField
from motcua.feedback.rules.states import FINAL_STATES, OPEN_STATES


class Case(models.Model):
    """One report (phản ánh, kiến nghị) with its sender, its place and its way through the agencies.

    `sender` (name, phone, email, address) is kept encrypted; `sender_index` finds the same phone
    again. `public_title`, `public_text` and `public_answer` are what everybody may read: masked, and
    shown only from `shown_at` on. `clock` holds the events of the time that runs (`stage`); times that
    ended stand in `Deadline`. `proposal` is what triage proposed; who accepted it is in the facts.
    """

    class Kind(models.TextChoices):
        SCENE = "scene", _("Hiện trường")
        CONDUCT = "conduct", _("Hành vi cán bộ")
        RULE = "rule", _("Quy định hành chính")
        QUESTION = "question", _("Hỏi đáp")

    class Urgency(models.TextChoices):
        DANGER = "danger", _("Nguy hiểm tính mạng")
        HIGH = "high", _("Gấp")
        NORMAL = "normal", _("Bình thường")
        LOW = "low", _("Thấp")

    class State(models.TextChoices):
        SENT = "sent", _("Mới gửi")
        REFUSED = "refused", _("Không tiếp nhận")
        SUPPLEMENT_REQUESTED = "supplement_requested", _("Chờ bổ sung")
        SUPPLEMENTED = "supplemented", _("Đã bổ sung")
        REFERRED = "referred", _("Đã hướng dẫn nơi khác")
        MERGED = "merged", _("Đã gộp")
        ACCEPTED = "accepted", _("Đã tiếp nhận")
        ASSIGNED = "assigned", _("Đã chuyển xử lý")
        IN_PROGRESS = "in_progress", _("Đang xử lý")
        RETURNED = "returned", _("Trả lại sai thẩm quyền")
        ANSWERED = "answered", _("Chờ duyệt trả lời")
        APPROVED = "approved", _("Đã có kết quả")
        PUBLISHED = "published", _("Đã công khai")
        WITHHELD = "withheld", _("Đã trả lời riêng")
        RATED = "rated", _("Đã đánh giá")
        REOPENED = "reopened", _("Xem xét lại")
        CLOSED = "closed", _("Đã đóng")

    class Channel(models.TextChoices):
        WEB = "web", _("trang thông tin")
        KIOSK = "kiosk", _("máy tự phục vụ")
        PHONE = "phone", _("điện thoại")
        API = "api", _("hệ thống khác")
        COUNTER = "counter", _("tại quầy")
        ASSISTANT = "assistant", _("trợ lý ảo")

    code = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices, blank=True)
    field = models.CharField(max_length=40, blank=True)
    urgency = models.CharField(max_length=6, choices=Urgency.choices, default=Urgency.NORMAL)
    state = models.CharField(max_length=20, choices=State.choices, default=State.SENT)
    state_before = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=120)
    text = models.TextField()
    channel = models.CharField(max_length=9, choices=Channel.choices)
    proposal = models.JSONField(default=dict, blank=True)

    place = models.ForeignKey(
        "directory.Place", on_delete=models.PROTECT, null=True, related_name="+"
    )
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    address = models.CharField(max_length=250, blank=True)

    about_dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.PROTECT, null=True, related_name="+"
    )
    about_agency = models.ForeignKey(
        "directory.Agency", on_delete=models.PROTECT, null=True, related_name="+"
    )
    about_account = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )
    about_words = models.CharField(max_length=200, blank=True)

    sender = SealedJSONField(default=dict, blank=True)
    sender_index = models.BinaryField(max_length=32, null=True)
    sender_party = models.ForeignKey(
        "directory.Party", on_delete=models.PROTECT, null=True, related_name="+"
    )
    pin_index = models.BinaryField(max_length=32, null=True)
    is_anonymous = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)

    intake = models.ForeignKey(
        "directory.Agency", on_delete=models.PROTECT, null=True, related_name="+"
    )
    agency = models.ForeignKey(
        "directory.Agency", on_delete=models.PROTECT, null=True, related_name="+"
    )
    handler = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )
    main = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")

    received_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    close_on = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    inspected_at = models.DateTimeField(null=True)

    stage = models.CharField(max_length=8, blank=True)
    clock = models.JSONField(default=list, blank=True)
    calendar_key = models.CharField(max_length=40)
    due_at = models.DateTimeField(null=True)
    rung = models.PositiveSmallIntegerField(default=0)

    answer = models.TextField(blank=True)
    answer_sources = models.JSONField(default=list, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)
    approved_by = models.CharField(max_length=120, blank=True)
    shown_at = models.DateTimeField(null=True)
    public_title = models.CharField(max_length=120, blank=True)
    public_text = models.TextField(blank=True)
    public_answer = models.TextField(blank=True)

    rating = models.PositiveSmallIntegerField(null=True)
    rating_words = models.CharField(max_length=500, blank=True)
    rated_at = models.DateTimeField(null=True)

    refused_late = models.BooleanField(default=False)
    supplement_count = models.PositiveSmallIntegerField(default=0)
    supplements_late = models.PositiveSmallIntegerField(default=0)
    extension_count = models.PositiveSmallIntegerField(default=0)
    return_count = models.PositiveSmallIntegerField(default=0)
    pass_count = models.PositiveSmallIntegerField(default=0)
    reopen_count = models.PositiveSmallIntegerField(default=0)
    follower_count = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(rating__isnull=True) | models.Q(rating__range=(1, 5)),
                name="case_rated_by_five_faces",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="merged") | models.Q(main__isnull=False),
                name="case_merged_into_one",
            ),
            models.CheckConstraint(
                condition=models.Q(shown_at__isnull=True) | ~models.Q(public_text=""),
                name="case_shown_as_masked",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=sorted(OPEN_STATES))
                | models.Q(due_at__isnull=False),
                name="case_open_has_deadline",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "due_at"],
                name="case_of_agency",
                condition=models.Q(state__in=sorted(OPEN_STATES)),
            ),
            models.Index(
                fields=["due_at"],
                name="case_open_due",
                condition=models.Q(state__in=sorted(OPEN_STATES)),
            ),
            models.Index(fields=["place", "-received_at"], name="case_of_place"),
            models.Index(fields=["-received_at"], name="case_received"),
            models.Index(fields=["sender_party"], name="case_of_party"),
            models.Index(
                fields=["-shown_at"],
                name="case_public",
                condition=models.Q(shown_at__isnull=False),
            ),
            models.Index(
                fields=["close_on"],
                name="case_to_close",
                condition=models.Q(close_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def stream(self) -> str:
        """Name of the case's stream in the ledger."""
        return f"feedback:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Tell whether a time runs or waits: somebody has still to act."""
        return self.state in OPEN_STATES

    @property
    def is_final(self) -> bool:
        """Tell whether nothing follows any more."""
        return self.state in FINAL_STATES

    @property
    def is_public(self) -> bool:
        """Tell whether everybody may read its masked words."""
        return self.shown_at is not None


class CaseCounter(models.Model):
    """The last number given on a day."""

    day = models.DateField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.day} {self.last}"
