"""The city's officer sees everything arrive: narrows, takes away, reminds, opens a school late, sends back, and looks after the site."""

import csv
import datetime
import io
import json
import re
import zipfile
from typing import Final

import pytest
from python_calamine import CalamineWorkbook

from gongxue.records.models import Application, LateOpening, Message, Receipt
from gongxue.rules.deadlines import TAIPEI
from gongxue.site import background, clock
from gongxue.site.demo.cast import DOMAIN
from gongxue.site.demo.fill import PASSWORD
from gongxue.site.demo.lives import key_of
from tests.journeys.walking import DESK, PHONE, Town, Walker, expect

pytestmark = [pytest.mark.needs("chromium")]
SIGNED, SUBMITTED = key_of(42), key_of(43)
DAY_AFTER: Final = datetime.datetime(2022, 3, 31, 9, tzinfo=TAIPEI)


def test_everything_is_found_narrowed_and_taken_away(town: Town) -> None:
    cheng = town.enter("cheng")
    cheng.look("officer-home")
    cheng.press("看全市申請")
    cheng.title("111學年度申請")
    cheng.look("desk")
    _narrowed(cheng)
    _taken_away(cheng)
    _packed(cheng)
    cheng.go("/city/schools/")
    cheng.look("schools")
    cheng.press("截止前 1 天")
    cheng.look()
    background.run(background.HEART)
    cheng.go("/upkeep/")
    cheng.look("upkeep")
    cheng.press("看全部的寄件紀錄")
    cheng.look("outbox")
    phone = town.enter("cheng", PHONE)
    for path in ("/city/applications/", "/city/schools/", "/upkeep/", f"/city/applications/{SUBMITTED}/"):
        phone.go(path)
        phone.look("desk" if path == "/city/applications/" else "")


def _narrowed(cheng: Walker) -> None:
    rows = cheng.page.locator("#list .table--cards tbody tr")
    cheng.page.get_by_label("搜尋").press_sequentially("繪本說演")
    expect(rows.first).to_contain_text("繪本說演")
    expect(cheng.page.locator("#list [role=status]")).not_to_contain_text("40 件")
    cheng.look()
    cheng.page.get_by_label("搜尋").fill("沒有這樣的社群")
    cheng.reads("沒有符合的申請")
    cheng.look()
    cheng.go("/city/applications/")
    cheng.page.locator("#school-hc11").click()
    expect(rows).to_have_count(8)
    cheng.choose("狀態", "已送件")
    expect(rows).to_have_count(1)
    cheng.reads("雙語融入生活課程")
    cheng.look("narrowed")
    cheng.press("雙語融入生活課程")
    cheng.look("application")
    cheng.page.go_back()


def _taken_away(cheng: Walker) -> None:
    name = "雙語融入生活課程"
    for kind in ("XLSX", "ODS", "CSV", "JSON"):
        cheng.page.locator("#list summary", has_text="匯出").click()
        _called, data = cheng.fetch(kind)
        if kind == "JSON":
            assert [json.loads(line)["name"] for line in data.splitlines()] == [name]
        elif kind == "CSV":
            assert [row[0] for row in list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))[1:]] == [name]
        else:
            sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
            assert [row[0] for row in sheet[1:]] == [name]
        cheng.page.keyboard.press("Escape")
        cheng.page.reload()


def _packed(cheng: Walker) -> None:
    cheng.page.locator("#list summary", has_text="匯出").click()
    cheng.press("全部 PDF（ZIP）")
    cheng.title("全部 PDF，打包成一個檔案")
    cheng.look()
    background.run_waiting()
    cheng.reads("1 份都打包好了。")
    cheng.look("bundle")
    _called, data = cheng.fetch("下載 ZIP")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        papers = [each for each in archive.namelist() if each.endswith(".pdf")]
        assert (len(papers), "雙語融入生活課程" in papers[0], archive.read(papers[0])[:5]) == (1, True, b"%PDF-")


def test_schools_are_reminded_by_keyboard_alone(town: Town) -> None:
    cheng = town.enter("cheng")
    cheng.reach("a[href='/city/applications/']")
    cheng.title("111學年度申請")
    cheng.reach("#to-remind")
    cheng.title("草擬提醒信")
    cheng.look("remind")
    for key in cheng.page.locator("[name=school]").evaluate_all("boxes => boxes.map(box => box.id)"):
        if key != "school-hc11":
            cheng.reach(f"#{key}", "Space")
    cheng.reach("#id_more", "End")
    cheng.page.keyboard.type("系統操作有問題，請電洽課程教學科。")
    cheng.reach("main .btn-primary")
    cheng.title("看過再寄")
    cheng.reads("東園國小")
    cheng.look("letters")
    cheng.reach("#title-hc11", "End")
    cheng.page.keyboard.type("（第一次提醒）")
    cheng.reach("main .btn-primary")
    cheng.title("寄過的提醒信")
    cheng.look("reminders")
    letters = Message.objects.filter(title__endswith="（第一次提醒）").order_by("to")
    assert [each.to for each in letters] == [f"chang@{DOMAIN}", f"huang@{DOMAIN}"]
    assert all("請電洽課程教學科" in each.body for each in letters)


def test_a_school_is_opened_late_and_an_application_sent_back(town: Town) -> None:
    clock.move_to(DAY_AFTER)
    huang, cheng = town.enter("huang"), town.enter("cheng")
    huang.go("/schools/hc11/submit/")
    huang.reads("已於 111年3月30日（三）23:59 截止，不能再送件。")
    huang.look("late")
    _opened(cheng)
    _submitted_late(huang)
    _ended(cheng)
    _completed(town, cheng)
    _put_right(cheng)


def _opened(cheng: Walker) -> None:
    cheng.go("/city/openings/")
    cheng.look()
    cheng.press("開放一所學校")
    cheng.choose("學校", "東園國小")
    cheng.fill("開放到哪一天", "111/4/1")
    cheng.fill("原因", "3月30日全校停電，當天來電報備。")
    cheng.look("open-late")
    cheng.fill("開放到哪一天", "111/3/1")
    cheng.press("開放")
    expect(cheng.page.locator(".error-summary")).to_be_visible()
    cheng.look()
    cheng.fill("開放到哪一天", "111/4/1")
    cheng.press("開放")
    cheng.title("逾期開放")
    cheng.reads("3月30日全校停電，當天來電報備。")
    cheng.look("openings")
    assert Message.objects.filter(to=f"huang@{DOMAIN}", body__contains="全校停電").count() == 1


def _submitted_late(huang: Walker) -> None:
    huang.go("/schools/hc11/")
    huang.look()
    huang.press("送件（1 件可送）")
    huang.look()
    huang.press("送件")
    huang.press("看回執")
    huang.title("送件回執")
    huang.reads("111年4月1日（五）23:59")
    huang.look()
    assert Receipt.objects.filter(application=SIGNED, voided_at=None, at__gte=DAY_AFTER).count() == 1


def _ended(cheng: Walker) -> None:
    cheng.page.get_by_role("link", name=re.compile("^結束")).click()
    cheng.fill("原因", "已送齊。")
    cheng.look()
    cheng.press("結束開放")
    cheng.title("逾期開放")
    cheng.reads("已結束")
    assert LateOpening.objects.get().ended_at is not None


def _completed(town: Town, cheng: Walker) -> None:
    cheng.go(f"/city/applications/{SUBMITTED}/")
    cheng.press("請補件")
    cheng.fill("原因", "第 2 場請寫明講師的服務單位。")
    expect(cheng.page.get_by_role("radio", name="要重新核章", exact=False).first).to_be_checked()
    cheng.look("completion")
    cheng.fill("原因", "  ")
    cheng.press("請補件")
    expect(cheng.page.locator(".error-summary")).to_be_visible()
    cheng.fill("原因", "第 2 場請寫明講師的服務單位。")
    cheng.press("請補件")
    cheng.look()
    _put_in(town)


def _put_in(town: Town) -> None:
    """The convener completes it, the school signs it again, and it goes back."""
    chen = town.enter("chen", DESK)
    chen.reads("市府請您補件：第 2 場請寫明講師的服務單位。")
    chen.look("completing")
    chen.go(f"/applications/{SUBMITTED}/sections/schedule/")
    chen.page.get_by_label("服務單位").locator("visible=true").first.fill("國立清華大學教育與學習科技學系")
    chen.page.get_by_label("地點").first.focus()
    chen.saved()
    chen.look()
    chen.go(f"/applications/{SUBMITTED}/check/")
    chen.look()
    chen.page.get_by_label(re.compile("以上內容屬實")).check()
    chen.press("送學校重新核章")
    chen.title("已送學校重新核章")
    chen.look("signed-again")
    for who in ("chang", "li", "tsai"):
        _signed_again(town.enter(who, PHONE if who == "tsai" else DESK))
    chen.go(f"/applications/{SUBMITTED}/check/")
    chen.page.get_by_label(re.compile("以上內容屬實")).check()
    chen.press("補件送出")
    chen.look()
    assert Application.objects.get(pk=SUBMITTED).state == "submitted"
    assert Receipt.objects.get(application=SUBMITTED, voided_at=None).how == "online"


def _signed_again(signer: Walker) -> None:
    signer.go(f"/applications/{SUBMITTED}/signing/")
    signer.look()
    signer.fill("再輸入一次您的登入密碼", PASSWORD)
    signer.press("核章")
    signer.title("核章已記錄")
    signer.look()


def _put_right(cheng: Walker) -> None:
    cheng.go(f"/city/applications/{SUBMITTED}/")
    cheng.look()
    cheng.press("不符資格")
    cheng.fill("原因", "同一社群已獲其他計畫補助。")
    cheng.look("ineligible")
    cheng.press("不符資格")
    cheng.look()
    cheng.press("恢復資格")
    cheng.fill("原因", "來文說明經費不重複。")
    cheng.look()
    cheng.press("恢復資格")
    cheng.look()
    assert Application.objects.get(pk=SUBMITTED).state == "submitted"
