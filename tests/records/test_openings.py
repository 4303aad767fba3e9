"""Late openings: which deadline holds for whom, who opens and ends, and that nothing else can be submitted late."""

import datetime
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from gongxue.records.doors import CONDITIONS, move
from gongxue.records.listings.home import home_cards
from gongxue.records.models import Application, LateOpening, TrailEntry
from gongxue.records.openings import deadline, end_opening, late_openings, may_open, open_late
from gongxue.records.refusals import NotAllowed, NotThere, Stale, TooLate
from gongxue.rules.programme_file import load_programme
from gongxue.rules.workflow import LATE_OPENING
from tests.records.city import CAST, NOON, OTHER, OWN, PARTNER, found_draft, put_into

PROGRAMME = load_programme("hsinchu-111")
CLOSES = datetime.datetime(2022, 3, 31, 0, 0, tzinfo=NOON.tzinfo)
LATE = CLOSES + datetime.timedelta(hours=9)
UNTIL = CLOSES + datetime.timedelta(days=2)
SECOND = datetime.timedelta(seconds=1)
WHY = "學校遭逢停電，致電報備。"


@pytest.fixture
def opening(city: SimpleNamespace) -> LateOpening:
    """The convener's school, open for two days more."""
    return open_late(city.schools[OWN].pk, PROGRAMME, until=UNTIL, reason=WHY, actor=city.officer, at=LATE)


def submit(city: SimpleNamespace, application: Application, at: datetime.datetime) -> str:
    return move(application.pk, "submit", actor=city.clerk, at=at).state


@pytest.fixture
def signed(city: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> Application:
    """Signed, and nothing but the deadline stands in its way."""
    for name in ("chain_complete", "partners_confirmed"):
        monkeypatch.setitem(CONDITIONS, name, lambda application, actor: None)
    return put_into(found_draft(city), "signed")


def test_the_programmes_deadline_holds_for_everybody(city: SimpleNamespace) -> None:
    assert [deadline(PROGRAMME, key) for key in (None, city.schools[OWN].pk)] == [CLOSES, CLOSES]


def test_an_opening_holds_for_its_school_and_date_alone(city: SimpleNamespace, opening: LateOpening) -> None:
    own, other = city.schools[OWN].pk, city.schools[OTHER].pk
    assert [deadline(PROGRAMME, key) for key in (own, other, None)] == [UNTIL, CLOSES, CLOSES]
    assert deadline(PROGRAMME, own, "revisions_due") == PROGRAMME.dates.revisions_due.before  # type: ignore[union-attr]
    assert late_openings("hsinchu-111") == {own: UNTIL}
    assert late_openings("taoyuan-110") == {}


def test_of_two_openings_the_later_holds(city: SimpleNamespace, opening: LateOpening) -> None:
    own, day = city.schools[OWN].pk, datetime.timedelta(days=1)
    open_late(own, PROGRAMME, until=UNTIL - day, reason=WHY, actor=city.officer, at=LATE)
    assert deadline(PROGRAMME, own) == UNTIL
    open_late(own, PROGRAMME, until=UNTIL + day, reason=WHY, actor=city.officer, at=LATE)
    assert deadline(PROGRAMME, own) == UNTIL + day


@pytest.mark.parametrize("at", [CLOSES - SECOND, CLOSES, UNTIL - SECOND])
def test_a_school_opened_late_submits_to_the_second(
    city: SimpleNamespace, signed: Application, opening: LateOpening, at: datetime.datetime
) -> None:
    assert submit(city, signed, at) == "submitted"


@pytest.mark.parametrize("at", [UNTIL, UNTIL + SECOND])
def test_and_not_a_second_later(city: SimpleNamespace, signed: Application, opening: LateOpening, at: datetime.datetime) -> None:
    with pytest.raises(TooLate) as refused:
        submit(city, signed, at)
    assert refused.value.reason.zh.startswith("已於 111年4月1日（五）23:59 截止")


def test_another_school_stays_closed(city: SimpleNamespace, signed: Application) -> None:
    open_late(city.schools[OTHER].pk, PROGRAMME, until=UNTIL, reason=WHY, actor=city.officer, at=LATE)
    with pytest.raises(TooLate):
        submit(city, signed, LATE)


def test_an_ended_opening_lets_nobody_in(city: SimpleNamespace, signed: Application, opening: LateOpening) -> None:
    ended = end_opening(opening.pk, reason="已全部送件。", actor=city.supervisor, at=LATE)
    assert (ended.ended_by_id, ended.ended_at) == (city.supervisor.user, LATE)
    with pytest.raises(TooLate):
        submit(city, signed, LATE + SECOND)
    with pytest.raises(Stale):
        end_opening(opening.pk, reason="再一次", actor=city.officer, at=LATE)


def test_home_tells_the_deadline_that_holds(city: SimpleNamespace, draft: Application) -> None:
    (before,) = home_cards(city.convener, LATE)
    open_late(city.schools[OWN].pk, PROGRAMME, until=UNTIL, reason=WHY, actor=city.officer, at=LATE)
    (after,) = home_cards(city.convener, LATE)
    assert [(card.next, card.due) for card in (before, after)] == [("missed", CLOSES), ("send", UNTIL)]


def test_only_the_citys_officer_and_supervisor_open_and_end(city: SimpleNamespace, opening: LateOpening) -> None:
    able = {who for who in CAST if may_open(getattr(city, who))}
    assert able == {"officer", "supervisor"}
    for who in set(CAST) - able:
        with pytest.raises(NotAllowed):
            open_late(city.schools[PARTNER].pk, PROGRAMME, until=UNTIL, reason=WHY, actor=getattr(city, who), at=LATE)
        with pytest.raises((NotAllowed, NotThere)):
            end_opening(opening.pk, reason="x", actor=getattr(city, who), at=LATE)
    assert LateOpening.objects.filter(ended_at=None).count() == 1


def test_who_may_not_see_an_opening_is_told_nothing_of_it(city: SimpleNamespace, opening: LateOpening) -> None:
    for who in ("other_clerk", "reviewer", "stranger"):
        with pytest.raises(NotThere):
            end_opening(opening.pk, reason="x", actor=getattr(city, who), at=LATE)


@pytest.mark.parametrize(
    ("until", "reason", "told"),
    [
        (UNTIL, "  ", "請寫明原因。"),
        (CLOSES, WHY, "開放到的日子要晚於現在。"),
        (LATE, WHY, "開放到的日子要晚於現在。"),
    ],
)
def test_an_opening_needs_a_reason_and_a_later_time(city: SimpleNamespace, until: datetime.datetime, reason: str, told: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        open_late(city.schools[OWN].pk, PROGRAMME, until=until, reason=reason, actor=city.officer, at=LATE)
    assert refused.value.reason.zh == told


def test_ending_needs_a_reason(city: SimpleNamespace, opening: LateOpening) -> None:
    with pytest.raises(NotAllowed):
        end_opening(opening.pk, reason="", actor=city.officer, at=LATE)


def test_the_trail_says_who_opened_and_ended_why(city: SimpleNamespace, opening: LateOpening) -> None:
    end_opening(opening.pk, reason="已全部送件。", actor=city.supervisor, at=LATE)
    entries = TrailEntry.objects.filter(subject=LATE_OPENING, subject_id=str(opening.pk)).order_by("number")
    told = [(entry.verb, entry.user_id, entry.role, entry.words["reason"]) for entry in entries]
    assert told == [("open", city.officer.user, "officer", WHY), ("end", city.supervisor.user, "supervisor", "已全部送件。")]


def test_the_database_keeps_no_opening_without_reason_or_into_the_past(city: SimpleNamespace) -> None:
    for until, reason in ((UNTIL, ""), (LATE, WHY)):
        with pytest.raises(IntegrityError), transaction.atomic():
            LateOpening.objects.create(
                programme="hsinchu-111", school=city.schools[OWN], until=until, reason=reason, made_by_id=city.officer.user, made_at=LATE
            )
