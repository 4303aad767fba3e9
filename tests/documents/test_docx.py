import io
import re
from collections.abc import Iterator

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from gongxue.documents.blocks import Blank, Block, Cell, PageBreak, Paper, Paragraph, Row, Seals, Table, Title
from gongxue.documents.docx import render_docx
from gongxue.documents.printed import printable
from tests.documents import papers
from tests.documents.opened import (
    W,
    docx_paragraphs,
    docx_tables,
    docx_text,
    paper_paragraphs,
    paper_tables,
    part,
    squeezed,
    squeezed_tables,
)
from tests.documents.papers import cell, of, row


def one_cell(*texts: str) -> Paper:
    return of(Table("試", (1,), (Row((Cell(tuple((text,) for text in texts)),)),)))


def body(paper: Paper) -> etree._Element:
    return part(render_docx(paper).data, "word/document.xml")[0]


def tags(nodes: Iterator[etree._Element]) -> list[str]:
    return [etree.QName(node).localname for node in nodes]


def test_every_cell_says_what_the_paper_says() -> None:
    data = render_docx(papers.application()).data
    assert squeezed_tables(docx_tables(data)) == paper_tables(papers.application())
    assert list(map(squeezed, docx_paragraphs(data))) == paper_paragraphs(papers.application())


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert render_docx(papers.application()) == render_docx(papers.application())


def test_python_docx_opens_it_and_finds_titles_tables_and_metadata() -> None:
    opened = docx.Document(io.BytesIO(render_docx(papers.application()).data))
    assert opened.core_properties.title == "新竹市111學年度教師專業學習社群申請書"
    assert opened.core_properties.language == "zh-TW"
    assert [paragraph.text for paragraph in opened.paragraphs if paragraph.style.name == "Heading 1"] == [opened.core_properties.title]
    assert [paragraph.text[:2] for paragraph in opened.paragraphs if paragraph.style.name == "Heading 2"] == [
        "社群", "一、", "三、", "四、", "五、", "附錄", "附錄",
    ]  # fmt: skip
    assert [(len(table.rows), len(table.columns)) for table in opened.tables] == [
        (len(block.rows), len(block.widths)) if isinstance(block, Table) else (2, len(block.labels))
        for block in papers.application().blocks
        if isinstance(block, Table | Seals)
    ]
    section = opened.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


@given(st.lists(st.text(st.characters()), min_size=1, max_size=4))
def test_any_text_comes_back_from_a_cell(texts: list[str]) -> None:
    printed = render_docx(one_cell(*texts))
    missing: dict[str, None] = {}
    expected = [printable(text, missing) for text in texts]
    assert [docx_text(paragraph) for paragraph in part(printed.data, "word/document.xml").iter(f"{W}p")][:-1] == expected
    assert printed.missing == tuple(missing)


def test_word_is_told_to_keep_all_spaces() -> None:
    texts = body(one_cell("  前", "後\n  ", "hak-kâ  "))
    assert [node.get("{http://www.w3.org/XML/1998/namespace}space") for node in texts.iter(f"{W}t")] == ["preserve"] * 4


def test_boxes_are_taken_from_the_chinese_font_and_accented_letters_from_the_latin_one() -> None:
    runs = body(one_cell("□是", "hak-kâ", "Tâi-gí")).iter(f"{W}r")
    assert [(docx_text(run.getparent()), run.find(f"{W}rPr/{W}rFonts") is not None) for run in runs] == [
        ("□是", True), ("hak-kâ", False), ("Tâi-gí", False),
    ]  # fmt: skip


def test_text_becomes_neither_markup_nor_field_nor_link() -> None:
    evil = ("<w:br/>", "</w:t></w:r></w:p>", "&lt;", "{ DDEAUTO cmd }", "=SUM(A1)", "https://example.org a@example.org", "]]>", '" w:x="')
    tree = body(one_cell(*evil))
    assert [docx_text(paragraph) for paragraph in tree.iter(f"{W}p")][:-1] == list(evil)
    # Nothing but the skeleton of a table, its paragraphs and runs: no field, no hyperlink, no line break.
    skeleton = (
        "body tbl tblPr tblW jc tblBorders top left bottom right insideH insideV tblLayout tblCellMar tblLook tblCaption tblGrid gridCol"
    )
    inside = "tr trPr cantSplit trHeight tc tcPr tcW vAlign p pPr pStyle r rPr rFonts t sectPr footerReference pgSz pgMar"
    assert set(tags(tree.iter())) == {*skeleton.split(), *inside.split()}


def test_heads_repeat_and_rows_stay_whole_but_one_that_fits_on_no_page() -> None:
    table = Table("試", (1, 1), (papers.heads("甲", "乙"), row("丙", "丁"), row("戊", "字" * 3000)), head_rows=1)
    rows = [next(node.iterchildren(f"{W}trPr")) for node in body(of(table)).iter(f"{W}tr")]
    assert [tags(iter(properties)) for properties in rows] == [
        ["cantSplit", "trHeight", "tblHeader"],
        ["cantSplit", "trHeight"],
        ["trHeight"],
    ]


def staying(*blocks: Block) -> list[tuple[str, bool]]:
    """The text of every paragraph, and whether it stays on the page of what follows."""
    styles = part(render_docx(of()).data, "word/styles.xml")
    keeping = {style.get(f"{W}styleId") for style in styles.iter(f"{W}style") if style.find(f"{W}pPr/{W}keepNext") is not None}
    return [
        (docx_text(each), each.find(f"{W}pPr/{W}keepNext") is not None or each.find(f"{W}pPr/{W}pStyle").get(f"{W}val") in keeping)
        for each in body(of(*blocks)).iter(f"{W}p")
    ]


def test_titles_heads_of_tables_and_short_introductions_stay_with_what_follows() -> None:
    table = Table("試", (1,), (papers.heads("甲"), row("乙")), head_rows=1)
    assert staying(Title("題", subtitle="副題"), table) == [("題", True), ("副題", True), ("甲", True), ("乙", False), ("", False)]
    assert staying(Title("節", level=2), Paragraph((("一",), ("二",))), table)[:3] == [("節", True), ("一", True), ("二", True)]
    assert staying(Paragraph((("一",),) * 4), table)[:4] == [("一", False)] * 4
    assert staying(Paragraph((("一",),)), Title("題"))[0] == ("一", False)


def test_seals_stay_with_the_last_row_before_them() -> None:
    table = Table("試", (1,), (row("甲"), row("乙")))
    assert staying(table, Seals(("校長",))) == [
        ("甲", False), ("乙", True), ("", True), ("", True), ("校長", True), ("", False), ("", False),
    ]  # fmt: skip
    tall = Table("試", (1,), (row("字" * 3000),))
    assert staying(tall, Seals(("校長",)))[0] == ("字" * 3000, False)


def test_column_widths_are_shares_of_the_page() -> None:
    tree = body(of(Table("試", (1, 2, 1), (row("甲", cell("乙", columns=2)), row("丙", "丁", "戊")))))
    assert [int(node.get(f"{W}w")) for node in tree.iter(f"{W}gridCol")] == [2410, 4818, 2410]
    assert [int(node.get(f"{W}w")) for node in tree.iter(f"{W}tcW")] == [2410, 7228, 2410, 4818, 2410]


def breaks(*blocks: Block) -> list[tuple[str, bool]]:
    found = [(node, node.find(f".//{W}pageBreakBefore") is not None) for node in body(of(*blocks))]
    return [("table" if node.tag == f"{W}tbl" else docx_text(node), new) for node, new in found if node.tag != f"{W}sectPr"]


def test_a_page_break_stands_before_what_follows_it_and_nowhere_else() -> None:
    table = Table("試", (1,), (row("甲"),))
    assert breaks(PageBreak(), Title("一"), PageBreak(), PageBreak(), Paragraph((("二",), ("三",))), PageBreak(), table, PageBreak()) == [
        ("一", False), ("二", True), ("三", False), ("", True), ("table", False), ("", False),
    ]  # fmt: skip


def test_a_table_is_always_followed_by_a_paragraph() -> None:
    table = Table("試", (1,), (row("甲"),))
    assert breaks(table, table) == [("table", False), ("", False)] * 2
    assert breaks(Seals(("校長",))) == [("", False), ("table", False), ("", False)]
    assert breaks(Title("題"), PageBreak(), Seals(("校長",)))[1:3] == [("", True), ("table", False)]


def test_a_table_that_goes_on_from_another_is_parted_from_it_by_a_seam_only() -> None:
    table = Table("試", (1,), (row("甲"),))
    gaps = [node.find(f"{W}pPr/{W}pStyle").get(f"{W}val") for node in body(of(table, table, Title("題"), table)).iterchildren(f"{W}p")]
    assert gaps == ["TableSeam", "TableEnd", "Heading1", "TableEnd"]


def test_what_holds_nothing_prints_nothing() -> None:
    assert breaks(Table("試", (1, 1), ()), Seals(())) == [("", False)]
    assert breaks() == [("", False)]


def test_a_blank_is_grey_and_seen() -> None:
    tree = body(of(Paragraph((("電話：", Blank("convener.phone")),))))
    runs = [(docx_text(run.getparent()), run.find(f"{W}rPr/{W}rStyle") is not None, run.findtext(f"{W}t")) for run in tree.iter(f"{W}r")]
    assert runs == [("電話：（未填）", False, "電話："), ("電話：（未填）", True, "（未填）")]


def test_figures_stand_to_the_right_and_labels_are_shaded() -> None:
    tree = body(of(Table("試", (1, 1), (Row((papers.label("總價"), cell("4,000", align="end"))),))))
    assert [node.get(f"{W}val") for node in tree.iterfind(f".//{W}tc//{W}jc")] == ["center", "right"]
    assert [tags(properties.iterchildren()) for properties in tree.iter(f"{W}tcPr")] == [["tcW", "shd", "vAlign"], ["tcW", "vAlign"]]


def test_cells_that_hold_a_field_are_marked_by_bookmarks_that_word_takes() -> None:
    lines = (("第一行",), ("第二行",))
    tree = body(
        of(
            Table(
                "試", (1, 1), (Row((cell(lines, field="sessions[0].content"), cell("", field="name"))), row("無", cell("", field="name")))
            )
        )
    )
    starts, ends = list(tree.iter(f"{W}bookmarkStart")), list(tree.iter(f"{W}bookmarkEnd"))
    assert [node.get(f"{W}name") for node in starts] == ["sessions_0__content", "name", "name__2"]
    assert [node.get(f"{W}id") for node in starts] == [node.get(f"{W}id") for node in ends] == ["0", "1", "2"]
    assert (docx_text(starts[0].getparent()), docx_text(ends[0].getparent())) == ("第一行", "第二行")


def test_the_foot_counts_pages_by_fields_and_tells_version_and_digest() -> None:
    footer = part(render_docx(papers.application()).data, "word/footer1.xml")
    assert [node.get(f"{W}instr").strip() for node in footer.iter(f"{W}fldSimple")] == ["PAGE", "NUMPAGES"]
    assert docx_text(footer[0]) == "版本 3　校驗碼 9f2c4e8a1b7d\t第 1 頁，共 1 頁"


def test_a_landscape_paper_lies() -> None:
    size = next(body(Paper("試", (), "3", papers.DIGEST, landscape=True)).iter(f"{W}pgSz"))
    assert [size.get(f"{W}{name}") for name in ("w", "h", "orient")] == ["16838", "11906", "landscape"]


def test_custom_properties_are_kept_as_text() -> None:
    properties = (("gongxue", '{"a": "<&>"}'), ("式樣", " 一\n二 "))
    custom = part(render_docx(Paper("試", (), "3", papers.DIGEST, properties=properties)).data, "docProps/custom.xml")
    assert [(node.get("pid"), node.get("name"), node[0].text) for node in custom] == [
        ("2", "gongxue", '{"a": "<&>"}'),
        ("3", "式樣", " 一\n二 "),
    ]


def test_no_text_breaks_the_parts_that_hold_it() -> None:
    paper = Paper("題<&>\x07", (Table("表<&>\ud800", (1,), (row("甲"),)),), "3<&>\n4", papers.DIGEST, properties=(("名<&>", "\ufffe"),))
    printed = render_docx(paper)
    assert printed.missing == ("U+D800", "U+0007", "U+FFFE")
    assert next(part(printed.data, "word/document.xml").iter(f"{W}tblCaption")).get(f"{W}val") == "表<&>〓"
    assert docx_text(part(printed.data, "word/footer1.xml")[0]).startswith("版本 3<&> 4　")
    assert "".join(part(printed.data, "docProps/core.xml").itertext()) == "題<&>〓zh-TW"


def test_a_table_without_room_for_a_cell_is_refused() -> None:
    with pytest.raises(ValueError, match=re.escape("table '試', row 1: no room for cell 3 of 3")):
        render_docx(of(Table("試", (1, 1), (row("甲", "乙", "丙"),))))
