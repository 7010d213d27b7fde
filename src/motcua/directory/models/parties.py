"""Parties: the people and organisations for whom the state works."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Party(models.Model):
    """A citizen, foreigner, household or organisation that asks, or whom a dossier concerns.

    The identity number is kept encrypted (`id_cipher`); `id_index` is its keyed digest, by which
    it is looked up. `is_demo` marks people that were generated.
    """

    class Kind(models.TextChoices):
        CITIZEN = "citizen", _("công dân")
        FOREIGNER = "foreigner", _("người nước ngoài")
        HOUSEHOLD = "household", _("hộ kinh doanh")
        ORGANISATION = "organisation", _("tổ chức")

    class IdKind(models.TextChoices):
        CCCD = "cccd", _("số định danh cá nhân")
        CMND = "cmnd", _("số chứng minh nhân dân")
        PASSPORT = "passport", _("hộ chiếu")
        TAX = "tax", _("mã số thuế")

    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.CITIZEN)
    name = models.CharField(max_length=200)
    name_folded = models.CharField(max_length=200)
    birth_date = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=6, blank=True)
    id_kind = models.CharField(max_length=8, choices=IdKind.choices, default=IdKind.CCCD)
    id_cipher = models.BinaryField()
    id_index = models.BinaryField(max_length=32)
    id_last4 = models.CharField(max_length=4, blank=True)
    phone = models.CharField(max_length=20, blank=True, db_index=True)
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=250, blank=True)
    place = models.ForeignKey(
        "directory.Place", on_delete=models.PROTECT, null=True, related_name="+"
    )
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id_index"], name="party_one_per_identity"),
        ]
        indexes = [models.Index(fields=["name_folded"], name="party_name_folded")]
        verbose_name_plural = "parties"

    def __str__(self) -> str:
        return self.name

    @property
    def masked_id(self) -> str:
        """Identity number with all but its last four digits hidden."""
        return f"••••{self.id_last4}" if self.id_last4 else ""
