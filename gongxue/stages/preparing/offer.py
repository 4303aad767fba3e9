"""What the open programme offers, as the call page shows it: pure readings of the programme, no database."""

import datetime

import msgspec

from gongxue.rules import deadlines
from gongxue.rules.figures import Date
from gongxue.rules.programme import BudgetItem, Programme, Tier
from gongxue.rules.taiwan import english_date, roc_date
from gongxue.rules.text import Text

LESSONS = {
    "classroom_practice": Text("課堂實踐 1 次", "1 classroom practice"),
    "public_lesson": Text("公開授課 1 次，並有紀錄", "1 public lesson, recorded"),
}


class Dated(msgspec.Struct, frozen=True):
    """A date of the plan in words. `state`: past, now (the first that is not past) or later; one that is only words is later."""

    label: Text
    words: Text
    clause: str
    state: str


class Offered(msgspec.Struct, frozen=True):
    """A tier: what it gives at most, and asks at least. Amounts are dollars."""

    tier: Tier
    most: int
    must_include: tuple[Text, ...]


class Priced(msgspec.Struct, frozen=True):
    """A budget line and its limit in words."""

    label: Text
    limit: Text
    clause: str


def calendar(programme: Programme, at: datetime.datetime) -> list[Dated]:
    """The year of the plan, in its order, seen from `at`; the first that is not past is now."""
    dates = [getattr(programme.dates, name) for name in programme.dates.__struct_fields__]
    found, open_yet = [], True
    for date in dates:
        if date is None:
            continue
        past, dated = _is_past(date, at), date.words is None
        found.append(Dated(date.label, in_words(date), date.clause, "past" if past else "now" if open_yet and dated else "later"))
        open_yet = open_yet and (past or not dated)
    return found


def _is_past(date: Date, at: datetime.datetime) -> bool:
    today = at.astimezone(deadlines.TAIPEI).date()
    if date.before is not None:
        return deadlines.is_late(at, date.before)
    last = date.on or date.last
    return last is not None and today > last


def in_words(date: Date) -> Text:
    """111年3月30日（三）23:59 截止; 111年8月1日（一）至112年6月30日（五）."""
    if date.before is not None:
        closes = deadlines.closes(date.before)
        return Text(f"{closes.zh} 止", f"until {closes.en}")
    if date.words is not None:
        return date.words
    first, last = date.on or date.first, None if date.on else date.last
    ends = [day for day in (first, last) if day is not None]
    return Text("至".join(roc_date(day, with_weekday=True) for day in ends), " to ".join(english_date(day) for day in ends))


def is_open(programme: Programme, at: datetime.datetime) -> bool:
    """Whether applications may still be submitted; a programme that tells no end is open."""
    closes = programme.dates.applications_close
    return closes is None or closes.before is None or not deadlines.is_late(at, closes.before)


def offers(programme: Programme) -> list[Offered]:
    """Every tier with the most it may give, all supplements claimed."""
    return [Offered(tier, most(tier), tuple(LESSONS[each] for each in tier.must_include)) for tier in programme.tiers]


def most(tier: Tier) -> int:
    """The cap and all supplements."""
    return sum(part.value for part in (tier.cap, tier.cross_school, tier.school_developed_curriculum) if part is not None)


def prices(programme: Programme) -> list[Priced]:
    """Every budget line with its limit."""
    return [Priced(_name(item), _limit(item), item.clause) for item in programme.budget]


def _name(item: BudgetItem) -> Text:
    if item.who is None:
        return item.label
    return Text(f"{item.label.zh}（{item.who.zh}）", f"{item.label.en} ({item.who.en})")


def _limit(item: BudgetItem) -> Text:
    if item.rate is not None:
        percent = f"{float(item.rate.value) * 100:g}"
        return Text(f"講座鐘點費的 {percent}%，四捨五入到元", f"{percent} % of lecturer fees, rounded half up to a dollar")
    if item.share is not None:
        percent = f"{float(item.share.value) * 100:g}"
        return Text(f"最多其他項目合計的 {percent}%", f"at most {percent} % of all other lines")
    if item.item_unit_price is not None:
        return Text(
            f"每項單價最多 {item.item_unit_price.value:,} 元，逐項列出", f"each item at most {item.item_unit_price.value:,}, all listed"
        )
    if item.unit_price is not None:
        return Text(f"每{item.unit.zh}最多 {item.unit_price.value:,} 元", f"at most {item.unit_price.value:,} a {item.unit.en}")
    if item.forbidden_modes:
        return Text("依票價核實支付，計程車不補助", "by ticket, as spent; a taxi is never paid")
    return Text("核實支付", "as spent")
