"""Tables of the ledger: facts, what listeners still have to hear, and anchors."""

from django.db import models


class FactRow(models.Model):
    """One fact, as it was written; rows are never changed and never deleted.

    `stream` names the thing it is about ("dossier:12"); `seq` counts from 1 inside the stream.
    `hash` = SHA-256 over the previous hash of the stream and this row (see `rules.digest`).
    `body` is the canonical JSON text over which the hash was taken.
    """

    id = models.BigAutoField(primary_key=True)
    stream = models.CharField(max_length=64)
    seq = models.IntegerField()
    kind = models.CharField(max_length=64)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor = models.CharField(max_length=40)
    actor_name = models.CharField(max_length=120, blank=True)
    post = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="fact_in_order")]
        indexes = [models.Index(fields=["kind", "at"], name="fact_kind_at")]

    def __str__(self) -> str:
        return f"{self.stream}#{self.seq} {self.kind}"


class Pending(models.Model):
    """A fact that listeners have not heard yet; deleted in the transaction that they ran in."""

    fact_id = models.BigIntegerField(primary_key=True)
    attempts = models.IntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return str(self.fact_id)


class Anchor(models.Model):
    """What the ledger held in one hour: how many facts, and one hash over all their hashes."""

    hour = models.DateTimeField(primary_key=True)
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    count = models.IntegerField()
    hash = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"{self.hour:%Y-%m-%d %H}"


class KeptAnswer(models.Model):
    """What an act that a program sent under an idempotency key was answered, to say it again.

    Written in the act's own transaction: either both are there or neither.
    """

    actor = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    digest = models.BinaryField(max_length=32)
    status = models.SmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="answer_kept_once")]

    def __str__(self) -> str:
        return f"{self.actor} {self.key}"
