"""The year at a glance: beside the schedule, each session leads to its place on the page."""

import re
from collections.abc import Callable
from types import SimpleNamespace

from django.test import Client

from gongxue.records.actor import Actor
from gongxue.records.models import Application

As = Callable[[Actor], Client]


def test_each_session_is_told_in_a_line_that_leads_to_it(city: SimpleNamespace, draft: Application, as_: As) -> None:
    rows = [*draft.document["sessions"][:2], {"id": "s3", "date": "", "content": "<b>"}]
    Application.objects.filter(pk=draft.pk).update(document=draft.document | {"sessions": rows}, version=2)
    html = as_(city.convener).get(f"/applications/{draft.pk}/sections/schedule/").content.decode()
    lines = re.findall(r'<li><a href="#(sessions/[^"]+)"><span[^>]*>([^<]*)</span><span[^>]*>([^<]*)</span>', html)
    assert [place for place, _, _ in lines] == [f"sessions/{row['id']}" for row in rows] * 2  # at the side, and in the bar of a phone
    assert [f'id="{place}"' in html for place, _, _ in lines] == [True] * 6
    assert lines[2] == ("sessions/s3", "3. 未定日期", "&lt;b&gt;")
