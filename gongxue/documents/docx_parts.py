"""The parts of a DOCX file that are the same on every paper, or nearly. Elements stand in the order of the schema: Word insists on it."""

from typing import Final

from gongxue.documents.look import (
    FOOT_FROM_EDGE,
    FOOT_GREY,
    GAP_POINTS,
    LINE,
    MARGIN,
    NEVER_BEGIN_A_LINE,
    NEVER_END_A_LINE,
    SEALS_GAP_POINTS,
    SEAM_POINTS,
    SECTION_POINTS,
    SMALL_POINTS,
    TEXT_POINTS,
    TITLE_POINTS,
    TITLE_SPREAD_POINTS,
    UNFILLED_GREY,
)

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R: Final = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/"

FORMAT_ID: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""Word knows custom properties by this and by numbers from 2 on."""


def twips(millimetres: float) -> int:
    """Twentieths of a point, in which Word measures."""
    return round(millimetres * 1440 / 25.4)


CONTENT_TYPES: Final = (
    f'{DECLARATION}<Types xmlns="{_PACKAGE}content-types">'
    f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="/{name}" ContentType="{kind}+xml"/>'
        for name, kind in (
            ("word/document.xml", f"{_OFFICE}wordprocessingml.document.main"),
            ("word/styles.xml", f"{_OFFICE}wordprocessingml.styles"),
            ("word/settings.xml", f"{_OFFICE}wordprocessingml.settings"),
            ("word/fontTable.xml", f"{_OFFICE}wordprocessingml.fontTable"),
            ("word/footer1.xml", f"{_OFFICE}wordprocessingml.footer"),
            ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties"),
            ("docProps/app.xml", f"{_OFFICE}extended-properties"),
            ("docProps/custom.xml", f"{_OFFICE}custom-properties"),
        )
    )
    + "</Types>"
)

RELATIONS: Final = (
    f'{DECLARATION}<Relationships xmlns="{_PACKAGE}relationships">'
    f'<Relationship Id="rId1" Type="{_RELATION}officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    f'<Relationship Id="rId3" Type="{_RELATION}extended-properties" Target="docProps/app.xml"/>'
    f'<Relationship Id="rId4" Type="{_RELATION}custom-properties" Target="docProps/custom.xml"/>'
    f"</Relationships>"
)

DOCUMENT_RELATIONS: Final = (
    f'{DECLARATION}<Relationships xmlns="{_PACKAGE}relationships">'
    f'<Relationship Id="rId1" Type="{_RELATION}styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{_RELATION}settings" Target="settings.xml"/>'
    f'<Relationship Id="rId3" Type="{_RELATION}fontTable" Target="fontTable.xml"/>'
    f'<Relationship Id="rId4" Type="{_RELATION}footer" Target="footer1.xml"/>'
    f"</Relationships>"
)

FONTS: Final = (
    f"{DECLARATION}<w:fonts {W}>"
    f'<w:font w:name="Times New Roman"><w:panose1 w:val="02020603050405020304"/><w:charset w:val="00"/><w:family w:val="roman"/>'
    f'<w:pitch w:val="variable"/></w:font>'
    f'<w:font w:name="標楷體"><w:altName w:val="DFKai-SB,TW-Kai,BiauKai,Noto Serif CJK TC"/><w:panose1 w:val="03000509000000000000"/>'
    f'<w:charset w:val="88"/><w:family w:val="script"/><w:pitch w:val="fixed"/></w:font>'
    f"</w:fonts>"
)

# Spelling marks under names and addresses are no part of a form.
SETTINGS: Final = (
    f'{DECLARATION}<w:settings {W}><w:zoom w:percent="100"/><w:hideSpellingErrors/><w:hideGrammaticalErrors/>'
    f'<w:defaultTabStop w:val="480"/><w:characterSpacingControl w:val="doNotCompress"/>'
    f'<w:noLineBreaksAfter w:lang="zh-TW" w:val="{NEVER_END_A_LINE}"/><w:noLineBreaksBefore w:lang="zh-TW" w:val="{NEVER_BEGIN_A_LINE}"/>'
    f'<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    f'<w:themeFontLang w:val="en-US" w:eastAsia="zh-TW"/>'
    f"</w:settings>"
)


def _spacing(before: float, after: float, points: float) -> str:
    line = round(points * LINE * 20)
    return f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}" w:line="{line}" w:lineRule="atLeast"/>'


def _paragraph_style(identity: str, name: str, paragraph: str = "", run: str = "", based: str = "Normal", following: str = "") -> str:
    own = "" if name.islower() else ' w:customStyle="1"'  # Word's own names are written small
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{identity}"><w:name w:val="{name}"/><w:basedOn w:val="{based}"/>'
        + (f'<w:next w:val="{following}"/>' if following else "")
        + "<w:qFormat/>"
        + (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "")
        + (f"<w:rPr>{run}</w:rPr>" if run else "")
        + "</w:style>"
    )


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _narrow_style(identity: str, name: str, points: float, paging: str = "") -> str:
    spacing = f'<w:spacing w:before="0" w:after="0" w:line="{round(points * 20)}" w:lineRule="exact"/>'
    return _paragraph_style(identity, name, paging + spacing, _size(1))


STYLES: Final = (
    f"{DECLARATION}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>"
    f'<w:rFonts w:ascii="Times New Roman" w:eastAsia="標楷體" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>{_size(TEXT_POINTS)}'
    f'<w:lang w:val="en-US" w:eastAsia="zh-TW" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    f'<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
    f'<w:pPr><w:widowControl w:val="0"/>{_spacing(0, 0, TEXT_POINTS)}</w:pPr></w:style>'
    f'<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>'
    f'<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    f'<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    f'<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    + _paragraph_style(
        "Heading1",
        "heading 1",
        f'<w:keepNext/><w:keepLines/>{_spacing(0, 4, TITLE_POINTS)}<w:jc w:val="center"/><w:outlineLvl w:val="0"/>',
        f'<w:spacing w:val="{round(TITLE_SPREAD_POINTS * 20)}"/>{_size(TITLE_POINTS)}',
        following="Normal",
    )
    + _paragraph_style(
        "Heading2",
        "heading 2",
        f'<w:keepNext/><w:keepLines/>{_spacing(8, 3, SECTION_POINTS)}<w:outlineLvl w:val="1"/>',
        _size(SECTION_POINTS),
        following="Normal",
    )
    + _paragraph_style("FormSubtitle", "Form Subtitle", f'<w:keepNext/>{_spacing(0, 4, TEXT_POINTS)}<w:jc w:val="center"/>')
    + _paragraph_style("SectionSubtitle", "Section Subtitle", f"<w:keepNext/>{_spacing(0, 3, TEXT_POINTS)}")
    + _paragraph_style("Note", "Form Note", _spacing(0, 0, SMALL_POINTS), _size(SMALL_POINTS))
    + _paragraph_style("TableText", "Table Text")
    + _narrow_style("TableEnd", "Table End", GAP_POINTS)
    + _narrow_style("TableSeam", "Table Seam", SEAM_POINTS)
    + _narrow_style("BeforeSeals", "Before Seals", SEALS_GAP_POINTS, "<w:keepNext/>")
    + _paragraph_style("Footer", "footer", _spacing(0, 0, SMALL_POINTS), f'<w:color w:val="{FOOT_GREY}"/>{_size(SMALL_POINTS)}')
    + f'<w:style w:type="character" w:customStyle="1" w:styleId="Unfilled"><w:name w:val="Unfilled"/>'
    f'<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/><w:rPr><w:color w:val="{UNFILLED_GREY}"/></w:rPr></w:style></w:styles>'
)

APP: Final = (
    f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    f"<Application>Gongxue</Application></Properties>"
)

PAGE_MARGINS: Final = (
    "<w:pgMar "
    + " ".join(f'w:{side}="{twips(MARGIN)}"' for side in ("top", "right", "bottom", "left"))
    + f' w:header="{twips(FOOT_FROM_EDGE)}" w:footer="{twips(FOOT_FROM_EDGE)}" w:gutter="0"/>'
)
