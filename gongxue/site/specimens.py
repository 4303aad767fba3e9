"""Every piece in every state, with the longest names there are: what the style page shows."""

import datetime
from types import SimpleNamespace
from typing import Any

from django.core.paginator import Paginator

from gongxue.rules.deadlines import TAIPEI
from gongxue.rules.finding import Finding
from gongxue.rules.programme_file import load_programme
from gongxue.rules.text import Text
from gongxue.rules.workflow import APPLICATION, states
from gongxue.site.templatetags.pieces import Seal, Supplement

LONG = "國立清華大學附設實驗國民小學與東園國小、三民國小跨校 PBL 走讀護城河暨水資源永續課程共備社群（第三年）"
NOW = datetime.datetime(2022, 3, 24, 14, 3, tzinfo=TAIPEI)
FINDINGS = (
    Finding("budget.unit-price", "error", "捌、三(二)", "budget[3].unit_price", "每份單價 120 元，超過上限 100 元。改為 100 元以下即可。",
            "120 a copy is over the limit of 100. Lower it to 100 or less."),
    Finding("budget.cap", "error", "伍、二", "budget", "申請金額 13,789 元，超過上限 13,000 元（10,000＋跨校 3,000）789 元。",
            "13,789 asked is 789 over the ceiling of 13,000 (10,000 and 3,000 for working across schools)."),
    Finding("lecturer.periods", "warning", "講座鐘點費支給表", "sessions[1].lecturer.periods", f"第 2 次 120 分鐘，最多 2.5 節；填了 3 節（{LONG}）。",
            "Session 2 of 120 minutes carries at most 2.5 periods; 3 are given."),
    Finding("sessions.online", "info", "伍、二", "sessions", "安排一次線上活動會更好。", "One session online is encouraged."),
)  # fmt: skip


WRONG = (
    ("id_starts", "開始日期：「111/2/29」沒有這一天。"),
    ("id_price", "單價：「1,23,45」的千分位逗號位置不對，可能少了數字。"),
)
SPANS = (
    ("same", "本社群以護城河為場域，"),
    ("gone", "每月一次"),
    ("new", "每兩週一次"),
    ("same", "共同備課，"),
    ("new", "並公開授課一次。"),
)


def specimens(at: datetime.datetime) -> dict[str, Any]:
    """The context of the style page. Its own moment is the 24th of March 2022, so that the page is the same every day."""
    return {
        "at": NOW,
        "seen_at": at,
        "long": LONG,
        "deadlines": [(Text("申請截止", "Applications close"), NOW + datetime.timedelta(days=days)) for days in (20, 7, 6, 2, 1, 0.3, -3)],
        "subject": APPLICATION,
        "states": [state.name for state in states(APPLICATION)],
        "chains": _chains(),
        "findings": FINDINGS,
        "tasks": _tasks(),
        "bars": _bars(),
        "cells": _cells(),
        "entries": _entries(),
        "spans": SPANS,
        "listed": _rows(),
        "selects": _selects(),
        "exports": [{"label": label, "link": "#"} for label in ("XLSX", "ODS", "CSV", "JSON")],
        "page": Paginator(range(96), 50).page(1),
        "errors": WRONG,
        "digest": "9f2c41d07ab35e6688d1f0b7c4a9e2d35f60718293a4b5c6d7e8f90a1b2c3d4e",
    }


def _chains() -> list[tuple[Seal, ...]]:
    signed = Seal("director", "承辦主任", "王麗華", NOW), Seal("accountant", "會計", "李素珍", NOW, stands_in=True)
    return [
        (Seal("director", "承辦主任", is_next=True), Seal("accountant", "會計"), Seal("principal", "校長")),
        (signed[0], Seal("accountant", "會計", is_next=True), Seal("principal", "校長")),
        (*signed, Seal("principal", "校長", "歐陽明德", NOW)),
    ]


def _tasks() -> list[dict[str, Any]]:
    rows = [
        ("基本資料", "done", ""),
        ("成員", "done", "5 人"),
        ("進度規劃", "attention", "8 次"),
        ("預期效益", "progress", ""),
        ("經費", "todo", ""),
        ("檢核與送出", "todo", ""),
    ]
    return [{"label": label, "state": state, "note": note, "link": "#", "is_here": label == "經費"} for label, state, note in rows]


def _bars() -> list[tuple[int, int, tuple[Supplement, ...]]]:
    across, developed = Supplement(Text("跨校", "across schools"), 3000), Supplement(Text("校訂課程", "school-developed curriculum"), 5000)
    return [
        (4822, 5000, ()),
        (7200, 10000, (across,)),
        (12909, 10000, (across,)),
        (13789, 10000, (across,)),
        (21500, 20000, (across, developed)),
    ]


def _cells() -> list[dict[str, str]]:
    register = load_programme("hsinchu-111").register
    schools = register.schools if register else ()
    told = (("sent", "全部送件"), ("signing", "核章中"), ("writing", "撰寫中"), ("none", "尚無申請"))
    return [
        {
            "name": school.name[:2],
            "full_name": school.full_name or school.name,
            "state": told[at * 7 % 4][0],
            "words": told[at * 7 % 4][1],
            "link": "#" if at % 5 else "",
        }
        for at, school in enumerate(schools)
    ]


def _entries() -> list[SimpleNamespace]:
    return [
        SimpleNamespace(at=NOW, what="退回", who="王麗華", role="承辦主任", words="請補第 4 次的課堂實踐班級。"),
        SimpleNamespace(at=NOW - datetime.timedelta(days=1), what="送學校核章", who="林采蓉", role="召集人", words=""),
        SimpleNamespace(at=NOW - datetime.timedelta(days=9), what="建立草稿", who="林采蓉", role="召集人", words=LONG),
    ]


def _rows() -> list[dict[str, Any]]:
    first, second, third = _chains()
    rows = [
        ("PBL走讀護城河社群", "建華國中", "專題", 4, 12909, second, "signing"),
        ("數學遊戲共備社群", "北門國小", "自主", 3, 4822, third, "submitted"),
        (LONG, "國立清華大學附設實驗國民小學", "研創", 12, 28000, first, "returned"),
    ]
    return [dict(zip(("name", "school", "tier", "people", "asked", "chain", "state"), row, strict=True)) for row in rows]


def _selects() -> list[dict[str, Any]]:
    return [
        {
            "name": "tier",
            "label": "類別",
            "value": "",
            "options": [("", "全部"), ("autonomous", "自主"), ("thematic", "專題"), ("curriculum", "研創")],
        },
        {
            "name": "state",
            "label": "狀態",
            "value": "",
            "options": [("", "全部"), *((each.name, each.label) for each in states(APPLICATION))],
        },
    ]
