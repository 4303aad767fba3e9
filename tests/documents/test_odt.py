import io
import re
import zipfile

import odfdo
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from gongxue.documents.blocks import Blank, Block, Cell, PageBreak, Paper, Paragraph, Row, Seals, Table, Title
from gongxue.documents.odt import render_odt
from gongxue.documents.printed import printable
from tests.documents import papers
from tests.documents.opened import (
    FO,
    OFFICE,
    STYLE,
    TABLE,
    TEXT,
    odt_paragraphs,
    odt_tables,
    odt_text,
    paper_paragraphs,
    paper_tables,
    part,
    squeezed,
    squeezed_tables,
)
from tests.documents.papers import cell, of, row

META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
XML_PARTS = ("content.xml", "styles.xml", "meta.xml", "settings.xml")


def one_cell(*texts: str) -> Paper:
    return of(Table("試", (1,), (Row((Cell(tuple((text,) for text in texts)),)),)))


def content(paper: Paper) -> etree._Element:
    return part(render_odt(paper).data, "content.xml")


def body(paper: Paper) -> etree._Element:
    return content(paper)[-1][0]


def tags(node: etree._Element) -> list[str]:
    return [etree.QName(child).localname for child in node]


def properties(tree: etree._Element, style: str) -> dict[str, str]:
    """All formatting properties of a style, without their namespaces."""
    found = next(node for node in tree.iter(f"{STYLE}style") if node.get(f"{STYLE}name") == style)
    return {etree.QName(name).localname: value for child in found for name, value in child.attrib.items()}


def test_every_cell_says_what_the_paper_says() -> None:
    data = render_odt(papers.application()).data
    assert squeezed_tables(odt_tables(data)) == paper_tables(papers.application())
    assert list(map(squeezed, odt_paragraphs(data))) == paper_paragraphs(papers.application())


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert render_odt(papers.application()) == render_odt(papers.application())


def test_odfdo_opens_it_and_finds_titles_tables_and_metadata() -> None:
    opened = odfdo.Document(io.BytesIO(render_odt(papers.application()).data))
    assert (opened.get_type(), opened.meta.title, opened.meta.language) == ("text", "新竹市111學年度教師專業學習社群申請書", "zh-TW")
    assert [(int(head.level), head.text_recursive[:2]) for head in opened.body.headers] == [
        (1, "新竹"), (2, "社群"), (2, "一、"), (2, "三、"), (2, "四、"), (2, "五、"), (2, "附錄"), (2, "附錄"),
    ]  # fmt: skip
    assert [(table.name, table.height, table.width) for table in opened.body.tables] == [
        (block.label, len(block.rows), len(block.widths)) if isinstance(block, Table) else ("核章", 2, len(block.labels))
        for block in papers.application().blocks
        if isinstance(block, Table | Seals)
    ]


@given(st.lists(st.text(st.characters()) | st.text(" \t\n甲a", max_size=8), min_size=1, max_size=4))
def test_any_text_comes_back_from_a_cell(texts: list[str]) -> None:
    printed = render_odt(one_cell(*texts))
    missing: dict[str, None] = {}
    expected = [printable(text, missing) for text in texts]
    paragraphs = next(part(printed.data, "content.xml").iter(f"{TABLE}table-cell"))
    assert [odt_text(paragraph) for paragraph in paragraphs] == expected
    assert printed.missing == tuple(missing)


@given(st.text(" \t\n甲a", max_size=12))
def test_no_space_is_written_where_any_reader_might_fold_it(text: str) -> None:
    plain = [said for paragraph in body(one_cell(text)).iter(f"{TEXT}p") for said in paragraph.itertext()]
    assert [said for said in plain if re.search(r"^\s|\s$|\s\s|[\t\n]", said)] == []


def test_text_becomes_neither_markup_nor_field_nor_link() -> None:
    evil = ("<text:line-break/>", "</text:p>", "&lt;", "of:=SUM(A1)", "=1+1", "https://example.org a@example.org", "]]>", '" text:x="')
    tree = body(one_cell(*evil))
    assert [odt_text(paragraph) for paragraph in tree.iter(f"{TEXT}p")][:-1] == list(evil)
    assert {etree.QName(node).localname for node in tree.iter()} == {"text", "table", "table-column", "table-row", "table-cell", "p"}
    cell_of_text = next(tree.iter(f"{TABLE}table-cell"))
    assert {etree.QName(name).localname: value for name, value in cell_of_text.attrib.items()} == {
        "style-name": "Cell",
        "value-type": "string",
    }


def test_the_package_begins_with_its_media_type_and_lists_its_parts() -> None:
    data = render_odt(papers.application()).data
    assert data[30:77] == b"mimetypeapplication/vnd.oasis.opendocument.text"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
        assert archive.infolist()[0].extra == b""
        names = archive.namelist()
    listed = {node.get(f"{MANIFEST}full-path"): node.get(f"{MANIFEST}media-type") for node in part(data, "META-INF/manifest.xml")}
    assert listed.pop("/") == "application/vnd.oasis.opendocument.text"
    assert set(listed) == set(names) - {"mimetype", "META-INF/manifest.xml"} == set(XML_PARTS)
    assert set(listed.values()) == {"text/xml"}


def test_elements_stand_in_the_order_of_the_standard() -> None:
    data = render_odt(papers.application()).data
    assert tags(part(data, "content.xml")) == ["font-face-decls", "automatic-styles", "body"]
    assert tags(part(data, "styles.xml")) == ["font-face-decls", "styles", "automatic-styles", "master-styles"]
    first = next(part(data, "content.xml").iter(f"{TABLE}table"))
    assert tags(first) == ["table-column"] * 5 + ["table-row"] * 8
    members = list(part(data, "content.xml").iter(f"{TABLE}table"))[1]
    assert tags(members) == ["table-column"] * 5 + ["table-header-rows"] + ["table-row"] * 5


def test_every_style_that_is_used_is_there() -> None:
    trees = [part(render_odt(papers.application()).data, name) for name in ("content.xml", "styles.xml")]
    known = {node.get(f"{STYLE}name") for tree in trees for node in tree.iter(f"{STYLE}style", f"{STYLE}page-layout")}
    used = {
        value
        for tree in trees
        for node in tree.iter()
        for name, value in node.attrib.items()
        if etree.QName(name).localname in {"style-name", "parent-style-name", "next-style-name", "page-layout-name"}
    }
    assert used - known == set()


def test_spans_cover_the_places_of_the_grid() -> None:
    tree = body(of(Table("試", (1, 1, 1), (row("甲", cell("乙", columns=2, rows=2)), row("丙")))))
    assert [tags(each) for each in tree.iter(f"{TABLE}table-row")] == [
        ["table-cell", "table-cell", "covered-table-cell"],
        ["table-cell", "covered-table-cell", "covered-table-cell"],
    ]


def test_heads_repeat_and_rows_stay_whole_but_one_that_fits_on_no_page() -> None:
    tree = content(of(Table("試", (1, 1), (papers.heads("甲", "乙"), row("丙", "丁"), row("戊", "字" * 3000)), head_rows=1)))
    assert len(list(tree.iterfind(f".//{TABLE}table-header-rows/{TABLE}table-row"))) == 1
    styles = [node.get(f"{TABLE}style-name") for node in tree.iter(f"{TABLE}table-row")]
    assert [properties(tree, style)["keep-together"] for style in styles] == ["always", "always", "auto"]


def staying(*blocks: Block) -> list[tuple[str, bool]]:
    """The text of every paragraph, and whether it stays on the page of what follows."""
    trees = [part(render_odt(of(*blocks)).data, name) for name in ("content.xml", "styles.xml")]
    kept = {
        node.getparent().get(f"{STYLE}name")
        for tree in trees
        for node in tree.iter(f"{STYLE}paragraph-properties")
        if node.get(f"{FO}keep-with-next") == "always"
    }
    return [(odt_text(each), each.get(f"{TEXT}style-name") in kept) for each in trees[0].iter(f"{TEXT}p", f"{TEXT}h")]


def test_titles_and_short_introductions_stay_with_what_follows() -> None:
    table = Table("試", (1,), (papers.heads("甲"), row("乙")), head_rows=1)
    assert staying(Title("題", subtitle="副題"), table) == [("題", True), ("副題", True), ("甲", True), ("乙", False), ("", False)]
    assert staying(Title("節", level=2), Paragraph((("一",), ("二",))), table)[:3] == [("節", True), ("一", True), ("二", True)]
    assert staying(Paragraph((("一",),) * 4), table)[:4] == [("一", False)] * 4


def test_column_widths_are_shares_of_the_page() -> None:
    tree = content(of(Table("試", (1, 2, 1), (row("甲", cell("乙", columns=2)),))))
    columns = [node.get(f"{TABLE}style-name") for node in tree.iter(f"{TABLE}table-column")]
    assert [properties(tree, column)["column-width"] for column in columns] == ["42.5mm", "85mm", "42.5mm"]


def breaks(*blocks: Block) -> list[tuple[str, bool]]:
    tree = content(of(*blocks))
    new = {
        node.getparent().get(f"{STYLE}name")
        for node in tree.iter(f"{STYLE}paragraph-properties")
        if node.get(f"{FO}break-before") == "page"
    }
    found = tree.find(f"{OFFICE}body/{OFFICE}text")
    assert found is not None
    return [("table" if node.tag == f"{TABLE}table" else odt_text(node), node.get(f"{TEXT}style-name") in new) for node in found]


def test_a_page_break_stands_before_what_follows_it_and_nowhere_else() -> None:
    table = Table("試", (1,), (row("甲"),))
    assert breaks(PageBreak(), Title("一"), PageBreak(), PageBreak(), Paragraph((("二",), ("三",))), PageBreak(), table, PageBreak()) == [
        ("一", False), ("二", True), ("三", False), ("", True), ("table", False), ("", False),
    ]  # fmt: skip


def test_what_holds_nothing_prints_nothing() -> None:
    assert breaks(Table("試", (1, 1), ()), Seals(())) == [("", False)]


def test_tables_of_one_label_get_names_of_their_own() -> None:
    table = Table("表<&>", (1,), (row("甲"),))
    assert [node.get(f"{TABLE}name") for node in body(of(table, table, table)).iter(f"{TABLE}table")] == ["表<&>", "表<&> (2)", "表<&> (3)"]


def test_a_blank_is_grey_and_seen() -> None:
    tree = body(of(Paragraph((("電話：", Blank("convener.phone")),))))
    assert [(odt_text(span), span.get(f"{TEXT}style-name")) for span in tree.iter(f"{TEXT}span")] == [("（未填）", "Unfilled")]
    assert odt_text(tree[0]) == "電話：（未填）"


def test_figures_stand_to_the_right_and_labels_are_shaded() -> None:
    tree = content(of(Table("試", (1, 1), (Row((papers.label("總價"), cell("4,000", align="end"))),))))
    cells = list(tree.iter(f"{TABLE}table-cell"))
    assert [properties(tree, each[0].get(f"{TEXT}style-name"))["text-align"] for each in cells] == ["center", "end"]
    assert [properties(tree, each.get(f"{TABLE}style-name")).get("background-color") for each in cells] == ["#F2F2F2", None]
    assert {properties(tree, each.get(f"{TABLE}style-name"))["vertical-align"] for each in cells} == {"middle"}


def test_cells_that_hold_a_field_are_marked_by_bookmarks() -> None:
    lines = (("第一行",), ("第二行",))
    tree = body(
        of(
            Table(
                "試", (1, 1), (Row((cell(lines, field="sessions[0].content"), cell("", field="name"))), row("無", cell("", field="name")))
            )
        )
    )
    starts, ends = list(tree.iter(f"{TEXT}bookmark-start")), list(tree.iter(f"{TEXT}bookmark-end"))
    assert [node.get(f"{TEXT}name") for node in starts] == [node.get(f"{TEXT}name") for node in ends]
    assert [node.get(f"{TEXT}name") for node in starts] == ["sessions_0__content", "name", "name__2"]
    assert (odt_text(starts[0].getparent()), odt_text(ends[0].getparent())) == ("第一行", "第二行")


def test_the_foot_counts_pages_by_fields_and_tells_version_and_digest() -> None:
    foot = next(part(render_odt(papers.application()).data, "styles.xml").iter(f"{STYLE}footer"))[0]
    assert odt_text(foot) == "版本 3　校驗碼 9f2c4e8a1b7d\t第 1 頁，共 1 頁"
    assert [len(list(foot.iter(f"{TEXT}{name}"))) for name in ("page-number", "page-count")] == [1, 1]


def test_a_tick_box_never_ends_a_line() -> None:
    config = "{urn:oasis:names:tc:opendocument:xmlns:config:1.0}"
    items = part(render_odt(of()).data, "settings.xml").iter(f"{config}config-item")
    assert {item.get(f"{config}name"): item.text for item in items if item.text}["EndLine"].endswith("（｛□■")


def test_a_landscape_paper_lies() -> None:
    layout = next(
        part(render_odt(Paper("試", (), "3", papers.DIGEST, landscape=True)).data, "styles.xml").iter(f"{STYLE}page-layout-properties")
    )
    assert [layout.get(name) for name in (f"{FO}page-width", f"{FO}page-height", f"{STYLE}print-orientation")] == [
        "297mm",
        "210mm",
        "landscape",
    ]


def test_custom_properties_are_kept_as_text() -> None:
    own = (("gongxue", '{"a": "<&>"}'), ("式樣", " 一\n二 "))
    meta = part(render_odt(Paper("試", (), "3", papers.DIGEST, properties=own)).data, "meta.xml")
    assert [(node.get(f"{META}name"), node.text) for node in meta.iter(f"{META}user-defined")] == list(own)


def test_it_is_a_chinese_paper_in_kaiti() -> None:
    styles = part(render_odt(papers.application()).data, "styles.xml")
    text = next(styles.iter(f"{STYLE}text-properties"))
    assert [text.get(f"{STYLE}{name}") for name in ("font-name-asian", "font-name", "language-asian", "country-asian")] == [
        "標楷體", "Times New Roman", "zh", "TW",
    ]  # fmt: skip
    faces = {node.get(f"{STYLE}name") for node in styles.iter(f"{STYLE}font-face")}
    assert faces == {"標楷體", "Times New Roman"}


def test_no_text_breaks_the_parts_that_hold_it() -> None:
    paper = Paper("題<&>\x07", (Table("表<&>\ud800", (1,), (row("甲"),)),), "3<&>  \n4", papers.DIGEST, properties=(("名<&>", "\ufffe"),))
    printed = render_odt(paper)
    assert printed.missing == ("U+D800", "U+0007", "U+FFFE")
    assert [part(printed.data, name).tag for name in XML_PARTS] == [f"{OFFICE}document-{name[:-4]}" for name in XML_PARTS]
    assert odt_text(next(part(printed.data, "styles.xml").iter(f"{STYLE}footer"))[0]).startswith("版本 3<&> 4　")


def test_a_table_without_room_for_a_cell_is_refused() -> None:
    with pytest.raises(ValueError, match=re.escape("table '試', row 1: no room for cell 3 of 3")):
        render_odt(of(Table("試", (1, 1), (row("甲", "乙", "丙"),))))
