"""Each piece, where it reckons something before it is drawn."""

import datetime
import re

import pytest
from django.template import Context, Template
from django.utils import translation

from gongxue.rules.finding import Finding, Severity
from gongxue.rules.text import Text
from gongxue.rules.workflow import APPLICATION, SCHOOL_SUMMARY, STEPS, states
from gongxue.site.templatetags.pieces import SEAL_LETTERS, TONES, Seal, Supplement

TAIPEI = datetime.timezone(datetime.timedelta(hours=8))
CLOSES = datetime.datetime(2022, 3, 31, tzinfo=TAIPEI)
ACROSS = Supplement(Text("跨校", "across schools"), 3000)


def drawn(template: str, language: str = "zh-hant", **context: object) -> str:
    with translation.override(language):
        return Template(template).render(Context(context))


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(
    ("day", "tone", "left"),
    [(10, "grey", "還有 20 天"), (23, "grey", "還有 7 天"), (24, "amber", "還有 6 天"), (28, "amber", "還有 2 天"), (29, "seal", "還有 1 天"),
     (30, "seal", "今天截止")],
)  # fmt: skip
def test_the_deadline_is_amber_under_seven_days_and_red_under_two(day: int, tone: str, left: str) -> None:
    html = drawn("{% deadline x '申請截止' %}", x=CLOSES, at=datetime.datetime(2022, 3, day, 12, tzinfo=TAIPEI))
    assert words(html) == f"申請截止 111年3月30日（三）23:59 ・{left}"
    assert f"tone-{tone}" in html


def test_the_deadline_has_passed_to_the_second() -> None:
    before, after = CLOSES - datetime.timedelta(seconds=1), CLOSES
    assert words(drawn("{% deadline x %}", x=CLOSES, at=before)).endswith("今天截止")
    assert words(drawn("{% deadline x %}", x=CLOSES, at=after)).endswith("已截止")
    assert "tone-grey" in drawn("{% deadline x %}", x=CLOSES, at=after)


def test_what_leads_out_of_an_empty_list_is_quiet_where_the_page_has_a_main_button() -> None:
    buttons = [drawn(f"{{% empty_state '空' '說明' link='/' button='看全部' {how} %}}") for how in ("", "quiet=True")]
    assert [re.findall(r'class="btn (btn-[a-z-]+)"', html) for html in buttons] == [["btn-primary"], ["btn-outline-primary"]]


@pytest.mark.parametrize(("day", "left"), [(28, "2 days left"), (29, "1 day left"), (30, "closes today")])
def test_english_counts_days(day: int, left: str) -> None:
    html = drawn("{% deadline x %}", "en", x=CLOSES, at=datetime.datetime(2022, 3, day, 12, tzinfo=TAIPEI))
    assert words(html) == f"30 March 2022 (Wed) 23:59 ・{left}"


def test_every_state_has_a_colour_and_a_word() -> None:
    assert {state.name for subject in (APPLICATION, SCHOOL_SUMMARY) for state in states(subject)} <= set(TONES)
    assert words(drawn("{% state_badge 'application' 'signing' %}")) == "核章中"
    assert words(drawn("{% state_badge 'application' 'signing' %}", "en")) == "Signing"


def test_the_stage_line_shows_what_is_done_where_it_stands_and_what_comes() -> None:
    html = drawn("{% stage_line 'application' 'signing' %}")
    assert words(html) == "撰寫 （已完成） 核章 審查 核定 執行 成果"
    assert html.count('aria-current="step"') == 1
    assert re.search(r'aria-current="step">核章', html)


@pytest.mark.parametrize("state", ["withdrawn", "declined"])
def test_a_line_that_ended_says_so(state: str) -> None:
    html = drawn("{% stage_line 'application' x %}", x=state)
    assert "（在此結束）" in html
    assert 'stages__stopped" aria-current="step"' in html


@pytest.mark.parametrize("state", [state.name for state in states(APPLICATION)])
def test_the_line_has_every_step_in_every_state(state: str) -> None:
    assert drawn("{% stage_line 'application' x %}", x=state).count("<li") == len(STEPS)


def test_a_chain_tells_who_stamped_when_and_for_whom() -> None:
    at = datetime.datetime(2022, 3, 24, 9, tzinfo=TAIPEI)
    chain = [
        Seal("director", "承辦主任", "王麗華", at),
        Seal("accountant", "會計", "李素珍", at, stands_in=True),
        Seal("principal", "校長", is_next=True),
    ]
    html = drawn("{% seals x %}", x=chain)
    assert words(html) == "主 承辦主任 已核章 王麗華 111.3.24（四） 會 會計 已核章 李素珍 （代理） 111.3.24（四） 校 校長 等待核章".replace(
        " 已", "已"
    ).replace(" （代", "（代").replace(" 等", "等")


def test_a_chain_calls_the_posts_by_their_english_names_in_english() -> None:
    html = drawn("{% seals x %}", "en", x=[Seal("accountant", "會計", is_next=True), Seal("librarian", "圖書館主任")])
    assert words(html) == "會 accountant waits to be signed 圖 圖書館主任 not signed yet"
    assert 'title="accountant"' in html


def test_every_post_that_signs_has_its_letter() -> None:
    assert [Seal(role, "？").letter for role in SEAL_LETTERS] == ["主", "會", "校", "承", "召"]
    assert Seal("librarian", "圖書館主任").letter == "圖"


@pytest.mark.parametrize(
    ("asked", "cap", "supplements", "told"),
    [
        (4822, 5000, (), "4,822 ／ 5,000 元 上限 5,000 元"),
        (12909, 10000, (ACROSS,), "12,909 ／ 13,000 元 上限 10,000＋跨校 3,000"),
        (13789, 10000, (ACROSS,), "13,789 ／ 13,000 元 上限 10,000＋跨校 3,000 ・ 超過上限 789 元"),
        (0, 5000, (), "0 ／ 5,000 元 上限 5,000 元"),
    ],
)
def test_the_money_bar_says_its_figures(asked: int, cap: int, supplements: tuple[Supplement, ...], told: str) -> None:
    html = drawn("{% money_bar asked cap parts %}", asked=asked, cap=cap, parts=supplements)
    assert words(html).replace("3,000・", "3,000 ・") == told


@pytest.mark.parametrize("language", ["zh-hant", "en"])
@pytest.mark.parametrize(("asked", "widths"), [(6500, ["50.00"]), (13000, ["100.00"]), (26000, ["50.00", "50.00"]), (0, ["0.00"])])
def test_the_money_bar_is_drawn_to_scale(asked: int, widths: list[str], language: str) -> None:
    html = drawn("{% money_bar asked 10000 parts %}", language, asked=asked, parts=[ACROSS])
    assert re.findall(r" width=\"([\d.]+)\"", html) == widths


def found(severity: Severity, path: str = "budget") -> Finding:
    return Finding("budget.cap", severity, "伍、二", path, f"{severity} 的話。", f"Words of {severity}.")


def test_a_finding_has_its_word_its_sentence_and_its_clause() -> None:
    html = drawn("{% finding x %}", x=found("error"))
    assert words(html) == "要改正： error 的話。 伍、二"
    assert 'href="/call/clauses/#c-伍、二"' in html


@pytest.mark.parametrize(
    ("severity", "zh", "en"), [("error", "要改正", "To put right"), ("warning", "請留意", "Please note"), ("info", "建議", "Hint")]
)
def test_a_severity_has_a_word(severity: Severity, zh: str, en: str) -> None:
    assert words(drawn("{% finding x %}", x=found(severity))).startswith(f"{zh}：")
    assert words(drawn("{% finding x %}", "en", x=found(severity))).startswith(f"{en}:")


def test_the_panel_counts_errors_and_leads_to_their_fields() -> None:
    html = drawn("{% findings_panel x '/budget/' %}", x=[found("error", "budget[3].unit_price"), found("info"), found("error")])
    assert "送出前還有 2 件事" in html
    assert 'href="/budget/#budget[3].unit_price"' in html
    assert 'aria-live="polite"' in html
    assert "沒有要改正的事了" in drawn("{% findings_panel x %}", x=[found("warning")])


def test_a_difference_is_told_in_words_too() -> None:
    html = drawn("{% diff x %}", x=[("same", "每"), ("gone", "月"), ("new", "週")])
    assert words(html) == "每 ［刪去］ 月 ［新增］ 週"


def test_a_field_names_its_hint_and_its_error() -> None:
    html = drawn('{% field "amount" "金額" "1,23" hint="整數" error="逗號不對" required=True %}')
    assert 'for="id_amount"' in html
    assert 'aria-describedby="hint_amount error_amount" aria-invalid="true" required' in html


def test_a_field_sees_nothing_of_the_page_around_it() -> None:
    page = {"lines": 4, "error": "of another field", "hint": "of another", "kind": "date", "extra": "nowhere.html", "value": "old"}
    assert drawn('{% field "name" "名稱" %}', **page) == drawn('{% field "name" "名稱" %}')


def test_an_error_summary_is_drawn_only_where_something_is_wrong() -> None:
    assert drawn("{% error_summary errors=x %}", x=[]).strip() == ""
    assert '<a href="#id_day">沒有這一天。</a>' in drawn("{% error_summary errors=x %}", x=[("id_day", "沒有這一天。")])
