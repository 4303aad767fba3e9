"""Sign-offs (核章) of papers, and the files that people hand in."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongxue.records.models.people import Post, User
from gongxue.rules.access import ROLES
from gongxue.rules.register import normal

ROLE_CHOICES = [(code, label.zh) for code, label in ROLES.items()]


class StoredFile(models.Model):
    """A file as it is kept: judged by its content, made harmless, its bytes under the name of their SHA-256.

    `name` is what the person's own device called it, for people to read; it is never a path. `subject` and `subject_id` tell what it
    belongs to. A row is never changed.
    """

    sha256 = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=20, choices=[("pdf", "PDF"), ("jpeg", "JPEG")])
    size = models.PositiveIntegerField()
    pages = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=100)
    subject = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["subject", "subject_id"])]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(size__gte=1), name="stored_file_not_empty")]

    def __str__(self) -> str:
        return f"{self.sha256[:12]} {self.kind}"


class Signature(models.Model):
    """One seal of a paper's chain, over the content with this `digest`, as `version` showed it. Append-only: it can be voided, no more.

    `subject` is application or school_summary. `role` is the post that signs; `user` who signed online, or who handed in the stamped
    scan; `post` in which post that person acted, `stands_in_for` the post that the seal was set in the place of (代理). Of a seal on paper
    `stamped_name` is whose hand stamped it, and `stamped_by` the same person's account, where there is one.
    """

    subject = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    role = models.CharField(max_length=20, choices=ROLE_CHOICES)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    stands_in_for = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    how = models.CharField(max_length=10, choices=[("online", "線上"), ("paper", "紙本")])
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="signatures")
    stamped_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    stamped_name = models.CharField(max_length=100, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    why = models.CharField(max_length=40, blank=True)

    class Meta:
        """In the order of signing. One valid signature a role; nobody signs one chain twice; a paper has its scan."""

        ordering: ClassVar = ["at", "pk"]
        indexes: ClassVar = [models.Index(fields=["subject", "subject_id"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject", "subject_id", "role"], condition=Q(voided_at__isnull=True), name="one_valid_signature_a_role"
            ),
            models.UniqueConstraint(
                fields=["subject", "subject_id", "user"],
                condition=Q(voided_at__isnull=True, how="online"),
                name="nobody_signs_one_chain_twice",
            ),
            models.UniqueConstraint(
                fields=["subject", "subject_id", "stamped_by"], condition=Q(voided_at__isnull=True), name="nobody_stamps_one_chain_twice"
            ),
            models.CheckConstraint(
                condition=Q(how="online", stamped_by__isnull=True, stamped_name="") | Q(how="paper"), name="stamped_only_on_paper"
            ),
            models.CheckConstraint(
                condition=Q(how="online", scan__isnull=True) | Q(how="paper", scan__isnull=False), name="signature_on_paper_has_its_scan"
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, why="") | Q(voided_at__isnull=False) & ~Q(why=""), name="signature_voided_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id} {self.role}"

    @property
    def signer(self) -> int | None:
        """The account of whoever set this seal; None for a hand without one."""
        return self.stamped_by_id if self.how == "paper" else self.user_id

    def is_by(self, user: int | None, name: str) -> bool:
        """Whether this person set the seal: told by the account, of a hand without one by the name."""
        return self.signer == user if self.signer is not None else normal(self.stamped_name) == normal(name) != ""

    @property
    def signer_name(self) -> str:
        """Who set this seal; a dash where a paper was handed in without telling whose hand it was."""
        return (self.stamped_name or "—") if self.how == "paper" else self.user.name
