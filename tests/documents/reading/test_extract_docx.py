"""What Word shows of a document is what we read: no more, no less."""

import pytest

from gongxue.documents.reading.extract import read_sheet
from tests.documents.reading.office_files import STRICT_W, docx, w_cell, w_paragraph, w_run, w_table
from tests.documents.reading.seen import Seen

seen = Seen(docx)


def words(paragraph: str, **more: str) -> str:
    """What a paragraph with this inside says; markers before and after it show that nothing else went missing."""
    before, said, after = seen.texts(w_paragraph("前") + f"<w:p>{paragraph}{w_run('。')}</w:p>" + w_paragraph("後"), **more)
    assert (before, said[-1:], after) == ("前", "。", "後")
    return said[:-1]


HIDDEN = "<w:rPr><w:vanish/></w:rPr>"
INSERTED = f'<w:ins w:id="1" w:author="甲">{w_run("加")}</w:ins>'
DELETED = '<w:del w:id="2" w:author="甲"><w:r><w:delText>刪</w:delText></w:r></w:del>'
BOX = f"<w:txbxContent>{w_paragraph('框中')}</w:txbxContent>"


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        (w_run("數學") + w_run("遊戲"), "數學遊戲"),
        (w_run("一\n二\t三"), "一\n二\t三"),
        ("<w:r><w:t>一</w:t><w:cr/><w:t>二</w:t></w:r>", "一\n二"),
        ("<w:r><w:t>一\n  二</w:t></w:r>", "一   二"),
        ("<w:r><w:t>03</w:t><w:noBreakHyphen/><w:t>522</w:t><w:softHyphen/></w:r>", "03‑522\u00ad"),
        ('<w:r><w:br w:type="page"/><w:t>三、</w:t><w:br w:type="column"/></w:r>', "三、"),
        ('<w:r><w:t>一</w:t><w:br w:type="textWrapping"/><w:t>二</w:t></w:r>', "一\n二"),
        (INSERTED + DELETED, "加"),
        (f'<w:moveFrom w:id="1">{w_run("舊處")}</w:moveFrom><w:moveTo w:id="2">{w_run("新處")}</w:moveTo>', "新處"),
        (f'<w:r>{HIDDEN}<w:t>藏</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>現</w:t></w:r>', "現"),
        (f'<w:hyperlink w:anchor="a">{w_run("連結")}</w:hyperlink>', "連結"),
        (f'<w:smartTag w:element="x">{w_run("標")}</w:smartTag><w:customXml w:element="y">{w_run("籤")}</w:customXml>', "標籤"),
        (f'<w:bdo w:val="ltr">{w_run("方")}</w:bdo><w:dir w:val="ltr">{w_run("向")}</w:dir>', "方向"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{w_run('控制項')}</w:sdtContent></w:sdt>", "控制項"),
        (f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{w_run('按一下輸入')}</w:sdtContent></w:sdt>", ""),
        (w_run("註") + '<w:r><w:footnoteReference w:id="1"/><w:endnoteReference w:id="1"/><w:commentReference w:id="1"/></w:r>', "註"),
        ("<m:oMath><m:r><m:t>1/2</m:t></m:r></m:oMath>", "1/2"),
        (f"<w:r><w:ruby><w:rubyPr/><w:rt>{w_run('ㄐ')}</w:rt><w:rubyBase>{w_run('共')}</w:rubyBase></w:ruby></w:r>", "共"),
        (f"<w:proofErr/>{w_run('對')}<w:permStart w:id='1'/>", "對"),
        ("", ""),
    ],
)
def test_a_paragraph_says_what_word_shows(paragraph: str, expected: str) -> None:
    assert words(paragraph) == expected


@pytest.mark.parametrize(
    ("font", "code", "expected"),
    [
        ("Wingdings", "F0FE", "☑"),
        ("Wingdings", "F0A8", "☐"),
        ("Wingdings", "F06F", "□"),
        ("Wingdings", "F06E", "■"),
        ("Wingdings", "F0FC", "✓"),
        ("Wingdings", "00FE", "☑"),
        ("Wingdings 2", "F052", "☑"),
        ("Wingdings 2", "F0A3", "☐"),
        ("MS Gothic", "2611", "☑"),
        ("Wingdings", "F04A", ""),
        ("Wingdings", "zz", ""),
        ("MS Gothic", "D800", ""),
        ("MS Gothic", "FFFFFFFFFF", ""),
    ],
)
def test_signs_of_picture_fonts_become_characters(font: str, code: str, expected: str) -> None:
    assert words(f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>') == expected


def test_text_typed_in_a_picture_font_shows_its_signs() -> None:
    fonts = '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr>'
    assert words(f"<w:r>{fonts}<w:t>\uf0fe</w:t></w:r>" + w_run("是") + f"<w:r>{fonts}<w:t>o</w:t></w:r>" + w_run("否")) == "☑是□否"
    style = '<w:style w:type="character" w:styleId="Sign"><w:rPr><w:rFonts w:ascii="Wingdings 2"/></w:rPr></w:style>'
    assert words('<w:r><w:rPr><w:rStyle w:val="Sign"/></w:rPr><w:t>R</w:t></w:r>', styles=style) == "☑"
    assert words(w_run("\uf0fe是")) == "\uf0fe是"


def check_box(state: str, shown: str, signs: str = "") -> str:
    box = f'<w14:checkbox><w14:checked w14:val="{state}"/>{signs}</w14:checkbox>'
    return f"<w:sdt><w:sdtPr>{box}</w:sdtPr><w:sdtContent>{w_run(shown)}</w:sdtContent></w:sdt>"


OWN_SIGNS = '<w14:checkedState w14:val="2714" w14:font="MS Gothic"/><w14:uncheckedState w14:val="2717" w14:font="MS Gothic"/>'


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        (check_box("1", "☒"), "☑"),
        (check_box("0", "☐"), "☐"),
        (check_box("0", "☒"), "☑"),
        (check_box("1", "☐"), "☐"),
        (check_box("1", "✔", OWN_SIGNS), "☑"),
        (check_box("1", "✗", OWN_SIGNS), "☐"),
        (check_box("1", "？"), "☑"),
        (check_box("1", "☐甲"), "☐甲"),
        (check_box("1", "已選"), "已選"),
        (check_box("1", ""), ""),
        (check_box("false", "？"), "☐"),
    ],
)
def test_a_check_box_of_words_counts_as_it_shows_and_else_by_its_state(box: str, expected: str) -> None:
    assert words(box) == expected


def form_field(data: str, kind: str = "FORMCHECKBOX", result: str = "") -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r><w:r><w:instrText> {kind} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


LIST = '<w:ddList><w:result w:val="{}"/><w:listEntry w:val="自主"/><w:listEntry w:val="專題"/></w:ddList>'


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (form_field("<w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>"), "☑"),
        (form_field("<w:checkBox><w:default w:val='1'/></w:checkBox>"), "☑"),
        (form_field("<w:checkBox><w:default w:val='1'/><w:checked w:val='0'/></w:checkBox>"), "☐"),
        (form_field("<w:checkBox><w:size w:val='20'/></w:checkBox>"), "☐"),
        (form_field("<w:textInput/>", "FORMTEXT", w_run("林雅婷")), "林雅婷"),
        (form_field(LIST.format(1), "FORMDROPDOWN"), "專題"),
        (form_field(LIST.format(0), "FORMDROPDOWN"), "自主"),
        (form_field(LIST.format(99), "FORMDROPDOWN"), "專題"),
        (form_field("<w:ddList/>", "FORMDROPDOWN"), ""),
    ],
)
def test_form_fields_of_the_old_kind_show_what_was_filled_in(field: str, expected: str) -> None:
    assert words(field) == expected


def test_fields_show_their_result_and_never_their_instruction() -> None:
    inner = form_field("", " PAGE ", w_run("3"))
    nested = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>' + inner + w_run("看不見")
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + w_run("看得見") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )  # fmt: skip
    assert words(nested) == "看得見"
    assert words(f'<w:fldSimple w:instr=" DATE ">{w_run("111年8月1日")}</w:fldSimple>') == "111年8月1日"


def test_a_field_left_open_in_a_cell_hides_nothing_in_the_next() -> None:
    begun = '<w:tc><w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p></w:tc>'
    assert seen.cells(w_table(begun + w_cell("下一格"))) == [["", "下一格"]]


STYLES = (
    '<w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Child"><w:basedOn w:val="Secret"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Ring1"><w:basedOn w:val="Ring2"/></w:style>'
    '<w:style w:type="character" w:styleId="Ring2"><w:basedOn w:val="Ring1"/></w:style>'
)


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ('<w:r><w:rPr><w:rStyle w:val="Secret"/></w:rPr><w:t>藏</w:t></w:r>', ""),
        ('<w:r><w:rPr><w:rStyle w:val="Child"/></w:rPr><w:t>藏</w:t></w:r>', ""),
        ('<w:r><w:rPr><w:rStyle w:val="Child"/><w:vanish w:val="off"/></w:rPr><w:t>現</w:t></w:r>', "現"),
        ('<w:r><w:rPr><w:rStyle w:val="Ring1"/></w:rPr><w:t>現</w:t></w:r>', "現"),
        ('<w:r><w:rPr><w:rStyle w:val="Nobody"/></w:rPr><w:t>現</w:t></w:r>', "現"),
    ],
)
def test_a_style_can_hide_words(paragraph: str, expected: str) -> None:
    assert words(paragraph, styles=STYLES) == expected


def test_a_paragraph_style_can_hide_words_even_the_usual_one() -> None:
    hidden = f'<w:p><w:pPr><w:pStyle w:val="Gone"/></w:pPr>{w_run("藏")}<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>現</w:t></w:r></w:p>'
    assert seen.texts(hidden, styles=STYLES) == ["現"]
    usual = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:rPr><w:vanish/></w:rPr></w:style>'
    assert seen.texts(w_paragraph("藏"), styles=usual) == []


def test_a_paragraph_whose_end_was_deleted_runs_on_into_the_next() -> None:
    first = f"<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>{w_run('數學')}</w:p>"
    assert seen.texts(first + w_paragraph("遊戲")) == ["數學遊戲"]
    assert seen.texts(first + w_table(w_cell("格"))) == ["數學", "(table)"]
    assert seen.texts(first) == ["數學"]


def test_of_alternatives_the_first_that_word_understands_is_read() -> None:
    def choices(requires: str) -> str:
        return (
            f'<w:r><mc:AlternateContent><mc:Choice Requires="{requires}"><w:drawing>{BOX}</w:drawing></mc:Choice>'
            f"<mc:Fallback><w:pict>{BOX.replace('框中', '舊框')}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )

    assert seen.texts(f"<w:p>{choices('wps')}</w:p>") == ["框中"]
    assert seen.texts(f"<w:p>{choices('wps zz')}</w:p>") == ["舊框"]
    assert seen.texts(f"<w:p>{choices('unknown')}</w:p>") == ["舊框"]


def test_text_boxes_follow_the_paragraph_they_hang_on() -> None:
    box = f"<w:r><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></w:r>"
    assert seen.texts(f"<w:p>{w_run('掛')}{box}</w:p>" + w_paragraph("後")) == ["掛", "框中", "後"]
    table_in_box = f"<w:r><w:drawing><w:txbxContent>{w_table(w_cell('格'))}</w:txbxContent></w:drawing></w:r>"
    assert seen.texts(f"<w:p>{table_in_box}</w:p>") == ["(table)"]
    assert seen.cells(w_table(f"<w:tc><w:p>{w_run('掛')}{box}</w:p></w:tc>")) == [["掛\n框中"]]


def test_strict_documents_read_alike() -> None:
    relation = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    assert seen.texts(w_paragraph("嚴") + w_table(w_cell("格")), w=STRICT_W, relation=relation) == ["嚴", "(table)"]


def test_custom_properties_are_read() -> None:
    custom = '<property fmtid="x" pid="2" name="gongxue"><vt:lpwstr>{"a": 1}</vt:lpwstr></property>'
    assert read_sheet(docx(w_paragraph("文"), custom=custom)).properties == {"gongxue": '{"a": 1}'}
