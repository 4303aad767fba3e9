"""Notices become letters with restraint: what presses at once, the rest once a day, what is past not at all, nothing twice."""

import datetime
from types import SimpleNamespace

import pytest
from pytest_django import DjangoAssertNumQueries

from gongxue.records.doors import move
from gongxue.records.models import Application, Message, Notice, SchoolSummary, User
from gongxue.records.partners import confirm_members
from gongxue.records.signatures import signable
from gongxue.records.signing import sign
from gongxue.rules.workflow import APPLICATION, SCHOOL_SUMMARY, TRANSITIONS
from gongxue.site.mail.sentences import SENTENCES
from gongxue.site.mail.telling import morning, tell
from tests.records.city import LATER, NOON, OWN, PARTNER, found_draft, put_into

MORNING = datetime.datetime(2022, 3, 25, 7, 30, tzinfo=NOON.tzinfo)
SECOND = datetime.timedelta(seconds=1)


def prefer(who: object, mail: str, language: str = "zh-hant") -> None:
    User.objects.filter(pk=who.user).update(mail=mail, language=language)  # type: ignore[attr-defined]  # an actor


def letters() -> list[tuple[str, str]]:
    """To whom, and the title, of every letter."""
    return [(row.to.split("@")[0], row.title) for row in Message.objects.order_by("pk")]


def send(city: SimpleNamespace, application: Application, at: datetime.datetime = NOON) -> Application:
    return move(application.pk, "send_to_school", actor=city.convener, at=at)


def seal(city: SimpleNamespace, application: Application, who: str) -> None:
    application.refresh_from_db()
    paper = signable(application)
    sign(application.pk, version=paper.version, digest=paper.digest, actor=getattr(city, who), at=LATER)


def test_every_transition_has_a_sentence_for_whom_it_tells_in_both_languages() -> None:
    rows = [(row.name, row) for row in TRANSITIONS if row.subject == APPLICATION]
    rows += [(f"summary.{row.name}", row) for row in TRANSITIONS if row.subject == SCHOOL_SUMMARY]
    pairs = {(name, relation) for name, row in rows for relation in row.tells}
    assert pairs <= set(SENTENCES)
    assert {kind for kind, _ in set(SENTENCES) - pairs} == {
        "ask_completion.seals_again",
        "deadline",
        "summary.sign",
        "summary.sign_on_paper",
        "void_signatures",
    }


def test_what_does_not_press_comes_once_a_day_in_the_morning(city: SimpleNamespace) -> None:
    for _ in range(3):
        send(city, found_draft(city))
    assert (tell(NOON), tell(MORNING - SECOND), letters()) == (0, 0, [])
    assert tell(MORNING) == 2
    assert letters() == [("clerk", "「繪本說演共學社群」已送學校核章。"), ("director", "「繪本說演共學社群」送來核章，等您核章。")]
    assert (tell(MORNING + SECOND), Notice.objects.filter(told_at=None).count()) == (0, 0)


@pytest.mark.parametrize("count", [1, 3])
def test_who_waits_for_the_morning_costs_nothing_until_then(
    city: SimpleNamespace, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        send(city, found_draft(city))
    with django_assert_num_queries(4):
        tell(NOON)


def test_several_things_stand_in_one_letter(city: SimpleNamespace) -> None:
    for number, base in enumerate(("autonomous", "thematic")):
        send(city, found_draft(city, base), NOON + number * SECOND)
    tell(MORNING)
    letter = Message.objects.get(to="director@example.edu.tw")
    assert letter.title == "共學：有 2 件事"
    assert [line for line in letter.body.splitlines() if line.startswith("・")] == [
        "・「繪本說演共學社群」送來核章，等您核章。",
        "・「溪流走讀課程社群」送來核章，等您核章。",
    ]
    assert [word for word in letter.body.split() if word.startswith("http")] == ["http://127.0.0.1:8000/home/"]
    assert (letter.urgent, letter.notices.count()) == (False, 2)


def test_a_letter_of_one_paper_leads_to_it(city: SimpleNamespace) -> None:
    draft = send(city, found_draft(city))
    tell(MORNING)
    assert f"http://127.0.0.1:8000/applications/{draft.pk}/\n" in Message.objects.get(to="director@example.edu.tw").body


def test_what_presses_comes_at_once_whatever_one_chose(city: SimpleNamespace) -> None:
    for who, mail in ((city.convener, "digest"), (city.clerk, "urgent")):
        prefer(who, mail)
    move(put_into(found_draft(city), "submitted").pk, "ask_completion", actor=city.officer, at=NOON, reason="請補成員名單，王小明未填。")
    assert tell(NOON) == 2
    assert [to for to, _ in letters()] == ["convener", "clerk"]
    assert not Message.objects.filter(body__contains="王小明").exists()
    assert set(Message.objects.values_list("urgent", flat=True)) == {True}


def test_one_may_have_every_thing_at_once_or_only_what_presses(city: SimpleNamespace) -> None:
    prefer(city.director, "each")
    prefer(city.clerk, "urgent")
    send(city, found_draft(city))
    assert (tell(NOON), [to for to, _ in letters()]) == (1, ["director"])
    assert (tell(MORNING), Notice.objects.filter(told_at=None).count()) == (0, 0)


def test_a_letter_speaks_its_readers_language(city: SimpleNamespace) -> None:
    prefer(city.director, "each", "en")
    send(city, found_draft(city))
    tell(NOON)
    (letter,) = Message.objects.all()
    assert letter.title == "“繪本說演共學社群” was sent for sign-off and waits for your seal."
    assert "Log in to see it and act on it:" in letter.body


def test_what_is_past_by_the_morning_is_not_told(city: SimpleNamespace) -> None:
    draft = found_draft(city)
    send(city, draft)
    move(draft.pk, "recall", actor=city.convener, at=LATER)
    assert tell(MORNING) == 1
    assert letters() == [("clerk", "「繪本說演共學社群」由召集人收回修改。")]


def test_who_has_signed_by_the_morning_is_not_asked_to(city: SimpleNamespace) -> None:
    draft = found_draft(city)
    send(city, draft)
    seal(city, draft, "director")
    tell(MORNING)
    assert [to for to, _ in letters()] == ["clerk", "accountant"]


def test_who_signed_what_was_recalled_and_sent_again_at_once_is_told_unless_asked_again(city: SimpleNamespace) -> None:
    draft = found_draft(city)
    send(city, draft)
    for who in ("director", "accountant"):
        seal(city, draft, who)
    tell(MORNING)
    before = len(letters())
    move(draft.pk, "recall", actor=city.convener, at=MORNING)
    send(city, draft, MORNING)
    tell(MORNING + SECOND)
    assert letters()[before:] == [("accountant", "「繪本說演共學社群」由召集人收回修改，您的核章已作廢。")]
    tell(MORNING + datetime.timedelta(days=1))
    assert letters()[before + 1 :] == [
        ("clerk", "「繪本說演共學社群」已送學校核章。"),
        ("director", "「繪本說演共學社群」送來核章，等您核章。"),
    ]


def test_a_closed_account_gets_no_letter(city: SimpleNamespace) -> None:
    send(city, found_draft(city))
    User.objects.filter(pk=city.director.user).update(is_active=False)
    tell(MORNING)
    assert [to for to, _ in letters()] == ["clerk"]


def test_a_letter_that_is_long_counts_what_it_leaves_out(city: SimpleNamespace) -> None:
    application = send(city, found_draft(city))
    Notice.objects.all().delete()
    for number in range(33):
        other = found_draft(city)
        Application.objects.filter(pk=other.pk).update(name=f"社群{number}", version=other.version + 1)
        Notice.objects.create(
            user_id=city.clerk.user,
            application=other,
            kind="restore",
            relation="convener",
            state="draft",
            event=f"{other.pk}",
            made_at=NOON,
        )
    tell(MORNING)
    body = Message.objects.get().body
    assert (body.count("恢復為草稿"), "・另外還有 3 件。" in body, application.state) == (30, True, "signing")


def test_what_cannot_be_told_to_one_holds_up_nobody_else(city: SimpleNamespace) -> None:
    draft = found_draft(city)
    told = {"application": draft, "kind": "no such thing", "relation": "clerk", "state": "draft", "event": "x", "urgent": True}
    Notice.objects.create(user_id=city.clerk.user, made_at=NOON, **told)
    Notice.objects.create(user_id=city.convener.user, made_at=NOON, **(told | {"kind": "restore", "relation": "convener"}))
    assert (tell(NOON), letters()) == (1, [("convener", "「繪本說演共學社群」恢復為草稿。")])
    assert Notice.objects.get(user_id=city.clerk.user).told_at is None


@pytest.mark.parametrize(
    ("at", "last"),
    [(MORNING, MORNING), (MORNING - SECOND, MORNING - datetime.timedelta(days=1)), (MORNING + datetime.timedelta(hours=15), MORNING)],
)
def test_the_day_of_letters_begins_at_half_past_seven_in_taipei(at: datetime.datetime, last: datetime.datetime) -> None:
    assert morning(at.astimezone(datetime.UTC)) == last


def test_a_letter_tells_of_the_schools_summary_too(city: SimpleNamespace) -> None:
    summary = SchoolSummary.objects.create(
        school=city.schools[OWN], programme="hsinchu-111", state="signing", digest="0" * 64, changed_at=NOON
    )
    for kind, state in (("return", "open"), ("sign", "signing")):
        told = {"kind": kind, "relation": "clerk", "state": state, "event": kind, "urgent": True, "made_at": NOON}
        Notice.objects.create(user_id=city.clerk.user, summary=summary, **told)
    assert (tell(NOON), letters()) == (1, [("clerk", "東園國小的彙整表（附件一）核章完成，請送出。")])


def test_what_is_asked_of_a_partner_school_is_told_until_it_confirms(city: SimpleNamespace) -> None:
    waits, settled = (found_draft(city, "thematic") for _ in range(2))
    for draft in (waits, settled):
        send(city, draft)
    for who in ("director", "accountant", "principal"):
        seal(city, waits, who)
    kept = settled.schools.get(school__name=PARTNER)
    confirm_members(settled.pk, kept.school_id, kept.people, actor=city.partner_director, at=LATER)
    tell(MORNING)
    letter = Message.objects.get(to="partner_clerk@example.edu.tw")
    assert letter.title == "「溪流走讀課程社群」有貴校的老師參加，請確認成員；確認以後才能送件。"
    assert f"/applications/{waits.pk}/\n" in letter.body
