"""Every submission has one receipt, numbered in its programme, which says when it came in; taken back, it is void and stays."""

import datetime
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction

from gongxue.records import trail
from gongxue.records.doors import edit, move
from gongxue.records.listings.applications import Filters
from gongxue.records.listings.school_desk import school_desk
from gongxue.records.listings.summaries import summaries_of_city
from gongxue.records.models import Application, Receipt, Signature, Snapshot, TrailEntry
from gongxue.records.openings import open_late
from gongxue.records.receipts import RECEIPT, seal_of
from gongxue.records.refusals import NotAllowed, TooLate
from gongxue.records.submission import submit
from gongxue.rules.programme_file import load_programme
from tests.records.city import LATER, NOON, document, found_draft, put, put_into, take_to_signed

CLOSES = datetime.datetime(2022, 3, 31, tzinfo=NOON.tzinfo)


@pytest.fixture
def signed(city: SimpleNamespace, draft: Application) -> Application:
    """The draft with its whole chain."""
    return take_to_signed(city, draft)


def hand_in(city: SimpleNamespace, application: Application, at: datetime.datetime = LATER) -> Receipt:
    move(application.pk, "submit", actor=city.clerk, at=at)
    return Receipt.objects.get(application=application, voided_at=None)


def told(receipt: Receipt) -> tuple[str, str, str, str]:
    return (receipt.text, receipt.why, receipt.how, receipt.void_why)


def test_a_submission_gets_a_number_its_instant_and_the_hash_of_what_was_handed_in(city: SimpleNamespace, signed: Application) -> None:
    at = LATER + datetime.timedelta(microseconds=250_001)
    receipt = hand_in(city, signed, at)
    signed.refresh_from_db()
    snapshot = Snapshot.objects.get(application=signed, version=signed.version)
    assert told(receipt) == ("111-0001", "submit", "online", "")
    assert (receipt.at, receipt.before, receipt.version, receipt.digest) == (at, CLOSES, signed.version, snapshot.digest)
    assert (receipt.by_id, receipt.role, receipt.seal) == (city.clerk.user, "clerk", seal_of(receipt))
    entry = TrailEntry.objects.get(subject=RECEIPT, subject_id=str(receipt.pk))
    assert (entry.verb, entry.user_id, entry.post_id, entry.words["number"]) == (
        "issue",
        city.clerk.user,
        city.clerk.posts[0].post,
        "111-0001",
    )
    assert trail.verify() == []


def test_numbers_run_on_through_the_programme(city: SimpleNamespace) -> None:
    applications = [take_to_signed(city, found_draft(city)) for _ in range(3)]
    assert [hand_in(city, application).text for application in applications] == ["111-0001", "111-0002", "111-0003"]


def test_a_submission_that_is_rolled_back_leaves_neither_receipt_nor_gap(city: SimpleNamespace, signed: Application) -> None:
    with transaction.atomic():
        hand_in(city, signed)
        transaction.set_rollback(True)
    assert Receipt.objects.count() == 0
    assert hand_in(city, signed).text == "111-0001"


def test_recalled_it_is_void_and_the_next_has_a_number_of_its_own(city: SimpleNamespace, signed: Application) -> None:
    first = hand_in(city, signed)
    move(signed.pk, "recall_submission", actor=city.clerk, at=LATER)
    first.refresh_from_db()
    assert (told(first), first.voided_at, first.voided_by_id) == (
        ("111-0001", "submit", "online", "recall_submission"), LATER, city.clerk.user,
    )  # fmt: skip
    signed.refresh_from_db()
    assert (signed.state, signed.submitted_at, Signature.objects.filter(voided_at=None).count()) == ("signed", None, 3)
    assert hand_in(city, signed).text == "111-0002"
    assert trail.verify() == []


def test_withdrawn_it_is_void(city: SimpleNamespace, signed: Application) -> None:
    receipt = hand_in(city, signed)
    move(signed.pk, "withdraw", actor=city.principal, at=LATER, reason="召集人調校")
    receipt.refresh_from_db()
    assert (receipt.void_why, receipt.voided_by_id) == ("withdraw", city.principal.user)


def test_a_draft_that_was_submitted_once_and_withdrawn_counts_as_submitted_no_more(city: SimpleNamespace, signed: Application) -> None:
    hand_in(city, signed)
    move(signed.pk, "withdraw", actor=city.clerk, at=LATER, reason="成員異動。")
    assert move(signed.pk, "restore", actor=city.convener, at=LATER).submitted_at is None
    assert [row.school_id for row in summaries_of_city(city.officer, "hsinchu-111")] == []
    desk = school_desk(city.clerk, city.clerk.posts[0].school, Filters("hsinchu-111"))
    assert [(row.state, row.submitted_at) for row in desk.own] == [("draft", None)]


def test_what_the_city_does_with_it_leaves_the_receipt_as_it_is(city: SimpleNamespace, signed: Application) -> None:
    receipt = hand_in(city, signed)
    move(signed.pk, "mark_ineligible", actor=city.officer, at=LATER, reason="重複申請")
    move(signed.pk, "reinstate", actor=city.officer, at=LATER, reason="誤判")
    assert list(Receipt.objects.values_list("text", "void_why")) == [(receipt.text, "")]


@pytest.mark.parametrize("who", ["clerk", "convener"])
def test_a_completion_replaces_the_receipt_and_says_that_its_content_was_not_signed(
    city: SimpleNamespace, signed: Application, who: str
) -> None:
    first = hand_in(city, signed)
    move(signed.pk, "ask_completion", actor=city.officer, at=LATER, reason="請補摘要")
    edit(signed.pk, [put("summary", document()["summary"], "補上的摘要")], actor=city.convener, at=LATER)
    move(signed.pk, "complete", actor=getattr(city, who), at=LATER)
    first.refresh_from_db()
    second = Receipt.objects.get(voided_at=None)
    assert (told(first), told(second)) == (("111-0001", "submit", "online", "complete"), ("111-0002", "complete", "", ""))
    assert second.digest != first.digest
    signed.refresh_from_db()
    assert signed.submitted_at == LATER


def test_a_receipt_tells_the_later_deadline_that_held_for_the_school(city: SimpleNamespace, signed: Application) -> None:
    until = CLOSES + datetime.timedelta(days=2)
    reason = {"reason": "停電", "actor": city.officer, "at": CLOSES}
    open_late(signed.fiscal_school_id or 0, load_programme("hsinchu-111"), until=until, **reason)
    assert hand_in(city, signed, until - datetime.timedelta(microseconds=1)).before == until


@pytest.mark.parametrize("change", [{"text": "111-0009"}, {"at": NOON}, {"digest": "0" * 64}, {"voided_at": NOON, "seal": "x"}])
def test_what_a_receipt_says_is_never_changed(city: SimpleNamespace, signed: Application, change: dict[str, object]) -> None:
    receipt = hand_in(city, signed)
    with pytest.raises(DatabaseError), transaction.atomic():
        Receipt.objects.filter(pk=receipt.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        receipt.delete()
    receipt.refresh_from_db()
    assert receipt.seal == seal_of(receipt)


def test_many_are_submitted_in_one_go_and_each_is_told(city: SimpleNamespace) -> None:
    ready = [take_to_signed(city, found_draft(city)) for _ in range(2)]
    late, foreign = found_draft(city), found_draft(city)
    Application.objects.filter(pk=foreign.pk).update(fiscal_school=city.schools["關埔國小"])
    foreign.schools.all().delete()
    outcomes = submit({each.pk: None for each in (ready[0], late, foreign, ready[1])}, actor=city.clerk, at=LATER)
    assert [(each.application, each.number, each.refused.reason.zh if each.refused else "") for each in outcomes] == [
        (ready[0].pk, "111-0001", ""),
        (late.pk, "", "現在是「草稿」，不能做這件事；要在「可送件」時才可以。"),
        (foreign.pk, "", "找不到這份資料。"),
        (ready[1].pk, "111-0002", ""),
    ]
    assert sorted(Application.objects.values_list("state", flat=True)) == ["draft", "draft", "submitted", "submitted"]


def test_only_what_was_seen_is_submitted(city: SimpleNamespace, signed: Application) -> None:
    (outcome,) = submit({signed.pk: signed.version - 1}, actor=city.clerk, at=LATER)
    assert outcome.refused is not None
    assert (outcome.number, outcome.refused.reason.en) == ("", "This has changed since you opened it: see how it is now, then try again.")
    (outcome,) = submit({signed.pk: signed.version}, actor=city.clerk, at=LATER)
    assert outcome.number == "111-0001"


def test_submitted_again_it_answers_with_the_receipt_it_has(city: SimpleNamespace, signed: Application) -> None:
    outcomes = [submit({signed.pk: signed.version}, actor=city.clerk, at=LATER)[0] for _ in range(2)]
    assert ([each.number for each in outcomes], Receipt.objects.count()) == (["111-0001", "111-0001"], 1)


def test_a_partner_school_that_has_not_confirmed_stands_in_the_way(city: SimpleNamespace) -> None:
    application = take_to_signed(city, found_draft(city, "thematic"))
    (outcome,) = submit({application.pk: None}, actor=city.clerk, at=LATER)
    assert outcome.refused is not None
    assert outcome.refused.reason.zh.endswith("尚未確認成員，請該校承辦人或主任登入確認。")


@pytest.mark.parametrize("who", ["convener", "member", "director", "accountant", "principal", "officer", "auditor"])
def test_only_the_clerk_submits(city: SimpleNamespace, signed: Application, who: str) -> None:
    (outcome,) = submit({signed.pk: None}, actor=getattr(city, who), at=LATER)
    assert isinstance(outcome.refused, NotAllowed)
    assert Receipt.objects.count() == 0


@pytest.mark.parametrize("who", ["stranger", "reviewer", "other_clerk"])
def test_a_stranger_is_told_that_nothing_is_there(city: SimpleNamespace, signed: Application, who: str) -> None:
    (outcome,) = submit({signed.pk: None}, actor=getattr(city, who), at=LATER)
    assert outcome.refused is not None
    assert (outcome.name, outcome.refused.reason.zh) == ("", "找不到這份資料。")


def test_after_the_deadline_nothing_is_submitted_nor_recalled(city: SimpleNamespace, signed: Application) -> None:
    with pytest.raises(TooLate):
        move(signed.pk, "submit", actor=city.clerk, at=CLOSES)
    hand_in(city, signed, CLOSES - datetime.timedelta(microseconds=1))
    with pytest.raises(TooLate):
        move(signed.pk, "recall_submission", actor=city.clerk, at=CLOSES)


def test_what_no_chain_has_signed_is_not_submitted(city: SimpleNamespace, draft: Application) -> None:
    put_into(draft, "signed")
    (outcome,) = submit({draft.pk: None}, actor=city.clerk, at=LATER)
    assert outcome.refused is not None
    assert outcome.refused.reason.zh == "「承辦主任」尚未核章。"
