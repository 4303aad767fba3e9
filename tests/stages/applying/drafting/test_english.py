"""In English the desk leaves no word in Chinese, but for what people wrote and what papers are called."""

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from gongxue.records.actor import Actor
from gongxue.records.doors import edit
from gongxue.records.models import Application
from tests.records.city import LATER, put

As = Callable[[Actor], Client]
HAN = re.compile(r"[\u3400-\u9fff]")
PAGES = ["", "sections/basics/", "sections/outcomes/", "check/", "people/", "withdraw/"]


@pytest.mark.parametrize("page", [*PAGES, "home", "start"])
def test_no_word_of_ours_is_left_in_chinese(city: SimpleNamespace, draft: Application, as_: As, page: str) -> None:
    edit(draft.pk, [put("summary", draft.document["summary"], "")], actor=city.convener, at=LATER)
    browser = as_(city.convener)
    browser.cookies["language"] = "en"
    address = {"home": "/home/", "start": "/applications/start/"}.get(page, f"/applications/{draft.pk}/{page}")
    html = browser.get(address).content.decode()
    html = re.sub(r"<(?:textarea|option|datalist|template)\b.*?</(?:textarea|option|datalist|template)>", "", html, flags=re.DOTALL)
    html = re.sub(r'<[^>]*\blang="zh-Hant-TW"[^>]*>[^<]*<|<[^>]*class="(?:site-mark)"[^>]*>[^<]*<', "<", html)
    names = [draft.name, *{school.name for school in city.schools.values()}, *{school.full_name for school in city.schools.values()}]
    names += [draft.document["convener"]["name"], "附件二", "附錄1", "附錄2"]
    for name in sorted(filter(None, names), key=len, reverse=True):
        html = html.replace(name, "")
    told = re.sub(r"<[^>]+>", "\n", html)
    assert [line.strip() for line in told.splitlines() if HAN.search(line)] == []
