"""A completion: the city says whether what changes is signed again; then the chain seals it before it goes back to the city."""

from types import SimpleNamespace

import pytest

from gongxue.records import trail
from gongxue.records.completion import ask_completion, ask_seals, reinstate, return_completion
from gongxue.records.doors import edit, move
from gongxue.records.files import Clean
from gongxue.records.listings.history import why_stopped
from gongxue.records.listings.home import home_cards
from gongxue.records.listings.signing import chain_now, lost_seals, waiting_for
from gongxue.records.models import Application, Notice, Receipt, Signature, TrailEntry
from gongxue.records.refusals import NotAllowed, NotThere
from gongxue.records.signatures import signable
from gongxue.records.signing import name_chain_stand_in, sign, sign_on_paper
from gongxue.records.stamped import Stamped
from gongxue.rules.workflow import APPLICATION
from tests.records.city import CHAIN, LATER, NOON, TODAY, put, take_to_signed, told_of

SCAN = Clean("pdf", b"%PDF a stamped completion", 1, "scan.pdf")


@pytest.fixture
def submitted(city: SimpleNamespace, draft: Application) -> Application:
    """The draft with its whole chain, submitted."""
    take_to_signed(city, draft)
    return move(draft.pk, "submit", actor=city.clerk, at=NOON)


def now() -> Application:
    return Application.objects.get()


def ask(city: SimpleNamespace, *, again: bool) -> Application:
    told = {"reason": "請補第 2 場的講師單位", "version": None, "actor": city.officer, "at": NOON}
    return ask_completion(now().pk, seals_again=again, **told)


def change(city: SimpleNamespace, summary: str = "補件後的摘要") -> None:
    edit(now().pk, [put("summary", now().document["summary"], summary)], actor=city.convener, at=LATER)


def have_signed(city: SimpleNamespace, who: str = "convener") -> Application:
    return ask_seals(now().pk, version=now().version, actor=getattr(city, who), at=LATER)


def press(city: SimpleNamespace, who: str) -> Application:
    paper = signable(now())
    return sign(now().pk, version=paper.version, digest=paper.digest, actor=getattr(city, who), at=LATER)


def send(city: SimpleNamespace, who: str = "clerk") -> Application:
    return move(now().pk, "complete", actor=getattr(city, who), at=LATER)


def told(kind: str) -> set[int]:
    return set(Notice.objects.filter(kind=kind).values_list("user", flat=True))


def test_what_is_to_be_signed_again_goes_back_with_its_whole_chain(city: SimpleNamespace, submitted: Application) -> None:
    assert ask(city, again=True).seals_again is True
    assert TrailEntry.objects.get(verb="ask_completion").words["seals_again"] is True
    change(city)
    with pytest.raises(NotAllowed) as refused:
        send(city)
    assert refused.value.reason.zh.startswith("教育處要求補件的內容重新核章：「承辦主任」尚未核章。")
    have_signed(city)
    assert told("ask_seals") == {city.director.user}
    assert [press(city, role).state for role in CHAIN] == ["completing"] * 3
    assert told("sign_completion") == {city.accountant.user, city.principal.user}
    assert told("sign_completion_last") == {city.convener.user, city.clerk.user}
    done = send(city)
    assert (done.state, done.seals_again, done.seals_asked_at) == ("submitted", False, None)
    assert (Receipt.objects.get(voided_at=None).how, lost_seals(done, signable(done).digest, LATER)) == ("online", ())
    assert trail.broken(APPLICATION, done.pk) is None


def test_what_is_still_being_completed_is_not_signed_online(city: SimpleNamespace, submitted: Application) -> None:
    ask(city, again=True)
    change(city)
    have_signed(city)
    change(city, "又改了一次")
    with pytest.raises(NotAllowed) as refused:
        press(city, "director")
    assert refused.value.reason.zh == "這份補件還在修改，召集人送學校重新核章以後才能核章。"
    have_signed(city)
    assert press(city, "director").state == "completing"


def test_what_need_not_be_signed_again_goes_back_as_it_is_and_the_seals_that_are_lost_are_known(
    city: SimpleNamespace, submitted: Application
) -> None:
    ask(city, again=False)
    change(city)
    with pytest.raises(NotAllowed) as refused:
        press(city, "director")
    assert refused.value.reason.zh == "教育處沒有要求這次補件重新核章。"
    done = send(city, "convener")
    lost = lost_seals(done, signable(done).digest, LATER)
    assert (done.state, [(each.label, each.by, each.version) for each in lost]) == (
        "submitted",
        [("承辦主任", "director", 2), ("會計", "accountant", 3), ("校長", "principal", 4)],
    )


@pytest.mark.parametrize("again", [True, False])
def test_what_did_not_change_keeps_its_seals_and_is_sent_at_once(city: SimpleNamespace, submitted: Application, again: bool) -> None:
    ask(city, again=again)
    with pytest.raises(NotAllowed):
        have_signed(city)
    assert (send(city).state, Signature.objects.filter(voided_at=None).count()) == ("submitted", 3)


def test_a_later_edit_voids_tells_and_has_to_be_signed_anew(city: SimpleNamespace, submitted: Application) -> None:
    ask(city, again=True)
    change(city)
    have_signed(city)
    press(city, "director")
    Notice.objects.all().delete()
    change(city, "又改了")
    assert (told("void_signatures"), now().seals_asked_at) == ({city.director.user}, None)
    assert (waiting_for(city.director), waiting_for(city.accountant)) == ((), ())
    have_signed(city, "clerk")
    assert [each.pk for each in waiting_for(city.director)] == [submitted.pk]


def give_back(city: SimpleNamespace, who: str, reason: str = "第 2 場的單位還是空白") -> Application:
    return return_completion(now().pk, reason=reason, version=now().version, actor=getattr(city, who), at=LATER)


def test_who_signs_it_returns_it_with_a_reason_and_the_chain_is_asked_anew(city: SimpleNamespace, submitted: Application) -> None:
    ask(city, again=True)
    change(city)
    with pytest.raises(NotAllowed) as refused:
        give_back(city, "accountant")
    assert refused.value.reason.zh == "這份補件還沒有送學校重新核章，現在由召集人修改，不必退回。"
    have_signed(city)
    press(city, "director")
    with pytest.raises(NotAllowed):
        give_back(city, "accountant", " ")
    Notice.objects.all().delete()
    back = give_back(city, "accountant")
    assert (back.state, back.seals_again, back.seals_asked_at) == ("completing", True, None)
    assert set(Notice.objects.values_list("user", "kind", "relation", "urgent")) == {
        (city.convener.user, "return_completion", "convener", True),
        (city.director.user, "return_completion", "signer", True),
    }
    assert (waiting_for(city.director), waiting_for(city.accountant)) == ((), ())
    assert [(each.verb, each.reason) for each in why_stopped(back)] == [
        ("return_completion", "第 2 場的單位還是空白"),
        ("ask_completion", "請補第 2 場的講師單位"),
    ]
    [card] = home_cards(city.convener, LATER)
    assert (card.next, card.sent_back, card.reason) == ("complete", "return_completion", "第 2 場的單位還是空白")
    have_signed(city)
    assert [each.verb for each in why_stopped(now())] == ["ask_completion"]
    assert [card.sent_back for card in home_cards(city.convener, LATER)] == ["ask_completion"]
    assert [press(city, role).state for role in CHAIN] == ["completing"] * 3
    assert (send(city).state, trail.broken(APPLICATION, submitted.pk)) == ("submitted", None)


@pytest.mark.parametrize("who", ["convener", "member", "officer"])
def test_nobody_returns_it_who_does_not_sign_at_its_school(city: SimpleNamespace, submitted: Application, who: str) -> None:
    ask(city, again=True)
    change(city)
    have_signed(city)
    with pytest.raises(NotAllowed):
        give_back(city, who)


@pytest.mark.parametrize("who", ["other_clerk", "partner_clerk", "stranger"])
def test_to_a_stranger_there_is_nothing_to_return(city: SimpleNamespace, submitted: Application, who: str) -> None:
    ask(city, again=True)
    change(city)
    have_signed(city)
    with pytest.raises(NotThere):
        give_back(city, who)


def test_whose_turn_it_is_sees_it_wait_and_nobody_else(city: SimpleNamespace, submitted: Application) -> None:
    ask(city, again=True)
    change(city)
    assert waiting_for(city.director) == ()
    have_signed(city)
    assert [each.pk for each in waiting_for(city.director)] == [submitted.pk]
    assert (waiting_for(city.accountant), [card.next for card in home_cards(city.director, LATER)]) == ((), ["sign"])
    assert next((link.role, link.is_next, link.since) for link in chain_now(now(), TODAY)) == ("director", True, LATER)


def test_it_is_sealed_on_paper_too(city: SimpleNamespace, submitted: Application) -> None:
    ask(city, again=True)
    change(city)
    have_signed(city)
    paper = signable(now())
    sign_on_paper(now().pk, Stamped(SCAN, told_of(city, *CHAIN), paper.version, paper.digest), actor=city.clerk, at=LATER)
    assert TrailEntry.objects.filter(verb="sign_completion_on_paper_last").count() == 1
    assert (send(city).state, Receipt.objects.get(voided_at=None).how) == ("submitted", "paper")


def test_a_stand_in_is_named_and_signs(city: SimpleNamespace, submitted: Application) -> None:
    ask(city, again=True)
    change(city)
    have_signed(city)
    post = name_chain_stand_in(now().pk, "director", city.member.user, last=TODAY, actor=city.principal, at=LATER)
    assert post.stands_in_for_id == city.director.posts[0].post


def test_what_is_found_ineligible_meanwhile_is_done_with(city: SimpleNamespace, submitted: Application) -> None:
    ask(city, again=True)
    change(city)
    have_signed(city)
    gone = move(now().pk, "mark_ineligible", actor=city.officer, at=LATER, reason="重複申請")
    assert (gone.seals_asked_at, waiting_for(city.director)) == (None, ())


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("member", NotAllowed), ("officer", NotAllowed), ("partner_clerk", NotThere), ("other_clerk", NotThere), ("stranger", NotThere)],
)
def test_and_the_stranger(city: SimpleNamespace, submitted: Application, who: str, refusal: type[Exception]) -> None:
    ask(city, again=True)
    change(city)
    with pytest.raises(refusal):
        have_signed(city, who)


@pytest.mark.parametrize("again", [True, False])
def test_reinstated_it_is_never_submitted_with_what_nobody_handed_in(city: SimpleNamespace, submitted: Application, again: bool) -> None:
    """Found ineligible in the middle of a completion, it comes back there: its receipt, and its seals, are of what was handed in."""
    ask(city, again=again)
    change(city)
    move(now().pk, "mark_ineligible", actor=city.officer, at=LATER, reason="人數不足")
    with pytest.raises(NotAllowed):
        move(now().pk, "reinstate", actor=city.officer, at=LATER, reason="查明有誤")
    back = reinstate(now().pk, reason="查明有誤", version=now().version, actor=city.officer, at=LATER)
    assert (back.state, back.seals_again) == ("completing", again)
    assert told("reinstate_completing") == {city.convener.user, city.clerk.user}
    if again:
        have_signed(city)
        for role in CHAIN:
            press(city, role)
    assert (send(city).state, Receipt.objects.get(voided_at=None).digest) == ("submitted", signable(now()).digest)


def test_reinstated_as_it_was_handed_in_it_is_submitted(city: SimpleNamespace, submitted: Application) -> None:
    ask(city, again=True)
    move(now().pk, "mark_ineligible", actor=city.officer, at=LATER, reason="人數不足")
    back = reinstate(now().pk, reason="查明有誤", version=now().version, actor=city.supervisor, at=LATER)
    assert (back.state, back.seals_again) == ("submitted", False)
    assert told("reinstate") == {city.convener.user, city.clerk.user}
