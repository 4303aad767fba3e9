"""Words, dates and money as the templates write them, in both languages."""

import datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from gongxue.rules.finding import Finding
from gongxue.rules.text import Text

DAY = datetime.date(2022, 3, 30)
LATE_IN_UTC = datetime.datetime(2022, 3, 29, 16, 5, tzinfo=datetime.UTC)
CLOSES = datetime.datetime(2022, 3, 31, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
FINDING = Finding("budget.cap", "error", "伍、二", "budget", "超過上限。", "Over the ceiling.")


def drawn(template: str, language: str = "zh-hant", **context: object) -> str:
    with translation.override(language):
        return Template(template).render(Context(context))


@pytest.mark.parametrize(
    ("template", "value", "zh", "en"),
    [
        ("{{ x|roc }}", DAY, "111年3月30日（三）", "30 March 2022 (Wed)"),
        ("{{ x|roc }}", LATE_IN_UTC, "111年3月30日（三）", "30 March 2022 (Wed)"),
        ("{{ x|roc_short }}", DAY, "111.3.30（三）", "30 March 2022 (Wed)"),
        ("{{ x|roc_typed }}", DAY, "111/3/30", "111/3/30"),
        ("{{ x|month_day }}", DAY, "3月30日（三）", "30 March (Wed)"),
        ("{{ x|clock }}", LATE_IN_UTC, "00:05", "00:05"),
        ("{{ x|closes }}", CLOSES, "111年3月30日（三）23:59", "30 March 2022 (Wed) 23:59"),
        ("{{ x|money }}", 12909, "12,909", "12,909"),
        ("{{ x|money }}", 0, "0", "0"),
        ("{{ x|named }}", "", "（尚未命名）", "(no name yet)"),
        ("{{ x|named }}", "繪本", "繪本", "繪本"),
        ("{{ x|role }}", "director", "承辦主任", "director"),
        ("{{ x|text }}", Text("草稿", "Draft"), "草稿", "Draft"),
        ("{{ x|text }}", "just words", "just words", "just words"),
        ("{{ x|sentence }}", FINDING, "超過上限。", "Over the ceiling."),
        ("{{ x|weekday_of }}", "111/8/1", "111年8月1日（一）", "1 August 2022 (Mon)"),
        ("{{ x|weekday_of }}", DAY, "111年3月30日（三）", "30 March 2022 (Wed)"),
        ("{{ x|typed_date }}", DAY, "111/3/30", "111/3/30"),
        ("{{ x|typed_date }}", "111/2/29", "111/2/29", "111/2/29"),
        ("{{ x|typed_money }}", 12909, "12,909", "12,909"),
        ("{{ x|typed_money }}", "1,23", "1,23", "1,23"),
        ("{{ x|clause_anchor }}", "捌、三(一); 附件二 五", "c-捌、三(一)", "c-捌、三(一)"),
        ("{{ x|clause_anchor }}", "伍、二 研創3", "c-伍、二研創3", "c-伍、二研創3"),
    ],
)
def test_a_filter_writes_what_people_read(template: str, value: object, zh: str, en: str) -> None:
    assert (drawn(template, x=value), drawn(template, "en", x=value)) == (zh, en)


@pytest.mark.parametrize(
    "name", ["roc", "roc_short", "roc_typed", "month_day", "clock", "closes", "money", "text", "weekday_of", "typed_date", "typed_money"]
)
def test_nothing_is_written_for_nothing(name: str) -> None:
    assert drawn(f"{{{{ x|{name} }}}}", x=None) == ""


def test_days_are_counted_in_taipei() -> None:
    at = datetime.datetime(2022, 3, 24, 15, 59, tzinfo=datetime.UTC)
    assert drawn("{{ x|days_left:at }}", x=CLOSES, at=at) == "6"
    assert drawn("{{ x|days_left:at }}", x=CLOSES, at=at + datetime.timedelta(minutes=1)) == "5"


def test_what_is_typed_wrongly_is_told_beside_the_field() -> None:
    assert drawn("{{ x|weekday_of }}", x="111/2/29").startswith("111年2月只有 28 天")


def test_every_form_has_a_key_of_its_own() -> None:
    one, other = (drawn("{% post_key %}") for _ in range(2))
    assert one.startswith('<input type="hidden" name="post_key" value="')
    assert one != other
    assert len(one.split('"')[5]) == 24


def test_words_of_people_are_never_markup() -> None:
    evil = "<b onclick=alert(1)>"
    for template in (
        "{{ x|text }}",
        '{% field "name" x x hint=x error=x after=x %}',
        "{% stat x x x %}",
        "{% empty_state x x %}",
        "{% help_here x x %}",
    ):
        assert evil not in drawn(template, x=evil)
        assert "&lt;b onclick" in drawn(template, x=evil)
