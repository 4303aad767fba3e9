"""A programme in words: every figure, date and list as one line with its clause, in the order of the paper.

`describe` prints these lines, and the plan's page tells by them what keeps each clause.
"""

import datetime
from collections.abc import Iterator
from typing import Final

import msgspec

from gongxue.rules.figures import Clock, Count, Date, Share
from gongxue.rules.key_names import key_name
from gongxue.rules.money import percent
from gongxue.rules.programme import Programme, Tier
from gongxue.rules.taiwan import english_date, roc_date
from gongxue.rules.text import Text

TAIPEI: Final = datetime.timedelta(hours=8)
OURS: Final = Text("（計畫未定，本系統所設）", " (left open by the plan, set by us)")
_MIDNIGHT = datetime.time(0, 0)
_SECOND = datetime.timedelta(seconds=1)


class Shown(msgspec.Struct, frozen=True):
    """One line: the key it stands at (tiers and budget lines by code), its name and value, its clause, and how far it is set in."""

    place: str
    label: Text
    value: Text
    clause: str = ""
    depth: int = 0


class Section(msgspec.Struct, frozen=True):
    """Lines under one heading."""

    title: Text
    lines: tuple[Shown, ...]


def dollars(amount: int) -> Text:
    """5,000 元 / NT$5,000."""
    return Text(f"{amount:,} 元", f"NT${amount:,}")


def day(date: datetime.date) -> Text:
    """A date with its weekday, always computed."""
    return Text(roc_date(date, with_weekday=True), english_date(date))


def instant(before: datetime.datetime) -> Text:
    """An exclusive instant as people say it: midnight is the whole day before; a zone other than Taipei's is told."""
    zone = "" if before.utcoffset() in (None, TAIPEI) else f"（{before:%Z}）"
    if before.time() == _MIDNIGHT and before.date() > datetime.date.min:
        last = before - _SECOND
        on = day(last.date())
        return Text(f"{on.zh}{last:%H:%M:%S} 止{zone}", f"until {on.en} {last:%H:%M:%S}{zone}")
    on, time = day(before.date()), f"{before:%H:%M}" if not before.second else f"{before:%H:%M:%S}"
    return Text(f"{on.zh}{time} 前{zone}", f"before {on.en} {time}{zone}")


def date_text(date: Date) -> Text:
    """A date of the plan in words; an end of a span that is not known is told."""
    if date.on is not None:
        return day(date.on)
    if date.before is not None:
        return instant(date.before)
    if date.words is not None:
        return date.words
    first = day(date.first) if date.first is not None else Text("（不詳）", "(unknown)")
    last = day(date.last) if date.last is not None else Text("（不詳）", "(unknown)")
    return Text(f"{first.zh}至{last.zh}", f"{first.en} to {last.en}")


_UNITS = {
    "people_minimum": ("人", "person", "people"),
    "summary_characters": ("字", "character", "characters"),
    "advance_years": ("年", "year", "years"),
    "competition_years": ("年", "year", "years"),
    "sessions_with_experts": ("場", "session", "sessions"),
    "period_minutes": ("分鐘", "minute", "minutes"),
    "double_period_minutes": ("分鐘", "minute", "minutes"),
    "news_minimum": ("篇", "story", "stories"),
    "news_maximum": ("篇", "story", "stories"),
    "photos_per_session": ("張", "photo", "photos"),
    "communities_maximum": ("個", "community", "communities"),
    "retention_years": ("年", "year", "years"),
}


def counted(number: int, zh: str, one: str, many: str) -> Text:
    """3 人 / 3 people, 1 篇 / 1 story."""
    return Text(f"{number:,} {zh}", f"{number:,} {one if number == 1 else many}")


def head(programme: Programme) -> Iterator[Shown]:
    """What the file says of itself."""
    year = Text(f"{programme.school_year} 學年度", f"ROC {programme.school_year}")
    yield Shown("id", Text("代碼", "id"), Text(programme.id, programme.id))
    yield Shown("version", Text("版本", "version"), Text(f"第 {programme.version} 版", str(programme.version)))
    yield Shown("city", Text("縣市", "city"), programme.city)
    yield Shown("school_year", Text("學年度", "school year"), year)


def sources(programme: Programme) -> Iterator[Shown]:
    """Where the file has it from, where that is not the plan itself."""
    for source in programme.sources:
        yield Shown(f"sources.{source.label.zh}", source.label, source.says, source.clause)


def facts(programme: Programme) -> Iterator[Shown]:
    """What the plan says that no rule computes with."""
    for fact in programme.facts:
        yield Shown(f"facts.{fact.label.zh}", fact.label, fact.says, fact.clause)


def dates(programme: Programme) -> Iterator[Shown]:
    """The year of the plan."""
    for name in programme.dates.__struct_fields__:
        date: Date | None = getattr(programme.dates, name)
        if date is not None:
            yield Shown(f"dates.{name}", date.label, date_text(date), date.clause)


def figures(programme: Programme) -> Iterator[Shown]:
    """The figures that rules use."""
    for name in programme.figures.__struct_fields__:
        figure: Count | Share | Clock | None = getattr(programme.figures, name)
        if figure is None:
            continue
        if isinstance(figure, Count):
            value = counted(figure.value, *_UNITS[name])
        else:
            words = percent(figure.value) if isinstance(figure, Share) else figure.value
            mark = OURS if isinstance(figure, Clock) and figure.ours else Text("", "")
            value = Text(words + mark.zh, words + mark.en)
        yield Shown(f"figures.{name}", key_name(f"figures.{name}"), value, figure.clause)


def tiers(programme: Programme) -> Iterator[Shown]:
    """Each tier with its cap, supplements and sessions."""
    for tier in programme.tiers:
        place = f"tiers.{tier.code}"
        yield Shown(
            place, Text(f"{tier.number} {tier.label.zh}", f"{tier.number} {tier.label.en}"), Text(tier.code, tier.code), tier.clause
        )
        for name in ("cap", "cross_school", "school_developed_curriculum"):
            count: Count | None = getattr(tier, name)
            if count is not None:
                plus = "" if name == "cap" else "＋"
                amount = dollars(count.value)
                value = Text(plus + amount.zh, (plus and "+ ") + amount.en)
                yield Shown(f"{place}.{name}", key_name(f"tiers.{name}"), value, count.clause, 1)
        yield from _tier_sessions(programme, tier, place)


def _tier_sessions(programme: Programme, tier: Tier, place: str) -> Iterator[Shown]:
    rules, figures = programme.rules, programme.figures
    if tier.sessions is not None:
        value = counted(tier.sessions.value, "場", "session", "sessions")
        yield Shown(f"{place}.sessions", key_name("tiers.sessions"), value, tier.sessions.clause, 1)
    names = {
        "classroom_practice": Text("課堂實踐", "classroom practice"),
        "public_lesson": Text("公開授課並做成紀錄", "public lesson, recorded"),
    }
    for each in tier.must_include:
        clause = rules.get(f"sessions.{each.replace('_', '-')}", tier.clause)
        yield Shown(f"{place}.must_include", key_name("tiers.must_include"), names[each], clause, 1)
    if tier.asks_year:
        yield Shown(f"{place}.asks_year", key_name("tiers.asks_year"), Text("是", "yes"), rules.get("tier.year", tier.clause), 1)
    higher = programme.tier(tier.advances_to)
    if higher is not None:
        clause = figures.advance_years.clause if figures.advance_years is not None else tier.clause
        yield Shown(f"{place}.advances_to", key_name("tiers.advances_to"), higher.label, clause, 1)
    if tier.competes:
        clause = figures.competition_years.clause if figures.competition_years is not None else tier.clause
        yield Shown(f"{place}.competes", key_name("tiers.competes"), Text("是", "yes"), clause, 1)
