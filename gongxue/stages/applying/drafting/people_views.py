"""The people of a community: who writes with it, who is invited, who convenes it. Names on the form are another thing, in its sections."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gongxue.records import community, invitations
from gongxue.records.models import Application
from gongxue.records.refusals import NotThere
from gongxue.site import guard, limits
from gongxue.site.accounts.letters import send_invitation
from gongxue.site.request import Request
from gongxue.stages.applying.drafting import people
from gongxue.stages.applying.drafting.forms import InvitationForm


@guard.on_application("view")
@require_safe
def people_page(request: Request, application: Application) -> HttpResponse:
    """Who writes with the community; its convener looks for colleagues, invites, takes away, hands over."""
    return render(request, "drafting/people.html", people.page_of(request, application))


@guard.on_application("invite")
@require_POST
def add(request: Request, application: Application, user: int) -> HttpResponse:
    """Let a colleague write along."""
    community.add_member(application.pk, user, actor=request.actor, at=request.at)
    return redirect("drafting:people", application.pk)


@guard.on_application("invite")
@require_POST
def invite(request: Request, application: Application) -> HttpResponse:
    """Invite somebody by e-mail."""
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return render(request, "drafting/people.html", people.page_of(request, application, form), status=422)
    limits.limit(request, "invite", times=60, seconds=600)
    told = form.cleaned_data
    invited = invitations.invite_to_draft(application.pk, told["email"], told["name"], actor=request.actor, at=request.at)
    send_invitation(request, invited, request.actor.name, request.at)
    return redirect("drafting:people", application.pk)


@guard.on_application("invite")
@require_POST
def withdraw_invitation(request: Request, application: Application, invitation: int) -> HttpResponse:
    """Take back an invitation that nobody has taken; one of another community is not there."""
    if not application.invitations.filter(pk=invitation).exists():
        raise NotThere()
    invitations.withdraw_invitation(invitation, actor=request.actor, at=request.at)
    return redirect("drafting:people", application.pk)


@guard.on_application("view")
def remove(request: Request, application: Application, user: int) -> HttpResponse:
    """Take somebody's access away, or leave: asked first, and what was written stays."""
    person = people.removable(request, application, user)
    if request.method == "POST":
        community.remove_member(application.pk, user, actor=request.actor, at=request.at)
        return redirect("home") if user == request.actor.user else redirect("drafting:people", application.pk)
    return render(request, "drafting/remove.html", {"application": application, "person": person})


@guard.on_application("hand_over")
def hand_over(request: Request, application: Application, user: int) -> HttpResponse:
    """Make a member the convener: asked first."""
    person = people.heir(application, user)
    if request.method == "POST":
        community.hand_over_community(application.pk, user, actor=request.actor, at=request.at)
        return redirect("drafting:people", application.pk)
    return render(request, "drafting/hand_over.html", {"application": application, "person": person})
