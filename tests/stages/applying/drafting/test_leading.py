"""Whatever is found leads to a place that is on the page."""

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from gongxue.records.actor import Actor
from gongxue.records.models import Application
from gongxue.stages.applying.drafting.sections import SECTIONS

As = Callable[[Actor], Client]
WRONG = {
    "members": [{"id": "m1"}, {"id": "m2", "name": "甲", "school": "火星國小"}, {"id": "m3", "name": "甲", "school": "火星國小"}],
    "sessions": [
        {"id": "s1", "methods": ["talk", "other", "nonsense"], "date": "2022-13-01", "start": "9", "end": "8", "lecturer": {}},
        {"id": "s2", "methods": ["talk"], "date": "2022-09-01", "start": "10:00", "end": "11:00", "lecturer": {"name": "乙", "kind": "x"}},
        {
            "id": "s3",
            "methods": ["talk"],
            "date": "2022-09-01",
            "start": "10:00",
            "end": "11:00",
            "lecturer": {"kind": "external", "periods": 9},
        },
    ],
    "outcomes": [{"id": "o1"}],
    "budget": [{"id": "b1", "line": "printing", "quantity": 3, "unit_price": 300}, {"id": "b2", "line": "nonsense", "amount": 5}],
    "materials": [{"id": "t1", "name": "車", "quantity": 1, "unit_price": 30_000}],
    "books": [{"id": "k1"}],
}
EMPTY = dict.fromkeys([*WRONG, "name", "tier", "summary", "content_types", "approaches", "fiscal_school", "convener"])
PAPERS = {"empty": EMPTY, "wrong": {**WRONG, "tier": "thematic", "cross_school": False, "other_funding": "有", "content_types": ["other"]}}


@pytest.mark.parametrize("paper", PAPERS)
def test_every_finding_leads_to_a_place_on_its_page(city: SimpleNamespace, draft: Application, as_: As, paper: str) -> None:
    Application.objects.filter(pk=draft.pk).update(document=draft.document | PAPERS[paper], version=2)
    browser, astray = as_(city.convener), dict[str, list[str]]()
    for section in SECTIONS:
        html = browser.get(f"/applications/{draft.pk}/sections/{section.name}/").content.decode()
        links = set(re.findall(r'class="finding__to" href="#([^"]+)"', html))
        assert links
        astray[section.name] = sorted(link for link in links if f'id="{link}"' not in html)
    assert astray == {section.name: [] for section in SECTIONS}
