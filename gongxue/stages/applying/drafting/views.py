"""The pages of the desk."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gongxue.records.models import Application
from gongxue.records.openings import deadline
from gongxue.records.refusals import NotAllowed, NotThere
from gongxue.rules.access import may
from gongxue.rules.deadlines import is_late
from gongxue.rules.text import Text
from gongxue.rules.workflow import APPLICATION
from gongxue.site import guard
from gongxue.site.programme import current
from gongxue.site.request import Request
from gongxue.stages.applying.drafting import actions, answering, fronting, pages, posted
from gongxue.stages.applying.drafting.draft import Draft
from gongxue.stages.applying.drafting.forms import StartForm
from gongxue.stages.applying.drafting.saved import OtherPerson, Saved
from gongxue.stages.applying.drafting.sections import laying, section_of
from gongxue.stages.applying.drafting.sections.section import Section


@guard.post("member", "clerk", "director", "accountant", "principal")
def start(request: Request) -> HttpResponse:
    """A new draft: a name and a tier, and the task list opens."""
    programme = current()
    form = StartForm(request.POST if request.method == "POST" else None, programme=programme)
    if form.is_valid():
        application = actions.begin(programme, **form.cleaned_data, actor=request.actor, at=request.at)
        return redirect("drafting:draft", application.pk)
    due = deadline(programme, None, "applications_close")
    context = {
        "form": form,
        "programme": programme,
        "ways": pages.other_ways(),
        "due": due,
        "is_late": due is not None and is_late(request.at, due),
    }
    return render(request, "drafting/start.html", context, status=422 if form.is_bound else 200)


@guard.on_application("view")
@require_safe
def draft(request: Request, application: Application) -> HttpResponse:
    """The task list of an application, and its front page for everybody who may view it."""
    return render(request, "drafting/draft.html", fronting.front_page(request, Draft(application)))


@guard.on_application("view")
def section(request: Request, application: Application, section: str) -> HttpResponse:
    """One section: its fields, and what the rules say of them as one types."""
    found = _section(section)
    if request.method == "POST":
        return _save_form(request, application, found)
    can_edit = may(APPLICATION, "edit", request.bonds, application.state).yes
    present = pages.present(request, application, found, can_edit)
    return render(request, "drafting/section.html", pages.section_page(Draft(application), found, can_edit, present=present))


def _section(name: str) -> Section:
    found = section_of(name)
    if found is None:
        raise NotThere()
    return found


def _save_form(request: Request, application: Application, section: Section) -> HttpResponse:
    """Save a whole form, without JavaScript; the page comes back where something is left to say, else the next one."""
    if not (answer := may(APPLICATION, "edit", request.bonds, application.state)).yes:
        raise NotAllowed(answer.reason)
    form = posted.read_form(request.POST, section, Draft(application))
    kept = actions.save(application.pk, form.changes, actor=request.actor, at=request.at)
    saved = Saved(section, form, kept)
    if saved.is_plain:
        return redirect(saved.next_address)
    present = pages.present(request, application, section, True)
    context = pages.section_page(Draft(kept.application), section, True, present=present, **saved.to_say(request.POST))
    return render(request, "drafting/section.html", context)


@guard.on_application("edit", repeatable=True)
@require_POST
def save(request: Request, application: Application, section: str) -> JsonResponse:
    """Save changes as they are typed."""
    found, told = _section(section), answering.read(request.body)
    if told.sent.person != request.actor.user:
        raise OtherPerson(Text("您已改用另一個帳號登入。", "You are logged in as somebody else now."))
    kept = actions.save(application.pk, told.changes, actor=request.actor, at=request.at)
    return answering.answer(request, found, told, kept)


@guard.on_application("edit")
@require_safe
def laid(request: Request, application: Application) -> HttpResponse:
    """The dates that the helper of the schedule would lay, and those that it would pass over."""
    desk = Draft(application)
    found = laying.laid(desk.programme, laying.wish_of({name: request.GET.get(name, "") for name in laying.FIELDS}, desk))
    return render(request, "drafting/laid.html", {"laid": found})


@guard.on_application("view")
@require_safe
def present(request: Request, application: Application, section: str) -> JsonResponse:
    """Who else is here, and whether the page is still the newest: asked now and then."""
    return answering.present(request, application, _section(section))
