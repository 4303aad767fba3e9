"""Late openings: after the deadline, the city lets one named school go on until an instant, with its reason on record."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class LateOpening(models.Model):
    """One school of one programme may submit until `until` (an exclusive instant). Ended early, it says by whom and when."""

    programme = models.CharField(max_length=64)
    school = models.ForeignKey("School", models.PROTECT, related_name="late_openings")
    until = models.DateTimeField()
    reason = models.TextField()
    made_by = models.ForeignKey("User", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    ended_by = models.ForeignKey("User", models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first. There is no opening without a reason, and none into the past."""

        ordering: ClassVar = ["-made_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["programme", "school"], name="late_opening_of_school")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="late_opening_has_reason"),
            models.CheckConstraint(condition=Q(until__gt=F("made_at")), name="late_opening_into_future"),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True, ended_at__isnull=True) | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="late_opening_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.school_id} {self.until:%Y-%m-%d %H:%M}"
