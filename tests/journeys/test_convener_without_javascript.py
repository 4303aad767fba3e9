"""A teacher convenes a community where no script runs: every step is a form that is sent, and the page that comes."""

import re
import uuid

import pytest

from gongxue.records.models import Application
from gongxue.site.demo.cast import DOMAIN
from tests.journeys import convening
from tests.journeys.walking import PHONE, Town, Walker, expect

pytestmark = [pytest.mark.needs("chromium")]


def test_from_an_invitation_to_the_school_and_back_without_javascript(town: Town) -> None:
    email = f"xu@{DOMAIN}"
    convening.invite(email, "徐若晴")
    xu = town.stranger(PHONE, java_script_enabled=False)
    convening.accept(xu, town.link_to(email), "徐若晴")
    _log_in_again(xu, email)
    own = convening.start(xu)
    _basics(xu)
    _members(xu)
    _schedule(xu)
    _outcomes(xu)
    _budget(xu)
    xu.look()
    convening.send(xu)
    xu.press("檢核與送出")
    xu.press("收回修改")
    xu.title(convening.NAME)
    assert Application.objects.get(pk=uuid.UUID(own.strip("/").rpartition("/")[2])).state == "draft"


def _log_in_again(xu: Walker, email: str) -> None:
    xu.page.locator(".site-menu summary").click()
    xu.page.get_by_role("button", name="登出").locator("visible=true").click()
    xu.title("教師專業學習社群，從申請到成果")
    xu.page.get_by_role("main").get_by_role("link", name="登入").click()
    xu.fill("電子郵件", email)
    xu.fill("密碼", convening.PASSWORD)
    xu.page.get_by_role("main").get_by_role("button", name="登入").click()


def _basics(xu: Walker) -> None:
    xu.press("繼續填寫：基本資料")
    xu.fill("職稱", "教師")
    xu.fill("任教科目", "國語")
    xu.fill("聯絡電話", "03-5711111#21")
    xu.page.get_by_role("group", name="社群內容", exact=True).get_by_label("備觀議課").check()
    xu.page.get_by_role("group", name="社群預計實施方式").get_by_label("協同備課").check()
    xu.fill("社群內容概述", "長" * 101)
    xu.press("儲存")
    xu.reads("概述 101 字")
    xu.look()
    xu.fill("社群內容概述", convening.SUMMARY)
    convening.follow(xu, "儲存，到成員", "成員")


def _members(xu: Walker) -> None:
    xu.press("＋ 增加一位")
    first = convening.rows(xu, "members").nth(0)
    expect(first).to_be_focused()
    first.get_by_label("姓名").fill("杜承翰")
    first.get_by_label("服務學校").fill("東園國小")
    xu.page.get_by_text("貼上名單").click()
    xu.page.locator("#pasted").fill("東園國小\t古佳霖\t生活\n東園國小\t莫詠婕\t國語")
    xu.press("加入名單裡的人")
    expect(convening.rows(xu, "members")).to_have_count(3)
    convening.rows(xu, "members").nth(2).get_by_text("刪除這位成員").click()
    xu.press("放回去")
    expect(convening.rows(xu, "members")).to_have_count(3)
    xu.press("從學校名單挑選")
    xu.fill("姓名", "志明")
    xu.press("搜尋")
    xu.page.get_by_label(re.compile("陳志明")).check()
    xu.press("加入成員")
    expect(convening.rows(xu, "members")).to_have_count(4)
    convening.follow(xu, "儲存，到進度規劃", "進度規劃")


def _schedule(xu: Walker) -> None:
    xu.page.locator("#lay_start").fill("16:10")
    xu.page.locator("#lay_end").fill("17:40")
    xu.page.locator("#lay_weekday").select_option(label="星期三")
    xu.press("排進日期")
    expect(convening.rows(xu, "sessions")).to_have_count(6)
    expect(convening.rows(xu, "sessions").first).to_be_focused()
    for number, (content, way) in enumerate(convening.SESSIONS):
        convening.session(convening.rows(xu, "sessions").nth(number), content, way)
    convening.rows(xu, "sessions").nth(3).get_by_label("這一場是課堂實踐").check()
    lecture = convening.rows(xu, "sessions").nth(1)
    lecture.get_by_text("講座或專家學者").click()
    lecture.get_by_label("姓名").fill("歐陽謹")
    lecture.get_by_label("服務單位").fill("國立清華大學")
    lecture.get_by_label("講座類別").select_option(label="外聘")
    lecture.get_by_label("支領節數").fill("一節")
    xu.press("儲存")
    xu.reads("這些欄位還沒有存進去，其他的都存好了")
    xu.look()
    expect(lecture.get_by_label("支領節數")).to_have_value("一節")
    lecture.get_by_label("支領節數").fill("1")
    lecture.get_by_text("下移").click()
    expect(convening.rows(xu, "sessions").nth(2).get_by_label("姓名")).to_have_value("歐陽謹")
    convening.follow(xu, "儲存，到預期效益", "預期效益")


def _outcomes(xu: Walker) -> None:
    xu.press("＋ 增加一項")
    xu.fill("預期效益", "完成四份數位閱讀教案")
    xu.fill("具體檢核方式", "教案四份上傳校內平臺，並各試教一次")
    convening.follow(xu, "儲存，到經費概算", "經費概算")


def _budget(xu: Walker) -> None:
    page = xu.page
    page.locator("[id='part:offers'] .finding").get_by_role("button", name="加入").first.click()
    page.get_by_text("＋ 增加項目").click()
    xu.press("印刷費")
    page.get_by_role("group", name="印刷費").get_by_label("數量").fill("80")
    page.get_by_role("group", name="印刷費").get_by_label("單價").fill("100")
    xu.press("儲存")
    xu.reads("超過上限")
    xu.look()
    page.get_by_role("group", name="印刷費").get_by_label("數量").fill("10")
    convening.follow(xu, "儲存，到檢核與送出", "檢核與送出")
