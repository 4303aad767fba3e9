"""A teacher who reads English convenes a community: not a Chinese sentence of ours is left on the way."""

import re
import uuid

import pytest
from pytest_django import Settings

from gongxue.records.models import Application
from gongxue.site.demo.cast import DOMAIN
from tests.journeys import convening
from tests.journeys.english import data, left_in_chinese
from tests.journeys.walking import DESK, Town, Walker, expect

ASIDE = ("/call/", "/applications/copy/", "/applications/read-in/", "/accounts/")
EMAIL, NAME = f"xu@{DOMAIN}", "徐若晴"
WRITTEN = {NAME, convening.NAME, convening.SUMMARY, *(content for content, _ in convening.SESSIONS), "杜承翰", "數學", "歐陽謹"}


class Reader(Walker):
    """Somebody who looks at every page for Chinese. Its colours, three quarters of a look, are looked at on the Chinese page."""

    passed_over = ("color-contrast",)
    known: set[str] = set()  # noqa: RUF012  # replaced as a whole, never added to

    def look(self, picture: str = "") -> None:
        """Nothing is found at fault, and nothing of ours is Chinese."""
        super().look(picture)
        self.known = self.known or data() | WRITTEN
        left = left_in_chinese(self.page, self.known)
        assert (self.page.url, self.page.evaluate("document.documentElement.lang"), left) == (self.page.url, "en", [])

    def next(self, button: str, heading: str) -> None:
        """Look at the page, press on, and look at what comes."""
        self.press(button)
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading, timeout=20_000)
        self.look()


@pytest.mark.needs("chromium")
def test_not_a_chinese_sentence_of_ours_is_left_on_the_whole_way(town: Town) -> None:
    convening.invite(EMAIL, NAME)
    somebody = town.stranger(DESK)
    xu = Reader(somebody.context, somebody.page, somebody.address)
    xu.go(town.link_to(EMAIL))
    assert "建立帳號並接受邀請" in left_in_chinese(xu.page, data())  # the check finds what it looks for
    xu.page.get_by_role("button", name="English").locator("visible=true").click()
    xu.look()
    own = _accepted(xu)
    _basics(xu)
    _members(xu)
    _schedule(xu)
    _outcomes_and_budget(xu)
    _around(xu, own)
    xu.go(f"{own}check/")
    xu.page.get_by_label(re.compile("true")).check()
    xu.next("Send to the school", "Sent to the school to be signed off")
    xu.next("Check and send", "Check and send")
    xu.next("Recall", convening.NAME)
    assert Application.objects.get(pk=uuid.UUID(own.strip("/").rpartition("/")[2])).state == "draft"


def test_english_changes_no_colour(settings: Settings) -> None:
    """Nor the size of a letter: so the contrast that was looked at in Chinese is that in English."""
    rules = re.findall(r"([^{}]*:lang\(en\)[^{}]*)\{([^{}]*)\}", (settings.BUILT / "site/gongxue.css").read_text("utf-8"))
    telling = re.compile("color|background|opacity|filter|font-size|font-weight|font:")
    assert (len(rules) > 3, [name for name, told in rules if telling.search(told)]) == (True, [])


def _accepted(xu: Reader) -> str:
    xu.fill("Name", NAME)
    xu.fill("New password", convening.PASSWORD)
    xu.fill("New password again", convening.PASSWORD)
    xu.next("Make the account and accept", f"{NAME}, what next")
    xu.next("Start a community", "Start a community")
    xu.fill("Name of the community", convening.NAME)
    xu.page.locator("[name=tier]").first.check()
    xu.next("Start the application", convening.NAME)
    return xu.page.url.removeprefix(xu.address)


def _basics(xu: Reader) -> None:
    xu.next("Go on: Basics", "Basics")
    xu.fill("Title", "教師")
    xu.fill("Subject", "數學")
    xu.fill("Phone", "03-5711111#21")
    xu.page.locator("[name=content_types][value=lesson_study]").check()
    xu.page.locator("[name=approaches][value=co_planning]").check()
    xu.fill("Summary", "長" * 101)
    xu.page.locator("#name").focus()
    expect(xu.page.locator("[id='at:summary']")).to_contain_text("101 characters", timeout=15_000)
    xu.look()
    xu.fill("Summary", convening.SUMMARY)
    xu.next("Save, on to Members", "Members")


def _members(xu: Reader) -> None:
    xu.press("+ Add a member")
    xu.fill("Name", "杜承翰")
    xu.fill("School", "東園國小")
    xu.page.get_by_label("Subject").first.focus()
    expect(xu.page.locator("#saved")).to_contain_text("Saved", timeout=15_000)
    xu.look()
    xu.next("Pick from the school's people", "Pick from the school's people")
    xu.page.get_by_label(re.compile("陳志明")).check()
    xu.next("Add to the members", "Members")
    xu.next("Save, on to Schedule", "Schedule")


def _schedule(xu: Reader) -> None:
    xu.page.locator("#lay_start").fill("16:10")
    xu.page.locator("#lay_end").fill("17:40")
    xu.page.locator("#lay_weekday").select_option(label="Wednesday")
    expect(xu.page.locator("#laid")).to_contain_text("6", timeout=15_000)
    xu.press("Lay the dates")
    rows = convening.rows(xu, "sessions")
    expect(rows).to_have_count(6)
    xu.look()
    for number, (content, _) in enumerate(convening.SESSIONS):
        rows.nth(number).get_by_label("Content").fill(content)
        rows.nth(number).get_by_text("Methods").first.click()
        rows.nth(number).locator("[value=topic_discussion]").check()
        rows.nth(number).get_by_label("Host").fill(NAME)
        rows.nth(number).get_by_label("Place").fill("東園國小")
    rows.nth(3).get_by_label("This session is classroom practice").check()
    rows.nth(1).get_by_text("Lecturer or expert").click()
    rows.nth(1).get_by_label("Name").fill("歐陽謹")
    rows.nth(1).get_by_label("Kind of lecturer").select_option(value="external")
    rows.nth(1).get_by_label("Paid periods").fill("1")
    xu.page.locator("#lay_first").focus()
    expect(xu.page.locator("#saved")).to_contain_text("Saved", timeout=15_000)
    xu.look()
    xu.next("Save, on to Outcomes", "Outcomes")


def _outcomes_and_budget(xu: Reader) -> None:
    xu.press("+ Add one")
    xu.fill("Expected outcome", convening.SUMMARY)
    xu.fill("How it is checked", convening.SUMMARY)
    xu.next("Save, on to Budget", "Budget")
    xu.press("Add")
    expect(xu.page.locator(".budget__row")).to_have_count(2)
    xu.look()
    xu.next("Save, on to check and send", "Check and send")


def _around(xu: Reader, own: str) -> None:
    """Everything else that a convener comes by."""
    for path in (own, *(f"{own}{each}/" for each in ("people", "history", "preview", "withdraw")), *ASIDE):
        xu.go(path)
        xu.look()
