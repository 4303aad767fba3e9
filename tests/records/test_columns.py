"""The columns repeat the document, and it can be shown that they do."""

import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from gongxue.records.columns import columns_of, put_right, recompute, searchable
from gongxue.records.doors import edit
from gongxue.records.models import Application, ApplicationSchool
from tests.records.city import LATER, OTHER, OWN, PARTNER, document, found_draft, put


def test_columns_follow_every_edit(city: SimpleNamespace) -> None:
    draft = found_draft(city, "thematic")
    assert (draft.cross_school, draft.people, draft.ceiling, draft.tier) == (True, 4, 13000, "thematic")
    changes = [
        put("cross_school", True, False),
        put("tier", "thematic", "autonomous"),
        put("fiscal_school", OWN, OTHER),
        put("name", draft.name, " 新\u3000名 "),
    ]
    edited = edit(draft.pk, changes, actor=city.convener, at=LATER).application
    assert (edited.cross_school, edited.ceiling, edited.tier, edited.name, edited.fiscal_school) == (
        False,
        5000,
        "autonomous",
        "新\u3000名",
        city.schools[OTHER],
    )
    assert edited.errors > 0
    assert recompute() == []


def test_a_school_that_is_none_is_no_fiscal_school(city: SimpleNamespace, draft: Application) -> None:
    edited = edit(draft.pk, [put("fiscal_school", OWN, "霍格華茲")], actor=city.convener, at=LATER).application
    assert edited.fiscal_school_id is None


def test_a_confirmation_covers_the_names_it_was_given_for(city: SimpleNamespace) -> None:
    draft = found_draft(city, "thematic")
    partner = ApplicationSchool.objects.get(school=city.schools[PARTNER])
    assert partner.people == "莫詠婕"
    ApplicationSchool.objects.filter(pk=partner.pk).update(confirmed_by=city.partner_clerk.user, confirmed_at=LATER)
    rows = {row["name"]: row["id"] for row in draft.document["members"]}

    def confirmed_after(*changes: Any) -> bool:
        edit(draft.pk, changes, actor=city.convener, at=LATER)
        partner.refresh_from_db()
        return partner.confirmed_at is not None

    assert confirmed_after(put(f"members/{rows['莫詠婕']}/subject", "國語", "數學"))
    assert confirmed_after(put(f"members/{rows['杜承翰']}/name", "杜承翰", "杜承瀚"))
    assert not confirmed_after(put(f"members/{rows['莫詠婕']}/name", "莫詠婕", "莫詠潔"))
    assert recompute() == []


def test_a_school_without_people_left_is_gone(city: SimpleNamespace) -> None:
    draft = found_draft(city, "thematic")
    row = next(row["id"] for row in draft.document["members"] if row["school"] == PARTNER)
    edit(draft.pk, [put(f"members/{row}/school", PARTNER, OTHER)], actor=city.convener, at=LATER)
    assert set(draft.schools.values_list("school__name", flat=True)) == {OWN, OTHER}


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"errors": 7}, "errors"),
        ({"asked": 1}, "asked"),
        ({"ceiling": None}, "ceiling"),
        ({"search": ""}, "search"),
        ({"fiscal_school": None}, "fiscal_school"),
    ],
)
def test_a_column_that_says_something_else_is_found_and_put_right(
    city: SimpleNamespace, draft: Application, wrong: dict[str, Any], column: str
) -> None:
    found_draft(city)
    Application.objects.filter(pk=draft.pk).update(**wrong)
    assert [(each.application, each.column) for each in recompute()] == [(str(draft.pk), column)]
    put_right(draft.pk)
    assert recompute() == []
    assert Application.objects.get(pk=draft.pk).version == draft.version


def test_schools_that_do_not_stand_there_are_found(city: SimpleNamespace, draft: Application) -> None:
    ApplicationSchool.objects.create(application=draft, school=city.schools[OTHER], people="誰")
    assert [each.column for each in recompute()] == ["schools"]


@pytest.mark.parametrize(
    "content",
    [
        {"programme": "hsinchu-111"}, {"programme": "hsinchu-111", "tier": "x" * 99, "name": "長" * 999}, {**document(), "members": None},
        {**document(), "convener": None}, {**document(), "budget": [{"line": "meals", "amount": 10**15 - 1}] * 500},
    ],
)  # fmt: skip
def test_any_document_has_columns_that_the_database_takes(city: SimpleNamespace, content: dict[str, Any]) -> None:
    from gongxue.records.doors import start

    kept = start(content, actor=city.convener, at=LATER)
    kept.refresh_from_db()
    expected = columns_of(kept.document, kept.programme, kept.programme_version)
    assert {name: getattr(kept, name) for name in expected.row} == expected.row
    assert isinstance(kept.changed_at, datetime.datetime)


@pytest.mark.parametrize(("written", "kept"), [("臺灣 Ｃanva", "台灣canva"), ("　繪 本\n社", "繪本社"), ("①", "1")])
def test_a_search_passes_over_how_a_word_is_written(written: str, kept: str) -> None:
    assert searchable(written) == kept
