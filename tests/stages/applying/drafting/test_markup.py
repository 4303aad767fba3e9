"""What somebody types is never markup: hostile texts in every field, in lists of codes, and in the names of what is sent."""

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from gongxue.records.actor import Actor
from gongxue.records.columns import save_with_columns
from gongxue.records.models import Application
from gongxue.stages.applying.drafting.sections import SECTIONS
from tests.stages.applying.drafting.test_forms import sent

As = Callable[[Actor], Client]
EVIL = "\"'>{{path}}\ue000row.name\ue001</textarea></script><x-evil onx='1'>"
KEPT = ("id", "programme", "fiscal_school", "school")
"""What a page needs to be found by; a school that is in no register is tried by its row's other texts."""


def spoilt(value: Any, name: str = "") -> Any:
    """A document with a hostile text wherever a text stands."""
    if isinstance(value, dict):
        return {key: spoilt(each, key) for key, each in value.items()}
    if isinstance(value, list):
        return [spoilt(each, name) for each in value]
    return EVIL if isinstance(value, str) and name not in KEPT else value


class Elements(HTMLParser):
    """Elements and attributes of a page that none of our templates has."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.strange: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.strange += [name for name in (tag, *(name for name, _ in attrs)) if name.startswith(("x-evil", "onx"))]


@pytest.fixture
def hostile(draft: Application) -> Application:
    """A draft that holds hostile texts only: the numbers, ticks and rows of a good one."""
    draft.document = spoilt(draft.document)
    draft.version += 1
    save_with_columns(draft)
    return draft


def addresses(application: Application) -> Iterator[str]:
    here = f"/applications/{application.pk}/"
    yield from (here, f"{here}check/", f"{here}people/", f"{here}preview/", f"{here}history/")
    yield from (f"{here}sections/{section.name}/" for section in SECTIONS)


@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_no_text_of_a_draft_becomes_markup(city: SimpleNamespace, as_: As, hostile: Application, language: str) -> None:
    browser, shown = as_(city.convener), 0
    for address in addresses(hostile):
        answer = browser.get(address, headers={"Accept-Language": language})
        page = answer.content.decode()
        assert (address, answer.status_code, Elements(page).strange) == (address, 200, [])
        shown += page.count("x-evil")
    assert shown > 50  # they are there, as text


@pytest.mark.parametrize("do", ["save", EVIL])
@pytest.mark.parametrize("section", [each.name for each in SECTIONS])
def test_neither_does_what_a_form_is_made_to_send(city: SimpleNamespace, as_: As, hostile: Application, section: str, do: str) -> None:
    """Where a number belongs, and as the names of fields: what cannot be kept comes back as it was typed."""
    row, line = (hostile.document[name][0]["id"] for name in ("sessions", "budget"))
    names = ["tier_year", EVIL, 'name" onx="1', f"sessions/{row}/periods", f"sessions/{EVIL}/date", f"budget/{line}/quantity"]
    page = sent(as_(city.convener), hostile, section, do, **dict.fromkeys(names, EVIL)).content.decode()
    assert Elements(page).strange == []
    if (section, do) == ("budget", "save"):
        box = re.search(f'<input[^>]* id="budget/{line}/quantity"[^>]*>', page)
        assert box is not None
        assert "x-evil" in box[0]


def test_the_check_sees_markup_where_there_is_some() -> None:
    assert Elements("<p><x-evil onx='1'>").strange == ["x-evil", "onx"]
