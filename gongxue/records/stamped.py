"""Stamped papers: which seals on one are new, whose hand stamped them, and of which version it was printed. For any paper with a chain."""

import datetime
import uuid
from collections.abc import Collection, Mapping
from typing import Any, Final

import msgspec
from django.db.models import Q

from gongxue.records.document import tidy
from gongxue.records.files import Clean
from gongxue.records.models import Post, Signature, Snapshot, SummarySnapshot, TrailEntry
from gongxue.records.refusals import NotAllowed
from gongxue.records.signatures import Hand, Signable, turn
from gongxue.rules.access import ROLES
from gongxue.rules.deadlines import TAIPEI
from gongxue.rules.register import normal
from gongxue.rules.text import Text
from gongxue.rules.workflow import APPLICATION

LONGEST_NAME: Final = 100
_SENT: Final = ("send_to_school", "send_to_sign")
"""With these a paper goes to its chain: nobody has stamped it before."""


class Told(msgspec.Struct, frozen=True):
    """What is told of one seal: the key of the post in which it was stamped, or the `name` of somebody who holds none here."""

    post: int | None = None
    name: str = ""


class Stamped(msgspec.Struct, frozen=True):
    """A stamped paper as it is handed in: its scan, whose hands it is `told` that the seals are, by post, and the version and digest of
    what it was printed from."""

    scan: Clean
    told: Mapping[str, Told]
    version: int
    digest: str


class Stamp(msgspec.Struct, frozen=True):
    """One new seal on a paper: of which post, by whose hand, and in whose place (the key of a post) where it is a stand-in's."""

    role: str
    hand: Hand
    stands_in_for: int | None

    def words(self) -> dict[str, Any]:
        """The same for the trail."""
        return {"role": self.role, "name": self.hand.name, "user": self.hand.user, "stands_in_for": self.stands_in_for}


def hands(paper: Signable, at: datetime.datetime) -> dict[str, list[Post]]:
    """Whoever may have stamped each post of a chain: who held it, or stood in for it, on any day from its sending to the school to `at`.

    Today's holder first. Two queries.
    """
    day, roles = at.astimezone(TAIPEI).date(), [role for step in paper.chain for role in step.posts]
    entries = TrailEntry.objects.filter(subject=paper.subject, subject_id=paper.subject_id, verb__in=_SENT, at__lte=at)
    sent = entries.order_by("-number").values_list("at", flat=True).first()
    since = sent.astimezone(TAIPEI).date() if sent is not None else day
    rows = Post.objects.filter(Q(last__isnull=True) | Q(last__gte=since), school=paper.school, role__in=roles, first__lte=day)
    found: dict[str, list[Post]] = {role: [] for role in roles}
    for post in sorted(rows.select_related("user"), key=lambda post: (_is_over(post, day), post.stands_in_for_id is not None, post.pk)):
        found[post.role].append(post)
    return found


def _is_over(post: Post, day: datetime.date) -> bool:
    return post.last is not None and post.last < day


def stamps(paper: Signable, signed: Mapping[str, Signature], told: Mapping[str, Told], at: datetime.datetime) -> list[Stamp]:
    """The new seals of a scan on which `told` says who stamped which post, in the chain's order.

    Raises NotAllowed: where one before them is missing or none is new, where it is not told whose hand it was, and where one person
    would have stamped twice.
    """
    new, known = new_seals(paper, signed, told), hands(paper, at)
    found = [_stamp(role, told[role], known[role]) for role in new]
    taken = [(row.role, Hand(row.signer, row.signer_name)) for row in signed.values()]
    for stamp in found:
        for role, hand in taken:
            if _same(hand, stamp.hand):
                raise NotAllowed(_twice(role, stamp), f"who_{stamp.role}")
        taken.append((stamp.role, stamp.hand))
    return found


def _stamp(role: str, told: Told, known: list[Post]) -> Stamp:
    """Raises NotAllowed where nothing is told of this seal, or somebody who did not hold the post."""
    holder = next((post.pk for post in known if post.stands_in_for_id is None), None)
    name = str(tidy(told.name.strip(), "name"))[:LONGEST_NAME]
    if name:
        return Stamp(role, Hand(None, name), holder)
    post = next((post for post in known if post.pk == told.post), None)
    if post is None:
        label = ROLES[role]
        reason = Text(f"請選「{label.zh}」的章是誰蓋的，或寫下姓名。", f"Say who stamped for the {label.en}: choose, or write the name.")
        raise NotAllowed(reason, f"who_{role}")
    return Stamp(role, Hand(post.user_id, post.user.name), post.stands_in_for_id)


def _same(one: Hand, other: Hand) -> bool:
    """Whether two hands are one person's: by account where both have one, else by name."""
    if one.user is not None and other.user is not None:
        return one.user == other.user
    return normal(one.name) == normal(other.name)


def _twice(role: str, stamp: Stamp) -> Text:
    first, second, name = ROLES[role], ROLES[stamp.role], stamp.hand.name
    zh = f"{name}已經核「{first.zh}」的章，同一個人不核兩次；「{second.zh}」的章要由代理人蓋，請改選代理人，或寫下代理人的姓名。"
    en = f"{name} has stamped for the {first.en}, and nobody stamps twice: a stand-in stamps for the {second.en}. Choose or write who."
    return Text(zh, en)


def new_seals(paper: Signable, signed: Collection[str], roles: Collection[str]) -> list[str]:
    """Which seals of a scan are new, in the chain's order; raises NotAllowed where one before them is missing, or none is new."""
    new: list[str] = []
    while (step := turn(paper.chain, {*signed, *new})) is not None:
        role = next((each for each in step.posts if each in roles), None)
        if role is None:
            break
        new.append(role)
    beyond = [role for role in roles if role not in new and role not in signed]
    if step is not None and beyond:
        missing = ", ".join(ROLES[role].en for role in step.posts)
        raise NotAllowed(
            Text(
                f"核章要依序：這張紙上還缺「{step.label}」的章。請補蓋後再掃描上傳。",
                f"Seals come in order: that of {missing} is missing on this paper. Have it stamped, scan it again.",
            )
        )
    if not new:
        raise NotAllowed(
            Text("請勾選紙上新蓋了誰的章；勾的都已經核過。", "Tick whose seal is new on this paper: these have signed already.")
        )
    return new


def printed_as(paper: Signable, code: str) -> int | None:
    """The newest version of this paper whose digest begins with `code`, or None: as what a print of it counts. One query."""
    application, key = paper.subject == APPLICATION, uuid.UUID(paper.subject_id)
    kept = Snapshot.objects.filter(application=key) if application else SummarySnapshot.objects.filter(summary=key)
    # A range, not LIKE, so that both databases use the index; "g" comes after every hexadecimal digit.
    return kept.filter(digest__gte=code, digest__lt=code + "g").order_by("-version").values_list("version", flat=True).first()
