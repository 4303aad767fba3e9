"""Summaries of schools (附件一): one a school and programme, with the versions of the applications that it covers."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongxue.records.models.applications import Application
from gongxue.records.models.people import School, User
from gongxue.rules.workflow import SCHOOL_SUMMARY, states

SUMMARY_STATES = [(state.name, state.label.zh) for state in states(SCHOOL_SUMMARY)]


class SchoolSummary(models.Model):
    """One school's 附件一 of one programme.

    While it is open it makes itself from the applications, and only `facts` (what the school says of itself, in the shape of
    `rules.school_facts`) stand here. Sent for signing, it is frozen under `digest`, which is "" while it is open. `version` grows with
    every edit and move.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="summaries")
    programme = models.CharField(max_length=64)
    programme_version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=20, choices=SUMMARY_STATES, default="open")
    version = models.PositiveIntegerField(default=1)
    facts = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One a school and programme; what is not open is frozen, what was sent says when."""

        ordering: ClassVar = ["school", "programme"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "programme"], name="one_summary_a_school"),
            models.CheckConstraint(condition=Q(state="open", digest="") | ~Q(state="open") & ~Q(digest=""), name="summary_frozen"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent") & Q(sent_at__isnull=True), name="summary_sent_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_id} {self.programme} {self.state}"


class SummaryCover(models.Model):
    """One application that a frozen summary covers: the version and the digest of its content as it stands on the sheet."""

    summary = models.ForeignKey(SchoolSummary, models.CASCADE, related_name="covers")
    application = models.ForeignKey(Application, models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        """In the sheet's order; an application stands once on a sheet."""

        ordering: ClassVar = ["summary", "place"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["summary", "application"], name="application_once_a_summary")]

    def __str__(self) -> str:
        return f"{self.summary_id} {self.application_id} v{self.version}"


class SummarySnapshot(models.Model):
    """A summary frozen: canonical JSON of facts and covered versions, and its SHA-256. Never changed; what was signed and sent."""

    summary = models.ForeignKey(SchoolSummary, models.PROTECT, related_name="snapshots")
    version = models.PositiveIntegerField()
    content = models.TextField()
    digest = models.CharField(max_length=64, db_index=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        """One a version."""

        ordering: ClassVar = ["-version"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["summary", "version"], name="one_summary_snapshot_a_version")]

    def __str__(self) -> str:
        return f"{self.summary_id} v{self.version}"
