"""Notices: whoever a transition tells gets one, in the transaction of that transition, once. Letters are made of them by the site.

Nobody is told of his or her own act. Somebody to whom one event means two things gets the one that its row names first.
"""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.db.models import Exists, OuterRef

from gongxue.records import doors, signatures
from gongxue.records.actor import Actor
from gongxue.records.completion import waits_for_seals
from gongxue.records.models import Application, ApplicationPerson, Notice, SchoolSummary, Signature
from gongxue.records.openings import deadline_among, late_openings
from gongxue.records.partners import unconfirmed_schools
from gongxue.records.people import held_on
from gongxue.records.signatures import Signable, turn, valid
from gongxue.records.summaries import AFTER_SUMMARY_MOVE, signable_summary
from gongxue.records.whole import in_transaction, whole
from gongxue.rules.access import grants
from gongxue.rules.deadlines import TAIPEI, last_second
from gongxue.rules.programme import Programme
from gongxue.rules.workflow import APPLICATION, Transition

URGENT: Final = frozenset({"return", "return_completion", "ask_completion"})
"""What somebody has to act upon at once, whatever he or she chose to get by mail; so is a signature that is void, and a deadline."""
VOIDED: Final = "void_signatures"
DEADLINE: Final = "deadline"
WARNS: Final = 3
"""Days before a deadline on which those who have not yet submitted are reminded, at `MORNING`."""
MORNING: Final = datetime.time(7, 30)
_OPEN: Final = ("draft", "returned", "signing", "signed")


def tie() -> None:
    """Let the doors call this after every move; called once, when the app is ready."""
    doors.AFTER_MOVE.append(_after_move)
    signatures.AFTER_VOID.append(_after_void)
    AFTER_SUMMARY_MOVE.append(_after_summary_move)


def _after_move(application: Application, row: Transition, actor: Actor, at: datetime.datetime, told: dict[str, Any]) -> None:
    found: dict[int, Notice] = {}
    for relation in row.tells:
        voided = relation == "signer" and row.voids_signatures
        for user in _people(application, relation, row, at):
            if user != actor.user and user not in found:
                urgent = voided or row.name in URGENT
                found[user] = _notice(user, application, row.name, relation, f"{application.version}:{row.name}", urgent, at)
    _write(found.values())


def _after_void(application: Application, voided: list[Signature], at: datetime.datetime) -> None:
    """Those who signed what an edit has changed since."""
    event = f"{application.version}:{VOIDED}"
    people = {row.signer or row.user_id for row in voided} - {application.changed_by_id}
    _write(_notice(user, application, VOIDED, "signer", event, True, at) for user in sorted(people))


def _after_summary_move(summary: SchoolSummary, row: Transition, voided: list[Signature], actor: Actor, at: datetime.datetime) -> None:
    """附件一: whoever signs next, the clerk once nothing but sending is left, and whoever signed what is void now."""
    found: dict[int, Notice] = {}
    for relation in row.tells:
        people, why = list(_holders((relation,), summary.school_id, at)), relation
        if relation == "signer" and row.voids_signatures:
            people = [each.signer or each.user_id for each in voided]
        elif relation == "signer" and _waits_for_seals(summary):
            people = whose_turn(summary, at)
        elif relation == "signer":
            people, why = list(_holders(("clerk",), summary.school_id, at)), "clerk"
        for user in people:
            if user != actor.user and user not in found:
                found[user] = _notice(user, summary, row.name, why, f"{summary.version}:{row.name}", row.voids_signatures, at)
    _write(found.values())


def _waits_for_seals(summary: SchoolSummary) -> bool:
    """Whether a step of its chain is open, be there somebody who holds the post or not."""
    paper = signable_summary(summary)
    return turn(paper.chain, valid(paper.subject, paper.subject_id)) is not None


def _notice(
    user: int, paper: Application | SchoolSummary, kind: str, relation: str, event: str, urgent: bool, at: datetime.datetime
) -> Notice:
    return Notice(
        user_id=user,
        application=paper if isinstance(paper, Application) else None,
        summary=paper if isinstance(paper, SchoolSummary) else None,
        kind=kind,
        relation=relation,
        state=paper.state,
        event=f"{paper.pk}:{event}",
        urgent=urgent,
        made_at=at,
    )


def _write(notices: Iterable[Notice]) -> int:
    """Write them; those that are there already stay as they are."""
    in_transaction()
    return len(Notice.objects.bulk_create(notices, ignore_conflicts=True))


def _people(application: Application, relation: str, row: Transition, at: datetime.datetime) -> Iterator[int]:
    """The users of one relation to an application, as posts are held on the day of `at`."""
    if relation == "convener":
        yield from ApplicationPerson.objects.filter(application=application, role="convener").values_list("user", flat=True)
    elif relation == "signer" and row.voids_signatures:
        signed = Signature.objects.filter(subject=APPLICATION, subject_id=str(application.pk), voided_at=at, why=row.name)
        yield from (row.signer or row.user_id for row in signed.order_by("pk"))
    elif relation == "signer":
        yield from whose_turn(application, at)
    elif relation == "partner":
        yield from who_confirms(application, at)
    else:
        school = application.fiscal_school_id if relation != "officer" else None
        yield from _holders((relation,), school, at)


def whose_turn(paper: Application | SchoolSummary, at: datetime.datetime) -> list[int]:
    """The users who can set the next seal of an application, or of a school's summary."""
    if isinstance(paper, Application) and paper.state == "completing" and not waits_for_seals(paper):
        return []
    signing: Signable = signatures.signable(paper) if isinstance(paper, Application) else signable_summary(paper)
    step = turn(signing.chain, valid(signing.subject, signing.subject_id))
    return list(_holders(step.posts, signing.school, at)) if step is not None and signing.school is not None else []


def who_confirms(application: Application, at: datetime.datetime) -> list[int]:
    """The users who can confirm members of an application for a partner school that has not. Two queries at most."""
    roles = tuple({role for grant in grants(APPLICATION, "confirm_members") for role in grant.roles})
    posts = held_on(at.astimezone(TAIPEI).date()).filter(role__in=roles, school__in=unconfirmed_schools(application))
    return sorted(set(posts.values_list("user", flat=True)))


def _holders(roles: tuple[str, ...], school: int | None, at: datetime.datetime) -> Iterator[int]:
    posts = held_on(at.astimezone(TAIPEI).date()).filter(role__in=roles, school=school)
    yield from posts.order_by("user").values_list("user", flat=True).distinct()


@whole
def remind(programme: Programme, at: datetime.datetime) -> int:
    """Write a notice of the deadline to those whose applications are not yet submitted, once, in its last three days; how many.

    The convener gets it while it is being written, whoever has to sign next while it is signed, the clerk when nothing but submitting is
    left. An application begun within these days needs no reminder.
    """
    openings = late_openings(programme.id)
    count = 0
    for due in {deadline_among(programme, school, openings) for school in (None, *openings)}:
        begins = _begins(due) if due is not None else None
        if due is None or begins is None or not begins <= at < due:
            continue
        rows = Application.objects.filter(programme=programme.id, state__in=_OPEN, made_at__lt=begins).defer("document", "search")
        # Not exclude() over both columns: it would leave out whoever has a reminder of before and any notice since.
        reminded = Notice.objects.filter(application=OuterRef("pk"), kind=DEADLINE, made_at__gte=begins)
        for application in rows.filter(~Exists(reminded)).order_by("pk"):
            if deadline_among(programme, application.fiscal_school_id, openings) == due:
                count += _write(_reminders(application, due, at))
    return count


def _begins(due: datetime.datetime) -> datetime.datetime:
    day = last_second(due).date() - datetime.timedelta(days=WARNS)
    return datetime.datetime.combine(day, MORNING, TAIPEI)


def _reminders(application: Application, due: datetime.datetime, at: datetime.datetime) -> Iterator[Notice]:
    relation = {"signing": "signer", "signed": "clerk"}.get(application.state, "convener")
    if relation == "convener":
        people = list(ApplicationPerson.objects.filter(application=application, role="convener").values_list("user", flat=True))
    elif relation == "signer":
        people = whose_turn(application, at)
    else:
        people = list(_holders((relation,), application.fiscal_school_id, at))
    for user in people:
        yield _notice(user, application, DEADLINE, relation, f"{DEADLINE}:{due:%Y%m%d%H%M}", True, at)
