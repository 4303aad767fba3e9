"""A letter that did not arrive is sent again, or given up, by a person who may, with an entry in the trail."""

from types import SimpleNamespace

import pytest

from gongxue.records.models import Message, TrailEntry
from gongxue.records.outbox import act_on
from gongxue.records.refusals import NotAllowed, NotThere, Stale
from gongxue.rules.workflow import MESSAGE, states
from tests.records.city import CAST, LATER, NOON


@pytest.fixture
def letter(city: SimpleNamespace) -> Message:
    """One that nobody knows whether it arrived."""
    told = {"state": "uncertain", "attempts": 3, "put_off": 2, "claimed_at": NOON, "handed_at": NOON, "error": "unanswered|"}
    return Message.objects.create(to="a@example.edu.tw", title="t", body="b", message_id="<1@x>", made_at=NOON, **told)


def test_a_letter_sent_again_waits_as_if_new_under_its_own_number(city: SimpleNamespace, letter: Message) -> None:
    act_on(letter.pk, "send_again", actor=city.officer, at=LATER, seen="uncertain")
    letter.refresh_from_db()
    assert (letter.state, letter.message_id, letter.put_off, letter.next_try, letter.handed_at) == ("waiting", "<1@x>", 0, None, None)
    entry = TrailEntry.objects.get(subject=MESSAGE)
    assert (entry.subject_id, entry.verb, entry.user_id, entry.role) == (str(letter.pk), "send_again", city.officer.user, "officer")
    assert entry.words == {"from": "uncertain", "to": "waiting", "letter": ""}


def test_a_letter_given_up_stays_to_be_seen(city: SimpleNamespace, letter: Message) -> None:
    assert act_on(letter.pk, "give_up", actor=city.centre_staff, at=LATER, seen="uncertain").state == "dropped"
    assert act_on(letter.pk, "send_again", actor=city.officer, at=LATER, seen="dropped").state == "waiting"


def test_a_letter_whose_words_are_no_longer_kept_is_not_sent_again(city: SimpleNamespace, letter: Message) -> None:
    """Its reader would get an empty one."""
    Message.objects.filter(pk=letter.pk).update(state="dropped", body="")
    with pytest.raises(NotAllowed):
        act_on(letter.pk, "send_again", actor=city.officer, at=LATER, seen="dropped")
    assert Message.objects.get(pk=letter.pk).state == "dropped"


def test_two_clicks_do_not_both_win(city: SimpleNamespace, letter: Message) -> None:
    act_on(letter.pk, "send_again", actor=city.officer, at=LATER, seen="uncertain")
    with pytest.raises(Stale):
        act_on(letter.pk, "give_up", actor=city.officer, at=LATER, seen="uncertain")


def test_only_officer_and_centre_act_and_others_see_nothing_there(city: SimpleNamespace, letter: Message) -> None:
    refused = {}
    for who in CAST:
        for name in ("send_again", "give_up"):
            Message.objects.update(state="uncertain")
            try:
                act_on(letter.pk, name, actor=getattr(city, who), at=LATER, seen="uncertain")
            except (NotThere, NotAllowed) as error:
                refused.setdefault(who, set()).add(type(error))
    assert refused == {who: {NotAllowed if who == "supervisor" else NotThere} for who in CAST if who not in ("officer", "centre_staff")}


@pytest.mark.parametrize("state", [each.name for each in states(MESSAGE)])
def test_what_is_on_its_way_or_there_is_left_alone(city: SimpleNamespace, letter: Message, state: str) -> None:
    Message.objects.update(state=state)
    able = set()
    for name in ("send_again", "give_up"):
        Message.objects.update(state=state)
        try:
            act_on(letter.pk, name, actor=city.officer, at=LATER, seen=state)
            able.add(name)
        except NotAllowed:
            pass
    both = {"send_again", "give_up"}
    expected = {"waiting": {"give_up"}, "dropped": {"send_again"}, "failed": both, "uncertain": both, "bounced": both}
    assert able == expected.get(state, set())


def test_a_letter_that_is_none_is_not_there(city: SimpleNamespace) -> None:
    with pytest.raises(NotThere):
        act_on(0, "send_again", actor=city.officer, at=LATER, seen="failed")
