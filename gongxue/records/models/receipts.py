"""Receipts of submissions, numbered in each programme year."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongxue.records.models.applications import Application
from gongxue.records.models.people import User


class ReceiptBook(models.Model):
    """How far a programme's receipts are numbered. Its row is the lock under which a number is given out, so that none is missing."""

    programme = models.CharField(max_length=64, unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        """By programme."""

        ordering: ClassVar = ["programme"]

    def __str__(self) -> str:
        return f"{self.programme} {self.last}"


class Receipt(models.Model):
    """What the school got for handing an application in: this version, with this digest, which came in at the instant `at`.

    `before` is the deadline that held for the school (exclusive), None where there is none. `why` is the transition that it answers to.
    `how` tells how that version was signed, "" where its content changed after the chain (a completion). `seal` is the digest of the
    receipt itself, which stands in its foot. Append-only: it can be voided, no more.
    """

    programme = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    text = models.CharField(max_length=20)
    application = models.ForeignKey(Application, models.PROTECT, related_name="receipts")
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    before = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=20)
    why = models.CharField(max_length=20, choices=[("submit", "送件"), ("complete", "補件送出")])
    how = models.CharField(max_length=10, choices=[("online", "線上核章"), ("paper", "紙本核章"), ("both", "線上與紙本核章")], blank=True)
    seal = models.CharField(max_length=64, db_index=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    void_why = models.CharField(max_length=20, blank=True)

    class Meta:
        """Newest first. A number once a programme; an application has one receipt that holds."""

        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "number"], name="receipt_number_once"),
            models.UniqueConstraint(fields=["application"], condition=Q(voided_at__isnull=True), name="one_valid_receipt_an_application"),
            models.UniqueConstraint(fields=["application", "version"], name="one_receipt_a_version"),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, void_why="") | Q(voided_at__isnull=False) & ~Q(void_why=""),
                name="receipt_voided_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.text
