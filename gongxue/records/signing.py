"""The school signs an application: online, on paper, and by a stand-in where one person holds two posts of the chain."""

import datetime
import uuid
from typing import Final

from gongxue.records.actor import Actor, Capacity
from gongxue.records.doors import allowed, locked, move
from gongxue.records.files import keep
from gongxue.records.models import Application, Post, Signature
from gongxue.records.people import Term, grant, held_on
from gongxue.records.refusals import NotAllowed, NotThere, Stale
from gongxue.records.sight import capacity_on
from gongxue.records.signatures import Signable, held_for, is_last, seal, signable, stands_in_way, turn, valid
from gongxue.records.stamped import Stamped, stamps
from gongxue.records.whole import whole
from gongxue.rules.access import ROLES
from gongxue.rules.deadlines import TAIPEI
from gongxue.rules.text import Text
from gongxue.rules.workflow import APPLICATION, Transition

LONGEST_STAND_IN: Final = datetime.timedelta(days=60)
"""A stand-in for one chain: long enough for any of them; who is away for longer names one on the account page."""


def _as_shown(application: Application, version: int, digest: str) -> Signable:
    """The paper, when it is still the one that was shown; raises Stale when it is not."""
    paper = signable(application)
    if (paper.version, paper.digest) != (version, digest):
        raise Stale(application.state, application.version)
    return paper


def _step(application: Application, name: str, *, last: bool) -> str:
    """The transition of a seal: that of a completion where it is one, that of the chain's last seal where it is."""
    of_completion = name.replace("sign", "sign_completion", 1) if application.state == "completing" else name
    return f"{of_completion}_last" if last else of_completion


@whole
def sign(application_id: uuid.UUID, *, version: int, digest: str, actor: Actor, at: datetime.datetime) -> Application:
    """Seal an application online, as the next of its chain. `version` and `digest` are those of what was shown to the signer.

    Raises NotThere, Stale (it is not what was shown), NotAllowed (another's turn; signed already), RulesBroken, Unkept.
    """
    application = locked(application_id, actor)
    paper = _as_shown(application, version, digest)
    allowed("sign", application, actor)
    signed = valid(APPLICATION, paper.subject_id)
    if (way := stands_in_way(paper, signed, actor)) is not None:
        raise NotAllowed(way)
    step = turn(paper.chain, signed)
    held = held_for(step, paper.school, actor) if step is not None else None
    if held is None:
        raise TypeError("whoever has no post in this turn was told so above")

    def effect(_: Application, __: Transition) -> None:
        seal(paper, held.role, by=Capacity(actor.user, held.role, held.post), stands_in_for=held.stands_in_for, at=at)

    name = _step(application, "sign", last=is_last(paper, signed))
    acting = Actor(actor.user, actor.name, (held,))  # in this post and no other: so the trail says it
    words = {"role": held.role, "stands_in_for": held.stands_in_for}
    return move(application_id, name, actor=acting, at=at, version=version, effect=effect, words=words)


@whole
def sign_on_paper(application_id: uuid.UUID, stamped: Stamped, *, actor: Actor, at: datetime.datetime) -> Application:
    """Take a stamped paper in: it bears the seals of the posts of which it is told whose hand they are, over the content with its digest.

    Raises NotThere, Stale (the paper was printed from other content), NotAllowed (as `stamps`), RulesBroken, Unkept.
    """
    application = locked(application_id, actor)
    paper = _as_shown(application, stamped.version, stamped.digest)
    by = capacity_on(actor, allowed("sign_on_paper", application, actor), application)
    signed = valid(APPLICATION, paper.subject_id)
    new = stamps(paper, signed, stamped.told, at)
    if actor.user is None:
        raise TypeError("a capacity is somebody's")
    kept = keep(stamped.scan, APPLICATION, paper.subject_id, by=actor.user, at=at)
    for stamp in new:
        seal(paper, stamp.role, by=by, stands_in_for=stamp.stands_in_for, at=at, scan=kept, hand=stamp.hand)
    name = _step(application, "sign_on_paper", last=turn(paper.chain, {*signed, *(stamp.role for stamp in new)}) is None)
    words = {"roles": [stamp.role for stamp in new], "stamped": [stamp.words() for stamp in new], "scan": kept.sha256}
    return move(application_id, name, actor=actor, at=at, version=stamped.version, words=words)


@whole
def name_chain_stand_in(
    application_id: uuid.UUID, role: str, user_id: int, *, last: datetime.date, actor: Actor, at: datetime.datetime
) -> Post:
    """Name who seals in the place of whoever holds `role`, from today to `last`: by the principal, or by the next in rank.

    The next in rank, the director, does so where it is the principal's own post. Raises NotThere, NotAllowed, Unkept.
    """
    application = locked(application_id, actor)
    answer = allowed("name_stand_in", application, actor)
    paper, today = signable(application), at.astimezone(TAIPEI).date()
    signed = valid(APPLICATION, paper.subject_id)
    held = held_on(today).filter(school=paper.school, role=role, stands_in_for=None).order_by("pk").first()
    if role in signed or not any(role in step.posts for step in paper.chain):
        raise NotAllowed(Text("這個職務不必再核章。", "This post has nothing to sign here any more."))
    if held is None:
        told = Text(f"學校目前沒有「{ROLES[role].zh}」，請先給職務。", f"The school has no {ROLES[role].en} now: give the post first.")
        raise NotAllowed(told)
    if answer.by is not None and answer.by.role != "principal" and role != "principal":
        raise NotAllowed(Text("這個職務的代理人由校長指定。", "The principal names this stand-in."))
    _must_fit(user_id, held, signed, application, today)
    if last < today or last > today + LONGEST_STAND_IN:
        raise NotAllowed(Text("代理期間從今天起，最長 60 天。", "A stand-in acts from today, for 60 days at most."), "last")
    until = min(last, held.last) if held.last is not None else last
    by = capacity_on(actor, answer, application)
    return grant(Term(user_id, role, held.school_id, today, until, held.pk), "name_stand_in", by=by, at=at)


def _must_fit(user_id: int, held: Post, signed: dict[str, Signature], application: Application, today: datetime.date) -> None:
    """Raises NotThere for somebody of another school, NotAllowed for whoever signs this chain in another post."""
    post = held_on(today).filter(school=held.school_id, user=user_id).select_related("user").first()
    if post is None:
        raise NotThere()
    chain = {role for step in signable(application).chain for role in step.posts}
    holds = held_on(today).filter(school=held.school_id, user=user_id, role__in=chain, stands_in_for=None).exists()
    if user_id == held.user_id or holds or any(row.is_by(user_id, post.user.name) for row in signed.values()):
        told = Text("這個人自己在這一份的核章順序裡，請指定別人。", "This person signs in the chain already: name somebody else.")
        raise NotAllowed(told)
