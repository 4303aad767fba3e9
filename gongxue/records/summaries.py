"""What stands on a school's summary (附件一): made from its applications, frozen to be signed, open again when one of them changes.

It covers the applications that have all their signatures or were submitted, the school's own first, then those that its people belong to.
What counts is their content: that the city moves one on changes nothing on the sheet.
"""

import datetime
import uuid
from collections.abc import Callable
from typing import Any, Final

import msgspec
from django.db.models import Q, QuerySet

from gongxue.records import trail
from gongxue.records.actor import Actor, Capacity
from gongxue.records.document import Document, application_of
from gongxue.records.doors import AFTER_EDIT, AFTER_MOVE
from gongxue.records.models import Application, ApplicationSchool, SchoolSummary, Signature, Snapshot, SummaryCover, SummarySnapshot
from gongxue.records.programmes import programme_of
from gongxue.records.signatures import Signable, chain_of, void
from gongxue.records.snapshots import digest_of
from gongxue.records.trail import canonical
from gongxue.records.whole import in_transaction
from gongxue.rules import application as shapes
from gongxue.rules.school_facts import SchoolFacts
from gongxue.rules.text import Text
from gongxue.rules.workflow import APPLICATION, SCHOOL_SUMMARY, Transition, states, transition

FORM: Final = "school_summary"
NOT_COVERED: Final = ("draft", "returned", "signing", "withdrawn")
"""States of an application that does not stand on the sheet: it is still being written or signed, or is no more."""
COVERED: Final = tuple(state.name for state in states(APPLICATION) if state.name not in NOT_COVERED)
MUST_SAY: Final[dict[str, Text]] = {
    "classes": Text("班級數", "number of classes"),
    "principal.name": Text("校長姓名", "the principal's name"),
    "principal.phone": Text("校長電話", "the principal's phone"),
    "principal.email": Text("校長 E-mail", "the principal's e-mail"),
    "clerk.name": Text("承辦人姓名", "the clerk's name"),
    "clerk.title": Text("承辦人職稱", "the clerk's title"),
    "clerk.phone": Text("承辦人電話", "the clerk's phone"),
    "clerk.email": Text("承辦人 E-mail", "the clerk's e-mail"),
}
"""What a school must say of itself (附件一)."""
AFTER_SUMMARY_MOVE: list[Callable[[SchoolSummary, Transition, list[Signature], Actor, datetime.datetime], None]] = []
"""What happens inside the same transaction after a summary has moved, with the signatures that were voided: notices written."""


class Covered(msgspec.Struct, frozen=True):
    """One application on the sheet: which version of it, the digest of its content, and the content."""

    application: uuid.UUID
    version: int
    digest: str
    content: Document

    @property
    def facts(self) -> shapes.Application:
        """The content as forms and rules read it."""
        return application_of(self.content)


def applications_of(school_id: int, programme: str) -> QuerySet[Application]:
    """The applications that stand on a school's sheet now, its own first."""
    there = ApplicationSchool.objects.filter(school=school_id).values("application")
    found = Application.objects.filter(Q(fiscal_school=school_id) | Q(pk__in=there), programme=programme, state__in=COVERED)
    return found.order_by("tier", "name", "pk")


def covered_now(school_id: int, programme: str) -> tuple[Covered, ...]:
    """What the sheet would cover now. One query."""
    rows = applications_of(school_id, programme).values_list("pk", "version", "document", "fiscal_school")
    found = [(fiscal != school_id, Covered(key, version, _digest(content), content)) for key, version, content, fiscal in rows]
    return tuple(each for _elsewhere, each in sorted(found, key=lambda pair: pair[0]))


def _digest(content: Document) -> str:
    return digest_of(canonical(content))


def covered_of(summary: SchoolSummary) -> tuple[Covered, ...]:
    """What a frozen summary covers, with the content as it stood; of an open one, what it would cover now. At most two queries."""
    if summary.state == "open":
        return covered_now(summary.school_id, summary.programme)
    rows = list(summary.covers.order_by("place").values_list("application", "version", "digest"))
    wanted = Q(pk__in=[])
    for key, version, _digest_of_it in rows:
        wanted |= Q(application=key, version=version)
    contents = dict(Snapshot.objects.filter(wanted).values_list("application", "content"))
    return tuple(Covered(key, version, digest, msgspec.json.decode(contents[key])) for key, version, digest in rows)


def facts_of(summary: SchoolSummary) -> SchoolFacts:
    """What the school says of itself, under its own name."""
    facts = msgspec.convert(summary.facts, SchoolFacts)
    return msgspec.structs.replace(facts, school=summary.school.full_name or summary.school.name)


def missing_facts(facts: SchoolFacts) -> tuple[str, ...]:
    """Which of MUST_SAY the school has not said, by name."""
    said = msgspec.to_builtins(facts)
    return tuple(name for name in MUST_SAY if not _at(said, name))


def _at(said: dict[str, Any], path: str) -> Any:
    found: Any = said
    for name in path.split("."):
        found = (found or {}).get(name)
    return found.strip() if isinstance(found, str) else found


def signable_summary(summary: SchoolSummary) -> Signable:
    """A summary as a paper to be signed."""
    chain = chain_of(programme_of(summary.programme, summary.programme_version), FORM)
    name = f"{summary.school.name} 附件一"
    return Signable(SCHOOL_SUMMARY, str(summary.pk), summary.version, summary.digest, chain, summary.school_id, name)


def freeze_summary(summary: SchoolSummary, by: int | None, at: datetime.datetime) -> None:
    """Freeze what the sheet says now, under the summary's version; the caller holds its lock and saves it."""
    covered = covered_now(summary.school_id, summary.programme)
    listed = [{"id": str(each.application), "version": each.version, "digest": each.digest} for each in covered]
    told = {"programme": summary.programme, "version": summary.programme_version, "school": summary.school.key}
    content = canonical(told | {"facts": summary.facts, "applications": listed})
    summary.digest = digest_of(content)
    SummarySnapshot.objects.create(
        summary=summary, version=summary.version, content=content.decode(), digest=summary.digest, made_by_id=by, made_at=at
    )
    summary.covers.all().delete()
    SummaryCover.objects.bulk_create(
        SummaryCover(summary=summary, application_id=each.application, place=place, version=each.version, digest=each.digest)
        for place, each in enumerate(covered)
    )
    _freeze_contents(covered, by, at)


def version_on_paper(summary: SchoolSummary) -> int:
    """The version in the foot of the sheet: the one that was frozen, which seals leave as it is."""
    if summary.state == "open":
        return summary.version
    return summary.snapshots.filter(digest=summary.digest).values_list("version", flat=True)[0]


def _freeze_contents(covered: tuple[Covered, ...], by: int | None, at: datetime.datetime) -> None:
    """A version that nobody has frozen yet is frozen now: the sheet must be printable as it was signed."""
    for each in covered:
        Snapshot.objects.get_or_create(
            application_id=each.application,
            version=each.version,
            defaults={
                "content": canonical(each.content).decode(),
                "digest": each.digest,
                "made_by_id": by,
                "made_at": at,
                "why": SCHOOL_SUMMARY,
            },
        )


def follow(application: Application, actor: Actor, at: datetime.datetime) -> None:
    """Open every frozen summary again that does not say any more what its applications say; inside the transaction of the change.

    The school's row is locked even while it is open: who freezes it at this very moment has locked the applications before (`hold`), so
    that one of the two waits, and sees what the other did.
    """
    rows = SchoolSummary.objects.select_for_update(of=("self",), no_key=True).filter(programme=application.programme)
    schools = application.schools.values("school")
    covering = SummaryCover.objects.filter(application=application).values("summary")
    concerned = Q(school=application.fiscal_school_id) | Q(school__in=schools) | Q(pk__in=covering)
    for summary in rows.filter(concerned).select_related("school").order_by("pk"):
        if summary.state != "open" and not _says(summary, application):
            reopen(summary, "reopen", Capacity(actor.user), at, actor, {"application": str(application.pk)})


def hold(school_id: int, programme: str) -> None:
    """Lock the applications of a sheet, before the sheet: nobody changes one while it is frozen."""
    in_transaction()
    list(applications_of(school_id, programme).order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk"))


def _says(summary: SchoolSummary, application: Application) -> bool:
    """Whether the sheet still says of `application` what it should."""
    cover = summary.covers.filter(application=application).values_list("digest", flat=True).first()
    belongs = application.state in COVERED and (
        application.fiscal_school_id == summary.school_id or application.schools.filter(school=summary.school_id).exists()
    )
    return cover == (_digest(application.document) if belongs else None)


def reopen(
    summary: SchoolSummary, verb: str, by: Capacity, at: datetime.datetime, actor: Actor, words: dict[str, Any], reason: str = ""
) -> None:
    """Back to open: its signatures are void, what it covered is free; the caller holds its lock."""
    source = summary.state
    summary.state, summary.digest, summary.sent_at = "open", "", None
    summary.version += 1
    summary.changed_at, summary.changed_by_id = max(at, summary.changed_at), actor.user
    summary.save(force_update=True)
    summary.covers.all().delete()
    voided = void(SCHOOL_SUMMARY, str(summary.pk), verb, actor=actor, at=at)
    told = {**words, "from": source, "to": "open", "reason": reason, "signatures": [row.pk for row in voided]}
    trail.write(SCHOOL_SUMMARY, str(summary.pk), verb, told, by=by, at=at, version=summary.version)
    for after in AFTER_SUMMARY_MOVE:
        after(summary, transition(SCHOOL_SUMMARY, verb), voided, actor, at)


def _after_move(application: Application, row: Transition, actor: Actor, at: datetime.datetime, told: object) -> None:
    if row.subject == APPLICATION:
        follow(application, actor, at)


def _after_edit(application: Application, actor: Actor, at: datetime.datetime) -> None:
    if application.state in COVERED:  # what is not on a sheet costs an edit no query
        follow(application, actor, at)


def tie() -> None:
    """Let the doors open summaries again; called once, when the app is ready."""
    AFTER_MOVE.append(_after_move)
    AFTER_EDIT.append(_after_edit)
