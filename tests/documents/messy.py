"""Applications as nobody should write them: unknown codes, text that looks like the form's own phrases, blanks in every place, odd
numbers."""

import re

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from gongxue.documents.phrases.labels import COLUMNS, FIELDS
from gongxue.documents.printed import UNFILLED, printable
from gongxue.rules.application import (
    Application,
    Book,
    BudgetLine,
    Convener,
    Lecturer,
    MaterialItem,
    Member,
    Outcome,
    PastYear,
    Session,
)
from gongxue.rules.programme import Choices, Programme

_LABELS = [label.zh for label in FIELDS.values()] + [label.zh for columns in COLUMNS.values() for label in columns.values()]

PHRASES = [
    *("", " ", "　", "\n", "\t", "、", "；", "：", "・", "（", "）", "(", ")", "-", "－", "_", "＿", "/", "，", ",", "「", "」"),
    *("」」", "「」", "『』", "〔U+000D〕"),
    *(UNFILLED, "(未填)", "未填", "無", "否", "是", "□", "■", "☑", "V", "v", "ˇ", "●", "□是　■否", "■其他(", "□備觀議課", "〓"),
    *("\r", "\r\n", "\u2028", "\uf06e"),
    *("線上", "課堂實踐", "全市開放", "公開授課教師：王小明", "備註：", "備註：課堂實踐", "線上；課堂實踐", "其他說明：", "其他（", "不在表列：第 1 項「x」"),
    *("外聘", "內聘", "外聘 2 節", "2 節", "每節 1,600 元", "主持人：", "主持人：王小明", "講座：李大華（外聘 2 節・國立清華大學）", "諮詢輔導：", "類別「x」"),
    *("火車", "計程車", "第 2 列", "交通方式：", "覈實支應", "合計", "總計", "每人次最多80元", "辦理經費核銷學校：", "歷年核定：110 專題", "其他計畫補助：無"),
    *("111.9.7", "111.0.0", "2022-09-07", "2022-9-7", "13:30", "13:30-15:30", "下午1:30", "9:00", "國立清華大學", "李大華教授", "王小明（甲）"),
    *("1", "2,000", "-1"),
    *("三、年度進度規劃", "五、經費概算表（依據經費編列原則）", "附錄1：教具教材費品項略述", "一、社群預計實施方式（可複選）：", "(範例)", "請參考下列填寫範例"),
    *("附件二", "新竹市111學年度教師專業學習社群申請書", "新竹市112學年度教師專業學習社群申請書", "承辦主任", "會計", "校長", *_LABELS),
]  # fmt: skip


def words() -> SearchStrategy[str]:
    """Phrases of the form, separators, and any characters that can be printed, put together."""
    any_text = st.text(st.characters(codec="utf-8"), max_size=6).filter(_is_printable)
    piece = st.sampled_from(PHRASES) | any_text | st.sampled_from("王小明甲乙丙 abc01數學")
    return st.lists(piece, max_size=4).map("".join)


def _is_printable(text: str) -> bool:
    return printable(text, {}) == re.sub(r"\r\n?", "\n", text)


def blank(strategy: SearchStrategy[str]) -> SearchStrategy[str | None]:
    return st.none() | strategy


def whole() -> SearchStrategy[int | None]:
    return st.none() | st.integers(-3, 12) | st.sampled_from([80, 100, 1000, 1500, 2000, 10000]) | st.integers(-(10**15) + 1, 10**15 - 1)


def number() -> SearchStrategy[int | float | None]:
    halves = st.integers(-4, 24).map(lambda count: count / 2)
    return whole() | halves | st.floats(-(10.0**14), 10.0**14, allow_nan=False, allow_infinity=False)


def truth() -> SearchStrategy[bool | None]:
    return st.sampled_from([None, False, True])


def codes(choices: Choices | None) -> SearchStrategy[tuple[str, ...] | None]:
    known = st.sampled_from([*choices.codes]) if choices is not None else st.nothing()
    return st.none() | st.lists(known | known | words(), max_size=5).map(tuple)


def dates() -> SearchStrategy[str]:
    return st.dates().map(lambda day: day.isoformat()) | st.sampled_from(["2022-09-07", "2022-02-30", "2023-03-22", "0000-00-00"]) | words()


def times() -> SearchStrategy[str]:
    return st.sampled_from(["13:30", "15:30", "00:00", "23:59", "24:00", "9:00", "1330"]) | words()


def schools(programme: Programme) -> SearchStrategy[str]:
    register = programme.register
    known = (
        [name for school in register.schools[:12] for name in (school.name, school.full_name, school.code)] if register is not None else []
    )
    return st.sampled_from([*known, "某校"]) | words()


PEOPLE = st.sampled_from(["王小明", "李大華", "陳美玲", "王 小明", "王小明老師"]) | words()


def lecturers(programme: Programme) -> SearchStrategy[Lecturer]:
    kinds = st.sampled_from(["external", "affiliated", "internal"]) | words()
    return st.builds(
        Lecturer,
        name=blank(PEOPLE),
        affiliation=blank(schools(programme)),
        kind=blank(kinds),
        periods=number(),
        rate=whole(),
    )


def sessions(programme: Programme) -> SearchStrategy[Session]:
    return st.builds(
        Session,
        date=blank(dates()),
        start=blank(times()),
        end=blank(times()),
        content=blank(words()),
        methods=codes(programme.lists.methods),
        method_other=blank(words()),
        host=blank(PEOPLE),
        lecturer=st.none() | lecturers(programme),
        place=blank(words()),
        online=truth(),
        classroom_practice=truth(),
        public_lesson_teacher=blank(PEOPLE),
        open_to_city=truth(),
        note=blank(words()),
    )


def budget_lines(programme: Programme) -> SearchStrategy[BudgetLine]:
    known = st.sampled_from([item.code for item in programme.budget]) if programme.budget else st.nothing()
    modes = st.sampled_from(["train", "taxi", "flight"]) | words()
    return st.builds(
        BudgetLine,
        line=blank(known | known | words()),
        quantity=number(),
        unit_price=whole(),
        amount=whole(),
        travel_mode=blank(modes),
        note=blank(words()),
    )


def several(strategy: SearchStrategy[object]) -> SearchStrategy[object]:
    return st.none() | st.lists(strategy, max_size=4).map(tuple)


def applications(programme: Programme) -> SearchStrategy[Application]:
    """Any application of the programme whose text can be printed."""
    text, school = blank(words()), blank(schools(programme))
    tiers = blank(st.sampled_from([*(tier.code for tier in programme.tiers), "thematic"]) | words())
    items = st.builds(MaterialItem, name=text, quantity=whole(), unit=text, unit_price=whole(), amount=whole(), note=text)
    return st.builds(
        Application,
        programme=st.just(programme.id),
        name=text,
        tier=tiers,
        tier_year=whole(),
        history=several(st.builds(PastYear, school_year=whole() | st.integers(105, 111), tier=tiers)),
        cross_school=truth(),
        school_developed_curriculum=truth(),
        fiscal_school=school,
        other_funding=text,
        content_types=codes(programme.lists.content_types),
        content_other=text,
        convener=st.none() | st.builds(Convener, name=blank(PEOPLE), title=text, school=school, subject=text, email=text, phone=text),
        summary=text,
        members=several(st.builds(Member, school=school, name=blank(PEOPLE), subject=text, note=text)),
        approaches=codes(programme.lists.approaches),
        approaches_other=text,
        sessions=several(sessions(programme)),
        outcomes=several(st.builds(Outcome, outcome=text, check=text)),
        budget=several(budget_lines(programme)),
        materials=several(items),
        books=several(st.builds(Book, title=text, relevance=text, copies=whole())),
    )
