"""The parts of an ODT file that are the same on every paper, or nearly: styles, settings, the list of parts."""

from typing import Final

from gongxue.documents.look import (
    CELL_PADDING,
    FOOT_FROM_EDGE,
    FOOT_GREY,
    GAP_POINTS,
    HEAD_SHADE,
    LINE,
    MARGIN,
    NEVER_BEGIN_A_LINE,
    NEVER_END_A_LINE,
    ROW_HEIGHT,
    RULE_POINTS,
    SEAL_HEIGHT,
    SEALS_GAP_POINTS,
    SEAM_POINTS,
    SECTION_POINTS,
    SMALL_POINTS,
    TEXT_POINTS,
    TITLE_POINTS,
    TITLE_SPREAD_POINTS,
    UNFILLED_GREY,
    page_size,
    text_area,
)

MEDIA_TYPE: Final = "application/vnd.oasis.opendocument.text"
DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ODF: Final = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES: Final = (
    f'xmlns:office="{_ODF}office:1.0" xmlns:style="{_ODF}style:1.0" xmlns:text="{_ODF}text:1.0" xmlns:table="{_ODF}table:1.0" '
    f'xmlns:fo="{_ODF}xsl-fo-compatible:1.0" xmlns:svg="{_ODF}svg-compatible:1.0" office:version="1.2"'
)

# One name each: given a list, LibreOffice on Linux still asks fontconfig for the first name only, and, saving as DOCX, writes the whole
# list as the name of one font, which Word then does not find. No pitch: with one, fontconfig leaves out an alias of another pitch.
FONTS: Final = (
    "<office:font-face-decls>"
    '<style:font-face style:name="Times New Roman" svg:font-family="\'Times New Roman\'" style:font-family-generic="roman"/>'
    '<style:font-face style:name="標楷體" svg:font-family="標楷體" style:font-family-generic="system"/>'
    "</office:font-face-decls>"
)

MANIFEST: Final = (
    f'{DECLARATION}<manifest:manifest xmlns:manifest="{_ODF}manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{MEDIA_TYPE}"/>'
    + "".join(
        f'<manifest:file-entry manifest:full-path="{name}.xml" manifest:media-type="text/xml"/>'
        for name in ("content", "styles", "meta", "settings")
    )
    + "</manifest:manifest>"
)

# TableRowKeep makes LibreOffice keep a row with the next where its paragraphs say so, as Word does.
SETTINGS: Final = (
    f'{DECLARATION}<office:document-settings xmlns:office="{_ODF}office:1.0" xmlns:config="{_ODF}config:1.0" office:version="1.2">'
    '<office:settings><config:config-item-set config:name="ooo:configuration-settings" xmlns:ooo="http://openoffice.org/2004/office">'
    '<config:config-item-map-indexed config:name="ForbiddenCharacters"><config:config-item-map-entry>'
    '<config:config-item config:name="Language" config:type="string">zh</config:config-item>'
    '<config:config-item config:name="Country" config:type="string">TW</config:config-item>'
    '<config:config-item config:name="Variant" config:type="string"></config:config-item>'
    f'<config:config-item config:name="BeginLine" config:type="string">{NEVER_BEGIN_A_LINE}</config:config-item>'
    f'<config:config-item config:name="EndLine" config:type="string">{NEVER_END_A_LINE}</config:config-item>'
    "</config:config-item-map-entry></config:config-item-map-indexed>"
    '<config:config-item config:name="TableRowKeep" config:type="boolean">true</config:config-item>'
    "</config:config-item-set></office:settings></office:document-settings>"
)


def _spacing(before: float, after: float, points: float) -> str:
    return f'fo:margin-top="{before:g}pt" fo:margin-bottom="{after:g}pt" style:line-height-at-least="{points * LINE:g}pt"'


def _type(points: float, more: str = "") -> str:
    size = f'fo:font-size="{points:g}pt" style:font-size-asian="{points:g}pt" style:font-size-complex="{points:g}pt"'
    return f"<style:text-properties {size}{more}/>"


def _paragraph_style(name: str, shown: str, paragraph: str, text: str = "", level: int = 0) -> str:
    outline = f' style:default-outline-level="{level}" style:next-style-name="Standard"' if level else ""
    return (
        f'<style:style style:name="{name}" style:display-name="{shown}" style:family="paragraph" '
        f'style:parent-style-name="Standard"{outline}>'
        f"<style:paragraph-properties {paragraph}/>{text}</style:style>"
    )


def _narrow_style(name: str, shown: str, points: float, paging: str = "") -> str:
    return _paragraph_style(name, shown, f'fo:margin-top="0pt" fo:margin-bottom="0pt" fo:line-height="{points:g}pt"{paging}', _type(1))


_STAYS: Final = 'fo:keep-with-next="always"'
STYLES: Final = (
    '<office:styles><style:default-style style:family="paragraph"><style:paragraph-properties style:text-autospace="ideograph-alpha" '
    'style:punctuation-wrap="hanging" style:line-break="strict" style:tab-stop-distance="0.85cm" style:writing-mode="page"/>'
    '<style:text-properties style:font-name="Times New Roman" fo:language="en" fo:country="US" style:font-name-asian="標楷體" '
    'style:language-asian="zh" style:country-asian="TW" style:font-name-complex="Times New Roman"/></style:default-style>'
    '<style:default-style style:family="table"><style:table-properties table:border-model="collapsing"/></style:default-style>'
    '<style:default-style style:family="table-row"><style:table-row-properties fo:keep-together="always"/></style:default-style>'
    '<style:style style:name="Standard" style:family="paragraph" style:class="text">'
    f'<style:paragraph-properties {_spacing(0, 0, TEXT_POINTS)} fo:orphans="2" fo:widows="2"/>{_type(TEXT_POINTS)}</style:style>'
    + _paragraph_style(
        "Heading1",
        "Heading 1",
        f'{_spacing(0, 4, TITLE_POINTS)} fo:text-align="center" fo:keep-together="always" {_STAYS}',
        _type(TITLE_POINTS, f' fo:letter-spacing="{TITLE_SPREAD_POINTS:g}pt"'),
        1,
    )
    + _paragraph_style(
        "Heading2", "Heading 2", f'{_spacing(8, 3, SECTION_POINTS)} fo:keep-together="always" {_STAYS}', _type(SECTION_POINTS), 2
    )
    + _paragraph_style("FormSubtitle", "Form Subtitle", f'{_spacing(0, 4, TEXT_POINTS)} fo:text-align="center" {_STAYS}')
    + _paragraph_style("SectionSubtitle", "Section Subtitle", f"{_spacing(0, 3, TEXT_POINTS)} {_STAYS}")
    + _paragraph_style("Note", "Form Note", _spacing(0, 0, SMALL_POINTS), _type(SMALL_POINTS))
    + _paragraph_style("TableText", "Table Text", _spacing(0, 0, TEXT_POINTS))
    + _narrow_style("TableEnd", "Table End", GAP_POINTS)
    + _narrow_style("TableSeam", "Table Seam", SEAM_POINTS)
    + _narrow_style("BeforeSeals", "Before Seals", SEALS_GAP_POINTS, f" {_STAYS}")
    + _paragraph_style("Footer", "Footer", _spacing(0, 0, SMALL_POINTS), _type(SMALL_POINTS, f' fo:color="#{FOOT_GREY}"'))
    + f'<style:style style:name="Unfilled" style:family="text"><style:text-properties fo:color="#{UNFILLED_GREY}"/></style:style>'
    "</office:styles>"
)

_RULE: Final = f"{RULE_POINTS:g}pt solid #000000"
_PADDING: Final = " ".join(f'fo:padding-{side}="{padding:g}mm"' for side, padding in CELL_PADDING.items())
_CELL: Final = f'style:vertical-align="middle" fo:border="{_RULE}" {_PADDING}'


def row_style(height: float, splits: bool) -> str:
    """The name of the style of a row at least `height` millimetres high."""
    return f"Row{height:g}{'Splits' if splits else ''}"


TABLE_STYLES: Final = (
    "".join(
        f'<style:style style:name="{row_style(height, splits)}" style:family="table-row"><style:table-row-properties '
        f'style:min-row-height="{height:g}mm" fo:keep-together="{"auto" if splits else "always"}"/></style:style>'
        for height in (ROW_HEIGHT, SEAL_HEIGHT)
        for splits in (False, True)
    )
    + f'<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties {_CELL}/></style:style>'
    f'<style:style style:name="HeadCell" style:family="table-cell"><style:table-cell-properties {_CELL} '
    f'fo:background-color="#{HEAD_SHADE}"/></style:style>'
)


def page_layout(landscape: bool) -> str:
    """The automatic styles of the page: its size, margins and foot."""
    width, height = page_size(landscape)
    foot = MARGIN - FOOT_FROM_EDGE
    gap = foot - SMALL_POINTS * LINE * 25.4 / 72
    return (
        '<office:automatic-styles><style:style style:name="Foot" style:family="paragraph" style:parent-style-name="Footer">'
        f'<style:paragraph-properties><style:tab-stops><style:tab-stop style:position="{text_area(landscape)[0]:g}mm" style:type="right"/>'
        "</style:tab-stops></style:paragraph-properties></style:style>"
        f'<style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="{width:g}mm" fo:page-height="{height:g}mm" '
        f'style:print-orientation="{"landscape" if landscape else "portrait"}" fo:margin-top="{MARGIN:g}mm" fo:margin-right="{MARGIN:g}mm" '
        f'fo:margin-bottom="{FOOT_FROM_EDGE:g}mm" fo:margin-left="{MARGIN:g}mm"/><style:footer-style><style:header-footer-properties '
        f'fo:min-height="{foot:g}mm" fo:margin-top="{gap:.2f}mm"/></style:footer-style></style:page-layout></office:automatic-styles>'
    )
