"""The city's look at one application, and its steps: each with its reason, through the door, once."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongxue.records.actor import Actor
from gongxue.records.changes import Change
from gongxue.records.doors import edit
from gongxue.records.models import Application, Message, TrailEntry
from tests.records.city import LATER, document, found_draft, put, put_into

As = Callable[[Actor], Client]
pytestmark = pytest.mark.usefixtures("stopped_clock")
KEY = "k" * 24
WHY = "請補第 4 次公開授課的班級。"
STEPS = [
    ("submitted", "completion", "completing", "已請學校補件"),
    ("first_review", "completion", "completing", "已請學校補件"),
    ("submitted", "ineligible", "ineligible", "已標示為不符資格"),
    ("ineligible", "reinstate", "submitted", "已恢復資格"),
    ("submitted", "withdraw", "withdrawn", "已撤回這件申請"),
]


def address(application: Application, rest: str = "") -> str:
    return f"/city/applications/{application.pk}/{rest}"


@pytest.mark.parametrize(("state", "step", "after", "told"), STEPS)
def test_a_step_is_taken_once_with_its_reason(
    city: SimpleNamespace, as_: As, draft: Application, state: str, step: str, after: str, told: str
) -> None:
    client = as_(city.officer)
    version = put_into(draft, state).version
    page = client.get(address(draft, f"{step}/")).content.decode()
    assert f'name="version" value="{version}"' in page
    sent = {"reason": WHY, "version": version, "seals_again": "yes", "post_key": KEY}
    answers = [client.post(address(draft, f"{step}/"), sent) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 302]
    draft.refresh_from_db()
    assert (draft.state, draft.version) == (after, version + 1)
    entry = TrailEntry.objects.filter(subject="application", subject_id=str(draft.pk)).order_by("-number")[0]
    assert (entry.words["reason"], entry.user_id, entry.role) == (WHY, city.officer.user, "officer")
    shown = client.get(answers[0].headers["Location"]).content.decode()
    assert told in shown
    assert WHY in shown


@pytest.mark.parametrize(("state", "step"), [(state, step) for state, step, _after, _told in STEPS])
def test_without_a_reason_nothing_happens_and_the_page_says_why(
    city: SimpleNamespace, as_: As, draft: Application, state: str, step: str
) -> None:
    put_into(draft, state)
    answer = as_(city.officer).post(address(draft, f"{step}/"), {"reason": "  ", "post_key": KEY})
    assert (answer.status_code, "請寫明原因；學校會看到這段話。" in answer.content.decode()) == (422, True)
    draft.refresh_from_db()
    assert draft.state == state


def test_a_step_on_what_has_moved_on_is_refused(city: SimpleNamespace, as_: As, draft: Application) -> None:
    version = put_into(draft, "submitted").version
    put_into(draft, "submitted")
    answer = as_(city.officer).post(
        address(draft, "completion/"), {"reason": WHY, "version": version, "seals_again": "no", "post_key": KEY}
    )
    draft.refresh_from_db()
    assert (answer.status_code, draft.state) == (409, "submitted")


def test_the_whole_way_of_a_completion(city: SimpleNamespace, as_: As, draft: Application) -> None:
    put_into(draft, "submitted")
    as_(city.officer).post(address(draft, "completion/"), {"reason": WHY, "seals_again": "no", "post_key": KEY})
    draft.refresh_from_db()
    edited = edit(draft.pk, [put("name", draft.name, "補正的名稱")], actor=city.convener, at=LATER)
    assert (edited.application.state, edited.application.name) == ("completing", "補正的名稱")


def test_one_application_tells_what_a_reviewer_should_know(city: SimpleNamespace, as_: As, draft: Application) -> None:
    found_draft(city)  # the same name at the same school
    edit(draft.pk, [Change("set", "summary", draft.document["summary"], "")], actor=city.convener, at=LATER)
    page = as_(city.auditor).get(address(draft)).content.decode()
    assert "可能重複：" in page
    assert 'data-rule="summary.required"' in page
    assert document()["convener"]["email"] in page
    assert "現在等：召集人" in page


def test_whom_it_waits_for_is_named(city: SimpleNamespace, as_: As, draft: Application) -> None:
    put_into(draft, "signing")
    page = as_(city.officer).get(address(draft)).content.decode()
    assert "現在等：承辦主任" in page
    assert "director・從 111年3月24日（四） 起" in page


@pytest.mark.parametrize(
    ("who", "state", "steps"),
    [
        ("officer", "submitted", ["completion", "ineligible", "withdraw"]),
        ("officer", "draft", []),
        ("officer", "ineligible", ["reinstate"]),
        ("supervisor", "ineligible", ["reinstate"]),
        ("supervisor", "submitted", []),
        ("auditor", "submitted", []),
        ("centre_staff", "submitted", []),
    ],
)
def test_the_page_offers_what_this_person_may_do(
    city: SimpleNamespace, as_: As, draft: Application, who: str, state: str, steps: list[str]
) -> None:
    put_into(draft, state)
    page = as_(getattr(city, who)).get(address(draft)).content.decode()
    offered = [step for step in ("completion", "ineligible", "reinstate", "withdraw") if f'"{address(draft, step)}/"' in page]
    assert offered == steps


@pytest.mark.parametrize("others", [0, 2])
def test_as_many_queries_whatever_else_there_is(
    city: SimpleNamespace, as_: As, draft: Application, others: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(others):
        found_draft(city)
    put_into(draft, "signing")
    client = as_(city.officer)
    with django_assert_num_queries(16):
        assert client.get(address(draft)).status_code == 200


def test_the_school_and_the_stranger_do_not_come_in(city: SimpleNamespace, as_: As, draft: Application) -> None:
    put_into(draft, "submitted")
    never = address(draft).replace(str(draft.pk), "00000000-0000-0000-0000-000000000007")
    for who, status in (("convener", 403), ("clerk", 403), ("other_clerk", 404), ("reviewer", 404), ("stranger", 404)):
        client = as_(getattr(city, who))
        seen, nothing = client.get(address(draft)), client.get(never)
        assert (seen.status_code, nothing.status_code) == (status, 404)
        assert status == 403 or seen.content == nothing.content
    assert Message.objects.count() == 0


@pytest.mark.parametrize(
    ("step", "title"), [("ineligible", "市府認為不符資格"), ("withdraw", "這份申請已經撤回"), ("completion", "市府請您補件")]
)
def test_convener_and_clerk_read_on_the_application_why_it_was_stopped_and_by_whom(
    city: SimpleNamespace, as_: As, draft: Application, step: str, title: str
) -> None:
    version = put_into(draft, "submitted").version
    sent = {"reason": WHY, "version": version, "seals_again": "yes", "post_key": KEY}
    as_(city.officer).post(address(draft, f"{step}/"), sent)
    for who in (city.convener, city.clerk):
        page = as_(who).get(f"/applications/{draft.pk}/").content.decode()
        assert [words in page for words in (title, WHY, "（教育處承辦人）")] == [True, True, True]


def test_what_was_reinstated_says_no_more_that_it_was_stopped(city: SimpleNamespace, as_: As, draft: Application) -> None:
    put_into(draft, "submitted")
    for step in ("ineligible", "reinstate"):
        draft.refresh_from_db()
        as_(city.officer).post(address(draft, f"{step}/"), {"reason": WHY, "version": draft.version, "post_key": KEY + step})
    assert WHY not in as_(city.convener).get(f"/applications/{draft.pk}/").content.decode()
