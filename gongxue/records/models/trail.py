"""The trail: append-only, hash-chained per subject. Triggers refuse change; a nightly record seals all heads."""

from typing import ClassVar

from django.db import models


class TrailEntry(models.Model):
    """Who did what, in which post, for whom, when; what stood before and after.

    `digest` chains over the previous entry's digest and a salted digest of the words, so that `words` (personal data) can be blanked
    without breaking the chain.
    """

    subject = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    user = models.ForeignKey("User", models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=20, blank=True)
    post = models.ForeignKey("Post", models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=0)
    words = models.JSONField(default=dict)
    salt = models.CharField(max_length=32)
    words_digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        """One number once a subject."""

        ordering: ClassVar = ["subject", "subject_id", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["subject", "subject_id", "number"], name="trail_number_once")]
        indexes: ClassVar = [models.Index(fields=["-at"])]

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id} #{self.number} {self.verb}"


class TrailSeal(models.Model):
    """The heads of all chains at one moment, under one digest that covers the seal before it. `last_entry` is the newest entry it
    covers."""

    at = models.DateTimeField()
    subjects = models.PositiveIntegerField()
    last_entry = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)

    class Meta:
        """Behind each seal stands at most one other."""

        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["previous"], name="seals_in_one_row")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.digest[:12]}"
