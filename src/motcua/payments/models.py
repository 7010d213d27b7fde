"""Charges: what a case has to pay, and what was paid."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Charge(models.Model):
    """One phí or lệ phí of one case (known by its key only)."""

    class State(models.TextChoices):
        DUE = "due", _("Chưa nộp")
        PAID = "paid", _("Đã nộp")
        CANCELLED = "cancelled", _("Hủy")
        REFUNDED = "refunded", _("Đã hoàn")

    class Method(models.TextChoices):
        CASH = "cash", _("tiền mặt")
        TRANSFER = "transfer", _("chuyển khoản")
        QR = "qr", _("mã QR")
        CARD = "card", _("thẻ")
        NPSP = "npsp", _("Cổng Dịch vụ công quốc gia")

    case_id = models.BigIntegerField(db_index=True)
    key = models.CharField(max_length=80)
    name = models.TextField()
    kind = models.CharField(max_length=12)
    unit_vnd = models.PositiveBigIntegerField()
    quantity = models.PositiveIntegerField(default=1)
    amount_vnd = models.PositiveBigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DUE)
    method = models.CharField(max_length=10, choices=Method.choices, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    collected_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="paid") | models.Q(paid_at__isnull=False),
                name="charge_paid_has_moment",
            )
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.name}: {self.amount_vnd}"
