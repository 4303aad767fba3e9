"""附件一 makes itself, is signed by its own chain over what it covers, and opens again when one of its applications changes."""

import datetime
import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from django.db import DatabaseError, connection, transaction

from gongxue.records import trail
from gongxue.records.doors import edit, move
from gongxue.records.listings.summaries import SummaryRow, summaries_of_city
from gongxue.records.models import Application, SchoolSummary, Signature, SummarySnapshot, TrailEntry
from gongxue.records.refusals import NotAllowed, NotThere, Stale
from gongxue.records.signatures import valid
from gongxue.records.summaries import MUST_SAY, covered_of, facts_of, missing_facts
from gongxue.records.summary_moves import move_summary, say_facts, summary_of
from gongxue.rules.programme_file import load_programme
from gongxue.rules.school_facts import Clerk, Principal, SchoolFacts
from gongxue.rules.workflow import SCHOOL_SUMMARY
from tests.records.city import LATER, NOON, OWN, PARTNER, document, found_city, found_draft, put, take_to_signed

PROGRAMME = load_programme("hsinchu-111")
FACTS = SchoolFacts(
    None, 30, Principal("蔡文彬", "03-5711111#10", "head@example.edu.tw"), Clerk("黃美玲", "研發組長", "03-5711111#12", "h@example.edu.tw")
)
CHAIN = ("clerk", "director", "principal")


@pytest.fixture
def signed(city: SimpleNamespace, draft: Application) -> Application:
    """The draft with its whole chain."""
    return take_to_signed(city, draft)


def sheet(city: SimpleNamespace, who: str = "clerk", school: str = OWN) -> SchoolSummary:
    return summary_of(getattr(city, who), city.schools[school], PROGRAMME, LATER)


def say(city: SimpleNamespace, facts: SchoolFacts = FACTS, who: str = "clerk", **more: Any) -> SchoolSummary:
    version = more.get("version", sheet(city).version)
    return say_facts(city.schools[OWN], PROGRAMME, facts, version=version, actor=getattr(city, who), at=more.get("at", LATER))


def step(city: SimpleNamespace, name: str, who: str, **more: Any) -> SchoolSummary:
    version = more.pop("version", sheet(city, "officer").version)
    return move_summary(city.schools[OWN], PROGRAMME, name, version=version, actor=getattr(city, who), at=LATER, **more)


def take_to_sent(city: SimpleNamespace) -> SchoolSummary:
    say(city)
    step(city, "send_to_sign", "clerk")
    for role in CHAIN:
        step(city, "sign", role)
    return step(city, "send", "clerk")


def holding() -> list[str]:
    return list(Signature.objects.filter(subject=SCHOOL_SUMMARY, voided_at=None).values_list("role", flat=True))


def test_it_makes_itself_from_what_is_signed_or_submitted(city: SimpleNamespace, signed: Application) -> None:
    found_draft(city)
    summary = sheet(city)
    assert (summary.state, [each.application for each in covered_of(summary)]) == ("open", [signed.pk])
    assert SchoolSummary.objects.count() == 0
    assert facts_of(summary).school == "新竹市東區東園國民小學"
    assert missing_facts(facts_of(summary)) == tuple(MUST_SAY)


def test_a_partner_school_lists_it_too_and_its_own_stand_first(city: SimpleNamespace) -> None:
    shared = take_to_signed(city, found_draft(city, "thematic"))
    own = take_to_signed(city, found_draft(city))
    assert [each.application for each in covered_of(sheet(city))] == [own.pk, shared.pk]
    assert [each.application for each in covered_of(sheet(city, "partner_clerk", PARTNER))] == [shared.pk]


def test_the_school_says_of_itself_what_the_form_asks(city: SimpleNamespace, signed: Application) -> None:
    summary = say(city)
    assert (summary.version, missing_facts(facts_of(summary))) == (2, ())
    assert say(city).version == 2
    assert [entry.verb for entry in TrailEntry.objects.filter(subject=SCHOOL_SUMMARY)] == ["edit"]
    with pytest.raises(Stale):
        say(city, version=1)


def test_blank_is_not_said(city: SimpleNamespace, signed: Application) -> None:
    facts = msgspec.structs.replace(FACTS, principal=Principal("  ", "03-1", ""), classes=None)
    assert missing_facts(facts_of(say(city, facts))) == ("classes", "principal.name", "principal.email")


def test_it_is_signed_in_its_own_order_and_sent(city: SimpleNamespace, signed: Application) -> None:
    summary = take_to_sent(city)
    assert (summary.state, summary.sent_at, sorted(holding())) == ("sent", LATER, sorted(CHAIN))
    snapshot = SummarySnapshot.objects.get()
    assert {row.digest for row in valid(SCHOOL_SUMMARY, str(summary.pk)).values()} == {snapshot.digest} == {summary.digest}
    listed = msgspec.json.decode(snapshot.content)["applications"]
    assert listed == [{"id": str(signed.pk), "version": signed.version, "digest": covered_of(summary)[0].digest}]
    assert trail.verify() == []


@pytest.mark.parametrize("who", ["director", "principal", "accountant"])
def test_nobody_signs_it_before_the_turn_comes(city: SimpleNamespace, signed: Application, who: str) -> None:
    say(city)
    step(city, "send_to_sign", "clerk")
    with pytest.raises(NotAllowed):
        step(city, "sign", who)
    assert holding() == []


def test_it_is_not_sent_for_signing_while_something_is_missing(city: SimpleNamespace, draft: Application) -> None:
    with pytest.raises(NotAllowed) as lacks:
        step(city, "send_to_sign", "clerk")
    assert lacks.value.reason.zh.startswith("學校基本資料還缺：班級數、校長姓名、")
    say(city)
    with pytest.raises(NotAllowed) as nothing:
        step(city, "send_to_sign", "clerk")
    assert nothing.value.reason.zh.startswith("還沒有核章完成的申請書")


def test_it_is_not_sent_before_the_chain_is_whole(city: SimpleNamespace, signed: Application) -> None:
    say(city)
    step(city, "send_to_sign", "clerk")
    step(city, "sign", "clerk")
    with pytest.raises(NotAllowed) as refused:
        step(city, "send", "clerk")
    assert refused.value.reason.zh == "「主任」尚未核章。"


def test_it_goes_back_with_a_reason_and_is_recalled_and_its_seals_are_void(city: SimpleNamespace, signed: Application) -> None:
    say(city)
    step(city, "send_to_sign", "clerk")
    step(city, "sign", "clerk")
    with pytest.raises(NotAllowed):
        step(city, "return", "director")
    step(city, "return", "director", reason="電話寫錯")
    assert (sheet(city).state, holding()) == ("open", [])
    take_to_sent(city)
    step(city, "recall", "clerk")
    assert (sheet(city).state, sheet(city).sent_at, holding()) == ("open", None, [])


def test_while_it_is_signed_the_school_s_facts_stay_as_they_are(city: SimpleNamespace, signed: Application) -> None:
    take_to_sent(city)
    with pytest.raises(NotAllowed):
        say(city, msgspec.structs.replace(FACTS, classes=31))


def test_it_opens_again_when_one_of_its_applications_changes(city: SimpleNamespace, signed: Application) -> None:
    move(signed.pk, "submit", actor=city.clerk, at=LATER)
    take_to_sent(city)
    move(signed.pk, "ask_completion", actor=city.officer, at=LATER, reason="請補摘要")
    assert sheet(city).state == "sent"
    edit(signed.pk, [put("summary", document()["summary"], "補上的摘要")], actor=city.convener, at=LATER)
    assert (sheet(city).state, holding()) == ("open", [])
    entry = TrailEntry.objects.filter(subject=SCHOOL_SUMMARY).latest("number")
    assert (entry.verb, entry.user_id, entry.words["application"]) == ("reopen", city.convener.user, str(signed.pk))


@pytest.mark.parametrize(("name", "who"), [("recall", "convener"), ("return", "principal"), ("withdraw", "clerk")])
def test_it_opens_again_when_one_leaves_it(city: SimpleNamespace, signed: Application, name: str, who: str) -> None:
    take_to_sent(city)
    move(signed.pk, name, actor=getattr(city, who), at=LATER, reason="改")
    assert (sheet(city).state, covered_of(sheet(city))) == ("open", ())


def test_it_opens_again_when_one_more_belongs_on_it(city: SimpleNamespace, signed: Application) -> None:
    take_to_sent(city)
    take_to_signed(city, found_draft(city))
    assert sheet(city).state == "open"


def test_what_the_city_does_does_not_open_it(city: SimpleNamespace, signed: Application) -> None:
    move(signed.pk, "submit", actor=city.clerk, at=LATER)
    take_to_sent(city)
    move(signed.pk, "mark_ineligible", actor=city.officer, at=LATER, reason="x")
    found_draft(city)
    assert sheet(city).state == "sent"


def test_another_school_s_sheet_is_not_touched(city: SimpleNamespace, signed: Application) -> None:
    take_to_sent(city)
    other = take_to_signed(city, found_draft(city, "thematic"))
    assert sheet(city).state == "open"
    take_to_sent(city)
    move(other.pk, "recall", actor=city.convener, at=LATER)
    assert sheet(city).state == "open"


def test_what_was_signed_can_be_printed_as_it_was(city: SimpleNamespace, signed: Application) -> None:
    summary = take_to_sent(city)
    assert [each.facts.name for each in covered_of(summary)] == ["繪本說演共學社群"]
    assert [each.content["summary"] for each in covered_of(summary)] == [document()["summary"]]


@pytest.mark.parametrize("who", ["stranger", "reviewer", "other_clerk", "convener", "partner_clerk"])
def test_a_stranger_is_told_that_nothing_is_there(city: SimpleNamespace, signed: Application, who: str) -> None:
    say(city)
    actor = getattr(city, who)
    acts: list[Callable[[], object]] = [
        lambda: sheet(city, who),
        lambda: say(city, who=who),
        lambda: move_summary(city.schools[OWN], PROGRAMME, "send_to_sign", version=2, actor=actor, at=LATER),
    ]
    for act in acts:
        with pytest.raises(NotThere):
            act()


@pytest.mark.parametrize("who", ["director", "accountant", "principal", "officer", "auditor"])
def test_who_may_look_may_not_write(city: SimpleNamespace, signed: Application, who: str) -> None:
    assert sheet(city, who).state == "open"
    with pytest.raises(NotAllowed):
        say(city, who=who)


def test_nobody_goes_round_its_doors(city: SimpleNamespace, signed: Application) -> None:
    summary = take_to_sent(city)
    changes: list[Callable[[], object]] = [
        lambda: SchoolSummary.objects.filter(pk=summary.pk).update(facts={}),
        summary.delete,
        lambda: SummarySnapshot.objects.update(content="{}"),
        lambda: SummarySnapshot.objects.all().delete(),
    ]
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_city_sees_which_are_missing(city: SimpleNamespace, signed: Application, django_assert_num_queries: Any) -> None:
    def seen(who: str = "officer") -> list[tuple[str, int, str, bool]]:
        return [(row.school, row.submitted, row.state, row.missing) for row in summaries_of_city(getattr(city, who), PROGRAMME.id)]

    assert seen() == []
    move(signed.pk, "submit", actor=city.clerk, at=LATER)
    assert seen() == [(OWN, 1, "", True)]
    take_to_sent(city)
    with django_assert_num_queries(3):
        (row,) = summaries_of_city(city.auditor, PROGRAMME.id)
    assert row == SummaryRow(city.schools[OWN].pk, city.schools[OWN].key, OWN, 1, "sent", LATER)
    assert not row.missing
    for stranger in ("clerk", "convener", "reviewer", "stranger"):
        assert seen(stranger) == []


@pytest.mark.django_db(transaction=True)
def test_no_signature_stands_over_what_changed_at_the_same_moment(rounds: Callable[[int, int], int]) -> None:
    city = found_city()
    application = take_to_signed(city, found_draft(city))
    move(application.pk, "submit", actor=city.clerk, at=NOON)
    move(application.pk, "ask_completion", actor=city.officer, at=NOON, reason="請補摘要")
    say(city)
    for number in range(rounds(5, 200)):
        before = Application.objects.get(pk=application.pk).document["summary"]
        change = put("summary", before, f"摘要 {number}")
        both(
            lambda change=change: edit(application.pk, [change], actor=city.convener, at=LATER + datetime.timedelta(seconds=1)),
            lambda: step(city, "send_to_sign", "clerk"),
        )
        summary = sheet(city)
        if summary.state == "signing":
            now = Application.objects.get(pk=application.pk)
            assert [(each.version, each.content) for each in covered_of(summary)] == [(now.version, now.document)]
            step(city, "recall", "clerk")


def both(*acts: Callable[[], object]) -> None:
    """Do all at the same moment."""
    gate, wrong = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        try:
            gate.wait()
            act()
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
