"""Bundles: all papers of a list in one archive, made in the background for one person, kept for a day."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from gongxue.rules.workflow import BUNDLE, states

BUNDLE_STATES = [(state.name, state.label.zh) for state in states(BUNDLE)]


class Bundle(models.Model):
    """One archive. `keys` are the applications asked for, in order; `done` of `total` are printed, `left_out` could not be.

    The file lies beside the database until `until`, an exclusive instant.
    """

    made_by = models.ForeignKey("User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=BUNDLE_STATES, default="working")
    keys = models.JSONField(default=list)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)
    size = models.BigIntegerField(default=0)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["made_by", "state"], name="bundle_of_somebody")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="bundle_done_of_total"),
            models.CheckConstraint(condition=~Q(state="ready") | Q(until__isnull=False), name="bundle_ready_until"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state} {self.done}/{self.total}"
