"""經費概算: what is typed is reckoned on the server, told with its figures, and nothing that somebody wrote disappears."""

import re
from collections.abc import Callable
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongxue.records.actor import Actor
from gongxue.records.changes import Change
from gongxue.records.doors import edit
from gongxue.records.models import Application
from gongxue.rules.programme_file import load_programme
from gongxue.site.once import FIELD
from tests.records.city import LATER, put_into

As = Callable[[Actor], Client]
PLAN = load_programme("hsinchu-111")
Saving = Callable[..., Any]


def typed(path: str, base: Any, raw: Any) -> dict[str, Any]:
    return {"kind": "set", "path": path, "base": base, "raw": raw}


def lines(application: Application) -> dict[str, tuple[Any, Any, Any]]:
    """The budget as it is kept: quantity, unit price and amount by line."""
    application.refresh_from_db()
    return {row["line"]: (row.get("quantity"), row.get("unit_price"), row.get("amount")) for row in application.document["budget"]}


def at(application: Application, line: str) -> str:
    return next(f"budget/{row['id']}" for row in application.document["budget"] if row["line"] == line)


def words(html: str) -> str:
    return re.sub(r"<[^>]+>|\s", "", html)


def page(browser: Client, application: Application) -> str:
    return browser.get(f"/applications/{application.pk}/sections/budget/").content.decode()


def pressed(browser: Client, application: Application, do: str, key: str = "k" * 24, **more: Any) -> HttpResponse:
    """A button of the page, as a browser without JavaScript sends it with every field as it stands."""
    address = f"/applications/{application.pk}/sections/budget/"
    base = re.search(r'id="base" value="([^"]*)"', page(browser, application))
    assert base is not None
    return browser.post(address, {"base": unescape(base[1]), "do": do, FIELD: key, **more})  # type: ignore[return-value]  # of the client


def test_amount_total_and_limit_follow_what_is_typed(city: SimpleNamespace, draft: Application, as_: As, saving: Saving) -> None:
    printing = at(draft, "printing")
    stood = next(row for row in draft.document["budget"] if row["line"] == "printing")
    changes = typed(f"{printing}/quantity", stood["quantity"], "30"), typed(f"{printing}/unit_price", stood["unit_price"], "１００")
    answer = saving(as_(city.convener), city.convener.user, draft, "budget", *changes).json()
    assert lines(draft)["printing"] == (30, 100, 3000)
    total = sum(amount for _, _, amount in lines(draft).values())
    misc = lines(draft).get("miscellaneous", (0, 0, 0))[2]
    assert answer["texts"][f"{printing}/amount"] == "3,000"
    assert answer["texts"]["budget"] == f"{total:,}"
    assert f"{total:,}" in words(answer["parts"]["money"])
    if misc:
        hint = answer["texts"][f"hint:{at(draft, 'miscellaneous')}"]
        assert hint == f"最多 {(total - misc) * 5 // 100:,}（業務費 {total - misc:,} × 5%）"


def test_over_a_limit_the_finding_stands_in_the_row_with_clause_and_figures(
    city: SimpleNamespace, draft: Application, as_: As, saving: Saving
) -> None:
    printing = at(draft, "printing")
    stood = next(row for row in draft.document["budget"] if row["line"] == "printing")
    answer = saving(as_(city.convener), city.convener.user, draft, "budget", typed(f"{printing}/unit_price", stood["unit_price"], "120"))
    said = answer.json()["said"][printing]
    assert ("印刷費每份 120 元，超過上限 100 元，請改為 100 元以下。" in said, ">附件二 五<" in said and ">捌、三" in said) == (True, True)
    assert f"{printing}/unit_price" in answer.json()["wrong"]


def test_over_the_ceiling_is_told_with_what_to_take_off(city: SimpleNamespace, draft: Application, as_: As, saving: Saving) -> None:
    meals = at(draft, "meals")
    stood = next(row for row in draft.document["budget"] if row["line"] == "meals")
    answer = saving(as_(city.convener), city.convener.user, draft, "budget", typed(f"{meals}/quantity", stood["quantity"], "100")).json()
    total = sum(amount for _, _, amount in lines(draft).values())
    assert f"申請 {total:,} 元，超過上限 5,000 元（專業自主學習社群 5,000），請減少 {total - 5000:,} 元。" in answer["said"]["budget"]
    assert f"超過上限{total - 5000:,}元" in words(answer["parts"]["money"])


def test_periods_come_from_the_schedule_and_the_premium_follows(city: SimpleNamespace, draft: Application, as_: As, saving: Saving) -> None:
    rows = draft.document["sessions"]
    which = next(row for row in rows if (row.get("lecturer") or {}).get("periods"))
    kind = which["lecturer"]["kind"]
    path = f"sessions/{which['id']}/lecturer/periods"
    edit(draft.pk, [Change("set", path, which["lecturer"]["periods"], 1.5)], actor=city.member, at=LATER)
    name = draft.document["name"]
    saving(as_(city.convener), city.convener.user, draft, "basics", typed("name", name, "改名"), version=2)
    quantity, price, amount = lines(draft)[f"lecturer_{kind}"]
    assert (quantity, amount) == (1.5, int(price * 1.5))
    assert lines(draft)["nhi_supplement"][2] == round(amount * 211 / 10000 + 1e-9)
    shown = page(as_(city.convener), draft)
    assert f'name="{at(draft, f"lecturer_{kind}")}/quantity"' not in shown
    assert f"進度規劃第{rows.index(which) + 1}場" in words(shown)


def test_the_items_of_the_first_appendix_feed_their_line(city: SimpleNamespace, draft: Application, as_: As, saving: Saving) -> None:
    new = {"kind": "insert", "path": "materials", "row": "fresh", "value": {}, "after": ""}
    before = lines(draft).get("materials", (0, 0, 0))[2] or 0
    browser = as_(city.convener)
    changes = new, typed("materials/fresh/quantity", None, "3"), typed("materials/fresh/unit_price", None, "1,200")
    answer = saving(browser, city.convener.user, draft, "budget", *changes).json()
    assert lines(draft)["materials"] == (1, before + 3600, before + 3600)
    assert answer["texts"]["materials/fresh/amount"] == "3,600"
    assert f'id="{at(draft, "materials")}/amount">{before + 3600:,}<' in answer["fields"]


def test_a_line_of_materials_without_items_is_left_as_it_was_read_in(
    city: SimpleNamespace, draft: Application, as_: As, saving: Saving
) -> None:
    gone = [Change("remove", "materials", row=row["id"]) for row in draft.document.get("materials") or []]
    rows = [Change("remove", "budget", row=row["id"]) for row in draft.document["budget"] if row["line"] == "materials"]
    value = {"line": "materials", "quantity": 1, "unit_price": 5000, "amount": 5000}
    edit(draft.pk, [*gone, *rows, Change("insert", "budget", value=value, row="read")], actor=city.convener, at=LATER)
    saving(as_(city.convener), city.convener.user, draft, "basics", typed("name", draft.name, "改名"), version=2)
    assert lines(draft)["materials"] == (1, 5000, 5000)
    shown = page(as_(city.convener), draft)
    assert "請在附錄1逐項列出" in words(shown)
    assert "教具教材費 5,000 元，附錄1品項合計 0 元" in shown


def test_a_line_is_added_in_its_place_with_the_programmes_rate(city: SimpleNamespace, draft: Application, as_: As) -> None:
    browser = as_(city.convener)
    assert pressed(browser, draft, "line lecturer_affiliated").status_code == 302
    codes = list(lines(draft))
    assert lines(draft)["lecturer_affiliated"] == (None, 1500, None)
    assert codes == sorted(codes, key=[item.code for item in PLAN.budget].index)


@pytest.mark.parametrize("code", ["printing", "materials", "nhi_supplement", "nothing", ""])
def test_what_is_not_offered_is_not_added(city: SimpleNamespace, draft: Application, as_: As, code: str) -> None:
    before = lines(draft)
    pressed(as_(city.convener), draft, f"line {code}")
    assert lines(draft) == before


def test_a_line_is_removed_and_can_be_put_back(city: SimpleNamespace, draft: Application, as_: As) -> None:
    browser, before = as_(city.convener), lines(draft)
    answer = pressed(browser, draft, f"remove {at(draft, 'printing')}")
    assert ("printing" in lines(draft), "放回去" in answer.content.decode()) == (False, True)
    removed = re.search(r'name="removed" value="([^"]*)"', answer.content.decode())
    assert removed is not None
    pressed(browser, draft, "put", key="p" * 24, removed=unescape(removed[1]))
    assert [(line, amount) for line, (_, _, amount) in lines(draft).items()] == [(line, amount) for line, (_, _, amount) in before.items()]


def test_a_lecturer_whom_the_schedule_pays_and_the_budget_lacks_is_offered(city: SimpleNamespace, draft: Application, as_: As) -> None:
    browser = as_(city.convener)
    answer = pressed(browser, draft, f"remove {at(draft, 'lecturer_external')}")
    assert "進度規劃裡「外聘講座鐘點費（專家學者）」有 2 節，概算還沒有這一項。" in answer.content.decode()
    assert "nhi_supplement" not in lines(draft)
    pressed(browser, draft, "line lecturer_external", key="p" * 24)
    assert (lines(draft)["lecturer_external"], lines(draft)["nhi_supplement"]) == ((2, 2000, 4000), (1, 84, 84))


def test_without_javascript_the_same_is_reckoned(city: SimpleNamespace, draft: Application, as_: As) -> None:
    browser, meals = as_(city.convener), at(draft, "meals")
    answer = pressed(browser, draft, "save", **{f"{meals}/quantity": "7", f"{meals}/unit_price": "60"})
    assert (answer.status_code, lines(draft)["meals"]) == (302, (7, 60, 420))


def test_a_figure_that_cannot_be_read_stays_as_it_was_typed(city: SimpleNamespace, draft: Application, as_: As) -> None:
    browser, meals = as_(city.convener), at(draft, "meals")
    before = lines(draft)
    answer = pressed(browser, draft, "save", **{f"{meals}/unit_price": "約 80"})
    assert ('value="約 80"' in answer.content.decode(), lines(draft)) == (True, before)


def test_the_bar_tells_what_each_supplement_adds(city: SimpleNamespace, draft: Application, as_: As, saving: Saving) -> None:
    browser = as_(city.convener)
    saving(browser, city.convener.user, draft, "basics", typed("tier", "autonomous", "curriculum"))
    shown = words(page(browser, draft))
    assert ("上限20,000元" in shown, "符合「跨校」時，上限再加3,000。" in shown, "符合「校訂課程」時，上限再加5,000。" in shown) == (
        True,
    ) * 3


def test_who_only_looks_gets_the_same_page_closed(city: SimpleNamespace, draft: Application, as_: As) -> None:
    put_into(draft, "signing")
    shown = page(as_(city.accountant), draft)
    assert ('id="fields" disabled' in shown, "外聘講座鐘點費" in shown or "內聘講座鐘點費" in shown) == (True, True)
    assert as_(city.stranger).get(f"/applications/{draft.pk}/sections/budget/").status_code == 404


def test_a_longer_budget_costs_the_same_queries(city: SimpleNamespace, draft: Application, as_: As) -> None:
    browser, counts = as_(city.convener), []
    page(browser, draft)
    for rows in (1, 3):
        added = [Change("insert", "materials", value={"name": "品項"}, row=f"m{rows}-{row}") for row in range(rows)]
        edit(draft.pk, added, actor=city.convener, at=LATER)
        with CaptureQueriesContext(connection) as queries:
            page(browser, draft)
        counts.append(sum(each["sql"].startswith("SELECT") for each in queries))  # databases differ in how presence is written
    assert counts == [8, 8]
