"""What is kept beside the doors: keys of POSTs, who is on a page, what the background did last."""

from typing import ClassVar

from django.db import models


class PostKey(models.Model):
    """The key that a POST carried, and what it answered: however often it is sent, it has one effect."""

    user = models.ForeignKey("User", models.CASCADE, null=True, related_name="+")
    key = models.CharField(max_length=64)
    path = models.CharField(max_length=300)
    at = models.DateTimeField()
    status = models.PositiveIntegerField(default=0)
    answer = models.TextField(blank=True)

    class Meta:
        """One key once a user."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "key"], name="post_key_once_a_user")]

    def __str__(self) -> str:
        return self.key


class Presence(models.Model):
    """Who has which section of a draft open, seen last at `at`."""

    application = models.ForeignKey("Application", models.CASCADE, related_name="presences")
    user = models.ForeignKey("User", models.CASCADE, related_name="+")
    section = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()

    class Meta:
        """One row a user and draft."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["application", "user"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.section}"


class Chore(models.Model):
    """A piece of regular work and how it went last. `told` are its figures, such as what was verified, for the page of upkeep."""

    name = models.CharField(max_length=40, unique=True)
    begun_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    ok = models.BooleanField(default=False)
    told = models.JSONField(default=dict)

    class Meta:
        """By name."""

        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name
