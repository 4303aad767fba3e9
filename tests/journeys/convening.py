"""What a convener does, step by step: each step is somebody's who types, ticks and presses; where they are and what they see is asked."""

import datetime
import re
from typing import Final

from playwright.sync_api import Locator

from gongxue.records.invitations import invite_to_post
from gongxue.records.models import School, User
from gongxue.site import clock
from gongxue.site.acting import actor_of
from gongxue.site.demo.cast import DOMAIN, HOME
from gongxue.site.mail.posting import post_letter
from tests.journeys.walking import Walker, expect

NAME: Final = "數位閱讀共備社群"
SUMMARY: Final = "以數位文本帶學生閱讀、提問與討論，每月共備一次，並互相觀課。"
SESSIONS: Final = (
    ("選文本與分工", "主題探討"),
    ("數位閱讀講座", "專題講座"),
    ("共同備課", "共同備課"),
    ("四年級閱讀課", "教學方法創新"),
    ("線上交流", "主題經驗分享"),
    ("學生作品分析", "案例分析"),
)
"""What each session is about, and its way."""
PASSWORD: Final = "每週三一起讀書喔喔喔"  # noqa: S105  # of somebody who lives for one test


def invite(email: str, name: str) -> None:
    """The school's clerk invites a teacher by e-mail; the letter lies in the outbox."""
    clerk, at = User.objects.get(email=f"huang@{DOMAIN}"), clock.now()
    school = School.objects.get(name=HOME)
    invited = invite_to_post(email, name, "member", school.pk, first=datetime.date(2022, 3, 20), actor=actor_of(clerk, at), at=at)
    context = {"invitation": invited.invitation, "link": f"https://city.example/accounts/invitation/{invited.token}/", "by": clerk.name}
    post_letter("accounts/invitation", email, context, at=at, invitation=invited.invitation)


def accept(walker: Walker, link: str, name: str, *, look: bool = True) -> None:
    """Follow the link of the letter: the page shows, the button acts."""
    walker.go(link)
    if look:
        walker.look()
    walker.fill("姓名", name)
    walker.fill("新密碼", PASSWORD)
    walker.fill("再輸入一次新密碼", PASSWORD)
    walker.press("建立帳號並接受邀請")


def start(walker: Walker) -> str:
    """Start a community; the address of its front page."""
    walker.press("發起社群")
    walker.look("start")
    walker.fill("社群名稱", NAME)
    walker.page.get_by_text("專業自主學習社群").first.click()
    walker.press("開始寫申請書")
    expect(walker.page.get_by_role("heading", level=1)).to_have_text(NAME)
    walker.look("tasks")
    return walker.page.url.removeprefix(walker.address)


def basics(walker: Walker) -> None:
    """The basics; a summary that is too long is told of, and no longer once it is short."""
    page = walker.page
    walker.fill("職稱", "教師")
    walker.fill("任教科目", "國語")
    walker.fill("聯絡電話", "03-5711111#21")
    page.get_by_role("group", name="社群內容", exact=True).get_by_label("備觀議課").check()
    page.get_by_role("group", name="社群預計實施方式").get_by_label("協同備課").check()
    walker.fill("社群內容概述", "長" * 101)
    walker.fill("職稱", "導師")
    expect(page.get_by_text("101／100 字")).to_be_visible()
    said = page.locator("[id='at:summary']")
    expect(said).to_contain_text("概述 101 字", timeout=15_000)
    walker.saved()
    said.scroll_into_view_if_needed()
    walker.look("finding")
    walker.fill("社群內容概述", SUMMARY)
    walker.fill("職稱", "教師")
    expect(said).to_be_empty(timeout=15_000)
    walker.saved()
    walker.look()


def members(walker: Walker) -> None:
    """One typed, two pasted, one picked of the school's list."""
    page = walker.page
    expect(page.get_by_text("還沒有成員。")).to_be_visible()
    walker.look()
    walker.press("＋ 增加一位")
    first = rows(walker, "members").nth(0)
    expect(first.get_by_label("姓名")).to_be_focused()
    page.keyboard.type("杜承翰")
    first.get_by_label("服務學校").fill("東園國小")
    first.get_by_label("任教科目").fill("國語")
    walker.saved()
    page.get_by_text("貼上名單").click()
    page.locator("#pasted").fill("序號\t學校\t姓名\t科目\n1\t東園國小\t古佳霖\t生活\n2\t東園國小\t莫詠婕\t國語\n3\t東園國小\t杜承翰\t國語")
    walker.press("加入名單裡的人")
    expect(rows(walker, "members")).to_have_count(3)
    walker.press("從學校名單挑選")
    page.get_by_label(re.compile("陳志明")).check()
    walker.look()
    walker.press("加入成員")
    expect(rows(walker, "members")).to_have_count(4)
    expect(page.get_by_text("共 5 人（含召集人）")).to_be_visible()
    walker.look("members")


def schedule(walker: Walker) -> None:
    """The helper lays the dates; each session is filled."""
    page = walker.page
    page.locator("#lay_start").fill("16:10")
    page.locator("#lay_end").fill("17:40")
    page.locator("#lay_weekday").select_option(label="星期三")
    expect(page.locator("#laid")).to_contain_text("會排 6 場：", timeout=15_000)
    page.locator("#laying").scroll_into_view_if_needed()
    walker.look("schedule")
    walker.press("排進日期")
    expect(rows(walker, "sessions")).to_have_count(6)
    for number, (content, way) in enumerate(SESSIONS):
        row = rows(walker, "sessions").nth(number)
        session(row, content, way)
    practice = rows(walker, "sessions").nth(3)
    practice.get_by_label("結束").fill("17:00")
    practice.get_by_label("這一場是課堂實踐").check()
    lecture = rows(walker, "sessions").nth(1)
    lecture.get_by_text("講座或專家學者").click()
    lecture.get_by_label("姓名").fill("歐陽謹")
    lecture.get_by_label("服務單位").fill("國立清華大學")
    lecture.get_by_label("講座類別").select_option(label="外聘")
    lecture.get_by_label("支領節數").fill("1")
    lecture.get_by_label("支領節數").blur()
    walker.saved()
    walker.look()


def session(row: Locator, content: str, way: str) -> None:
    """Fill one session."""
    row.get_by_label("實施內容").fill(content)
    row.get_by_text("實施方式").first.click()
    row.get_by_label(way, exact=True).check()
    row.get_by_label("主持人").fill("徐若晴")
    row.get_by_label("地點").fill("圖書室")


def outcomes(walker: Walker) -> None:
    """One outcome, and how it is checked."""
    expect(walker.page.get_by_text("還沒有任何一項。")).to_be_visible()
    walker.press("＋ 增加一項")
    walker.page.keyboard.type("完成四份數位閱讀教案")
    walker.fill("具體檢核方式", "教案四份上傳校內平臺，並各試教一次")
    walker.saved()
    walker.look()


def budget(walker: Walker) -> None:
    """Lines from the schedule and the list, an item that feeds its line; the bar tells what is over the ceiling."""
    page = walker.page
    page.locator("[id='part:offers'] .finding").get_by_role("button", name="加入").first.click()
    fee = page.get_by_role("group", name=re.compile("外聘講座鐘點費")).first
    expect(fee.get_by_label("單價")).to_be_visible()
    line(walker, "印刷費", "80", "100")
    expect(page.locator("[id='part:money']")).to_contain_text("超過上限", timeout=15_000)
    page.locator(".budget__row").last.scroll_into_view_if_needed()
    walker.look("budget")
    page.get_by_role("group", name="印刷費").get_by_label("數量").fill("10")
    page.get_by_role("group", name="印刷費").get_by_label("單價").fill("50")
    walker.press("＋ 增加品項")
    item = page.get_by_role("group", name="品項 1")
    item.get_by_label("品名").fill("書寫板")
    item.get_by_label("數量").fill("3")
    item.get_by_label("單位").fill("組")
    item.get_by_label("單價").fill("300")
    item.get_by_label("單價").blur()
    expect(item.locator("output")).to_have_text("900", timeout=15_000)
    expect(page.locator("[id='part:money']")).not_to_contain_text("超過上限", timeout=15_000)
    walker.saved()
    walker.look()


def line(walker: Walker, label: str, quantity: str, price: str) -> None:
    """Add a line of the budget and fill it."""
    walker.page.get_by_text("＋ 增加項目").click()
    walker.press(label)
    group = walker.page.get_by_role("group", name=label)
    group.get_by_label("數量").fill(quantity)
    group.get_by_label("單價").fill(price)
    group.get_by_label("單價").blur()


def rows(walker: Walker, name: str) -> Locator:
    """The rows of a list."""
    return walker.page.locator(f"[data-rows={name}] > [data-row]")


def follow(walker: Walker, button: str, heading: str) -> None:
    """Save, and go on to the next section."""
    walker.press(button)
    expect(walker.page.get_by_role("heading", level=1)).to_have_text(heading, timeout=20_000)


def send(walker: Walker) -> None:
    """Declare it true and send it to the school."""
    walker.page.get_by_label(re.compile("以上內容屬實")).check()
    walker.press("送學校核章")
    expect(walker.page.get_by_text("已送學校核章").first).to_be_visible()
