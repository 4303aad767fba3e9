"""One address for each kind of declaration, and some that misbehave: what the guard's tests enter."""

import itertools
import time

from django.db import OperationalError
from django.http import HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_POST

from gongxue.records.models import Application, Message, School
from gongxue.records.refusals import NotAllowed, NotThere, RulesBroken, Stale, TooLate, Unkept
from gongxue.rules.finding import Finding
from gongxue.rules.text import Text
from gongxue.site import guard
from gongxue.site.request import Request

FINDING = Finding("budget.positive", "error", "附件二 五", "budget", "申請金額應大於零。", "The total must be over zero.")
REFUSALS = {
    "not_there": NotThere(),
    "not_allowed": NotAllowed(Text("只有承辦人可以。", "Only the clerk may.")),
    "stale": Stale("draft", 3),
    "too_late": TooLate(Text("已於 111年3月30日（三）23:59 截止。", "Closed at 30 March 2022 (Wed) 23:59.")),
    "rules_broken": RulesBroken([FINDING]),
    "unkept": Unkept(Text("磁碟空間已滿", "the disk is full")),
}
_numbers = itertools.count(1)
_tried: list[Request] = []


@guard.public
def anybody(request: Request) -> HttpResponse:
    return HttpResponse("anybody")


@guard.logged_in
def somebody(request: Request) -> HttpResponse:
    return HttpResponse(request.actor.name)


@guard.post("clerk", "director")
def desk(request: Request) -> HttpResponse:
    return HttpResponse("desk")


@guard.city("officer")
def office(request: Request) -> HttpResponse:
    return HttpResponse("office")


@guard.on_school("clerk", "officer")
def at_school(request: Request, school: School) -> HttpResponse:
    return HttpResponse(school.name)


@guard.on_application("view")
def seen(request: Request, application: Application) -> HttpResponse:
    return HttpResponse(application.name)


@guard.on_application("edit")
def edited(request: Request, application: Application) -> HttpResponse:
    return HttpResponse(application.name)


class HeldError(Exception):
    """What both databases say when another transaction was in the way, and the same may well succeed now."""

    sqlite_errorcode, sqlstate = 5, "40001"


def _at_second_try(request: Request, what: object) -> HttpResponse:
    """An answer, but for the first try: then another transaction was in the way."""
    if request not in _tried:
        _tried.append(request)
        raise OperationalError("held by another") from HeldError()
    return HttpResponse(str(what))


@guard.on_school("clerk")
def again_at_school(request: Request, school: School) -> HttpResponse:
    return _at_second_try(request, school.name)


@guard.on_application("edit")
def again_edited(request: Request, application: Application) -> HttpResponse:
    return _at_second_try(request, application.name)


@guard.logged_in
@require_POST
def write(request: Request) -> HttpResponse:
    """The effect is a message in the outbox; `wrong` is a form that comes back, `broken` a fault after the effect."""
    message = Message.objects.create(to="a@example.edu.tw", title="t", body="b", message_id=f"m{next(_numbers)}", made_at=request.at)
    if "slow" in request.POST:
        time.sleep(0.05)  # so that those who come at the same moment meet in the middle
    if "broken" in request.POST:
        raise ZeroDivisionError
    if "wrong" in request.POST:
        return HttpResponse("wrong", status=422)
    return HttpResponse(status=302, headers={"Location": f"/done/{message.pk}/"})


@guard.logged_in(repeatable=True)
@require_POST
def save(request: Request) -> HttpResponse:
    return HttpResponse("saved")


@guard.public
def refused(request: Request, name: str) -> HttpResponse:
    raise REFUSALS[name]


@guard.public
def broken(request: Request) -> HttpResponse:
    if request.GET.get("how") == "database":
        raise OperationalError("disk I/O error at /srv/wang")
    raise ValueError("王小明 wrote something private")


def undeclared(request: Request) -> HttpResponse:
    return HttpResponse("open to all")


@guard.public
def upload(request: Request) -> HttpResponse:
    return HttpResponse(str(len(request.POST)))


urlpatterns = [
    path("anybody/", anybody, name="anybody"),
    path("somebody/", somebody, name="somebody"),
    path("desk/", desk, name="desk"),
    path("office/", office, name="office"),
    path("school/<str:school>/", at_school, name="at_school"),
    path("application/<uuid:application>/", seen, name="seen"),
    path("application/<uuid:application>/edit/", edited, name="edited"),
    path("again/school/<str:school>/", again_at_school, name="again_at_school"),
    path("again/application/<uuid:application>/", again_edited, name="again_edited"),
    path("write/", write, name="write"),
    path("write/too/", write, name="write_too"),
    path("save/", save, name="save"),
    path("refused/<str:name>/", refused, name="refused"),
    path("broken/", broken, name="broken"),
    path("upload/", upload, name="upload"),
    path("undeclared/", undeclared, name="undeclared"),
    path("", include("gongxue.site.urls")),
    path("call/", include("gongxue.stages.preparing.urls")),
]
handler400 = "gongxue.site.errors.bad_request"
handler403 = "gongxue.site.errors.forbidden"
handler404 = "gongxue.site.errors.not_found"
handler500 = "gongxue.site.errors.server_error"
