"""The pages of the shell."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language

from gongxue.records.models import User
from gongxue.records.refusals import NotThere
from gongxue.site import guard, keeping, limits, specimens
from gongxue.site.home import panels_for
from gongxue.site.programme import current
from gongxue.site.request import Request
from gongxue.site.templatetags.gongxue import weekday_of
from gongxue.site.verifying import HashForm, found


@guard.public
def front(request: Request) -> HttpResponse:
    """What this is, for somebody who has not logged in; others go to their own page."""
    if request.actor.user is not None:
        return redirect("home")
    return render(request, "site/front.html", {"programme": current()})


@guard.logged_in
def home(request: Request) -> HttpResponse:
    """What to do next."""
    return render(request, "site/home.html", {"panels": panels_for(request)})


@guard.public
def set_language(request: Request) -> HttpResponse:
    """Change the language, and go back to where one was."""
    back, code = request.POST.get("next", ""), request.POST.get("language", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    response = redirect(back)
    if request.method == "POST" and code in dict(settings.LANGUAGES) and check_for_language(code):
        year = 365 * 24 * 60 * 60
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, year, secure=settings.PRODUCTION, httponly=True, samesite="Lax")
        if request.actor.user is not None:
            User.objects.filter(pk=request.actor.user).update(language=code)
    return response


@guard.public
def verify(request: Request) -> HttpResponse:
    """Whether a paper with this hash was printed from a version that is kept here."""
    form = HashForm(request.GET or None)
    answer = None
    if form.is_valid():
        limits.limit(request, "verify", times=20, seconds=60)
        answer = found(form.cleaned_data["digest"], request.actor)
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "site/verify.html", {"form": form, "answer": answer}, status=status)


@guard.public
def date_words(request: Request) -> HttpResponse:
    """A date as it is typed, read back with its weekday: what stands beside a date field."""
    return HttpResponse(weekday_of(request.GET.get(request.GET.get("name", ""), "")[:100]), content_type="text/plain; charset=utf-8")


@guard.public
def accessibility(request: Request) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "site/accessibility.html")


@guard.public
def privacy(request: Request) -> HttpResponse:
    """What is kept about people, why, and how long."""
    return render(request, "site/privacy.html", {"programme": current()})


@guard.public
def style(request: Request) -> HttpResponse:
    """Every piece in every state; only where nobody works: in the demo, and while programming."""
    if not (settings.DEMO or settings.DEBUG):
        raise NotThere()
    return render(request, "site/style.html", specimens.specimens(request.at))


@guard.city("officer", "supervisor", "centre_staff")
def upkeep(request: Request) -> HttpResponse:
    """How the site itself fares."""
    return render(request, "site/upkeep.html", keeping.facts())
