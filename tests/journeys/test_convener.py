"""A teacher convenes a community: from an invitation to the hand-over to the school, and what comes back from there."""

import uuid

import pytest

from gongxue.records.doors import move
from gongxue.records.models import Application, User
from gongxue.site import clock
from gongxue.site.acting import actor_of
from gongxue.site.demo.cast import DOMAIN
from tests.journeys import convening
from tests.journeys.walking import DESK, PHONE, Town, Walker, expect

pytestmark = [pytest.mark.needs("chromium")]
MAGIC = {"pdf": b"%PDF", "odt": b"PK\x03\x04", "docx": b"PK\x03\x04"}


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_from_an_invitation_to_the_school_and_back_again(town: Town, size: dict[str, int]) -> None:
    email = f"xu@{DOMAIN}"
    convening.invite(email, "徐若晴")
    xu = town.stranger(size)
    convening.accept(xu, town.link_to(email), "徐若晴")
    xu.look("home")
    own = convening.start(xu)
    _write(xu, own)
    _look_at_the_paper(xu, own)
    _write_together(town, xu, own, size)
    _come_back_to_a_version(xu, own)
    xu.go(f"{own}check/")
    expect(xu.page.get_by_text("檢核都通過了")).to_be_visible()
    xu.look("check")
    convening.send(xu)
    xu.look("sent")
    _recall_and_send_again(xu, own)
    _returned_and_corrected(xu, own)
    assert Application.objects.get(pk=_key(own)).state == "signing"


def _write(xu: Walker, own: str) -> None:
    xu.page.get_by_role("link", name="基本資料").first.click()
    convening.basics(xu)
    convening.follow(xu, "儲存，到成員", "成員")
    convening.members(xu)
    convening.follow(xu, "儲存，到進度規劃", "進度規劃")
    convening.schedule(xu)
    convening.follow(xu, "儲存，到預期效益", "預期效益")
    convening.outcomes(xu)
    convening.follow(xu, "儲存，到經費概算", "經費概算")
    convening.budget(xu)
    convening.follow(xu, "儲存，到檢核與送出", "檢核與送出")
    assert Application.objects.get(pk=_key(own)).errors == 0


def _look_at_the_paper(xu: Walker, own: str) -> None:
    xu.press("預覽整份附件二")
    xu.look()
    for kind, name in (("pdf", "下載 PDF"), ("odt", "ODT"), ("docx", "DOCX")):
        with xu.page.expect_download(timeout=60_000) as coming:
            xu.press(name)
        assert (kind, coming.value.path().read_bytes()[:4]) == (kind, MAGIC[kind])
        assert convening.NAME in coming.value.suggested_filename


def _write_together(town: Town, xu: Walker, own: str, size: dict[str, int]) -> None:
    email = f"du@{DOMAIN}"
    xu.go(f"{own}people/")
    xu.fill("電子郵件", email)
    xu.press("寄出邀請")
    expect(xu.page.get_by_text(email).first).to_be_visible()
    xu.look("people")
    du = town.stranger(size)
    convening.accept(du, town.link_to(email), "杜承翰", look=False)
    du.go(f"{own}sections/basics/")
    xu.go(f"{own}sections/basics/")
    expect(xu.page.get_by_text("杜承翰 正在編輯「基本資料」").first).to_be_visible()
    du.fill("任教科目", "國語文")
    du.fill("聯絡電話", "03-5711111#22")
    du.saved()
    xu.fill("職稱", "教師兼組長")
    xu.page.locator("#summary").focus()
    xu.saved()
    expect(xu.page.get_by_label("任教科目", exact=True)).to_have_value("國語文")
    _write_in_one_field(xu, du)
    assert Application.objects.get(pk=_key(own)).document["summary"] == "每週共讀一篇數位文本，輪流示範提問。"


def _write_in_one_field(xu: Walker, du: Walker) -> None:
    du.fill("社群內容概述", "每月共備一次，互相觀課，累積數位閱讀教案。")
    du.page.locator("#name").focus()
    du.saved()
    xu.fill("社群內容概述", "每週共讀一篇數位文本，輪流示範提問。")
    xu.page.locator("#name").focus()
    clash = xu.page.locator("[data-clash=summary]")
    expect(clash).to_contain_text("互相觀課", timeout=15_000)
    expect(clash).to_contain_text("輪流示範提問")
    clash.scroll_into_view_if_needed()
    xu.look("together")
    clash.get_by_role("button", name="改用我寫的").click()
    xu.saved()


def _come_back_to_a_version(xu: Walker, own: str) -> None:
    xu.go(f"{own}history/")
    xu.look("history")
    xu.page.get_by_role("link", name="和目前比較").first.click()
    xu.look()
    xu.press("回到版本與歷程")
    xu.page.get_by_role("link", name="恢復這一版").last.click()
    xu.look()
    xu.press("恢復這一版")
    expect(xu.page.get_by_role("status").first).to_contain_text("內容已經恢復成第")
    xu.page.get_by_role("link", name="反悔").click()
    xu.press("恢復這一版")
    expect(xu.page.get_by_role("status").first).to_contain_text("內容已經恢復成第")
    assert Application.objects.get(pk=_key(own)).document["summary"] == "每週共讀一篇數位文本，輪流示範提問。"


def _recall_and_send_again(xu: Walker, own: str) -> None:
    xu.press("檢核與送出")
    xu.look()
    xu.press("收回修改")
    expect(xu.page.get_by_text("草稿").first).to_be_visible()
    xu.go(f"{own}check/")
    convening.send(xu)


def _returned_and_corrected(xu: Walker, own: str) -> None:
    director = actor_of(User.objects.get(email=f"chang@{DOMAIN}"), clock.now())
    move(_key(own), "return", actor=director, at=clock.now(), reason="第 4 場請寫明授課班級")
    xu.go("/home/")
    expect(xu.page.get_by_text("學校退回：第 4 場請寫明授課班級")).to_be_visible()
    xu.look("returned")
    xu.go(own)
    xu.look()
    xu.go(f"{own}sections/schedule/")
    convening.rows(xu, "sessions").nth(3).get_by_label("地點").fill("四年二班")
    convening.rows(xu, "sessions").nth(3).get_by_label("主持人").focus()
    xu.saved()
    xu.go(f"{own}check/")
    xu.look()
    convening.send(xu)


def _key(own: str) -> uuid.UUID:
    return uuid.UUID(own.strip("/").rpartition("/")[2])
