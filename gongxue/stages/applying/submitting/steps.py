"""What the pages of one step show: what will happen, to what, and what is asked for."""

import datetime
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.urls import reverse

from gongxue.records.actor import Actor
from gongxue.records.document import application_of
from gongxue.records.listings.applications import Filters
from gongxue.records.listings.school_desk import school_desk
from gongxue.records.listings.signing import lost_seals
from gongxue.records.models import Application, School, TrailEntry
from gongxue.records.openings import deadline
from gongxue.records.programmes import programme_of
from gongxue.records.sight import may_on
from gongxue.records.signatures import signable, unsealed
from gongxue.records.summary_moves import ties_at
from gongxue.rules.access import SCHOOL_ROLES
from gongxue.rules.check import check
from gongxue.rules.deadlines import is_late
from gongxue.rules.programme import Programme
from gongxue.rules.text import Text
from gongxue.rules.workflow import APPLICATION
from gongxue.site.fields import told
from gongxue.stages.applying.submitting import desk, receipts

STEPS: dict[str, tuple[Text, Text]] = {
    "recall_submission": (Text("撤回送件", "Recall the submission"), Text("撤回送件", "Recall it")),
    "withdraw": (Text("撤回申請", "Withdraw the application"), Text("撤回這份申請", "Withdraw this application")),
    "complete": (Text("補件送出", "Send the completion"), Text("補件送出", "Send it")),
}
"""What each step's page is called, and its button."""
BEFORE: Final = ("draft", "returned", "signing", "signed")
"""States of what the school has not yet submitted."""


def to_submit(actor: Actor, school: School, programme: Programme, query: QueryDict, at: datetime.datetime) -> dict[str, Any]:
    """The communities that are signed, which of them are ticked, those that are not so far yet, and the deadline."""
    found = school_desk(actor, school.pk, Filters(programme.id, states=BEFORE), "fiscal")
    ties = ties_at(actor, school.pk)
    rows = [desk.shown(row, programme, ties) for row in found.rows if row.state == "signed"]
    due = deadline(programme, school.pk)
    late = due is not None and is_late(at, due)
    return {
        "school": school,
        "programme": programme,
        "rows": rows,
        "not_yet": [row for row in found.rows if row.state != "signed"],
        "picked": desk.picked(rows, query),
        "ready": sum(each.can_submit for each in rows),
        "due": due,
        "is_late": late,
        "back": reverse("submitting:school", args=[school.key]),
    }


def receipt_page(actor: Actor, application: Application, at: datetime.datetime) -> dict[str, Any]:
    """The receipts of an application, and whether the submission can be taken back."""
    found = receipts.receipts_of(application)
    programme = programme_of(application.programme, application.programme_version)
    due = deadline(programme, application.fiscal_school_id)
    open_yet = due is None or not is_late(at, due)
    holds = next((each for each in found if each.voided_at is None), None)
    everybody = programme.dates.applications_close.before if programme.dates.applications_close is not None else None
    later = holds is not None and holds.before is not None and everybody is not None and holds.before > everybody
    return {
        "application": application,
        "holds": holds,
        "desk": _desk(actor, application),
        "signers": receipts.signers(application, holds) if holds is not None else "",
        "lost": lost_seals(application, holds.digest, holds.at) if holds is not None else (),
        "void": [(each, receipts.why_void(each)) for each in found if each.voided_at is not None],
        "signed": receipts.SIGNED,
        "due": due,
        "everybody": everybody if later else None,
        "may_recall": open_yet and may_on(actor, "recall_submission", application).yes,
    }


def _desk(actor: Actor, application: Application) -> str:
    """The address of the school's desk, for whoever has one there; else ""."""
    school = application.fiscal_school
    mine = school is not None and any(held.role in SCHOOL_ROLES and held.school == school.pk for held in actor.posts)
    return reverse("submitting:school", args=[school.key]) if school is not None and mine else ""


def asked(application: Application, name: str, form: forms.Form) -> dict[str, Any]:
    """The page that asks first."""
    title, button = STEPS[name]
    return {
        "application": application,
        "form": form,
        "title": told(title),
        "button": told(button),
        "back": reverse("drafting:draft", args=[application.pk]),
        "stops": name == "withdraw",
        "unsealed": unsealed(signable(application)) if name == "recall_submission" else None,
    }


def to_recall(application: Application, form: forms.Form, at: datetime.datetime) -> dict[str, Any]:
    """The page that asks before a submission is taken back; once it is too late, it only says so."""
    due = deadline(programme_of(application.programme, application.programme_version), application.fiscal_school_id)
    return asked(application, "recall_submission", form) | {"due": due, "blocked": due is not None and is_late(at, due)}


def to_complete(application: Application, form: forms.Form) -> dict[str, Any]:
    """What the city asked for, and what the rules still find."""
    entries = TrailEntry.objects.filter(subject=APPLICATION, subject_id=str(application.pk), verb="ask_completion")
    asked_for = entries.order_by("-number").first()
    programme = programme_of(application.programme, application.programme_version)
    findings = check(application_of(application.document), programme)
    missing = unsealed(signable(application)) if application.seals_again else None
    errors = [each for each in findings if each.severity == "error"]
    return asked(application, "complete", form) | {
        "unsealed": missing,
        "blocked": bool(errors) or missing is not None,
        "chain": reverse("signing:paper", args=[application.pk]),
        "check": reverse("drafting:check", args=[application.pk]),
        "reason": str(asked_for.words.get("reason", "")) if asked_for is not None else "",
        "asked_at": asked_for.at if asked_for is not None else None,
        "errors": errors,
    }


def status(form: forms.Form) -> int:
    """422 for a form that comes back."""
    return 422 if form.is_bound else 200


def after(application: Application, actor: Actor, what: str) -> str:
    """Where one goes after a step: to the school's desk, which says what was done; home, where one has no desk there."""
    desk = _desk(actor, application)
    return f"{desk}?{what}=1" if desk else reverse("home")
