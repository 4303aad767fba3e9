"""The pages of the demo: become somebody, move the clock, start over, read the letters that would have gone out."""

from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from gongxue.records.models import ApplicationPerson, Message, User
from gongxue.records.presence import touch
from gongxue.records.refusals import NotThere
from gongxue.site import background, clock, guard, limits
from gongxue.site.accounts import entering
from gongxue.site.demo import fill
from gongxue.site.demo.calendar import stops
from gongxue.site.demo.cast import CAST, part_of
from gongxue.site.programme import current
from gongxue.site.request import Request

NEWEST = 50


@guard.public
def cast(request: Request) -> HttpResponse:
    """Everybody whom one can become, and what each has to do."""
    return render(request, "demo/cast.html", {"cast": CAST, "password": fill.PASSWORD, "email": getattr(request.user, "email", "")})


@guard.public
@require_POST
def become(request: Request) -> HttpResponse:
    """One click: out as whoever one was, in as this one."""
    part = part_of(request.POST.get("email", ""))
    user = User.objects.filter(email=part.email, is_active=True).first() if part is not None else None
    if user is None:
        raise NotThere()
    logout(request)
    entering.enter(request, user, "demo")
    _colleagues_come(user, request)
    return redirect("home")


def _colleagues_come(user: User, request: Request) -> None:
    """Those of the cast's colleagues who write just now have their section open: presence lasts half a minute."""
    for plot in fill.beside():
        persons = ApplicationPerson.objects.filter(application=plot, application__state="draft")
        if persons.filter(user=user).exists():
            colleague = persons.filter(role="member").exclude(user=user).order_by("pk").first()
            if colleague is not None:
                touch(plot, colleague.user_id, "sessions", request.at)


@guard.public
def clock_page(request: Request) -> HttpResponse:
    """What day it is, and which it could be; forward only."""
    moments = stops(current(), request.at)
    if request.method == "POST":
        stop = next((stop for stop in moments if stop.key == request.POST.get("stop") and not stop.past), None)
        if stop is None:
            raise NotThere()
        clock.move_to(stop.at)
        background.later(background.HEART)  # what is due by that day is told as soon as it has come
        return redirect("demo:clock")
    return render(request, "demo/clock.html", {"stops": moments})


@guard.public
def start_over(request: Request) -> HttpResponse:
    """Ask first; then everything that visitors did is gone."""
    if request.method == "POST":
        limits.limit(request, "start_over", times=3, seconds=60)
        fill.start_over()
        logout(request)
        return redirect("demo:cast")
    return render(request, "demo/start_over.html")


@guard.public
def letters(request: Request) -> HttpResponse:
    """The newest letters of the outbox: from the demo nothing is mailed."""
    newest = Message.objects.order_by("-made_at", "-pk")[:NEWEST]
    return render(request, "demo/letters.html", {"letters": newest})
