"""Reminders: what the city wrote to a school that was behind, as it was read before it went."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Reminder(models.Model):
    """One letter to one school. `mark` is how many days before the deadline it was meant for, `to` the users it went to."""

    programme = models.CharField(max_length=64)
    school = models.ForeignKey("School", models.PROTECT, related_name="reminders")
    mark = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    body = models.TextField()
    to = models.JSONField(default=list)
    made_by = models.ForeignKey("User", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        """Newest first; one a school and act, however often that is sent."""

        ordering: ClassVar = ["-made_at", "school"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "made_by", "made_at"], name="reminder_once_an_act"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(body=""), name="reminder_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.school_id} {self.title}"
