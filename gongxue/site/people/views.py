"""The pages of people and posts, for those who give posts: a school's principal and clerk, the city's officer and supervisor."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongxue.records import people
from gongxue.records.listings import posts
from gongxue.records.refusals import NotThere
from gongxue.site import guard
from gongxue.site.accounts.forms import HandOverForm, StandInForm, next_school_year
from gongxue.site.accounts.posts import colleagues
from gongxue.site.fields import attempt
from gongxue.site.people import actions, desk, invited
from gongxue.site.people.desk import Asked, back, held_post
from gongxue.site.people.forms import EndForm, GiveForm, InviteForm
from gongxue.site.request import Request
from gongxue.site.sheets import sheet

givers = guard.post(*desk.GIVERS)


@givers
@require_safe
def posts_page(request: Request) -> HttpResponse:
    """Who holds which post."""
    asked = Asked(request)
    page = asked.cut(asked.posts())
    shown = {"page": page, "rows": list(posts.rows(page.object_list, request.actor, asked.day)), "selects": desk.role_selects(asked)}
    shown["closes"] = bool(request.actor.roles() & set(desk.CLOSERS))
    return render(request, "people/posts.html", {**asked.page("people:sheet"), **shown, "waiting": asked.invitations().count()})


@givers
@require_safe
def posts_sheet(request: Request, kind: str) -> FileResponse:
    """The same as a sheet."""
    return sheet(kind, _("人員與職務"), desk.post_columns(), desk.post_lines(Asked(request)))


@givers
def give(request: Request) -> HttpResponse:
    """Give a post to somebody whom one finds by name or address."""
    asked = Asked(request)
    found = posts.people_to_give(request.actor, asked.place, asked.query, asked.day) if asked.place else ()
    form = GiveForm(request.POST or None, people=[each.user for each in found], roles=asked.roles(), initial={"first": asked.day})
    if asked.place is not None and form.is_valid():
        given, school = dict(form.cleaned_data), asked.place.school
        user = given.pop("person")
        if attempt(form, lambda: people.give_post(user, school_id=school, actor=request.actor, at=request.at, **given)):
            return back("give", asked.place)
    some = len(found) == posts.MOST
    context = {
        "form": form,
        "found": found,
        "only_some": some,
        "selects": asked.place_select(all_of_them=False),
        **asked.page("people:sheet"),
    }
    return render(request, "people/give.html", context, status=422 if form.is_bound else 200)


@givers
def invite(request: Request) -> HttpResponse:
    """Invite somebody by e-mail to take a post."""
    asked = Asked(request)
    email = asked.query if "@" in asked.query else ""
    initial = {"first": asked.day, "email": email, "name": "" if email else asked.query}
    form = InviteForm(request.POST or None, roles=asked.roles(), initial=initial)
    if asked.place is not None and form.is_valid():
        school = asked.place.school
        if attempt(form, lambda: actions.invite(request, school=school, told=form.cleaned_data)):
            return back("invite", asked.place, "people:invitations")
    context = {"form": form, "selects": asked.place_select(all_of_them=False), **asked.page("people:sheet")}
    return render(request, "people/invite.html", context, status=422 if form.is_bound else 200)


@guard.logged_in
def end(request: Request, post: int) -> HttpResponse:
    """End a post: asked first, with its last day; one that has not begun is taken back."""
    held, asked = held_post(request, post, "end"), Asked(request)
    form = EndForm(request.POST or None, initial={"last": asked.day})
    if form.is_valid() and attempt(form, lambda: people.end_post(post, form.cleaned_data["last"], actor=request.actor, at=request.at)):
        return redirect(asked.to_list("end"))
    context = {"form": form, "stops": True, **asked.around(held), **desk.ending(held.first > asked.day)}
    return render(request, "people/end.html", context, status=422 if form.is_bound else 200)


@guard.logged_in
def stand_in(request: Request, post: int) -> HttpResponse:
    """Name a stand-in for a post of somebody's."""
    held, asked = held_post(request, post, "name_stand_in"), Asked(request)
    others = colleagues(request.actor, post, asked.day)
    form = StandInForm(request.POST or None, people=others, initial={"first": max(asked.day, held.first)})
    if form.is_valid():
        given = dict(form.cleaned_data)
        user = given.pop("person")
        if attempt(form, lambda: people.name_stand_in(post, user, actor=request.actor, at=request.at, **given)):
            return redirect(asked.to_list("stand_in"))
    return render(request, "people/stand_in.html", {"form": form, **asked.around(held)}, status=422 if form.is_bound else 200)


@guard.logged_in
def hand_over(request: Request, post: int) -> HttpResponse:
    """Hand somebody's post over to a colleague, from a day on."""
    held, asked = held_post(request, post, "hand_over"), Asked(request)
    others = colleagues(request.actor, post, asked.day)
    form = HandOverForm(request.POST or None, people=others, initial={"first": next_school_year(asked.day)})
    if form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: people.hand_over(post, given["person"], first=given["first"], actor=request.actor, at=request.at)):
            return redirect(asked.to_list("hand_over"))
    return render(request, "people/hand_over.html", {"form": form, **asked.around(held)}, status=422 if form.is_bound else 200)


@givers
@require_safe
def invitations_page(request: Request) -> HttpResponse:
    """Who was invited to a post and has not taken it yet, and what became of the letter."""
    asked = Asked(request)
    page = asked.cut(asked.invitations())
    shown = {"page": page, "rows": list(posts.invitation_rows(page.object_list)), "selects": asked.place_select()}
    return render(request, "people/invitations.html", {**asked.page("people:invitation_sheet"), **shown})


@givers
@require_safe
def invitations_sheet(request: Request, kind: str) -> FileResponse:
    """The same as a sheet."""
    return sheet(kind, _("職務邀請"), invited.columns(), invited.lines(Asked(request)))


@guard.logged_in
def act(request: Request, invitation: int, name: str) -> HttpResponse:
    """Ask first; then send an invitation again, or take it back."""
    if name not in actions.ACTS:
        raise NotThere()
    shown, asked = posts.invitation_to_post(request.actor, invitation), Asked(request)
    if request.method == "POST":
        actions.ACTS[name](request, invitation=shown)
        return back(name, asked.place, "people:invitations")
    context = {"shown": shown, "name": name, **invited.asks(name), "back": asked.to_list(to="people:invitations")}
    return render(request, "people/act.html", context)
