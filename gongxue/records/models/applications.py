"""Applications: one versioned document each, with columns beside it for lists, people and frozen snapshots."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongxue.records.models.listed import DocumentField, ListIndex
from gongxue.records.models.people import School, User
from gongxue.rules.workflow import APPLICATION, states

STATE_CHOICES = [(state.name, state.label.zh) for state in states(APPLICATION)]


class Application(models.Model):
    """One community's application.

    `document` is the exchange shape plus a row id in every row. The columns after it repeat what lists need; they are written in the same
    transaction, and a test recomputes them. `version` grows with every edit and move. `alike` says that it looks like another of its
    programme: the background compares all with all, a little later.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.CharField(max_length=64)
    programme_version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=20, choices=STATE_CHOICES, default="draft")
    version = models.PositiveIntegerField(default=1)
    document = DocumentField()
    name = models.CharField(max_length=300, blank=True)
    tier = models.CharField(max_length=40, blank=True)
    fiscal_school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="applications")
    cross_school = models.BooleanField(default=False)
    people = models.PositiveIntegerField(default=0)
    sessions = models.PositiveIntegerField(default=0)
    asked = models.BigIntegerField(default=0)
    ceiling = models.BigIntegerField(null=True, blank=True)
    errors = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    search = models.TextField(blank=True)
    alike = models.BooleanField(default=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    seals_again = models.BooleanField(default=False)
    seals_asked_at = models.DateTimeField(null=True, blank=True)
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        """Newest change first."""

        ordering: ClassVar = ["-changed_at", "pk"]
        indexes: ClassVar = [
            ListIndex(fields=["programme", "fiscal_school", "tier", "state", "asked"], name="application_list"),
            models.Index(fields=["programme", "-changed_at", "id"], name="application_newest"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(version__gte=1), name="application_version_from_one"),
            models.CheckConstraint(condition=Q(state__in=[name for name, _ in STATE_CHOICES]), name="application_state_known"),
        ]

    def __str__(self) -> str:
        return self.name or str(self.pk)


class ApplicationPerson(models.Model):
    """A user who belongs to a community: its convener (one) or a member who edits with them."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="persons")
    user = models.ForeignKey(User, models.PROTECT, related_name="communities")
    role = models.CharField(max_length=10, choices=[("convener", "召集人"), ("member", "成員")])

    class Meta:
        """A user stands once in a community, and a community has one convener."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "user"], name="person_once_a_community"),
            models.UniqueConstraint(fields=["application"], condition=Q(role="convener"), name="one_convener_a_community"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.user_id} {self.role}"


class Snapshot(models.Model):
    """A version frozen: the canonical JSON as text, and its SHA-256. Never changed; what is printed, signed and restored."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="snapshots")
    version = models.PositiveIntegerField()
    content = models.TextField()
    digest = models.CharField(max_length=64, db_index=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    why = models.CharField(max_length=40, blank=True)

    class Meta:
        """One a version."""

        ordering: ClassVar = ["-version"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["application", "version"], name="one_snapshot_a_version")]

    def __str__(self) -> str:
        return f"{self.application_id} v{self.version}"


class ApplicationSchool(models.Model):
    """A school that people of a community come from, and whether a partner school has confirmed its members."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="schools")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    people = models.TextField(blank=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A school stands once in a community. `people` are the names the confirmation covers: other names, another confirmation."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["application", "school"], name="school_once_a_community")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.school_id}"
