"""What a person does about a letter that did not arrive: send it again, or give it up. Delivering is the background's, and no act of a
person's."""

import datetime

from gongxue.records import trail
from gongxue.records.actor import Actor, capacity
from gongxue.records.models import Message
from gongxue.records.refusals import NotAllowed, NotThere, Stale
from gongxue.records.whole import whole
from gongxue.rules.access import Answer, Tie, may
from gongxue.rules.text import Text
from gongxue.rules.workflow import MESSAGE, transition


def may_act(verb: str, actor: Actor, state: str) -> Answer:
    """Whether `actor` may do `verb` to a letter in `state`."""
    return may(MESSAGE, verb, [Tie(held.role, "any") for held in actor.posts], state)


@whole
def act_on(message_id: int, name: str, *, actor: Actor, at: datetime.datetime, seen: str) -> Message:
    """Send a letter again, or give it up. `seen` is the state that the actor saw; another one refuses (Stale).

    A letter that is sent again keeps its number, so that a reader who has it already sees that it is the same. Raises NotThere, NotAllowed,
    Stale, Unkept; KeyError for a transition that is none.
    """
    row = transition(MESSAGE, name)
    message = Message.objects.select_for_update(no_key=True).filter(pk=message_id).first()
    if message is None or not may_act("view", actor, message.state).yes:
        raise NotThere()
    if message.state != seen:
        raise Stale(message.state, 0)
    answer = may_act(row.verb, actor, message.state)
    if not answer.yes:
        raise NotAllowed(answer.reason)
    if row.target == "waiting" and not message.body:  # the words of old letters are thrown away
        raise NotAllowed(
            Text("這封信的內容已過保存期限，不能再寄。", "The words of this letter are no longer kept: it cannot be sent again.")
        )
    message.state = row.target
    if row.target == "waiting":
        message.next_try = message.claimed_at = message.handed_at = message.sent_at = None
        message.put_off = 0
    message.save(update_fields=["state", "next_try", "claimed_at", "handed_at", "sent_at", "put_off"])
    words = {"from": seen, "to": row.target, "letter": message.letter}
    trail.write(MESSAGE, message.pk, name, words, by=capacity(actor, answer.by), at=at)
    return message
