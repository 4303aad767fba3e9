"""What the call page says of the programme, figure by figure."""

import datetime

import pytest

from gongxue.rules.programme_file import load_programme
from gongxue.stages.preparing import offer

TAIPEI = datetime.timezone(datetime.timedelta(hours=8))
PLAN = load_programme("hsinchu-111")


def noon(year: int, month: int, day: int) -> datetime.datetime:
    return datetime.datetime(year, month, day, 12, tzinfo=TAIPEI)


@pytest.mark.parametrize(
    ("at", "now", "past"),
    [
        (noon(2022, 3, 1), "申請截止", 0),
        (noon(2022, 3, 30), "申請截止", 0),
        (noon(2022, 3, 31), "初審結果及審查意見公告", 1),
        (noon(2022, 4, 10), "初審結果及審查意見公告", 1),
        (noon(2022, 4, 11), "修正計畫截止", 2),
        (noon(2023, 6, 30), "社群執行期間", 7),
    ],
)
def test_what_is_past_and_what_comes_next(at: datetime.datetime, now: str, past: int) -> None:
    dates = offer.calendar(PLAN, at)
    assert [date.label.zh for date in dates if date.state == "now"] == [now]
    assert len([date for date in dates if date.state == "past"]) == past


def test_the_deadline_is_past_with_its_last_second() -> None:
    closes = PLAN.dates.applications_close.before  # type: ignore[union-attr]  # the programme has it
    second = datetime.timedelta(seconds=1)
    assert [offer.calendar(PLAN, at)[0].state for at in (closes - second, closes)] == ["now", "past"]


def test_when_all_is_over_nothing_is_next_and_what_has_no_day_is_never_past() -> None:
    states = {date.label.zh: date.state for date in offer.calendar(PLAN, noon(2030, 1, 1))}
    assert states.pop("頒發獎狀及成果集") == "later"
    assert set(states.values()) == {"past"}


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("applications_close", "111年3月30日（三）23:59 止", "until 30 March 2022 (Wed) 23:59"),
        ("initial_results", "111年4月10日（日）", "10 April 2022 (Sun)"),
        ("performance", "111年8月1日（一）至112年6月30日（五）", "1 August 2022 (Mon) to 30 June 2023 (Fri)"),
        ("awards", "112學年度結束至113學年度開學初期", "End of school year 112 to the start of 113"),
    ],
)
def test_a_date_in_words(name: str, zh: str, en: str) -> None:
    words = offer.in_words(getattr(PLAN.dates, name))
    assert (words.zh, words.en) == (zh, en)


def test_each_tier_with_the_most_it_may_give_and_what_it_must_include() -> None:
    told = [(each.tier.code, each.most, [words.zh for words in each.must_include]) for each in offer.offers(PLAN)]
    assert told == [
        ("autonomous", 7000, ["課堂實踐 1 次"]),
        ("thematic", 13000, ["公開授課 1 次，並有紀錄"]),
        ("curriculum", 28000, ["公開授課 1 次，並有紀錄"]),
    ]


def test_each_budget_line_with_its_limit() -> None:
    assert [(each.label.zh, each.limit.zh) for each in offer.prices(PLAN)] == [
        ("外聘講座鐘點費（專家學者）", "每節最多 2,000 元"),
        ("外聘講座鐘點費（有隸屬關係之機關學校人員）", "每節最多 1,500 元"),
        ("內聘講座鐘點費", "每節最多 1,000 元"),
        ("二代健保補充費", "講座鐘點費的 2.11%，四捨五入到元"),
        ("講座交通費", "依票價核實支付，計程車不補助"),
        ("印刷費", "每份最多 100 元"),
        ("教具教材費", "每項單價最多 10,000 元，逐項列出"),
        ("膳費", "每人次最多 80 元"),
        ("雜支", "最多其他項目合計的 5%"),
    ]
