"""What the assistant knows: passages with their dates, the documents they stand in, the index."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LawDocument(models.Model):
    """A legal document as far as its dates are known; its articles are passages.

    `ended_on` is the first day on which it no longer applies; `number` is how it is cited, `slug`
    how an address names it. `consolidates`: the document whose wording a consolidated text shows.
    """

    number = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    title = models.TextField(blank=True)
    issued_on = models.DateField(null=True, blank=True)
    in_force_from = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    replaced_by = models.JSONField(default=list, blank=True)
    amended_by = models.JSONField(default=list, blank=True)
    consolidates = models.CharField(max_length=60, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return self.number


class Passage(models.Model):
    """One thing the assistant may say, with where it stands and when it holds.

    `key` is what the index knows it by; `valid_to` is the first day on which it no longer holds.
    `kind`, `section` and `procedure` say what it is about; `load` names what it was read from, so
    that a changed source replaces its own passages only. `is_verified` False is never answered as
    certain. `facts` holds what is copied, never rephrased (amounts, limits, addresses).
    """

    class Kind(models.TextChoices):
        PROCEDURE = "procedure", _("thủ tục")
        LAW = "law", _("quy định")
        PLACE = "place", _("xã, phường, đặc khu")
        CENTRE = "centre", _("Trung tâm Phục vụ hành chính công")
        HOURS = "hours", _("giờ làm việc")
        HOTLINE = "hotline", _("đường dây nóng")
        ANSWER = "answer", _("câu trả lời đã duyệt")

    key = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    load = models.CharField(max_length=40, db_index=True)
    title = models.TextField()
    text = models.TextField()
    url = models.CharField(max_length=300, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    replaced_by = models.CharField(max_length=160, blank=True)
    procedure = models.CharField(max_length=40, blank=True, db_index=True)
    section = models.CharField(max_length=20, blank=True)
    case = models.CharField(max_length=60, blank=True)
    document = models.CharField(max_length=60, blank=True)
    article = models.CharField(max_length=20, blank=True)
    clause = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)
    facts = models.JSONField(default=dict, blank=True)
    is_verified = models.BooleanField(default=True)
    checksum = models.CharField(max_length=64)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["key"]
        indexes = [models.Index(fields=["document", "article"], name="passage_document_article")]

    def __str__(self) -> str:
        return self.key


class KnowledgeLoad(models.Model):
    """One source that was read: a second reading of the same bytes changes nothing."""

    name = models.CharField(max_length=40, primary_key=True)
    checksum = models.CharField(max_length=64)
    passages = models.PositiveIntegerField(default=0)
    set_aside = models.JSONField(default=dict, blank=True)
    files = models.JSONField(default=list, blank=True)  # names, where it was read from files
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class KnowledgeIndex(models.Model):
    """Which state of the passages exists (`wanted`), and which one the files of the index show.

    One row. `built` moves only when a whole index lies in its folder, so a process that was killed
    in the middle leaves the one before it in use.
    """

    wanted = models.PositiveIntegerField(default=0)
    built = models.PositiveIntegerField(default=0)
    folder = models.CharField(max_length=60, blank=True)
    passages = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict, blank=True)
    built_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.built}/{self.wanted}"
