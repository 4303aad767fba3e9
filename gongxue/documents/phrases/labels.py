"""The labels of 附件二: what the form prints, and what people make of it. A label is known after `key`, by any of its names."""

import re
from collections.abc import Mapping
from typing import Final, Literal

import msgspec

from gongxue.documents.phrases.vocabulary import key
from gongxue.rules.text import Text

Section = Literal["members", "approaches", "sessions", "outcomes", "budget", "materials", "books", "seals", "aside"]
"""The parts of the form below the grid of fields; `aside` holds nothing to be read (the example rows, the notes)."""


class Label(msgspec.Struct, frozen=True):
    """One label: as printed, in English for people who read messages in it, and its other names."""

    zh: str
    en: str
    names: tuple[str, ...] = ()

    @property
    def text(self) -> Text:
        """The label in both languages."""
        return Text(self.zh, self.en)


FIELDS: Final[Mapping[str, Label]] = {
    "name": Label("社群名稱", "name of the community"),
    "tier": Label("申請社群類別", "tier", ("申請類別", "社群類別")),
    "cross_school": Label("是否為跨校社群", "cross-school", ("跨校社群", "是否跨校社群", "是否跨校")),
    "people": Label("社群人數", "headcount", ("社群人數(含召集人)",)),
    "supplement": Label("補充說明", "supplement"),
    "content_types": Label("社群內容", "kinds of content"),
    "convener": Label("社群召集人", "convener", ("召集人",)),
    "convener.name": Label("姓名", "convener's name"),
    "convener.title": Label("職稱", "convener's title"),
    "convener.school": Label("服務單位", "convener's school", ("服務學校",)),
    "convener.subject": Label("任教科目", "convener's subject", ("任教領域", "任教科目/年級")),
    "convener.email": Label("電子郵件", "convener's e-mail", ("電子信箱", "e-mail", "email")),
    "convener.phone": Label("連絡電話", "convener's phone", ("聯絡電話", "電話")),
    "summary": Label("社群內容概述", "summary", ("社群概述", "內容概述")),
}
"""The fields of the grid, each by its path; `people` is reckoned, not read, and `convener` is only a heading."""

HEADINGS: Final = frozenset({"convener"})
"""Labels that stand before other labels, not before a value."""

COLUMNS: Final[Mapping[str, Mapping[str, Label]]] = {
    "members": {
        "number": Label("序號", "number", ("編號", "項次", "no.", "no")),
        "school": Label("服務學校", "school", ("學校", "服務單位", "學校名稱")),
        "name": Label("姓名", "name", ("成員姓名", "教師姓名")),
        "subject": Label("任教科目", "subject", ("任教領域", "科目", "任教科目/年級", "任教年級")),
        "note": Label("備註", "note"),
    },
    "sessions": {
        "number": Label("場次", "number", ("序號", "次數", "項次", "次別")),
        "when": Label("日期/時間", "date and time", ("日期", "時間", "日期時間", "日期及時間")),
        "content": Label("實施內容", "content", ("內容", "活動內容", "研習內容")),
        "methods": Label("實施方式", "methods", ("實施方是", "方式", "辦理方式")),
        "lead": Label(
            "主持人/講座/專家學者諮詢輔導",
            "host, lecturer, adviser",
            ("主持人", "主持人/講座", "講座", "講師", "主持人/講師", "主持人/講座/專家學者"),
        ),
        "place": Label("地點/備註", "place and note", ("地點", "備註", "地點及備註")),
    },
    "outcomes": {
        "outcome": Label("預期效益", "expected outcome", ("預期成效", "預期效益(成果)")),
        "check": Label("具體檢核方式", "how it is checked", ("檢核方式",)),
    },
    "budget": {
        "line": Label("項目", "line", ("經費項目", "品項", "品名")),
        "quantity": Label("數量", "quantity"),
        "unit": Label("單位", "unit"),
        "unit_price": Label("單價", "unit price", ("單價(元)",)),
        "amount": Label("總價", "amount", ("總價(元)", "小計", "金額")),
        "note": Label("備註", "note", ("說明",)),
    },
    "books": {
        "title": Label("教師專業成長相關書目", "title", ("書目", "書名", "相關書目")),
        "relevance": Label("與學習社群運作之相關說明", "use", ("相關說明", "說明", "與社群運作之相關說明")),
        "copies": Label("本數", "copies", ("數量", "冊數")),
    },
}
"""The columns of the growing tables. 附錄1 has those of the budget."""

SECTIONS: Final[Mapping[Section, Text]] = {
    "members": Text("「社群成員」", "members"),
    "approaches": Text("「一、社群預計實施方式」", "一 approaches"),
    "sessions": Text("「三、年度進度規劃」", "三 schedule"),
    "outcomes": Text("「四、預期效益與檢核方式」", "四 outcomes"),
    "budget": Text("「五、經費概算表」", "五 budget"),
    "materials": Text("「附錄1」", "附錄1 materials"),
    "books": Text("「附錄2」", "附錄2 books"),
    "seals": Text("核章欄", "seals"),
    "aside": Text("說明", "notes"),
}
"""How a section is called when a place in it is told."""

_NUMBER: Final = r"(?:[一二三四五六七]|[1-7])?[、.,]?"
_MARKERS: Final[tuple[tuple[str, Section], ...]] = (
    (rf"{_NUMBER}社群成員\(?(?:不含|依)", "members"),
    (r"社群成員$", "members"),
    (rf"{_NUMBER}社群預計實施方", "approaches"),
    (r"[(]?請?參考下列填寫範例|填寫範例", "aside"),
    (r"進度規劃表備註", "aside"),
    (rf"{_NUMBER}年度進度規劃", "sessions"),
    (rf"{_NUMBER}預期效益(?:與|及|和)檢核方式", "outcomes"),
    (rf"{_NUMBER}經費概算表", "budget"),
    (r".{0,30}經費概算表", "budget"),
    (r"附錄[1一][:、.]?|教具教材費品項", "materials"),
    (r"附錄[2二][:、.]?|擬採購用於", "books"),
)
_COMPILED: Final = tuple((re.compile(pattern), section) for pattern, section in _MARKERS)
_LONGEST_TITLE: Final = 100
_EXAMPLE: Final = "(範例)"

_FIELD_KEYS: Final = {key(name): path for path, label in FIELDS.items() for name in (label.zh, *label.names)}
_LONG_LABELS: Final = {
    key(FIELDS[path].zh): path for path in ("summary", "people", "tier", "cross_school", "content_types", "supplement", "convener")
}
_COLUMN_KEYS: Final = {
    table: {key(name): column for column, label in columns.items() for name in (label.zh, *label.names)}
    for table, columns in COLUMNS.items()
}
_ALL_COLUMNS: Final = frozenset(name for names in _COLUMN_KEYS.values() for name in names)


def section_of(text: str) -> Section | None:
    """The section that a heading opens; None for what is no heading."""
    said = key(text[:_LONGEST_TITLE])
    return next((section for pattern, section in _COMPILED if pattern.match(said)), None)


def field_of(text: str) -> str | None:
    """The path of the field that a label stands for, its hints in brackets left aside; None for what is no label."""
    said = key(text[:_LONGEST_TITLE]).rstrip(":")
    if said in _FIELD_KEYS:
        return _FIELD_KEYS[said]
    head = said.partition("(")[0].rstrip(":")
    return _LONG_LABELS.get(head)


def columns_of(texts: tuple[str, ...], table: str) -> tuple[str | None, ...]:
    """The columns of `table` that header cells stand for."""
    names = _COLUMN_KEYS[table]
    return tuple(
        names.get(said) or names.get(said.partition("(")[0]) for said in (key(text[:_LONGEST_TITLE]).rstrip(":") for text in texts)
    )


def is_example(text: str) -> bool:
    """Whether a text says of itself that it is one of the paper's examples."""
    return key(text[-_LONGEST_TITLE:]).endswith(_EXAMPLE)


def is_label(text: str) -> bool:
    """Whether a value would be taken for a label or an example, did it stand on the form as it is."""
    return field_of(text) is not None or key(text).rstrip(":") in _ALL_COLUMNS or is_example(text)
