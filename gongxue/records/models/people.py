"""Schools, people, the posts they hold, and invitations."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from gongxue.rules.access import CITY_POSTS, ROLES, SCHOOL_POSTS

POST_CHOICES = [(code, ROLES[code].zh) for code in (*SCHOOL_POSTS, *CITY_POSTS)]


def _place_fits_role() -> Q:
    return Q(role__in=SCHOOL_POSTS, school__isnull=False) | Q(role__in=CITY_POSTS, school__isnull=True)


class School(models.Model):
    """A school. `key` is our own identity; `code` is the Ministry's, as text, "" where unknown. Names as in the programme's register."""

    key = models.CharField(max_length=32, unique=True)
    code = models.CharField(max_length=10, blank=True)
    name = models.CharField(max_length=100)
    full_name = models.CharField(max_length=150, blank=True)
    level = models.CharField(max_length=32, blank=True)
    district = models.CharField(max_length=32, blank=True)
    founder = models.CharField(max_length=32, blank=True)
    participates = models.BooleanField(default=True)

    class Meta:
        """Sorted by key, which follows the register."""

        ordering: ClassVar = ["key"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail."""

    def create_user(self, email: str, name: str, password: str | None = None) -> "User":
        """A new user; without a password nobody can log in with one."""
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who logs in by e-mail. What a person may do comes from posts and communities, never from this row."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100)
    subject = models.CharField(max_length=100, blank=True)
    title = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=50, blank=True)
    language = models.CharField(max_length=10, default="zh-hant")
    mail = models.CharField(max_length=10, choices=[("digest", "每日彙整"), ("each", "逐件"), ("urgent", "僅急件")], default="digest")
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField()

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        """Sorted by name; one user an e-mail, however it is written."""

        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="email_once")]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A role held from `first` to `last` (both included; no `last` is open), at a school or in the city.

    `stands_in_for` makes it a stand-in (代理) for another post: its role and school are that post's, and it always ends.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=POST_CHOICES)
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="posts")
    first = models.DateField()
    last = models.DateField(null=True, blank=True)
    stands_in_for = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="stand_ins")

    class Meta:
        """A school role has a school, a city role has none."""

        ordering: ClassVar = ["role", "pk"]
        indexes: ClassVar = [models.Index(fields=["user", "first"]), models.Index(fields=["school", "role"])]
        constraints: ClassVar = [
            models.CheckConstraint(condition=_place_fits_role(), name="post_school_fits_role"),
            models.CheckConstraint(condition=Q(last__isnull=True) | Q(last__gte=F("first")), name="post_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(stands_in_for__isnull=True) | Q(last__isnull=False), name="stand_in_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.school_id or ''}"


class Invitation(models.Model):
    """A link by e-mail: to join a community's draft (`application`), or to take a post (`role`, `school`, `first`, `last`).

    Only the token's digest is kept. It has one effect; `until` is an exclusive instant.
    """

    email = models.EmailField()
    name = models.CharField(max_length=100, blank=True)
    application = models.ForeignKey("Application", models.PROTECT, null=True, blank=True, related_name="invitations")
    role = models.CharField(max_length=20, choices=POST_CHOICES, blank=True)
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    first = models.DateField(null=True, blank=True)
    last = models.DateField(null=True, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    void = models.BooleanField(default=False)

    class Meta:
        """To a draft or to a post, never both; what was taken says by whom and when."""

        ordering: ClassVar = ["made_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(application__isnull=False, role="", school__isnull=True, first__isnull=True)
                | Q(application__isnull=True, first__isnull=False) & _place_fits_role(),
                name="invitation_to_draft_or_post",
            ),
            models.CheckConstraint(
                condition=Q(taken_by__isnull=True, taken_at__isnull=True) | Q(taken_by__isnull=False, taken_at__isnull=False, void=False),
                name="invitation_taken_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.email
