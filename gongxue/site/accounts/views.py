"""Our own pages of accounts: what one says of oneself, one's posts, where one is logged in, and invitations."""

from allauth.account.models import EmailAddress
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from gongxue.records import invitations
from gongxue.records.listings.letters import own_letters
from gongxue.records.models import User
from gongxue.rules.deadlines import TAIPEI
from gongxue.site import guard, limits
from gongxue.site.accounts import actions, entering, posts, sessions
from gongxue.site.accounts.adapters import remember_language
from gongxue.site.accounts.forms import DetailsForm, HandOverForm, JoinForm, StandInForm, next_school_year
from gongxue.site.fields import attempt
from gongxue.site.request import Request


def _own(request: Request) -> User:
    if not isinstance(request.user, User):
        raise TypeError("the guard lets nobody in who has not logged in")
    return request.user


@guard.logged_in
def account(request: Request) -> HttpResponse:
    """Everything about oneself on one page."""
    logins = sessions.logins_of(_own(request), request.session.session_key)
    held = posts.own_posts(request.actor, request.at.astimezone(TAIPEI).date())
    return render(
        request,
        "accounts/account.html",
        {
            "posts": held,
            "done": request.GET.get("done", ""),
            "logins": logins,
            "two_step": is_mfa_enabled(request.user),
            "person": request.user,
            "letters": own_letters(_own(request).pk),
        },
    )


@guard.logged_in
def details(request: Request) -> HttpResponse:
    """Change what one says of oneself."""
    form = DetailsForm(
        request.POST if request.method == "POST" else None, initial={name: getattr(request.user, name) for name in actions.DETAILS}
    )
    if form.is_valid():
        user = actions.write_details(_own(request).pk, values=form.cleaned_data, at=request.at)
        response = redirect("account")
        remember_language(response, user.language)
        return response
    return render(request, "accounts/details.html", {"form": form}, status=422 if form.is_bound else 200)


@guard.logged_in
def password_changed(request: Request) -> HttpResponse:
    """What a new password means for other devices."""
    return render(request, "accounts/password_changed.html")


@guard.logged_in
@require_POST
def end_sessions(request: Request) -> HttpResponse:
    """Log out everywhere but here."""
    sessions.end_others(_own(request), request.session.session_key)
    return redirect("account")


@guard.logged_in
def stand_in(request: Request, post: int) -> HttpResponse:
    """Name a stand-in for a post of one's own."""
    today = request.at.astimezone(TAIPEI).date()
    held = posts.own_post(request.actor, post, "name_stand_in", today)
    form = StandInForm(request.POST or None, people=posts.colleagues(request.actor, post, today), initial={"first": today})
    if form.is_valid() and attempt(form, lambda: actions.name_stand_in(post, told=form.cleaned_data, actor=request.actor, at=request.at)):
        return redirect(f"{reverse('account')}?done=stand_in")
    return render(request, "accounts/stand_in.html", {"form": form, "held": held}, status=422 if form.is_bound else 200)


@guard.logged_in
def hand_over(request: Request, post: int) -> HttpResponse:
    """Hand a post of one's own over to a colleague, from a day on."""
    today = request.at.astimezone(TAIPEI).date()
    held = posts.own_post(request.actor, post, "hand_over", today)
    initial = {"first": next_school_year(today)}
    form = HandOverForm(request.POST or None, people=posts.colleagues(request.actor, post, today), initial=initial)
    if form.is_valid() and attempt(form, lambda: actions.hand_over(post, told=form.cleaned_data, actor=request.actor, at=request.at)):
        return redirect(f"{reverse('account')}?done=hand_over")
    return render(request, "accounts/hand_over.html", {"form": form, "held": held}, status=422 if form.is_bound else 200)


@guard.public
def invitation(request: Request, token: str) -> HttpResponse:
    """Who invites to what; a button takes it."""
    limits.limit(request, "invitation", times=60, seconds=60)
    try:
        return _invitation(request, token)
    except invitations.NotTakeable as refused:
        return render(request, "accounts/no_invitation.html", {"reason": refused.reason}, status=409)


def _invitation(request: Request, token: str) -> HttpResponse:
    found = invitations.look_at(token, request.at)
    known = User.objects.filter(email=found.email.lower()).first()
    form = JoinForm(request.POST if request.method == "POST" else None, email=found.email, initial={"name": found.name})
    if request.method == "POST" and request.actor.user is not None:
        addresses = EmailAddress.objects.filter(user=request.actor.user, verified=True).values_list("email", flat=True)
        invitations.take_invitation(token, user_id=request.actor.user, addresses=list(addresses), at=request.at)
        return redirect("home")
    if known is None and form.is_valid():
        told = form.cleaned_data
        user = actions.join(token, name=told["name"], password=told["password1"], language=get_language() or "zh-hant", at=request.at)
        entering.enter(request, user, "invitation")
        return redirect("home")
    context = {"invitation": found, "known": known, "form": form}
    return render(request, "accounts/invitation.html", context, status=422 if form.is_bound and known is None else 200)
