"""Bundles of papers: who asks for one, how far it is, until when it can be fetched. The files themselves are the site's."""

import datetime
import uuid
from collections.abc import Sequence
from typing import Final

from gongxue.records import trail
from gongxue.records.actor import Actor, Capacity, capacity
from gongxue.records.models import Bundle
from gongxue.records.refusals import NotAllowed, NotThere
from gongxue.records.sight import visible_to
from gongxue.records.whole import whole
from gongxue.rules.access import Tie, may
from gongxue.rules.text import Text
from gongxue.rules.workflow import BUNDLE

MOST: Final = 1000
"""Applications in one bundle: a minute's work, and ten times what a city has."""
KEPT: Final = datetime.timedelta(days=1)
LONGEST: Final = datetime.timedelta(hours=2)
"""After this one that is still being made never will be: the background gives a task up that killed its worker five times, which takes half
an hour."""


@whole
def ask_for(keys: Sequence[uuid.UUID], *, actor: Actor, at: datetime.datetime) -> Bundle:
    """A new bundle of these applications, to be made. Raises NotAllowed (also for none, and for too many), Unkept."""
    by = _allowed("make", None, "working", actor)
    if actor.user is None or not keys:
        raise NotAllowed(Text("沒有可以打包的申請，請放寬篩選的條件。", "There is nothing to pack: widen the filters."))
    if len(keys) > MOST:
        told = Text(
            f"一次最多打包 {MOST:,} 件，這裡有 {len(keys):,} 件；請先篩選。",
            f"At most {MOST:,} at once; here are {len(keys):,}: narrow the list.",
        )
        raise NotAllowed(told)
    bundle = Bundle.objects.create(made_by_id=actor.user, made_at=at, keys=[str(key) for key in keys], total=len(keys))
    trail.write(BUNDLE, bundle.pk, "make", {"applications": bundle.keys}, by=by, at=at)
    return bundle


def bundle_of(bundle_id: int, actor: Actor) -> Bundle:
    """Somebody's own bundle, as long as all that is in it may be seen; raises NotThere for any other."""
    bundle = Bundle.objects.filter(pk=bundle_id).first()
    if bundle is None or not may(BUNDLE, "fetch", _ties(actor, bundle), bundle.state).yes:
        raise NotThere()
    if visible_to(actor).filter(pk__in=bundle.keys).count() < len(set(bundle.keys)):
        raise NotThere()
    return bundle


def newest_of(actor: Actor, at: datetime.datetime) -> Bundle | None:
    """The newest bundle that somebody asked for within the time that one is kept. One query."""
    rows = Bundle.objects.filter(made_by=actor.user or 0, made_at__gt=at - KEPT, state__in=("working", "ready"))
    return rows.defer("keys").first()


@whole
def cancel(bundle_id: int, *, actor: Actor, at: datetime.datetime) -> None:
    """Let a bundle be made no further. One that is made already stays. Raises NotThere, Unkept."""
    bundle = bundle_of(bundle_id, actor)
    if Bundle.objects.filter(pk=bundle.pk, state="working").update(state="cancelled"):
        trail.write(BUNDLE, bundle.pk, "cancel", {}, by=_allowed("fetch", bundle, "working", actor), at=at)


def went_on(bundle_id: int, done: int) -> bool:
    """Note how many are printed; whether the bundle is still wanted."""
    return Bundle.objects.filter(pk=bundle_id, state="working").update(done=done) == 1


def finished(bundle_id: int, *, left_out: int, size: int, at: datetime.datetime) -> bool:
    """The file is there; whether the bundle was still wanted."""
    rows = Bundle.objects.filter(pk=bundle_id, state="working")
    return rows.update(state="ready", left_out=left_out, size=size, until=at + KEPT) == 1


def failed(bundle_id: int) -> None:
    """It could not be made."""
    Bundle.objects.filter(pk=bundle_id, state="working").update(state="failed")


def given_up(at: datetime.datetime) -> int:
    """Mark those as failed that nobody makes any more, so that whoever waits is told; how many."""
    return Bundle.objects.filter(state="working", made_at__lte=at - LONGEST).update(state="failed")


def expired(at: datetime.datetime) -> list[int]:
    """The bundles whose time is over, marked as gone: their files can be thrown away."""
    rows = Bundle.objects.filter(state="ready", until__lte=at)
    keys = list(rows.values_list("pk", flat=True))
    Bundle.objects.filter(pk__in=keys).update(state="gone")
    return keys


def _allowed(verb: str, bundle: Bundle | None, state: str, actor: Actor) -> Capacity:
    answer = may(BUNDLE, verb, _ties(actor, bundle), state)
    if not answer.yes:
        raise NotAllowed(answer.reason)
    return capacity(actor, answer.by)


def _ties(actor: Actor, bundle: Bundle | None) -> tuple[Tie, ...]:
    own = bundle is not None and actor.user is not None and bundle.made_by_id == actor.user
    return tuple(Tie(held.role, relation) for held in actor.posts for relation in ("any", *(("own",) if own else ())))
