"""Words, dates and money as this site writes them; the hidden key of a form."""

import datetime
import secrets
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gongxue.rules import deadlines
from gongxue.rules.access import ROLES
from gongxue.rules.finding import Finding
from gongxue.rules.taiwan import english_date, roc_date, roc_date_short, weekday
from gongxue.rules.text import Text
from gongxue.rules.written import Refusal
from gongxue.rules.written_dates import WrittenDate, parse_date
from gongxue.site.acting import language
from gongxue.site.once import FIELD

register = template.Library()
Day = datetime.date | datetime.datetime | None


def _day(value: datetime.date | datetime.datetime) -> datetime.date:
    return value.astimezone(deadlines.TAIPEI).date() if isinstance(value, datetime.datetime) else value


@register.filter
def text(words: Text | str | None) -> str:
    """A Text in the language of the page; plain words as they are."""
    if isinstance(words, Text):
        return words.in_language(language())
    return words or ""


@register.filter
def named(name: str | None) -> str:
    """The name of a community, or that it has none yet."""
    return name or text(Text("（尚未命名）", "(no name yet)"))


@register.filter
def roc(value: Day) -> str:
    """111年3月30日（三）; in English 30 March 2022 (Wed)."""
    if value is None:
        return ""
    return english_date(_day(value)) if language() == "en" else roc_date(_day(value), with_weekday=True)


@register.filter
def roc_short(value: Day) -> str:
    """111.3.30（三）; in English 30 March 2022 (Wed)."""
    if value is None:
        return ""
    return english_date(_day(value)) if language() == "en" else roc_date_short(_day(value), with_weekday=True)


@register.filter
def roc_typed(value: Day) -> str:
    """111/3/30: what stands in a date field, in either language."""
    return roc_date_short(_day(value)).replace(".", "/") if value is not None else ""


@register.filter
def month_day(value: Day) -> str:
    """3月30日（三）, where the year is plain; in English 30 March (Wed)."""
    if value is None:
        return ""
    day = _day(value)
    if language() == "en":
        words = english_date(day).split()
        return " ".join((*words[:2], words[3]))
    return f"{day.month}月{day.day}日（{weekday(day)}）"


@register.filter
def clock(value: datetime.datetime | None) -> str:
    """14:03, in Taipei."""
    return f"{value.astimezone(deadlines.TAIPEI):%H:%M}" if value is not None else ""


@register.filter
def closes(before: datetime.datetime | None) -> str:
    """When an exclusive instant closes: 111年3月30日（三）23:59."""
    return text(deadlines.closes(before)) if before is not None else ""


@register.filter
def to_the_second(at: datetime.datetime | None) -> str:
    """111年3月30日（三）23:59:59, as a receipt tells an instant."""
    return text(deadlines.to_the_second(at)) if at is not None else ""


@register.filter
def days_left(before: datetime.datetime, at: datetime.datetime) -> int:
    """Whole days in Taipei until the last day before `before`, from `at`; 0 on that day, negative after it."""
    return deadlines.days_left(at, before)


@register.filter
def money(dollars: int | str | None) -> str:
    """12,909; nothing for None, and for the "" that a template makes of it."""
    return f"{dollars:,}" if isinstance(dollars, int) else ""


@register.filter
def role(code: str) -> str:
    """The label of a role."""
    return text(ROLES[code]) if code in ROLES else code


@register.filter
def sentence(finding: Finding) -> str:
    """What a finding says, in the language of the page."""
    return finding.in_language(language())


@register.filter
def typed_date(value: datetime.date | str | None) -> str:
    """What stands in a date field: a date as 111/3/30, what was typed as it was."""
    return value if isinstance(value, str) else roc_typed(value)


@register.filter
def typed_money(value: int | str | None) -> str:
    """What stands in a money field: an amount with its commas, what was typed as it was."""
    return value if isinstance(value, str) else money(value)


@register.filter
def weekday_of(value: datetime.date | str | None) -> str:
    """What stands beside a date field: the date as it is read, or why it cannot be."""
    if not value:
        return ""
    read = parse_date(value) if isinstance(value, str) else WrittenDate(value)
    if isinstance(read, Refusal):
        return text(read.reason)
    return " ".join(filter(None, (roc(read.date), text(read.note))))


@register.filter
def cited(clause: str) -> SafeString:
    """A clause as it is cited: each of several keeps together, and says that it is Chinese."""
    return format_html_join("; ", '<span class="cited" lang="zh-Hant-TW">{}</span>', ((each,) for each in clause.split("; ")))


@register.filter
def clause_anchor(clause: str) -> str:
    """The id of a clause on the page of the plan; of the first, where several are cited."""
    return "c-" + "".join(clause.split(";")[0].split())


@register.filter
def item(mapping: Any, key: Any) -> Any:
    """`mapping[key]`, or nothing: templates cannot look up by a variable."""
    return mapping.get(key) if mapping else None


@register.simple_tag
def post_key() -> SafeString:
    """The hidden key that makes a form's POST have one effect: one for each form, a new one with each page."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, secrets.token_urlsafe(18))
