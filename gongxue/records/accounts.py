"""Accounts that are closed, and opened again: whoever has left logs in no more, and what he or she did stays as it is.

Posts are not touched. Those of a closed account are not held (`people.held_on`), until they are handed over or the account is opened again.
"""

import datetime

from django.db.models import Q

from gongxue.records import trail
from gongxue.records.actor import Actor, Capacity, capacity
from gongxue.records.document import tidy
from gongxue.records.models import User
from gongxue.records.people import held_on
from gongxue.records.refusals import NotAllowed, NotThere
from gongxue.records.whole import whole
from gongxue.rules.access import USER, Tie, may
from gongxue.rules.deadlines import TAIPEI
from gongxue.rules.text import Text


@whole
def close_account(user_id: int, *, reason: str, actor: Actor, at: datetime.datetime) -> None:
    """Close an account. Raises NotThere; NotAllowed where it is one's own, the last officer's, closed already, or no reason is given;
    Unkept."""
    by = must_account("close", actor)
    reason = tidy(reason.strip(), "reason")
    officers = held_on(at.astimezone(TAIPEI).date()).filter(role="officer", stands_in_for=None).values("user")
    # All officers are locked, so that of two who close each other's at once one stays.
    rows = User.objects.select_for_update(no_key=True).filter(Q(pk=user_id) | Q(pk__in=officers)).order_by("pk")
    found = {user.pk: user for user in rows}
    if (user := found.pop(user_id, None)) is None:
        raise NotThere()
    if user_id == actor.user:
        raise NotAllowed(Text("不能停用自己的帳號，請別的承辦人或主管來停用。", "Nobody closes his or her own account: ask a colleague."))
    if not user.is_active:
        raise NotAllowed(Text("這個帳號已經停用了。", "This account is closed already."))
    if not any(each.is_active for each in found.values()):
        told = Text(
            "這是最後一位教育處承辦人，停用以後沒有人能辦理；請先給另一位職務。",
            "This is the last city officer: give another the post first.",
        )
        raise NotAllowed(told)
    if not reason:
        raise NotAllowed(Text("請寫明原因。", "Say why."), "reason")
    _write(user, "close_account", {"reason": reason}, by, at)


@whole
def open_account(user_id: int, *, actor: Actor, at: datetime.datetime) -> None:
    """Open a closed account again. Raises NotThere, NotAllowed (it is open), Unkept."""
    by = must_account("open", actor)
    user = User.objects.select_for_update(no_key=True).filter(pk=user_id).first()
    if user is None:
        raise NotThere()
    if user.is_active:
        raise NotAllowed(Text("這個帳號沒有停用。", "This account is open."))
    _write(user, "open_account", {}, by, at)


def must_account(verb: str, actor: Actor) -> Capacity:
    """In what capacity `actor` does `verb` to accounts; raises NotAllowed with the reason."""
    answer = may(USER, verb, [Tie(held.role, "any") for held in actor.posts], "")
    if not answer.yes:
        raise NotAllowed(answer.reason)
    return capacity(actor, answer.by)


def _write(user: User, verb: str, words: dict[str, str], by: Capacity, at: datetime.datetime) -> None:
    user.is_active = verb == "open_account"
    user.save(update_fields=["is_active"])
    trail.write(USER, str(user.pk), verb, words, by=by, at=at)
