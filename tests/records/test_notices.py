"""Who is told of what: in the transaction of the move, each event once a person, nobody of an act of their own."""

import datetime
from types import SimpleNamespace

import pytest
from django.db import transaction

from gongxue.records.doors import edit, move
from gongxue.records.models import Application, Notice
from gongxue.records.notices import DEADLINE, VOIDED, remind
from gongxue.records.openings import open_late
from gongxue.records.partners import confirm_members
from gongxue.records.signatures import signable
from gongxue.records.signing import sign
from gongxue.rules.programme_file import load_programme
from tests.records.city import CAST, LATER, NOON, OWN, PARTNER, found_draft, put, put_into

PROGRAMME = load_programme("hsinchu-111")
TAIPEI = NOON.tzinfo
CLOSES = datetime.datetime(2022, 3, 31, tzinfo=TAIPEI)
WINDOW = datetime.datetime(2022, 3, 27, 7, 30, tzinfo=TAIPEI)
SECOND = datetime.timedelta(seconds=1)


def told(city: SimpleNamespace) -> set[tuple[str, str, str, bool]]:
    """Every notice: to whom of the cast, of what, why, and whether it presses."""
    names = {getattr(city, name).user: name for name in CAST}
    return {(names[row.user_id], row.kind, row.relation, row.urgent) for row in Notice.objects.all()}


def sealed(city: SimpleNamespace, application: Application, who: str) -> Application:
    application.refresh_from_db()
    paper = signable(application)
    return sign(application.pk, version=paper.version, digest=paper.digest, actor=getattr(city, who), at=LATER)


@pytest.fixture
def signing(city: SimpleNamespace, draft: Application) -> Application:
    """The draft, sent to the school."""
    return move(draft.pk, "send_to_school", actor=city.convener, at=NOON)


def test_who_has_to_sign_first_and_the_clerk_are_told(city: SimpleNamespace, signing: Application) -> None:
    assert told(city) == {("director", "send_to_school", "signer", False), ("clerk", "send_to_school", "clerk", False)}
    assert set(Notice.objects.values_list("state", "made_at", "told_at")) == {("signing", NOON, None)}


def test_each_seal_tells_the_next_and_the_last_one_the_clerk_and_the_convener(city: SimpleNamespace, signing: Application) -> None:
    Notice.objects.all().delete()
    for who in ("director", "accountant", "principal"):
        sealed(city, signing, who)
    assert told(city) == {
        ("accountant", "sign", "signer", False),
        ("principal", "sign", "signer", False),
        ("clerk", "sign_last", "clerk", False),
        ("convener", "sign_last", "convener", False),
    }


def test_whoever_had_signed_is_told_at_once_that_the_seal_is_void(city: SimpleNamespace, signing: Application) -> None:
    sealed(city, signing, "director")
    Notice.objects.all().delete()
    move(signing.pk, "return", actor=city.accountant, at=LATER, reason="經費表有誤。")
    assert told(city) == {("convener", "return", "convener", True), ("director", "return", "signer", True)}


def test_nobody_is_told_of_an_act_of_their_own(city: SimpleNamespace, signing: Application) -> None:
    sealed(city, signing, "director")
    Notice.objects.all().delete()
    move(signing.pk, "return", actor=city.director, at=LATER, reason="經費表有誤。")
    assert told(city) == {("convener", "return", "convener", True)}


def test_an_edit_under_signatures_tells_those_who_signed(city: SimpleNamespace, draft: Application) -> None:
    completing = put_into(move(draft.pk, "send_to_school", actor=city.convener, at=NOON), "signing")
    sealed(city, completing, "director")
    put_into(completing, "completing")
    Notice.objects.all().delete()
    edit(completing.pk, [put("summary", completing.document["summary"], "新的摘要")], actor=city.convener, at=LATER)
    assert told(city) == {("director", VOIDED, "signer", True)}


def test_what_the_city_asks_presses_for_convener_and_clerk(city: SimpleNamespace, draft: Application) -> None:
    move(put_into(draft, "submitted").pk, "ask_completion", actor=city.officer, at=LATER, reason="請補成員。")
    assert told(city) == {("convener", "ask_completion", "convener", True), ("clerk", "ask_completion", "clerk", True)}


def test_what_is_rolled_back_tells_nobody(city: SimpleNamespace, draft: Application) -> None:
    with transaction.atomic():
        move(draft.pk, "send_to_school", actor=city.convener, at=NOON)
        transaction.set_rollback(True)
    assert Notice.objects.count() == 0


def test_people_of_other_schools_and_former_holders_are_told_nothing(city: SimpleNamespace, signing: Application) -> None:
    people = {getattr(city, name).user for name in ("partner_director", "other_clerk", "stranger", "officer", "auditor")}
    assert not Notice.objects.filter(user__in=people).exists()


def test_each_event_is_told_once_a_person_also_when_it_is_replayed(city: SimpleNamespace, signing: Application) -> None:
    before = Notice.objects.count()
    again = [Notice(user_id=row.user_id, application=row.application, event=row.event, made_at=LATER) for row in Notice.objects.all()]
    Notice.objects.bulk_create(again, ignore_conflicts=True)
    assert Notice.objects.count() == before


def test_the_deadline_reminds_whoever_has_to_act_once_from_three_days_before_in_the_morning(city: SimpleNamespace) -> None:
    for state in ("draft", "signing", "signed", "submitted", "withdrawn"):
        put_into(found_draft(city), state)
    assert [remind(PROGRAMME, at) for at in (WINDOW - SECOND, WINDOW, WINDOW + SECOND, CLOSES - SECOND, CLOSES)] == [0, 3, 0, 0, 0]
    assert told(city) == {
        ("convener", DEADLINE, "convener", True),
        ("director", DEADLINE, "signer", True),
        ("clerk", DEADLINE, "clerk", True),
    }


def test_what_was_begun_within_these_days_needs_no_reminder(city: SimpleNamespace) -> None:
    found_draft(city, at=WINDOW + SECOND)
    assert remind(PROGRAMME, WINDOW + 2 * SECOND) == 0


def test_a_school_opened_late_is_reminded_of_its_own_deadline(city: SimpleNamespace, draft: Application) -> None:
    assert remind(PROGRAMME, WINDOW) == 1
    later = CLOSES + datetime.timedelta(days=5)
    open_late(city.schools[OWN].pk, PROGRAMME, until=later, reason="停電。", actor=city.officer, at=CLOSES)
    assert [remind(PROGRAMME, at) for at in (CLOSES, CLOSES + datetime.timedelta(days=3))] == [0, 1]
    assert Notice.objects.filter(kind=DEADLINE).count() == 2


def test_who_was_told_of_something_else_meanwhile_is_reminded_all_the_same(city: SimpleNamespace, draft: Application) -> None:
    """The first reminder was of a deadline that is over; what came since was of other things."""
    assert remind(PROGRAMME, WINDOW) == 1
    opened = CLOSES + datetime.timedelta(days=4)
    move(draft.pk, "send_to_school", actor=city.convener, at=opened)
    move(draft.pk, "return", actor=city.director, at=opened, reason="經費表有誤。")
    open_late(city.schools[OWN].pk, PROGRAMME, until=CLOSES + datetime.timedelta(days=5), reason="停電。", actor=city.officer, at=opened)
    assert [remind(PROGRAMME, opened + SECOND * each) for each in (1, 2)] == [1, 0]


def test_a_reminder_costs_a_fixed_number_of_looks_once_it_was_given(
    city: SimpleNamespace, draft: Application, django_assert_num_queries: object
) -> None:
    for _ in range(3):
        found_draft(city)
    remind(PROGRAMME, WINDOW)
    with django_assert_num_queries(4):  # type: ignore[operator]  # pytest-django's fixture
        remind(PROGRAMME, WINDOW + SECOND)


def test_a_partner_school_that_has_not_confirmed_its_members_is_told_when_the_school_gets_it(city: SimpleNamespace) -> None:
    across = found_draft(city, "thematic")
    move(across.pk, "send_to_school", actor=city.convener, at=NOON)
    partners = {each for each in told(city) if each[2] == "partner"}
    assert partners == {(who, "send_to_school", "partner", False) for who in ("partner_clerk", "partner_director")}
    Notice.objects.all().delete()
    kept = across.schools.get(school__name=PARTNER)
    confirm_members(across.pk, kept.school_id, kept.people, actor=city.partner_clerk, at=LATER)
    move(across.pk, "recall", actor=city.convener, at=LATER)
    move(across.pk, "send_to_school", actor=city.convener, at=LATER)
    assert {each for each in told(city) if each[2] == "partner"} == set()
