import io
import zipfile

import pytest
from lxml import etree

from gongxue.documents.blocks import PageBreak, Paper
from gongxue.documents.docx import render_docx
from tests.documents import papers
from tests.documents.opened import W, part
from tests.documents.papers import of

# The order in which the schema of WordprocessingML wants children to stand (ISO/IEC 29500-1, annex A), as far as we use them.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl tabs spacing jc outlineLvl",
    "rPr": "rStyle rFonts color spacing sz szCs lang",
    "tblPr": "tblW jc tblInd tblBorders tblLayout tblCellMar tblLook tblCaption",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "tc": "tcPr p",
    "tcPr": "tcW gridSpan vMerge shd vAlign",
    "sectPr": "footerReference pgSz pgMar",
    "style": "name basedOn next qFormat pPr rPr tblPr",
    "settings": "zoom hideSpellingErrors hideGrammaticalErrors defaultTabStop characterSpacingControl noLineBreaksAfter noLineBreaksBefore "
    "compat themeFontLang",
    "font": "altName panose1 charset family pitch",
    "docDefaults": "rPrDefault pPrDefault",
}
REPEATED = {"tr", "tc", "p"}
XML_PARTS = ("document", "styles", "settings", "fontTable", "footer1")


@pytest.mark.parametrize("name", XML_PARTS)
def test_elements_stand_in_the_order_that_word_insists_on(name: str) -> None:
    paper = papers.application()
    tree = part(render_docx(Paper(paper.title, (*paper.blocks, PageBreak(), *paper.blocks), "3", papers.DIGEST)).data, f"word/{name}.xml")
    for node in tree.iter():
        order = ORDER.get(etree.QName(node).localname, "").split()
        if not order:
            continue
        children = [etree.QName(child).localname for child in node]
        places = [order.index(child) for child in children]
        assert places == sorted(places), children
        assert [child for child in set(children) if children.count(child) > 1 and child not in REPEATED] == []


def test_every_part_is_declared_and_every_relation_leads_to_a_part() -> None:
    data = render_docx(papers.application()).data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
    assert names[0] == "[Content_Types].xml"
    types = part(data, "[Content_Types].xml")
    declared = {node.get("PartName").removeprefix("/") for node in types if "PartName" in node.attrib}
    assert declared == {name for name in names if not name.endswith(".rels") and name != "[Content_Types].xml"}
    targets = {node.get("Target") for node in part(data, "_rels/.rels")}
    targets |= {f"word/{node.get('Target')}" for node in part(data, "word/_rels/document.xml.rels")}
    assert targets == declared
    footer = next(part(data, "word/document.xml").iter(f"{W}footerReference"))
    identity = footer.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
    named = {node.get("Id"): node.get("Target") for node in part(data, "word/_rels/document.xml.rels")}
    assert named[identity] == "footer1.xml"


def test_every_style_that_is_used_is_there() -> None:
    data = render_docx(papers.application()).data
    known = {node.get(f"{W}styleId") for node in part(data, "word/styles.xml").iter(f"{W}style")}
    used = {
        node.get(f"{W}val")
        for name in XML_PARTS
        for node in part(data, f"word/{name}.xml").iter(f"{W}pStyle", f"{W}rStyle", f"{W}basedOn", f"{W}next")
    }
    assert used - known == set()


def test_it_is_a_chinese_paper_in_kaiti() -> None:
    styles = part(render_docx(papers.application()).data, "word/styles.xml")
    fonts, language = next(styles.iter(f"{W}rFonts")), next(styles.iter(f"{W}lang"))
    assert (fonts.get(f"{W}eastAsia"), fonts.get(f"{W}ascii"), language.get(f"{W}eastAsia")) == ("標楷體", "Times New Roman", "zh-TW")


def test_a_tick_box_never_ends_a_line() -> None:
    kept = next(part(render_docx(of()).data, "word/settings.xml").iter(f"{W}noLineBreaksAfter"))
    assert (kept.get(f"{W}lang"), kept.get(f"{W}val")[-4:]) == ("zh-TW", "（｛□■")
