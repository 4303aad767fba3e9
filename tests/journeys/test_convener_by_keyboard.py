"""A teacher convenes a community by keyboard alone, on a small window as at 200 % zoom, where bars stick to the foot."""

import re
import uuid

import pytest

from gongxue.records.models import Application
from gongxue.site.demo.cast import DOMAIN
from tests.journeys import convening
from tests.journeys.keys import Hands
from tests.journeys.walking import Town, expect

pytestmark = [pytest.mark.needs("chromium")]
ZOOMED, EMAIL, NAME = {"width": 640, "height": 450}, f"xu@{DOMAIN}", "徐若晴"
FEE = re.compile("外聘講座鐘點費")
TRUE = "以上內容屬實，成員都同意參加；同一社群沒有接受其他計畫補助。"


def test_from_an_invitation_to_the_school_and_back_by_keyboard_alone(town: Town) -> None:
    convening.invite(EMAIL, NAME)
    walker = town.stranger(ZOOMED)
    xu = Hands(walker)
    walker.go(town.link_to(EMAIL))
    _accept(xu)
    own = _start(xu)
    _basics(xu)
    _members(xu)
    _schedule(xu)
    _outcomes(xu)
    _budget(xu)
    _sent_and_recalled(xu)
    assert Application.objects.get(pk=uuid.UUID(own.strip("/").rpartition("/")[2])).state == "draft"


def _accept(xu: Hands) -> None:
    xu.write("姓名", NAME)
    xu.write("新密碼", convening.PASSWORD)
    xu.write("再輸入一次新密碼", convening.PASSWORD)
    xu.press("建立帳號並接受邀請")
    xu.arrives(f"{NAME}，接下來")
    xu.press("選單")
    xu.press("登出")
    xu.arrives("教師專業學習社群，從申請到成果")
    xu.press("登入")
    xu.arrives("登入")
    xu.write("電子郵件", EMAIL)
    xu.write("密碼", convening.PASSWORD)
    xu.keys.press("Enter")
    xu.arrives(f"{NAME}，接下來")


def _start(xu: Hands) -> str:
    xu.press("發起社群")
    xu.arrives("發起社群")
    xu.write("社群名稱", convening.NAME)
    xu.keys.press("Tab")
    xu.keys.press("Space")
    xu.press("開始寫申請書")
    xu.arrives(convening.NAME)
    return xu.page.url.removeprefix(xu.walker.address)


def _basics(xu: Hands) -> None:
    xu.press("繼續填寫：基本資料")
    xu.arrives("基本資料")
    xu.write("職稱", "教師")
    xu.write("任教科目", "國語")
    xu.write("聯絡電話", "03-5711111#21")
    xu.tick("備觀議課")
    xu.write("社群內容概述", convening.SUMMARY)
    xu.tick("協同備課")
    xu.stays()
    assert xu.round() > 40
    xu.press("儲存，到成員")
    xu.arrives("成員")


def _members(xu: Hands) -> None:
    xu.press("＋ 增加一位")
    xu.stays()
    xu.write("姓名", "杜承翰", "成員 1")
    xu.write("服務學校", "東園國小", "成員 1")
    xu.keys.press("Escape")
    xu.write("任教科目", "國語", "成員 1")
    xu.press("＋ 增加一位")
    xu.write("姓名", "多餘", "成員 2")
    xu.walker.saved()
    xu.write("服務學校", "東園國小", "成員 2")  # what was said of it goes while one stands on its link
    for _ in range(3):
        xu.keys.press("Tab")
    xu.stays()
    xu.walker.saved()
    xu.stays()
    xu.press("刪除這位成員", "成員 2")
    xu.stays()
    _picked(xu)
    xu.press("儲存，到進度規劃")
    xu.arrives("進度規劃")


def _picked(xu: Hands) -> None:
    xu.press("從學校名單挑選")
    xu.arrives("從學校名單挑選")
    xu.write("姓名", "志明")
    xu.press("搜尋")
    expect(xu.page.locator("[name=user]")).to_have_count(1)
    xu.keys.press("Tab")
    box = xu.page.locator("[name=user]").locator("xpath=..").inner_text()
    xu.tick(" ".join(box.split()))
    xu.press("加入成員")
    xu.arrives("成員")
    expect(convening.rows(xu.walker, "members")).to_have_count(2)


def _schedule(xu: Hands) -> None:
    xu.choose("星期幾", "星期三")
    xu.write("開始", "16:10")
    xu.write("結束", "17:40")
    xu.keys.press("Tab")
    expect(xu.page.locator("#laid")).to_contain_text("會排 6 場：", timeout=15_000)
    xu.press("排進日期")
    expect(convening.rows(xu.walker, "sessions")).to_have_count(6)
    xu.stays()
    for number, (content, way) in enumerate(convening.SESSIONS, 1):
        _session(xu, f"場次：{number}", content, way)
    _lecture(xu, "場次：2")
    xu.tick("這一場是課堂實踐", "場次：4")
    xu.press("上移", "場次：4")
    xu.stays()
    xu.press("下移", "場次：3")
    xu.stays()
    xu.press("刪除這一場", "場次：6")
    xu.stays()
    xu.press("放回去")
    xu.stays()
    xu.press("儲存，到預期效益")
    xu.arrives("預期效益")


def _session(xu: Hands, row: str, content: str, way: str) -> None:
    xu.write("實施內容", content, row)
    xu.press("實施方式", row, "Space")
    xu.tick(way, row)
    xu.write("主持人", NAME, row)
    xu.write("地點", "圖書室", row)


def _lecture(xu: Hands, row: str) -> None:
    xu.to("講座或專家學者", row)
    if not xu.page.evaluate("document.activeElement.parentElement.open"):
        xu.keys.press("Enter")
    xu.write("姓名", "歐陽謹", row)
    xu.write("服務單位", "國立清華大學", row)
    xu.choose("講座類別", "外聘", row)
    xu.write("支領節數", "1", row)


def _outcomes(xu: Hands) -> None:
    xu.press("＋ 增加一項")
    xu.stays()
    xu.keys.insert_text("完成四份數位閱讀教案")
    xu.write("具體檢核方式", "教案四份上傳校內平臺，並各試教一次")
    xu.press("儲存，到經費概算")
    xu.arrives("經費概算")


def _budget(xu: Hands) -> None:
    xu.press("加入")
    expect(xu.page.get_by_role("group", name=FEE).get_by_label("單價")).to_be_visible()
    xu.stays()
    xu.press("＋ 增加項目", key="Space")
    xu.keys.press("Escape")
    xu.stays()
    xu.press("＋ 增加項目", key="Space")
    xu.press("印刷費")
    expect(xu.page.get_by_role("group", name="印刷費").get_by_label("單價")).to_be_visible()
    xu.stays()
    xu.write("數量", "10", "印刷費")
    xu.write("單價", "50", "印刷費")
    xu.press("儲存，到檢核與送出")
    xu.arrives("檢核與送出")


def _sent_and_recalled(xu: Hands) -> None:
    assert xu.round() > 20
    xu.tick(TRUE)
    xu.press("送學校核章")
    xu.arrives("已送學校核章")
    xu.press("檢核與送出")
    xu.arrives("檢核與送出")
    xu.press("收回修改")
    xu.arrives(convening.NAME)
