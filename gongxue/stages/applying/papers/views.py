"""Preview and downloads."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongxue.records.models import Application
from gongxue.records.printing import frozen_to_print
from gongxue.site import guard, limits, printing
from gongxue.site.request import Request
from gongxue.stages.applying.papers import previewing


@guard.on_application("view")
def preview(request: Request, application: Application) -> HttpResponse:
    """附件二 as it stands, drawn like the printed form."""
    context = {"application": application, "paper": previewing.preview(application), "kinds": (*printing.KINDS, printing.EXCHANGE)}
    return render(request, "papers/preview.html", context)


@guard.on_application("print")
@require_safe
def print_paper(request: Request, application: Application, kind: str) -> HttpResponse:
    """附件二 as a file, of the current version, frozen first."""
    limits.limit(request, "print", times=120, seconds=60)
    snapshot = frozen_to_print(application.pk, actor=request.actor)
    return printing.download(printing.snapshot_file(application, snapshot, kind))
