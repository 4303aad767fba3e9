"""A teacher convenes a community: from an invitation to the hand-over to the school."""

import pytest

from tests.journeys.walking import DESK, PHONE, Town, expect

pytestmark = [pytest.mark.needs("chromium")]


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_community_is_started_and_its_sections_save_themselves(town: Town, size: dict[str, int]) -> None:
    wu = town.enter("wu", size)
    wu.look("home")
    wu.press("發起社群")
    wu.look("start")
    wu.fill("社群名稱", "數位閱讀共備社群")
    wu.page.get_by_text("專業自主學習社群").first.click()
    wu.press("開始寫申請書")
    wu.look("tasks")
    wu.page.get_by_role("link", name="基本資料").first.click()
    wu.fill("社群內容概述", "以數位文本帶學生閱讀、提問與討論，每月共備一次並互相觀課。")
    wu.saved()
    wu.look("basics")
    expect(wu.page.get_by_text("以數位文本帶學生閱讀")).to_be_visible()
