"""What LibreOffice shows of a text is what we read: no more, no less."""

import pytest

from gongxue.documents.reading import refusals
from gongxue.documents.reading.extract import read_sheet
from gongxue.documents.reading.outcome import FormError
from gongxue.documents.reading.sheet import GridCell, GridTable, ParagraphText
from tests.documents.reading.office_files import ODF_SPACES, ODT_TYPE, odf_cell, odf_paragraph, odf_table, odt
from tests.documents.reading.seen import Seen

seen = Seen(odt)


def words(inside: str, before: str = "", **more: str) -> str:
    """What a paragraph with this inside says; markers after it show that nothing else went missing."""
    said, after = seen.texts(f"{before}<text:p>{inside}。</text:p>" + odf_paragraph("後"), **more)
    assert (said[-1:], after) == ("。", "後")
    return said[:-1]


FACES = '<style:font-face style:name="Wingdings1" svg:font-family="Wingdings"/>'
STYLES = (
    '<style:style style:name="Secret" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="Child" style:family="text" style:parent-style-name="Secret"/>'
    '<style:style style:name="Shown" style:family="text"><style:text-properties text:display="true"/></style:style>'
    '<style:style style:name="Ring" style:family="text" style:parent-style-name="Ring"/>'
    '<style:style style:name="Gone" style:family="paragraph"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="Signs" style:family="text"><style:text-properties style:font-name="Wingdings1"/></style:style>'
)
BOX = "<draw:frame><draw:text-box><text:p>框中</text:p></draw:text-box></draw:frame>"


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("數學<text:span>遊戲</text:span>社群", "數學遊戲社群"),
        ("一<text:line-break/>二<text:tab/>三", "一\n二\t三"),
        ("  一 \n\t 二 ", "一 二 "),
        ("一 <text:span> 二</text:span>", "一 二"),
        ('一<text:s/><text:s text:c="3"/>二', "一    二"),
        ('<text:s text:c="2"/>一 <text:s text:c="2"/> 二', "  一    二"),
        ('<text:s text:c="1000000000"/>', " " * 1000),
        ("<text:a>連結</text:a><text:meta>料</text:meta>", "連結料"),
        ("一<text:soft-page-break/>二", "一二"),
        ("一<office:annotation><text:p>註</text:p></office:annotation>二<office:annotation-end/>", "一二"),
        ("一<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>腳</text:p></text:note-body></text:note>", "一"),
        ("<text:ruby><text:ruby-base>共</text:ruby-base><text:ruby-text>ㄍ</text:ruby-text></text:ruby>", "共"),
        ("第<text:page-number>3</text:page-number>頁<text:date>111年8月1日</text:date>", "第3頁111年8月1日"),
        ("<text:placeholder>按一下</text:placeholder>", ""),
        ("<text:text-input>按一下或點選這裡以輸入文字。</text:text-input><text:text-input>共備</text:text-input>", "共備"),
        (
            '<text:hidden-text text:is-hidden="true">藏</text:hidden-text><text:hidden-text text:is-hidden="false">現</text:hidden-text>',
            "現",
        ),
        ('<text:variable-set text:display="none">藏</text:variable-set><text:variable-set>現</text:variable-set>', "現"),
        ('<text:span text:style-name="Secret">藏<text:tab/><text:s/></text:span>現', "現"),
        ('<text:span text:style-name="Child">藏<text:span text:style-name="Shown">現</text:span></text:span>', "現"),
        ('<text:span text:style-name="Ring">現</text:span><text:span text:style-name="Nobody">也</text:span>', "現也"),
        ('<text:span text:style-name="Signs">\uf0fe</text:span>是<text:span text:style-name="Signs">o</text:span>否', "☑是□否"),
        ("\uf0a8無", "\uf0a8無"),
        ("<text:change-start/>加<text:change-end/>", "加"),
        ('<text:bookmark text:name="x"/><text:bookmark-start text:name="y"/>書<text:bookmark-end text:name="y"/>', "書"),
    ],
)
def test_a_paragraph_says_what_libreoffice_shows(inside: str, expected: str) -> None:
    assert words(inside, styles=STYLES, faces=FACES) == expected


def test_deletions_under_tracking_are_left_out() -> None:
    tracked = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>刪去的</text:p></text:deletion></text:changed-region>"
        "</text:tracked-changes>"
    )
    assert words('一<text:change text:change-id="1"/>二', before=tracked) == "一二"


def test_hidden_paragraphs_and_sections_are_left_out() -> None:
    hidden = '<text:p text:style-name="Gone">藏</text:p>'
    section = '<text:section text:display="none"><text:p>藏</text:p></text:section>'
    condition = '<text:section text:display="condition" text:is-hidden="true"><text:p>藏</text:p></text:section>'
    gone = '<text:p>藏<text:hidden-paragraph text:is-hidden="true"/></text:p>'
    shown = '<text:section><text:p>現</text:p></text:section><text:section text:display="condition"><text:p>也</text:p></text:section>'
    assert seen.texts(hidden + section + condition + gone + shown, styles=STYLES) == ["現", "也"]


def test_the_contents_own_style_counts_where_common_styles_have_one_of_its_name() -> None:
    own = '<style:style style:name="P1" style:family="paragraph"><style:text-properties/></style:style>'
    foreign = '<style:style style:name="P1" style:family="paragraph"><style:text-properties text:display="none"/></style:style>'
    assert seen.texts('<text:p text:style-name="P1">現</text:p>', automatic=own, styles=foreign) == ["現"]


FORMS = (
    '<office:forms><form:form><form:checkbox form:id="c1" form:label="是" form:current-state="checked"/>'
    '<form:checkbox form:id="c2" form:label="否" form:state="unchecked"/>'
    '<form:radio form:id="c3" form:label="甲" form:current-selected="true"/>'
    '<form:text form:id="c4" form:value="舊" form:current-value="新"/></form:form></office:forms>'
)


def test_form_controls_show_their_state() -> None:
    inside = "".join(f'<draw:control draw:control="c{number}"/>' for number in (1, 2, 3, 4, 5))
    assert words(inside, before=FORMS) == "☑是☐否☑甲新"


def mark(kind: str, *parameters: tuple[str, str]) -> str:
    inside = "".join(f'<field:param field:name="{name}" field:value="{value}"/>' for name, value in parameters)
    return f'<field:fieldmark field:type="vnd.oasis.opendocument.field.{kind}">{inside}</field:fieldmark>'


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (mark("FORMCHECKBOX", ("Checkbox_Checked", "true")), "☑"),
        (mark("FORMCHECKBOX", ("Checkbox_Checked", "false"), ("Checkbox_Default", "true")), "☐"),
        (mark("FORMCHECKBOX"), "☐"),
        (mark("FORMDROPDOWN", ("Dropdown_ListEntry", "自主"), ("Dropdown_ListEntry", "專題"), ("Dropdown_Selected", "1")), "專題"),
        (mark("FORMDROPDOWN", ("Dropdown_ListEntry", "自主"), ("Dropdown_ListEntry", "專題"), ("Dropdown_Selected", "0")), "自主"),
        (mark("FORMDROPDOWN"), ""),
        ('<field:fieldmark-start field:type="vnd.oasis.opendocument.field.FORMTEXT"/>林雅婷<field:fieldmark-end/>', "林雅婷"),
    ],
)
def test_form_fields_that_came_from_word_show_what_was_filled_in(field: str, expected: str) -> None:
    assert words(field) == expected


def box(checked: str, shown: str) -> str:
    return (
        f'<loext:content-control loext:checkbox="true" loext:checked="{checked}" loext:checked-state="☒" loext:unchecked-state="☐">{shown}'
        "</loext:content-control>"
    )


@pytest.mark.parametrize(
    ("control", "expected"),
    [
        (box("true", "☒"), "☑"),
        (box("false", "☐"), "☐"),
        (box("false", "☒"), "☑"),
        (box("true", "？"), "☑"),
        (box("true", "☐甲"), "☐甲"),
        (box("true", "已選"), "已選"),
        (box("true", ""), ""),
        (box("false", "？"), "☐"),
        ('<loext:content-control loext:showing-place-holder="true">按一下</loext:content-control>', ""),
        ("<loext:content-control>文字</loext:content-control>", "文字"),
    ],
)
def test_content_controls_that_came_from_word_show_what_was_filled_in(control: str, expected: str) -> None:
    assert words(control) == expected


def test_blocks_come_in_the_order_of_the_page() -> None:
    items = "<text:list-header><text:p>頭</text:p></text:list-header><text:list-item><text:p>項</text:p></text:list-item>"
    listed = f"<text:list>{items}</text:list>"
    index = (
        "<text:table-of-content><text:table-of-content-source/><text:index-body><text:index-title><text:p>目次</text:p></text:index-title>"
        "<text:p>一、簡介</text:p></text:index-body></text:table-of-content>"
    )
    body = (
        "<text:h>題</text:h>" + odf_table(odf_cell("格")) + "<text:p/>" + listed + index + odf_table(odf_cell("格")) + odf_paragraph("末")
    )
    assert seen.texts(body) == ["題", "(table)", "頭", "項", "目次", "一、簡介", "(table)", "末"]


def test_text_boxes_follow_the_paragraph_they_hang_on() -> None:
    assert seen.texts(f"<text:p>掛{BOX}</text:p>" + odf_paragraph("後")) == ["掛", "框中", "後"]
    assert seen.texts(f"{BOX}<text:p>後</text:p>") == ["框中", "後"]
    shape = "<draw:g><draw:custom-shape><svg:title>題</svg:title><text:p>形中</text:p></draw:custom-shape></draw:g>"
    assert seen.texts(f"<text:p><draw:a>{BOX}</draw:a>{shape}</text:p>") == ["框中", "形中"]
    assert seen.texts(f"<text:p><draw:frame><draw:text-box>{odf_table(odf_cell('格'))}</draw:text-box></draw:frame></text:p>") == [
        "(table)"
    ]
    assert seen.texts("<text:p>圖<draw:frame><draw:image/><svg:desc>說明</svg:desc></draw:frame></text:p>") == ["圖"]
    assert seen.cells(odf_table(f"<table:table-cell><text:p>掛{BOX}</text:p></table:table-cell>")) == [["掛\n框中"]]


def test_merged_cells_are_told_once_with_what_they_span() -> None:
    covered = "<table:covered-table-cell><text:p>看不見</text:p></table:covered-table-cell>"
    tall, wide = 'table:number-rows-spanned="2"', 'table:number-columns-spanned="2"'
    body = odf_table(odf_cell("甲", attributes=tall) + odf_cell("乙", attributes=wide) + covered, covered + odf_cell("丙") + odf_cell("丁"))
    assert seen.spans(body) == [[("甲", 1, 2), ("乙", 2, 1)], [("丙", 1, 1), ("丁", 1, 1)]]


def test_header_rows_and_groups_of_rows_are_rows() -> None:
    def row(text: str) -> str:
        return f"<table:table-row>{odf_cell(text)}</table:table-row>"

    groups = f"<table:table-row-group><table:table-rows>{row('丙')}</table:table-rows></table:table-row-group>"
    head = f"<table:table-header-rows>{row('甲')}</table:table-header-rows>"
    body = f"<table:table>{head}<text:soft-page-break/>{row('乙')}{groups}</table:table>"
    assert seen.cells(body) == [["甲"], ["乙"], ["丙"]]


def test_repeated_cells_and_rows_are_told_as_often_as_they_stand() -> None:
    twice = odf_cell("甲", attributes='table:number-columns-repeated="2"')
    body = f'<table:table><table:table-row table:number-rows-repeated="2">{twice}</table:table-row></table:table>'
    assert seen.cells(body) == [["甲", "甲"], ["甲", "甲"]]


def test_a_billion_empty_rows_or_cells_are_a_few() -> None:
    rows = '<table:table><table:table-row table:number-rows-repeated="1000000000"><table:table-cell/></table:table-row></table:table>'
    assert seen.cells(rows) == [[""]] * 4
    across = odf_table('<table:table-cell table:number-columns-repeated="1000000000"/>')
    assert [len(row) for row in seen.cells(across)] == [256]
    assert seen.spans(
        odf_table('<table:table-cell table:number-columns-spanned="1000000000" table:number-rows-spanned="1000000000"/>')
    ) == [[("", 256, 1)]]


def test_a_billion_rows_that_say_something_are_refused() -> None:
    rows = f'<table:table><table:table-row table:number-rows-repeated="1000000000">{odf_cell("甲")}</table:table-row></table:table>'
    with pytest.raises(FormError) as caught:
        seen.table(rows)
    assert caught.value.text == refusals.TOO_MUCH


def test_a_table_in_a_cell_is_lines_and_tabs_of_it() -> None:
    inner = odf_table(odf_cell("一") + odf_cell("二", "三"), odf_cell("四") + odf_cell("五"))
    row = f"<table:table-cell>{odf_paragraph('上')}{inner}</table:table-cell>" + odf_cell("旁") + odf_cell("邊")
    assert seen.cells(odf_table(row)) == [["上\n一\t二 三\n四\t五", "旁", "邊"]]


def test_a_table_pasted_into_a_cell_of_one_as_wide_is_rows_of_it() -> None:
    pasted = odf_table(odf_cell("1") + odf_cell("甲"), odf_cell("2") + odf_cell("乙"))
    into = f"<table:table-cell>{pasted}{odf_paragraph('3')}</table:table-cell>"
    assert seen.cells(odf_table(into + odf_cell("丙"), odf_cell("4") + odf_cell("丁"))) == [
        ["3", "丙"],
        ["1", "甲"],
        ["2", "乙"],
        ["4", "丁"],
    ]


def test_a_table_of_one_cell_around_tables_is_only_a_frame() -> None:
    inner = odf_paragraph("題") + odf_table(odf_cell("一") + odf_cell("二"))
    assert seen.texts(odf_table(f"<table:table-cell>{inner}</table:table-cell>")) == ["題", "(table)"]


def test_bookmarks_are_told_by_cell() -> None:
    first = '<table:table-cell><text:p><text:bookmark text:name="a"/>甲<text:bookmark-start text:name="b"/></text:p></table:table-cell>'
    assert seen.table(odf_table(first + odf_cell("乙"))) == GridTable(((GridCell("甲", bookmarks=("a", "b")), GridCell("乙")),))


def test_user_defined_properties_are_read() -> None:
    meta = '<meta:user-defined meta:name="gongxue" meta:value-type="string">{"a": 1}</meta:user-defined>'
    assert read_sheet(odt(odf_paragraph("文"), meta=meta)).properties == {"gongxue": '{"a": 1}'}


def test_a_flat_file_reads_alike() -> None:
    flat = (
        f'<?xml version="1.0"?><office:document {ODF_SPACES} office:mimetype="{ODT_TYPE}"><office:meta>'
        '<meta:user-defined meta:name="gongxue">1</meta:user-defined></office:meta>'
        f"<office:styles>{STYLES}</office:styles><office:body><office:text><text:p>文"
        '<text:span text:style-name="Secret">藏</text:span></text:p></office:text></office:body></office:document>'
    )
    sheet = read_sheet(flat.encode())
    assert (sheet.blocks, sheet.properties) == ((ParagraphText("文"),), {"gongxue": "1"})
    assert read_sheet(flat.replace("?>", ' encoding="UTF-16"?>', 1).encode("utf-16")) == sheet
