"""A paper as HTML: the same words, a table a screen reader can walk, and nothing of a user's text becomes markup."""

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from gongxue.documents.blocks import Blank, Cell, Paper, Paragraph, Row, Table, Tick, Title, inlines
from gongxue.documents.html import render_fragment, render_html, stylesheet
from gongxue.documents.printed import printable
from tests.documents import papers


def _page(paper: Paper) -> html.HtmlElement:
    return html.document_fromstring(render_html(paper).data.decode())


def _with(text: str) -> Paper:
    """A paper that prints `text` everywhere a paper can."""
    cell = Cell(((text, Tick(True, text)), (Blank("name"),)), field=text)
    blocks = (Title(text, subtitle=text), Paragraph(((text,),)), Table(text, (1, 1), (Row((cell, Cell(((text,),), head=True))),), 0))
    return papers.of(*blocks, title=text)


def test_every_word_of_the_paper_stands_in_the_page_in_order() -> None:
    paper = papers.application()
    said = " ".join(_page(paper).find(".//article").text_content().split())
    at = 0
    for inline in inlines(paper):
        words = inline if isinstance(inline, str) else inline.label if isinstance(inline, Tick) else "（未填）"
        for line in words.split("\n"):
            found = said.find(" ".join(line.split()), at)
            assert found >= at, line
            at = found


def test_ticks_are_drawn_and_told_to_a_screen_reader() -> None:
    paper = papers.application()
    ticks = [inline for inline in inlines(paper) if isinstance(inline, Tick)]
    drawn = _page(paper).xpath("//span[@role='img']")
    assert [each.get("aria-label") for each in drawn] == ["已勾選" if tick.checked else "未勾選" for tick in ticks]
    assert [each.text_content() for each in drawn] == [""] * len(ticks)


def test_tables_have_a_name_heads_with_scope_and_a_repeated_head() -> None:
    paper = papers.application()
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    page = _page(paper)
    assert [caption.text for caption in page.iter("caption")] == [table.label for table in tables]
    assert [len(table.xpath("./thead/tr")) for table in page.iter("table")] == [table.head_rows for table in tables]
    assert {head.get("scope") for head in page.iter("th")} == {"col", "row"}
    assert len(page.xpath("//h1")) == 1


def test_every_row_is_as_wide_as_its_table() -> None:
    for table in _page(papers.application()).iter("table"):
        width, carried = len(table.findall("./colgroup/col")), [0] * len(table.findall("./colgroup/col"))
        for row in table.iter("tr"):
            free = [place for place in range(width) if not carried[place]]
            carried = [max(0, rows - 1) for rows in carried]
            for cell in row:
                columns, rows = int(cell.get("colspan", 1)), int(cell.get("rowspan", 1))
                for place in free[:columns]:
                    carried[place] = rows - 1
                free = free[columns:]
            assert free == []


def test_the_page_carries_no_script_no_style_attribute_and_fetches_nothing() -> None:
    page = render_html(papers.application()).data.decode()
    assert re.search(r"<script|\sstyle=|\son\w+=|url\(|src=|href=", page) is None
    assert "default-src 'none'" in page
    assert 'lang="zh-Hant-TW"' in page


def test_the_fragment_is_the_article_of_the_page() -> None:
    paper = papers.application()
    assert render_fragment(paper).data in render_html(paper).data
    assert b"<style" not in render_fragment(paper).data
    assert ".paper table" in stylesheet()


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(f"{tag} {' '.join(name for name, _ in attrs)}")


@given(
    st.text(max_size=30)
    | st.sampled_from(["<script>alert(1)</script>", '"><img onerror=x>', "</style>", "&lt;", "a\nb\t c  d", "\x00\x07", "\u202e左"])
)
def test_no_text_becomes_markup_and_no_text_is_lost(text: str) -> None:
    plain, tagged = _Tags(), _Tags()
    plain.feed(render_html(_with("字")).data.decode())
    page = render_html(_with(text)).data.decode()
    tagged.feed(page)
    assert tagged.seen == plain.seen or not text
    line = html.document_fromstring(page).xpath("//div[@class='paper__text']/div")[0]
    if text:
        assert "".join(line.itertext()) == printable(text, {})


def test_a_character_that_cannot_be_printed_is_told() -> None:
    assert render_html(_with("a\x07b")).missing == ("U+0007",)
