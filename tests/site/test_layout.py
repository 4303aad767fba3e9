"""Where things stand on a page, measured in a browser on bare pieces under our stylesheet: what no checker of accessibility sees."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page

from tests.site.browsing import DESK, PHONE

pytestmark = [pytest.mark.needs("chromium")]


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """An empty page."""
    opened = chromium.new_context().new_page()
    yield opened
    opened.context.close()


def measured(page: Page, size: dict[str, int], html: str, script: str) -> Any:
    """What `script` tells of `html`, which stands under our stylesheet."""
    page.set_viewport_size(size)
    page.set_content(f'<!doctype html><body><main id="main" class="container">{html}</main></body>')
    page.add_style_tag(content=(settings.BUILT / "site" / "gongxue.css").read_text("utf-8-sig"))
    return page.evaluate(f"() => {{ const box = name => document.querySelector(name).getBoundingClientRect(); return {script}; }}")


def test_what_is_seen_last_in_a_card_ends_it_though_hidden_fields_follow(page: Page) -> None:
    html = '<div class="card"><p id="told">說明</p><input type="hidden"><input type="hidden"></div>'
    assert measured(page, DESK, html, 'box(".card").bottom - box("#told").bottom') == 21


def test_the_head_of_a_narrow_page_stands_above_it(page: Page) -> None:
    html = '<nav><ol class="breadcrumb"><li>這裡</li></ol></nav><div class="page-head"><h1>標題</h1></div><div class="sheet">內容</div>'
    assert measured(page, DESK, html, '["nav", ".page-head", ".sheet"].map(name => box(name).left === box(".sheet").left)') == [True] * 3


def test_on_a_phone_the_export_stands_beside_the_button_that_filters(page: Page) -> None:
    html = """<form class="filters"><div><input class="form-control"></div><div><select class="form-select"></select></div>
        <button class="btn">篩選</button><details class="drawer filters__export"><summary class="btn">匯出</summary></details></form>"""
    assert measured(page, PHONE, html, 'box(".filters > .btn").top === box(".filters__export").top') is True


@pytest.mark.parametrize(("kind", "lines"), [("", "0px 0px 1px"), (" card--list", "1px")])
def test_on_a_phone_no_card_stands_in_a_card(page: Page, kind: str, lines: str) -> None:
    rows = "<tr><td>一</td></tr><tr><td>二</td></tr>"
    html = f'<div class="card{kind}"><table class="table table--cards"><tbody>{rows}</tbody></table></div>'
    assert measured(page, PHONE, html, 'getComputedStyle(document.querySelector("tr")).borderWidth') == lines


def test_many_choices_stand_in_two_columns_on_a_desk(page: Page) -> None:
    html = '<ul class="choices"><li class="form-check">甲</li><li class="form-check">乙</li><li class="form-check">丙</li></ul>'
    told = 'new Set([...document.querySelectorAll("li")].map(each => each.getBoundingClientRect().left)).size'
    assert [measured(page, size, html, told) for size in (PHONE, DESK)] == [1, 2]


def test_no_line_of_a_single_character_ends_a_paragraph(page: Page) -> None:
    """Sixteen characters where fifteen have room."""
    html = '<p style="font-size: 16px; width: 240px"><span>一二三四五六七八九十一二三四五</span><span id="last">六</span></p>'
    alone = 'box("#last").left > box("p").left + 1 || box("#last").top === box("p").top'
    assert measured(page, DESK, html, alone) is True


def test_a_long_name_gives_way_on_a_phone_and_the_way_back_stays_on_one_line(page: Page) -> None:
    places = ("接下來", "走讀在地護城河與舊城文化資產的跨領域專題實踐社群", "核章")
    items = "".join(f'<li class="breadcrumb-item"><a href="/">{place}</a></li>' for place in places)
    told = 'new Set([...document.querySelectorAll("li")].map(each => each.getBoundingClientRect().top)).size'
    html = f'<nav><ol class="breadcrumb">{items}</ol></nav>'
    assert (measured(page, PHONE, html, told), measured(page, PHONE, html, 'box("li:last-child").right < 390')) == (1, True)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_under_a_long_form_the_button_stays_in_sight(page: Page, size: dict[str, int]) -> None:
    rows = "<p>一校</p>" * 100
    html = f'<form>{rows}<div class="actions actions--foot"><button class="btn btn-primary">寄出</button></div></form>'
    assert measured(page, size, html, 'box("button").bottom <= innerHeight') is True


def test_a_letter_stands_beside_those_who_get_it_where_there_is_room(page: Page) -> None:
    html = """<section class="card read"><div class="card__head">學校</div><fieldset class="field read__to">收件人</fieldset>
        <div class="field" id="title">主旨</div><div class="field" id="body">內容</div></section>"""
    told = '[box(".read__to").left > box("#title").right, box(".read__to").top === box("#title").top, box("#body").top > box("#title").top]'
    assert [measured(page, size, html, told) for size in (DESK, PHONE)] == [[True, True, True], [False, False, True]]


def test_more_conditions_stand_above_the_button_on_a_phone_where_they_are_open(page: Page) -> None:
    html = """<form class="filters"><div><input></div><details class="filters__more" open><summary>更多條件</summary><div>類別</div></details>
        <button class="btn">篩選</button></form>"""
    assert measured(page, PHONE, html, 'box("details").bottom <= box(".btn").top') is True


def test_how_far_something_is_takes_the_whole_line(page: Page) -> None:
    html = '<div class="progress-line"><label>已完成 1／2<progress value="1" max="2"></progress></label></div>'
    assert measured(page, PHONE, html, 'box("progress").width === box(".progress-line").width') is True


def test_the_button_beside_a_long_name_stays_beside_it(page: Page) -> None:
    kinds = '<span class="downloads__kinds"><a href="/">回執</a></span>'
    html = f'<ul class="downloads"><li><span>{"以走讀舊城為核心的專題實踐社群" * 3}</span>{kinds}</li></ul>'
    assert measured(page, PHONE, html, 'box(".downloads__kinds").left > box("li > span").right') is True


def test_a_long_name_that_is_where_one_stands_gives_way_too(page: Page) -> None:
    html = f'<ol class="breadcrumb"><li class="breadcrumb-item">一</li><li class="breadcrumb-item active">{"社群" * 30}</li></ol>'
    assert measured(page, PHONE, html, "document.documentElement.scrollWidth") == 390


def test_a_filter_without_a_search_is_as_wide_as_its_words(page: Page) -> None:
    select = '<select class="form-select"><option>所有人</option></select>'
    html = f'<form class="filters"><div>{select}</div><button class="btn">篩選</button></form>'
    assert measured(page, DESK, html, 'box(".btn").left - box(".form-select").right') == 10


def test_what_can_be_done_with_a_letter_stands_on_one_line_beside_why_it_did_not_go(page: Page) -> None:
    links = '<a href="/">再寄一次</a> <a href="/">不再寄</a>'
    why = '<span class="letter-state"><small>550 5.1.1 Recipient address rejected: User unknown in virtual mailbox table</small></span>'
    row = f'<tr><th>{"申請還有十天" * 4}</th><td class="address">a@b.tw</td><td>{why * 3}</td><td class="row-links">{links}</td></tr>'
    html = f'<table class="table table--cards"><tbody>{row}</tbody></table>'
    told = '[box(".row-links a:first-child").top === box(".row-links a:last-child").top, box("th").width > 200]'
    assert measured(page, DESK, html, told) == [True, True]


def test_a_wide_paper_keeps_its_figures_whole_on_a_phone_and_is_pushed_aside(page: Page) -> None:
    table = "<table><tbody><tr><td>4,120</td></tr></tbody></table>"
    html = f'<div class="paper-frame paper-frame--wide"><div class="paper">{table}</div></div>'
    assert measured(page, PHONE, html, 'box("table").width > 600') is True


def test_the_name_of_a_card_stands_in_the_middle_of_what_one_taps(page: Page) -> None:
    rows = '<tr><th scope="row"><a href="/"><span>讀寫共備</span></a></th><td>四人</td></tr>'
    html = f'<table class="table table--cards"><tbody>{rows}</tbody></table>'
    told = '[box("a").height, Math.round(box("span").top - box("a").top) === Math.round(box("a").bottom - box("span").bottom)]'
    assert measured(page, PHONE, html, told) == [44, True]


def test_two_figures_share_a_line_of_a_card(page: Page) -> None:
    cells = "".join(f'<td class="number" data-label="{name}">1</td>' for name in ("撰寫中", "核章中", "可送件", "已送件"))
    asked = '<td class="number alone" data-label="申請金額">4,453</td>'
    html = f'<table class="table table--cards"><tbody><tr><th scope="row">東門國小</th>{cells}{asked}</tr></tbody></table>'
    told = 'new Set([...document.querySelectorAll("td")].map(each => each.getBoundingClientRect().top)).size'
    assert measured(page, PHONE, html, told) == 3
    assert measured(page, PHONE, html, 'box("td.alone").width > 2 * box("td").width') is True
