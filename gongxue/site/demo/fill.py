"""Fills the demo once, the same each time; starting over empties it and fills it again."""

import datetime
import random
import uuid
from collections.abc import Iterator
from itertools import cycle
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db.models import Model
from django.urls import reverse
from django_q.models import Schedule

from gongxue.records import lookalikes, triggers
from gongxue.records.invitations import invite_to_post
from gongxue.records.models import School, User
from gongxue.records.people import name_stand_in
from gongxue.records.whole import whole
from gongxue.rules.programme_file import load_programme
from gongxue.site import clock
from gongxue.site.demo import townsfolk
from gongxue.site.demo.cast import DOMAIN, EMAILS, HOME, PARTNER
from gongxue.site.demo.endings import end, last_year
from gongxue.site.demo.lives import Plot, key_of, write
from gongxue.site.demo.townsfolk import Town
from gongxue.site.demo.words import OTHER_NAMES, TOPICS
from gongxue.site.mail.posting import link, post_letter

SEED: Final = 111
PASSWORD: Final = "gongxue-demo"  # noqa: S105  # everybody may know it: the demo's people hold nothing of anybody's
COMMUNITIES: Final = 40
BESIDE: Final = (1, 4)
"""The communities in which a colleague is writing at this moment."""
LAST_YEAR: Final = (2, 3, 7, 11)
"""Communities that were there the year before, too."""
ENDINGS: Final = (
    ("signing", ()), ("writing", ("summary",)), ("submitted", ()), ("half", ()), ("returned", ()), ("half_signed", ()), ("begun", ()),
    ("writing", ("sessions", "outcomes")), ("submitted", ()), ("recalled", ()), ("nearly_signed", ()), ("writing", ("budget",)),
    ("withdrawn", ()), ("ready", ()), ("completing", ()), ("restored", ()), ("signed", ()), ("ineligible", ()), ("submitted", ()),
    ("writing", ("lecturer",)),
)  # fmt: skip
"""How communities stand ten days before the deadline, and what their papers lack."""


class NotADemoError(Exception):
    """This is a real installation, or a database with a real city in it."""


def ensure_demo() -> bool:
    """Migrate, and fill the demo where it is empty; whether it was. Raises NotADemoError outside the demo."""
    if not settings.DEMO or settings.PRODUCTION:
        raise NotADemoError("GONGXUE_DEMO is not set, or GONGXUE_PRODUCTION is")
    call_command("migrate", verbosity=0)
    if User.objects.exists() or School.objects.exists():
        if not _is_demo():
            raise NotADemoError("the database holds a city that is not the demo's")
        return False
    clock.start_over()
    fill(clock.FIRST)
    return True


def _is_demo() -> bool:
    """Whether the whole cast lives here: no real city has them."""
    return User.objects.filter(email__in=EMAILS).count() == len(EMAILS)


@whole
def fill(at: datetime.datetime) -> Town:
    """A believable city at `at`, from one seed. Whole or not at all: a filling that was cut off left nothing."""
    programme = load_programme(settings.PROGRAMME)
    chance = random.Random(SEED)  # noqa: S311  # for a story, not for a secret
    town = townsfolk.found(
        programme, chance, make_password(PASSWORD), datetime.datetime.combine(townsfolk.SINCE, datetime.time(9), at.tzinfo)
    )
    every = list(plots(town, chance))
    for plot in every:
        end(plot, town, chance, programme, write(plot, programme, chance, at))
    posts(town, at - datetime.timedelta(days=2))
    last_year([plot for plot in every if plot.number in LAST_YEAR], programme, chance, at - datetime.timedelta(days=30))
    lookalikes.bring_up_to_date(programme.id)
    return town


def posts(town: Town, at: datetime.datetime) -> None:
    """What the principal of the cast has done: a stand-in for the clerk named, and somebody invited who has not come yet."""
    tsai, huang, school = town.one(f"tsai@{DOMAIN}"), town.one(f"huang@{DOMAIN}"), town.schools[HOME]
    teacher, first = town.at(HOME, "member")[-1], at.date() + datetime.timedelta(days=6)
    days = {"first": first, "last": first + datetime.timedelta(days=1)}
    name_stand_in(huang.actor.posts[0].post, teacher.user.pk, **days, actor=tsai.actor, at=at)
    invited = invite_to_post(f"yeh@{DOMAIN}", "葉思妤", "member", school.pk, first=at.date(), actor=tsai.actor, at=at)
    address = link(reverse("invitation", args=[invited.token]))
    context = {"invitation": invited.invitation, "link": address, "by": tsai.user.name}
    post_letter("accounts/invitation", invited.invitation.email, context, at=at, invitation=invited.invitation)


def plots(town: Town, chance: random.Random) -> Iterator[Plot]:
    """The forty communities: those of the cast, then others all over the city."""
    yield from _of_the_cast(town)
    names = [name for name, school in town.schools.items() if school.participates and name != HOME]
    endings = cycle(ENDINGS)
    for number, name in enumerate(chance.sample(names, COMMUNITIES - 8), start=6):
        ending, lacks = next(endings)
        convener, *others = [each for each in town.at(name, "member") if each.user.email not in EMAILS]
        members = others[: chance.randrange(3, 5)]
        if number % 5 == 0:
            neighbour = names[(names.index(name) + 1) % len(names)]
            members.append(town.at(neighbour, "member")[-1])
        topic = TOPICS[(number - 6) % len(TOPICS)]
        invited = f"guest-{number}@{DOMAIN}" if ending in ("half", "begun") else ""
        yield Plot(number, (_named(name, number - 6), *topic[1:]), convener, tuple(members), ending, lacks, invited)


def beside() -> list[uuid.UUID]:
    """The addresses of the communities in which a colleague is writing."""
    return [key_of(number) for number in BESIDE]


def _named(school: str, number: int) -> str:
    """What the others call theirs. Topics return under other names; the last few are called as the cast's are, with the school's name
    before it, for the city to see that they look alike."""
    again, topic = divmod(number, len(TOPICS))
    names = OTHER_NAMES[topic]
    return names[again] if again < len(names) else school.split("國")[0].split("高中")[0] + TOPICS[topic][0]


def _of_the_cast(town: Town) -> Iterator[Plot]:
    lin, chen = (town.one(f"{key}@{DOMAIN}") for key in ("lin", "chen"))
    staff = [each for each in town.at(HOME, "member") if each.user.email not in EMAILS]
    guest = next(each for each in town.at(PARTNER, "member") if each.user.email not in EMAILS)
    yield Plot(1, TOPICS[4], lin, (chen, staff[0], guest), "writing", ("summary", "outcomes"), beside=True)
    yield Plot(2, TOPICS[0], lin, (chen, *staff[1:3]), "returned")
    yield Plot(3, TOPICS[5], lin, tuple(staff[3:6]), "signing")
    yield Plot(4, TOPICS[6], chen, (lin, staff[0], staff[6]), "writing", ("budget",), beside=True)
    yield Plot(5, TOPICS[7], staff[7], tuple(staff[8:11]), "half_signed")
    yield Plot(41, TOPICS[1], staff[11], tuple(staff[12:15]), "nearly_signed")
    yield Plot(42, TOPICS[2], staff[2], (*staff[15:17], lin), "signed")
    yield Plot(43, TOPICS[3], chen, tuple(staff[9:12]), "submitted")


@whole
def start_over(at: datetime.datetime = clock.FIRST) -> None:
    """Empty the demo and fill it again; everybody is logged out. The records refuse to forget: their triggers are away meanwhile.

    Raises NotADemoError outside the demo.
    """
    if not settings.DEMO or settings.PRODUCTION or not _is_demo():
        raise NotADemoError("only the demo starts over")
    triggers.drop()
    for model in (*_emptied(), Session):
        model._base_manager.all()._raw_delete(model._base_manager.db)
    triggers.make()
    fill(at)
    clock.start_over(at)


def _emptied() -> list[Any]:
    """Every table of records and accounts and the queue, in an order in which none refers to one that is gone already."""
    labels = ("records", "account", "mfa", "socialaccount", "django_q")
    models = (model for label in labels for model in apps.get_app_config(label).get_models(include_auto_created=True))
    left = [model for model in models if not model._meta.proxy and model is not Schedule]  # regular work goes on
    ordered: list[Any] = []
    while left:
        free = [model for model in left if not any(other is not model and _refers(other, model) for other in left)]
        if not free:
            raise RuntimeError("tables refer to each other in a ring")
        ordered.extend(free)
        left = [model for model in left if model not in free]
    return ordered


def _refers(one: type[Model], other: type[Model]) -> bool:
    return any(field.concrete and field.is_relation and field.related_model is other for field in one._meta.get_fields())
