"""A completion on its pages: what the city asked for, whether it is signed again, and what is to be done next."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import translation

from gongxue.records.actor import Actor
from gongxue.records.completion import ask_seals
from gongxue.records.doors import edit, move
from gongxue.records.models import Application, Message
from gongxue.records.signatures import signable
from gongxue.records.signing import sign
from gongxue.site.mail.telling import tell
from tests.records.city import CHAIN, LATER, NOON, put, take_to_signed

As = Callable[[Actor], Client]
KEY = "k" * 24
pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def submitted(city: SimpleNamespace, draft: Application) -> Application:
    """The draft with its whole chain, submitted."""
    take_to_signed(city, draft)
    return move(draft.pk, "submit", actor=city.clerk, at=NOON)


def ask(city: SimpleNamespace, as_: As, application: Application, again: str) -> None:
    told = {"reason": "請補講師單位。", "seals_again": again, "post_key": KEY}
    assert as_(city.officer).post(f"/city/applications/{application.pk}/completion/", told).status_code == 302
    edit(application.pk, [put("summary", application.document["summary"], "補件後的摘要")], actor=city.convener, at=NOON)


def page(browser: Client, application: Application, what: str = "") -> str:
    return browser.get(f"/applications/{application.pk}/{what}").content.decode()


def seal_all(city: SimpleNamespace, application: Application) -> None:
    for role in CHAIN:
        paper = signable(Application.objects.get(pk=application.pk))
        sign(application.pk, version=paper.version, digest=paper.digest, actor=getattr(city, role), at=NOON)


def test_the_officer_is_asked_and_the_safe_answer_stands_there(city: SimpleNamespace, as_: As, submitted: Application) -> None:
    address = f"/city/applications/{submitted.pk}/completion/"
    assert 'name="seals_again" value="yes" checked' in as_(city.officer).get(address).content.decode()
    answer = as_(city.officer).post(address, {"reason": "", "seals_again": "no", "post_key": KEY})
    assert (answer.status_code, 'name="seals_again" value="no" checked' in answer.content.decode()) == (422, True)
    answer = as_(city.officer).post(address, {"reason": "請補。", "post_key": KEY})
    assert (answer.status_code, "請選要不要重新核章。" in answer.content.decode()) == (422, True)


def test_to_be_signed_again_it_goes_to_the_chain_first_and_then_to_the_city(city: SimpleNamespace, as_: As, submitted: Application) -> None:
    ask(city, as_, submitted, "yes")
    browser = as_(city.convener)
    assert "改過的內容要重新核章：" in page(browser, submitted)
    check = page(browser, submitted, "check/")
    assert ("送學校重新核章</button>" in check, "補件送出</button>" in check) == (True, False)
    assert "「承辦主任」尚未核章。" in page(as_(city.clerk), submitted, "submission/complete/")
    version = Application.objects.get().version
    told = {"version": version, "declared": "yes", "post_key": KEY}
    assert browser.post(f"/applications/{submitted.pk}/seals/", told).headers["Location"] == f"/applications/{submitted.pk}/sent/"
    assert "已送學校重新核章" in page(browser, submitted, "sent/")
    assert "學校重新核章中" in page(browser, submitted, "check/")
    director = as_(city.director)
    assert ("您以承辦主任核章" in page(director, submitted, "signing/"), "等您核章" in director.get("/home/").content.decode()) == (
        True,
        True,
    )
    seal_all(city, submitted)
    check = page(browser, submitted, "check/")
    assert ("送學校重新核章</button>" in check, "補件送出</button>" in check) == (False, True)


def test_who_signs_returns_it_and_the_convener_reads_why(city: SimpleNamespace, as_: As, submitted: Application) -> None:
    ask(city, as_, submitted, "yes")
    director = as_(city.director)
    assert "/signing/return/" not in page(director, submitted, "signing/")
    ask_seals(submitted.pk, version=Application.objects.get().version, actor=city.convener, at=NOON)
    assert f"/applications/{submitted.pk}/signing/return/" in page(director, submitted, "signing/")
    paper = signable(Application.objects.get())
    told = {"version": paper.version, "digest": paper.digest, "post_key": KEY, "reason": "第 2 場單位還是空白"}
    assert "退回後召集人可以修改" in page(director, submitted, "signing/return/")
    assert director.post(f"/applications/{submitted.pk}/signing/return/", told).status_code == 302
    assert "改好後再送學校重新核章" in page(director, submitted, "signing/done/")
    seen = page(as_(city.convener), submitted)
    assert seen.index("學校退回補件，請修改後再送學校重新核章") < seen.index("第 2 場單位還是空白") < seen.index("市府請您補件")
    assert "學校退回補件：第 2 場單位還是空白" in as_(city.convener).get("/home/").content.decode()
    assert "送學校重新核章</button>" in page(as_(city.convener), submitted, "check/")


@pytest.mark.parametrize(("again", "before"), [("yes", "送學校重新核章前，還有 1 件事"), ("no", "補件送出前，還有 1 件事")])
def test_what_is_left_is_left_before_the_step_that_comes_next(
    city: SimpleNamespace, as_: As, submitted: Application, again: str, before: str
) -> None:
    ask(city, as_, submitted, again)
    edit(submitted.pk, [put("summary", "補件後的摘要", "")], actor=city.convener, at=NOON)
    for seen in (page(as_(city.convener), submitted), page(as_(city.convener), submitted, "check/")):
        assert (before in seen, "送學校核章前" in seen) == (True, False)


def test_not_to_be_signed_again_the_pages_say_which_seals_no_longer_cover_it(
    city: SimpleNamespace, as_: As, submitted: Application
) -> None:
    ask(city, as_, submitted, "no")
    browser = as_(city.convener)
    assert "改過的內容不必重新核章" in page(browser, submitted)
    assert "補件送出</button>" in page(browser, submitted, "check/")
    assert "您以承辦主任核章" not in page(as_(city.director), submitted, "signing/")
    move(submitted.pk, "complete", actor=city.clerk, at=NOON)
    for seen in (
        page(browser, submitted, "signing/"),
        page(browser, submitted, "receipt/"),
        as_(city.officer).get(f"/city/applications/{submitted.pk}/").content.decode(),
    ):
        assert "下列的章核的是補件以前的內容，不涵蓋這一版：" in seen
        assert "校長 principal・第 4 版" in seen


def test_the_clerk_s_page_offers_nothing_that_would_be_refused(city: SimpleNamespace, as_: As, submitted: Application) -> None:
    ask(city, as_, submitted, "yes")
    seen = page(as_(city.clerk), submitted, "submission/complete/").split("<main")[1]
    assert ("<button" in seen, f"/applications/{submitted.pk}/check/" in seen) == (False, True)
    ask_seals(submitted.pk, version=Application.objects.get().version, actor=city.clerk, at=NOON)
    seal_all(city, submitted)
    assert "<button" in page(as_(city.clerk), submitted, "submission/complete/").split("<main")[1]


@pytest.mark.parametrize(
    ("again", "told"), [("yes", "補正的內容要由學校重新核章，核完再送出。"), ("no", "請依說明補正後送出，不必重新核章。")]
)
def test_the_letter_says_which(city: SimpleNamespace, as_: As, submitted: Application, again: str, told: str) -> None:
    ask(city, as_, submitted, again)
    with translation.override("zh-hant"):
        tell(LATER)
    letter = Message.objects.filter(to="convener@example.edu.tw", letter="mail/notices").latest("pk")
    assert told in letter.body
