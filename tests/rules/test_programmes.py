"""Other years and counties are other files: their applications are checked end to end, by what is known, with no code of their own."""

import datetime
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from gongxue.rules.application import Application
from gongxue.rules.check import check, running, totals
from gongxue.rules.known import has_figure, is_unknown
from gongxue.rules.programme import Programme
from gongxue.rules.programme_file import known_programmes, load_programme, read_programme
from gongxue.rules.registry import RULES
from tests.commands.shell import gongxue
from tests.rules.programme_texts import HAISHAN

NEW_TAIPEI = load_programme("newtaipei-111")
TAOYUAN = load_programme("taoyuan-110")

SESSION = {"start": "16:00", "end": "17:40", "content": "共讀與討論", "methods": ["topic_discussion"], "host": "簡曉青", "place": "圖書館"}
EXPERT = {"name": "曾文山", "affiliation": "國立臺灣師範大學", "kind": "external", "periods": 2}


def an_application(programme: Programme, school: str, days: list[str], **instead: Any) -> dict[str, Any]:
    """An application without fault to a plan of one tier: five people of one school, an expert in the first two sessions."""
    sessions: list[dict[str, Any]] = [{"date": day, **SESSION} for day in days]
    for session in sessions[:2]:
        session["lecturer"] = EXPERT
    convener = {"name": "簡曉青", "title": "教師", "subject": "語文", "email": "chien@example.edu.tw", "phone": "02-29000001"}
    return {
        "programme": programme.id,
        "name": "晨光共讀社群",
        "tier": "community",
        "fiscal_school": school,
        "convener": {**convener, "school": school},
        "members": [{"school": school, "name": name, "subject": "語文"} for name in ("巫子安", "游佳恩", "鍾以樂", "賴品睿")],
        "sessions": sessions,
        "budget": [
            {"line": "lecturer_external", "quantity": 4, "unit_price": 2000, "amount": 8000},
            {"line": "printing", "quantity": 50, "unit_price": 40, "amount": 2000},
        ],
        **instead,
    }


def findings(programme: Programme, application: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(each.rule, each.path, each.clause) for each in check(msgspec.convert(application, Application), programme)]


def new_taipei(**instead: Any) -> dict[str, Any]:
    return an_application(NEW_TAIPEI, "板橋國小", ["2022-08-01", "2022-10-05", "2023-06-30"], **instead)


def taoyuan(**instead: Any) -> dict[str, Any]:
    return an_application(TAOYUAN, "中壢國小", ["2021-12-15", "2022-03-16", "2022-07-06"], **instead)


def test_an_application_to_new_taipei_is_checked_by_what_is_known() -> None:
    assert findings(NEW_TAIPEI, new_taipei()) == []
    assert totals(msgspec.convert(new_taipei(), Application), NEW_TAIPEI).ceiling == 15000
    assert findings(NEW_TAIPEI, new_taipei(name="", tier="autonomous")) == [
        ("name.required", "name", "交換格式"),
        ("tier.known", "tier", "交換格式"),
    ]
    assert findings(NEW_TAIPEI, new_taipei(budget=[{"line": "meals", "quantity": 200, "unit_price": 80, "amount": 16000}])) == [
        ("budget.cap", "budget", "計畫摘要")
    ]
    assert findings(NEW_TAIPEI, new_taipei(sessions=[{"date": "2022-07-31", **SESSION}, {"date": "2023-07-01", **SESSION}])) == [
        ("sessions.period", "sessions[0].date", "計畫摘要"),
        ("sessions.period", "sessions[1].date", "計畫摘要"),
    ]


def test_what_new_taipei_does_not_tell_is_not_judged() -> None:
    alone = new_taipei(members=[], sessions=[], fiscal_school="台北的學校")
    assert findings(NEW_TAIPEI, alone) == []
    dear = [{"line": "meals", "quantity": 10, "unit_price": 500, "amount": 5000}, {"line": "miscellaneous", "amount": 4000}]
    assert findings(NEW_TAIPEI, new_taipei(budget=dear)) == []


def test_new_taipei_tells_its_window_its_quota_and_how_it_chooses() -> None:
    dates, taipei = NEW_TAIPEI.dates, datetime.timezone(datetime.timedelta(hours=8))
    assert dates.applications_open is not None
    assert dates.applications_open.on == datetime.date(2022, 4, 20)
    assert dates.applications_close is not None
    assert dates.applications_close.before == datetime.datetime(2022, 5, 23, 12, tzinfo=taipei)
    assert dates.final_results is not None
    assert dates.final_results.on == datetime.date(2022, 7, 29)
    assert NEW_TAIPEI.selection == "rank_sum"
    assert NEW_TAIPEI.figures.communities_maximum is not None
    assert NEW_TAIPEI.figures.communities_maximum.value == 400
    assert [kept.communities for kept in NEW_TAIPEI.set_asides] == [20, 15, 15]
    assert [(quota.classes, quota.communities) for quota in NEW_TAIPEI.class_quota] == [(None, None)]


def test_an_application_to_taoyuan_is_checked_by_what_is_known() -> None:
    assert findings(TAOYUAN, taoyuan()) == []
    four = taoyuan()["members"][:3]
    assert findings(TAOYUAN, taoyuan(members=four)) == [("members.minimum", "members", "計畫摘要")]
    without = [{"date": "2022-03-16", **SESSION}, {"date": "2022-04-13", **SESSION, "lecturer": EXPERT}]
    assert findings(TAOYUAN, taoyuan(sessions=without)) == [("sessions.experts", "sessions", "計畫摘要")]
    own = {**EXPERT, "kind": "internal"}
    assert findings(TAOYUAN, taoyuan(sessions=[{**each, "lecturer": own} for each in without])) == [
        ("sessions.experts", "sessions", "計畫摘要")
    ]
    assert findings(TAOYUAN, taoyuan(budget=[{"line": "materials", "amount": 15001}])) == [("budget.cap", "budget", "計畫摘要")]


def test_in_taoyuan_who_has_no_school_may_be_a_member() -> None:
    volunteers = [{"name": "吳阿蘭", "note": "志工"}, {"name": "邱火土", "note": "退休教師"}]
    assert findings(TAOYUAN, taoyuan(members=[*taoyuan()["members"][:2], *volunteers])) == []


def test_of_taoyuans_period_only_the_end_is_known_and_the_rule_does_not_run() -> None:
    period = TAOYUAN.dates.performance
    assert period is not None
    assert (period.first, period.last) == (None, datetime.date(2022, 7, 10))
    assert not has_figure(TAOYUAN, "dates.performance")
    assert is_unknown(TAOYUAN, "dates.performance")
    assert "sessions.period" in TAOYUAN.rules
    assert "sessions.period" not in running(TAOYUAN)


def test_taoyuans_money_falls_in_two_fiscal_years_that_make_up_its_cap() -> None:
    assert [(share.fiscal_year, share.amount) for share in TAOYUAN.fiscal_years] == [(110, 5000), (111, 10000)]
    assert sum(share.amount for share in TAOYUAN.fiscal_years) == TAOYUAN.tiers[0].cap.value
    assert TAOYUAN.selection is None


def waiting(programme: Programme) -> set[str]:
    return set(programme.rules) - set(running(programme))


def test_rules_that_need_what_is_unknown_do_not_run() -> None:
    assert waiting(load_programme("hsinchu-111")) == set()
    assert waiting(NEW_TAIPEI) == {"members.minimum", "members.eligible", "sessions.minimum"}
    assert waiting(TAOYUAN) == {"sessions.minimum", "sessions.period"}


@pytest.mark.parametrize("programme_id", known_programmes())
def test_every_rule_that_does_not_run_waits_for_something_unknown(programme_id: str) -> None:
    programme = load_programme(programme_id)
    lacking = {code: [need for need in RULES[code].needs if not has_figure(programme, need)] for code in waiting(programme)}
    assert {code: needs for code, needs in lacking.items() if not all(is_unknown(programme, need) for need in needs)} == {}


@pytest.mark.parametrize("programme", [NEW_TAIPEI, TAOYUAN], ids=lambda programme: programme.id)
def test_what_comes_from_a_summary_says_so(programme: Programme) -> None:
    assert [source.clause for source in programme.sources] == ["計畫摘要", "交換格式"]
    assert set(programme.rules.values()) == {"計畫摘要", "交換格式"}
    assert "摘要" in programme.title.zh
    assert "summary" in programme.title.en


# The plan of Haishan County, which nobody knows but this test.


def haishan(**instead: Any) -> dict[str, Any]:
    application = an_application(read_programme(HAISHAN), "潮音國小", ["2023-09-13", "2024-05-31"], tier="seed")
    first, second = application["sessions"]
    first.update({"methods": ["talk"], "lecturer": {**EXPERT, "periods": 1}})
    second.update({"methods": ["talk"], "classroom_practice": True})
    application["budget"] = [
        {"line": "lecturer_external", "quantity": 3, "unit_price": 1600, "amount": 4800},
        {"line": "nhi_supplement", "amount": 101},
        {"line": "printing", "quantity": 40, "unit_price": 60, "amount": 2400},
        {"line": "miscellaneous", "amount": 699},
    ]
    return {**application, "summary": "海邊的孩子讀海的書", **instead}


def test_a_plan_is_data_its_own_limits_hold() -> None:
    programme = read_programme(HAISHAN)
    assert findings(programme, haishan()) == []
    assert findings(programme, haishan(members=haishan()["members"][:2])) == [("members.minimum", "members", "三")]
    assert findings(programme, haishan(summary="海" * 21)) == [("summary.length", "summary", "三")]
    dear = [{"line": "printing", "quantity": 100, "unit_price": 61, "amount": 6100}, {"line": "miscellaneous", "amount": 611}]
    assert findings(programme, haishan(budget=dear)) == [
        ("budget.unit-price", "budget[0].unit_price", "五"),
        ("budget.miscellaneous", "budget[1].amount", "五"),
    ]
    assert findings(programme, haishan(budget=[{"line": "materials", "amount": 8001}])) == [("budget.cap", "budget", "三")]
    assert findings(programme, haishan(tier="autonomous")) == [("tier.known", "tier", "三")]


def test_its_own_register_is_found_beside_it() -> None:
    programme = read_programme(HAISHAN)
    members = haishan()["members"]
    strange = [{**members[0], "school": "鹿角國中"}, {**members[1], "school": "900602"}, {**members[2], "school": "白沙國小"}]
    assert findings(programme, haishan(members=[*strange, {**members[3], "school": "新竹國小"}])) == [
        ("members.eligible", "members[2].school", "二"),
        ("members.eligible", "members[3].school", "二"),
    ]


def test_its_own_calendar_and_clock_tell_teaching_hours() -> None:
    programme = read_programme(HAISHAN)
    sessions = haishan()["sessions"]
    early = [{**sessions[0], "date": day, "start": "15:29"} for day in ("2023-10-10", "2024-02-17", "2024-02-01", "2024-03-01")]
    found = check(msgspec.convert(haishan(sessions=[*sessions, *early]), Application), programme)
    assert [(each.rule, each.path) for each in found] == [("sessions.teaching-hours", "sessions[3].start")]
    assert found[0].message.startswith("第 4、6 場在上課日 15:30 前開始")


def test_the_command_line_takes_it_by_its_file(tmp_path: Path) -> None:
    told = checked(tmp_path, haishan(name=""), "--programme-file", HAISHAN)
    assert [(finding["rule"], finding["clause"]) for finding in told["findings"]] == [("name.required", "六")]
    assert told["totals"] == {"people": 5, "sessions": 2, "lecturer_fees": 4800, "requested": 8000, "ceiling": 8000}


def test_the_command_line_knows_the_shipped_ones_by_their_ids(tmp_path: Path) -> None:
    assert checked(tmp_path, new_taipei())["totals"]["ceiling"] == 15000
    assert checked(tmp_path, taoyuan())["ok"] is True


def checked(folder: Path, application: dict[str, Any], *arguments: str | Path) -> Any:
    """What `gongxue check` says of the application in a file."""
    file = folder / "application.json"
    file.write_text(json.dumps(application, ensure_ascii=False), "utf-8")
    outcome = gongxue("check", "--format", "json", *arguments, file)
    told = json.loads(outcome.out)
    assert (outcome.status, outcome.err) == (0 if told["ok"] else 1, "")
    return told
