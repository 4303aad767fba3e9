"""The outbox, and the notices that become letters of it."""

from typing import ClassVar

from django.db import models

from gongxue.rules.workflow import MESSAGE, states

MESSAGE_STATES = [(state.name, state.label.zh) for state in states(MESSAGE)]


class Message(models.Model):
    """One mail of the outbox. It goes once.

    The deliverer takes a row (`sending`, `claimed_at`), and writes `handed_at` just before it hands the letter over: one that was cut off
    after that is `uncertain`, shown to the officer, and not sent again by itself. `letter` is which letter (app/name), `event` what it
    tells about: the same event never makes a second letter. `maker` names what makes the attachment when it is sent. `attempts` counts
    how often it was taken, `put_off` how often the mail server wanted to be asked again; `error` says why it is not sent, in that
    server's words.
    """

    letter = models.CharField(max_length=60, blank=True)
    to = models.EmailField()
    title = models.CharField(max_length=200)
    body = models.TextField()
    urgent = models.BooleanField(default=True)
    user = models.ForeignKey("User", models.PROTECT, null=True, blank=True, related_name="+")
    application = models.ForeignKey("Application", models.PROTECT, null=True, blank=True, related_name="letters")
    invitation = models.ForeignKey("Invitation", models.PROTECT, null=True, blank=True, related_name="letters")
    event = models.CharField(max_length=120, null=True, blank=True, unique=True)
    maker = models.CharField(max_length=40, blank=True)
    maker_args = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=MESSAGE_STATES, default="waiting")
    message_id = models.CharField(max_length=120, unique=True)
    made_at = models.DateTimeField()
    next_try = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    handed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    put_off = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["made_at", "pk"]
        indexes: ClassVar = [models.Index(fields=["state", "made_at"])]

    def __str__(self) -> str:
        return f"{self.to} {self.state}"


class Notice(models.Model):
    """What somebody is to be told of an application, or of a school's summary: written in the transaction of what happened, told in a
    letter at once, or with others once a day.

    `event` is what happened, once a person; `kind` a transition's name, `void_signatures` or `deadline`; `relation` why it is this person's
    (convener, clerk, signer, officer). `state` is the state that the notice
    tells of: when it has moved on before anybody was told, nobody is. `message` is the letter that told it; without one, `told_at` says
    when it was found to be past.
    """

    user = models.ForeignKey("User", models.PROTECT, related_name="notices")
    application = models.ForeignKey("Application", models.PROTECT, null=True, blank=True, related_name="notices")
    summary = models.ForeignKey("SchoolSummary", models.PROTECT, null=True, blank=True, related_name="notices")
    kind = models.CharField(max_length=40)
    relation = models.CharField(max_length=20, default="")
    state = models.CharField(max_length=20)
    event = models.CharField(max_length=80)
    urgent = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)
    message = models.ForeignKey(Message, models.PROTECT, null=True, blank=True, related_name="notices")

    class Meta:
        """One event once a person."""

        ordering: ClassVar = ["made_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "event"], name="notice_once_a_person"),
            models.CheckConstraint(
                condition=models.Q(application__isnull=True, summary__isnull=False)
                | models.Q(application__isnull=False, summary__isnull=True),
                name="notice_of_one_thing",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["made_at"], condition=models.Q(told_at__isnull=True), name="notice_untold")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.event}"
