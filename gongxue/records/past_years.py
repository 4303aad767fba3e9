"""Communities that were approved in earlier years, before this site was there: so that history and copying work from the first year on.

Each becomes an application in the state approved, under the programme of its year (or that year's name, where no plan is at hand). It never
went through the doors, and its trail says so: its one entry is `import`.
"""

import datetime
import uuid
from collections.abc import Sequence
from typing import Any

import msgspec
from django.db import transaction

from gongxue.records import trail
from gongxue.records.actor import SYSTEM, capacity
from gongxue.records.arrivals import Arrived
from gongxue.records.columns import save_with_columns
from gongxue.records.document import Document, checked, with_new_ids
from gongxue.records.models import Application, ApplicationPerson, Post, School, User
from gongxue.records.people import held_on
from gongxue.records.programmes import UnknownProgrammeError, programme_of
from gongxue.records.refusals import NotAllowed, Refused
from gongxue.records.snapshots import freeze
from gongxue.records.whole import whole
from gongxue.rules import earlier
from gongxue.rules.access import Tie, may
from gongxue.rules.deadlines import TAIPEI
from gongxue.rules.programme import Programme
from gongxue.rules.register import normal
from gongxue.rules.text import Text
from gongxue.rules.workflow import APPLICATION


class Past(msgspec.Struct, frozen=True):
    """A community approved before: its document in the exchange shape, and its place in the file."""

    line: int
    document: Document


@whole
def bring_back(communities: Sequence[Past], programme: Programme, *, at: datetime.datetime, keep: bool) -> list[Arrived]:
    """Bring them in, the earliest year first, each row with its effect or error; one that is there already is left as is.

    `programme` is the one that is open: only years before it come in. Nothing stays where one has an error, or without `keep`. Raises
    NotAllowed, Unkept.
    """
    answer = may(APPLICATION, "import", [Tie(held.role, "any") for held in SYSTEM.posts], "approved")
    if not answer.yes:
        raise NotAllowed(answer.reason)
    officer = _officer(at)
    done = [_tried(past, programme, officer, at) for past in sorted(communities, key=_year)]
    if not keep or any(each.error is not None for each in done):
        transaction.set_rollback(True)
    return done


def _year(past: Past) -> tuple[int, int]:
    year = str(past.document.get("programme") or "").rpartition("-")[2]
    return (int(year) if year.isascii() and year.isdigit() else 0, past.line)


def _officer(at: datetime.datetime) -> int:
    """Whose they are where nobody of the community has an account."""
    post = held_on(at.astimezone(TAIPEI).date()).filter(role="officer", stands_in_for=None).order_by("pk").first()
    if post is None:
        told = Text(
            "還沒有市府承辦人：請先用 gongxue init 的連結登入。", "There is no city officer yet: first follow the link of gongxue init."
        )
        raise NotAllowed(told)
    return post.user_id


def _tried(past: Past, programme: Programme, officer: int, at: datetime.datetime) -> Arrived:
    try:
        with transaction.atomic():
            return _bring_back(past, programme, officer, at)
    except Refused as refused:
        return Arrived(past.line, error=refused.reason)


def _bring_back(past: Past, programme: Programme, officer: int, at: datetime.datetime) -> Arrived:
    document = with_new_ids(checked(past.document))
    before = _programme(document["programme"], programme)
    school = before.register.find(document.get("fiscal_school")) if before.register else None
    if school is None:
        raise NotAllowed(Text("名單裡沒有經費辦理的學校（fiscal_school）。", "The school that handles the money is not in the register."))
    if not (document.get("name") or "").strip() or before.tier(document.get("tier")) is None:
        raise NotAllowed(Text("要有社群名稱，以及計畫裡有的類別。", "It needs a name, and a tier of the plan."))
    told = Text(f"{before.school_year} 學年度", f"school year {before.school_year}")
    same = _same(before.id, school.key, document["name"])
    if same is not None:
        return Arrived(past.line, (told, Text("已經有了，照舊", "there already, as it was")))
    document["history"] = _history(document, before, school.key)
    _write(document, before, school.key, officer, at)
    return Arrived(past.line, (told, Text("匯入為核定", "imported as approved")))


def _programme(programme_id: str, now: Programme) -> Programme:
    """The programme of an earlier year: the plan where it is at hand, else the year's name. Raises NotAllowed."""
    try:
        found = programme_of(programme_id)
    except UnknownProgrammeError:
        try:
            found = programme_of(programme_id, earlier.VERSION)
        except UnknownProgrammeError:
            raise NotAllowed(Text(f"沒有「{programme_id}」這個計畫。", f"There is no programme “{programme_id}”.")) from None
    if found.school_year >= now.school_year or found.city != now.city:
        year = now.school_year
        raise NotAllowed(
            Text(f"只匯入本市 {year} 學年度以前核定的社群。", f"Only this city's communities of years before {year} are imported.")
        )
    return found


def _same(programme_id: str, school: str, name: str) -> Application | None:
    there = Application.objects.filter(programme=programme_id, fiscal_school__key=school, state="approved")
    return next((each for each in there if normal(each.name) == normal(name)), None)


def _history(document: Document, before: Programme, school: str) -> list[Document]:
    """What the file says of earlier years, and what was brought in of the same community for years before."""
    rows = {row.get("school_year"): row for row in document.get("history") or []}
    city = before.id.rpartition("-")[0]
    others = Application.objects.filter(programme__startswith=f"{city}-", fiscal_school__key=school, state="approved")
    for each in others:
        year = programme_of(each.programme, each.programme_version).school_year
        if year < before.school_year and normal(each.name) == normal(document["name"]):
            rows.setdefault(year, {"school_year": year, "tier": each.tier})
    content: list[Any] = sorted(rows.values(), key=lambda row: row.get("school_year") or 0)
    return list(with_new_ids({"programme": before.id, "history": content})["history"])


def _write(document: Document, before: Programme, school: str, officer: int, at: datetime.datetime) -> None:
    convener = _convener(document.get("convener") or {}, school, at)
    application = Application(
        id=uuid.uuid4(),
        programme=before.id,
        programme_version=before.version,
        state="approved",
        document=document,
        made_by_id=convener or officer,
        made_at=at,
        changed_at=at,
        changed_by_id=None,
    )
    save_with_columns(application, new=True)
    if convener is not None:
        ApplicationPerson.objects.create(application=application, user_id=convener, role="convener")
    snapshot = freeze(application, "import")
    by = capacity(SYSTEM, Tie(SYSTEM.posts[0].role, "any"))
    words = {"name": application.name, "digest": snapshot.digest}
    trail.write(APPLICATION, str(application.pk), "import", words, by=by, at=at, version=1)


def _convener(convener: Document, school: str, at: datetime.datetime) -> int | None:
    """The convener's account: by e-mail, else by the name where one person of it alone has a post at the convener's school."""
    email, name = (convener.get("email") or "").strip(), normal(convener.get("name") or "")
    if email:
        found = User.objects.filter(email__iexact=email).values_list("pk", flat=True).first()
        if found is not None:
            return int(found)
    place = School.objects.filter(key=school).first()
    held = Post.objects.filter(school=place, stands_in_for=None).select_related("user")
    there = {post.user_id for post in held if name and normal(post.user.name) == name}
    return there.pop() if len(there) == 1 else None
