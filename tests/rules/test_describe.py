"""What `programmes show` prints can be compared with the paper, line by line."""

import datetime
import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongxue.rules.check import running
from gongxue.rules.describe import describe, sections, width
from gongxue.rules.figures import Date
from gongxue.rules.key_names import KEY_NAMES, key_name
from gongxue.rules.places import kind_at
from gongxue.rules.programme import Programme
from gongxue.rules.programme_file import known_programmes, load_programme, read_programme
from gongxue.rules.shown import date_text, instant
from gongxue.rules.taiwan import roc_date
from gongxue.rules.text import Language, Text
from tests.rules.programme_texts import HAISHAN, written

HSINCHU = load_programme("hsinchu-111")
TAIPEI = datetime.timezone(datetime.timedelta(hours=8))
LANGUAGES: list[Language] = ["zh", "en"]
ALL = [*map(load_programme, known_programmes()), read_programme(HAISHAN)]


def lines(programme: Programme, language: Language = "zh") -> list[list[str]]:
    """The cells of each line: label, value, clause."""
    return [re.split(r" {2,}", line.strip()) for line in describe(programme, language)]


@pytest.mark.parametrize(
    "line",
    [
        ["代碼", "hsinchu-111"],
        ["申請截止", "111年3月30日（三）23:59:59 止", "陸、三"],
        ["初審結果及審查意見公告", "111年4月10日（日）", "陸、四(一)"],
        ["社群執行期間", "111年8月1日（一）至112年6月30日（五）", "伍、一(三)"],
        ["頒發獎狀及成果集", "112學年度結束至113學年度開學初期", "伍、二 成果發表4"],
        ["1 專業自主學習社群", "autonomous", "伍、一(二)3"],
        ["經費上限", "20,000 元", "伍、二"],
        ["跨校另補助", "＋2,000 元", "伍、二 專業自主6"],
        ["結合校訂課程另補助", "＋5,000 元", "伍、二 研創3"],
        ["場次至少", "12 場", "伍、二; 附件二 三"],
        ["其中至少 1 場", "公開授課並做成紀錄", "伍、二"],
        ["期滿可直接申請", "課程研創學習社群", "伍、二 專題6"],
        ["社群人數至少（含召集人）", "3 人", "伍、二、備註1"],
        ["單一成員占講座鐘點費至多", "50%", "捌、三(一); 附件二 五"],
        ["上課時間到", "16:00（計畫未定，本系統所設）", "伍、二、備註3"],
        ["單價至多", "1,500 元／節", "附件二 五"],
        ["占講座鐘點費", "2.11%", "附件二 五"],
        ["單項單價至多", "10,000 元", "捌、三(三)"],
        ["占其他項目合計至多", "5%", "附件二 五"],
        ["不予給付", "計程車", "附件二 五; 捌、三(四); 捌、三(五)"],
        ["勻支", "覈實支應，不勻出也不勻入", "附件二 五; 捌、三(四)"],
        ["場次的實施方式", "17 項", "附件二 三"],
        ["專家諮詢輔導", "expert_consultation"],
        ["附件二 申請書", "新竹市111學年度教師專業學習社群申請書", "附件二"],
        ["核章順序", "承辦主任 → 會計 → 校長", "附件二"],
        ["核章順序", "召集人／承辦人 → 承辦主任 → 校長", "附件三"],
        ["檔名", "新竹市111學年度{school}-{community}-{tier}", "附件二"],
        ["放假（平日）", "16 天", "伍、二、備註3"],
        ["112年6月17日（六）"],
        ["錄取方式", "擇優錄取", "伍、一(二)2"],
        ["社群性", "3 項", "柒、一"],
        ["參與本計畫", "47 所", "肆; 伍、二、備註1"],
        ["錯誤 members.minimum", "人數達下限，含召集人", "伍、二、備註1"],
        ["提醒 sessions.online", "鼓勵安排一場線上活動", "伍、二"],
        ["洽詢", "教專中心 03-5220097 轉 24", "陸、二(二)"],
    ],
    ids=lambda line: " ".join(line),
)
def test_hsinchu_says(line: list[str]) -> None:
    assert line in lines(HSINCHU)


@pytest.mark.parametrize(
    "line",
    [
        ["Applications close", "until 30 March 2022 (Wed) 23:59:59", "陸、三"],
        ["Execution period", "1 August 2022 (Mon) to 30 June 2023 (Fri)", "伍、一(三)"],
        ["cap", "NT$20,000", "伍、二"],
        ["news stories a school at least", "1 story", "伍、二 成果發表1"],
        ["unit price at most", "NT$80 a person-time", "附件二 五"],
        ["sign-off", "convener or clerk → director → principal", "附件三"],
        ["error budget.cap", "the total is at most the tier's cap and the supplements claimed", "伍、二"],
    ],
    ids=lambda line: " ".join(line),
)
def test_hsinchu_says_in_english(line: list[str]) -> None:
    assert line in lines(HSINCHU, "en")


def test_noon_is_told_as_noon_and_midnight_as_the_day_before() -> None:
    assert ["申請截止", "111年5月23日（一）12:00 前", "計畫摘要"] in lines(load_programme("newtaipei-111"))
    assert ["Applications close", "before 23 May 2022 (Mon) 12:00", "計畫摘要"] in lines(load_programme("newtaipei-111"), "en")
    assert ["申請截止", "110年11月30日（二）23:59:59 止", "計畫摘要"] in lines(load_programme("taoyuan-110"))


@given(st.datetimes(timezones=st.just(TAIPEI)).filter(lambda moment: moment.date() > datetime.date.min))
def test_only_an_instant_at_midnight_is_told_as_the_day_before(before: datetime.datetime) -> None:
    at_midnight = before.time() == datetime.time(0)
    told = instant(before)
    assert (told.zh.endswith("23:59:59 止"), told.zh.endswith(" 前")) == (at_midnight, not at_midnight)
    assert (told.en.startswith("until "), told.en.startswith("before ")) == (at_midnight, not at_midnight)


@given(st.dates(min_value=datetime.date(1, 1, 2)))
def test_midnight_is_told_with_the_weekday_of_the_day_before(day: datetime.date) -> None:
    before = datetime.datetime.combine(day, datetime.time(0), TAIPEI)
    assert instant(before).zh == f"{roc_date(day - datetime.timedelta(days=1), with_weekday=True)}23:59:59 止"


def test_the_first_instant_of_all_and_other_zones_and_seconds_have_words() -> None:
    assert instant(datetime.datetime.min.replace(tzinfo=TAIPEI)).en == "before 1 January 1 (Mon) 00:00"
    tokyo = datetime.timezone(datetime.timedelta(hours=9))
    assert instant(datetime.datetime(2022, 3, 31, tzinfo=tokyo)).zh == "111年3月30日（三）23:59:59 止（UTC+09:00）"
    assert instant(datetime.datetime(2022, 3, 31, 17, 0, 30, tzinfo=TAIPEI)).zh == "111年3月31日（四）17:00:30 前"


def test_an_end_of_a_span_that_nobody_knows_is_told() -> None:
    label = Text("期間", "period")
    july = datetime.date(2022, 7, 10)
    assert date_text(Date(label=label, clause="一", last=july)).zh == "（不詳）至111年7月10日（日）"
    assert date_text(Date(label=label, clause="一", first=july)).en == "10 July 2022 (Sun) to (unknown)"


def test_what_is_unknown_and_which_rules_wait_for_it_is_told() -> None:
    told = lines(load_programme("taoyuan-110"))
    assert ["社群執行期間的起日", "不執行：sessions.period"] in told
    assert ["申請類別：場次至少", "不執行：sessions.minimum"] in told
    assert ["行事曆", "不詳"] in told
    assert ["錯誤 sessions.period", "日期在執行期間內（不執行）", "計畫摘要"] in told
    assert ["tiers: sessions at least", "do not run: sessions.minimum"] in lines(load_programme("taoyuan-110"), "en")
    assert not any("不執行" in " ".join(line) for line in lines(HSINCHU))


def test_quotas_set_asides_and_fiscal_years_are_shown() -> None:
    told = lines(load_programme("newtaipei-111"))
    assert ["依班級數的名額", "（數目不詳）", "計畫摘要"] in told
    assert ["保留名額：特殊教育社群", "20 個", "計畫摘要"] in told
    assert ["錄取方式", "序位法（名次加總，小者優先）", "計畫摘要"] in told
    assert ["110 會計年度", "5,000 元", "計畫摘要"] in lines(load_programme("taoyuan-110"))
    assert ["fiscal year 111 (2022)", "NT$10,000", "計畫摘要"] in lines(load_programme("taoyuan-110"), "en")


def test_a_step_of_a_quota_is_shown_with_its_classes(tmp_path: Path) -> None:
    assert ["依班級數的名額", "12 班以下：（數目不詳）", "六"] in lines(read_programme(HAISHAN))
    text = HAISHAN.read_text("utf-8").replace(', "class_quota.communities"', "").replace("classes = 12", "classes = 12\ncommunities = 1")
    told = lines(read_programme(written(tmp_path, text)), "en")
    assert ["quota by number of classes", "up to 12 classes: 1 community", "六"] in told


@pytest.mark.parametrize("programme", ALL, ids=lambda programme: programme.id)
def test_every_rule_is_listed_with_its_clause_and_says_whether_it_runs(programme: Programme) -> None:
    told = {line[0].split()[-1]: line for line in lines(programme) if re.match(r"(錯誤|警告|提醒) ", line[0])}
    assert {code: line[-1] for code, line in told.items()} == programme.rules
    assert {code for code, line in told.items() if "（不執行）" not in line[1]} == set(running(programme))


@pytest.mark.parametrize("programme", ALL, ids=lambda programme: programme.id)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_ends_in_white_space_or_holds_what_moves_the_cursor(programme: Programme, language: Language) -> None:
    told = list(describe(programme, language))
    assert [line for line in told if line != line.rstrip() or not line.isprintable()] == []
    assert not any(re.search(r"Text\(|None|\{(?!school|community|tier)", line) for line in told)


@pytest.mark.parametrize("programme", ALL, ids=lambda programme: programme.id)
@pytest.mark.parametrize("language", LANGUAGES)
def test_columns_stand_under_each_other_for_a_terminal(programme: Programme, language: Language) -> None:
    told = iter(describe(programme, language))
    assert next(told) == programme.title.in_language(language)
    for section in sections(programme):
        assert [next(told), next(told)] == ["", section.title.in_language(language)]
        starts = set()
        for line in section.lines:
            row, value = next(told), line.value.in_language(language)
            label = " " * 2 * (line.depth + 1) + line.label.in_language(language)
            assert row.startswith(label)
            starts.add(width(row[: row.index(value, len(label))]) if width(label) <= 48 else None)
            assert row.endswith(line.clause)
        assert len(starts - {None}) <= 1
    assert list(told) == []


def test_every_figure_of_the_file_is_shown_with_its_clause() -> None:
    shown = {(line.place, line.clause) for section in sections(HSINCHU) for line in section.lines}
    for owner, place in [
        (HSINCHU.figures, "figures"),
        (HSINCHU.dates, "dates"),
        *((tier, f"tiers.{tier.code}") for tier in HSINCHU.tiers),
        *((item, f"budget.{item.code}") for item in HSINCHU.budget),
    ]:
        entries = {name: getattr(owner, name) for name in owner.__struct_fields__}
        wanted = {(f"{place}.{name}", entry.clause) for name, entry in entries.items() if hasattr(entry, "clause")}
        assert wanted - shown == set()


def test_a_chinese_character_takes_two_columns_and_a_mark_none() -> None:
    assert [width(text) for text in ("社群", "PLC", "（三）", "e\u0301", "")] == [4, 3, 6, 1, 0]


@pytest.mark.parametrize("place", KEY_NAMES)
def test_every_key_that_has_a_name_is_one_of_a_programme_file(place: str) -> None:
    assert kind_at(Programme, place) is not None


def test_every_key_that_may_be_unknown_has_a_name() -> None:
    named = {
        f"{first}.{field.name}"
        for first in ("figures", "dates", "lists", "calendar")
        for field in msgspec.structs.fields(kind_at(Programme, first))
        if field.name not in ("clause", "ours")
    }
    assert named - set(KEY_NAMES) == set()
    unknown = {place for programme in ALL for place in programme.unknown}
    assert {place for place in unknown if key_name(place) == Text(place, place)} == set()
