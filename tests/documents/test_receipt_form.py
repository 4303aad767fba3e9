"""The receipt of a submission: what it says, and the instant it says it with."""

import datetime

import msgspec
import pytest

from gongxue.documents.blocks import Paper, Paragraph, Table, Title, blanks
from gongxue.documents.html import render_html
from gongxue.documents.phrases.quoting import shown
from gongxue.documents.receipt_form import ReceiptFacts, receipt_form
from gongxue.rules.application import Application
from gongxue.rules.deadlines import TAIPEI
from gongxue.rules.programme_file import load_programme
from tests.documents.people import GAMES

HSINCHU = load_programme("hsinchu-111")
BEFORE = datetime.datetime(2022, 3, 31, tzinfo=TAIPEI)
FACTS = ReceiptFacts(
    "111-0001", BEFORE - datetime.timedelta(microseconds=1), BEFORE, 7, "a" * 64, "b" * 64, "王美玲（承辦人）", "送件", "線上核章"
)


def rows(paper: Paper) -> dict[str, str]:
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    return {shown(row.cells[0].lines): shown(row.cells[1].lines) for table in tables for row in table.rows}


def test_it_says_what_came_in_when_and_by_which_deadline() -> None:
    paper = receipt_form(GAMES, HSINCHU, FACTS)
    assert paper.blocks[0] == Title("送件回執", subtitle="新竹市111學年度教師專業學習社群申請計畫")
    assert rows(paper) == {
        "收件時間": "111年3月30日（三）23:59:59（臺北時間）",
        "截止時間": "111年3月30日（三）23:59:59（臺北時間）",
        "事由": "送件",
        "送件人": "王美玲（承辦人）",
        "核章": "線上核章",
        "學校": "新竹市北區北門國民小學",
        "社群名稱": "數學遊戲社群",
        "申請類別": "專業自主學習社群",
        "跨校社群": "否",
        "社群人數": "3 人（含召集人）",
        "辦理次數": "6 次",
        "申請經費": "4,822 元（新臺幣肆仟捌佰貳拾貳元整）",
        "申請書版本": "第 7 版",
        "申請書校驗碼": "a" * 64,
    }
    assert (paper.version, paper.digest, blanks(paper)) == ("7", "b" * 64, ())


@pytest.mark.parametrize("zone", [datetime.UTC, datetime.timezone(datetime.timedelta(hours=-9))])
def test_the_time_is_that_of_taipei_wherever_the_server_stands(zone: datetime.tzinfo) -> None:
    moved = msgspec.structs.replace(FACTS, at=FACTS.at.astimezone(zone), before=BEFORE.astimezone(zone))
    assert receipt_form(GAMES, HSINCHU, moved) == receipt_form(GAMES, HSINCHU, FACTS)


def test_one_that_no_longer_holds_says_so_first() -> None:
    paper = receipt_form(GAMES, HSINCHU, msgspec.structs.replace(FACTS, voided="已於 111年3月30日（三）09:00:00 撤回送件"))
    assert paper.blocks[2] == Paragraph((("【本回執已失效】已於 111年3月30日（三）09:00:00 撤回送件",),))


def test_without_a_deadline_it_says_that_there_is_none() -> None:
    assert rows(receipt_form(GAMES, HSINCHU, msgspec.structs.replace(FACTS, before=None)))["截止時間"] == "本計畫未訂截止時間"


def test_where_the_city_opened_the_school_late_it_says_so_and_when_all_others_closed() -> None:
    later = msgspec.structs.replace(FACTS, before=datetime.datetime(2022, 4, 3, tzinfo=TAIPEI))
    told = "111年4月2日（六）23:59:59（臺北時間）；市府為該校逾期開放，全市於 111年3月30日（三）23:59:59 截止"
    assert rows(receipt_form(GAMES, HSINCHU, later))["截止時間"] == told


def test_what_is_missing_prints_as_a_visible_blank() -> None:
    paper = receipt_form(Application(programme=HSINCHU.id), HSINCHU, FACTS)
    assert blanks(paper) == ("fiscal_school", "name", "tier")


def test_no_word_of_a_user_becomes_markup() -> None:
    named = msgspec.structs.replace(GAMES, name="<script>alert(1)</script>")
    assert b"<script>" not in render_html(receipt_form(named, HSINCHU, FACTS)).data
