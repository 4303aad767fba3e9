"""Files made to hurt whoever reads them: exploding entities, endless nesting, absurd numbers. Each with what it should be refused for."""

import hashlib
from typing import Final

from gongxue.documents.reading import refusals
from tests.documents.reading.hostile_zips import MAIN_TEXT, WORDS, ZIP_FILES, Hostile, with_main
from tests.documents.reading.office_files import (
    ODF_SPACES,
    docx,
    docx_parts,
    odf_cell,
    odf_paragraph,
    odf_table,
    odt,
    odt_parts,
    w_cell,
    w_run,
    w_table,
    zipped,
)


def around(inside: str, before: str, after: str, times: int) -> str:
    """Something wrapped in itself many times."""
    return before * times + inside + after * times


def laughs(text: str) -> str:
    """Entities that grow ten times each, before a text that asks for the last."""
    entities = "".join(f'<!ENTITY l{number + 1} "{f"&l{number};" * 10}">' for number in range(9))
    return f'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY l0 "ha">{entities}]>' + text.replace("TEXT", "&l9;")


XML_FILES: Final[dict[str, Hostile]] = {
    "a billion laughs": (lambda: with_main(laughs(MAIN_TEXT)), refusals.FORBIDDEN_XML),
    "a billion laughs in UTF-16": (lambda: with_main(laughs(MAIN_TEXT).encode("utf-16")), refusals.FORBIDDEN_XML),
    "a billion laughs in ODT": (
        lambda: zipped(odt_parts("") | {"content.xml": laughs(odt_parts(odf_paragraph("TEXT"))["content.xml"])}),
        refusals.FORBIDDEN_XML,
    ),
    "one entity a million times": (
        lambda: with_main(f'<!DOCTYPE x [<!ENTITY a "{"x" * 9_999}">]>' + MAIN_TEXT.replace("TEXT", "&a;" * 300_000)),
        refusals.FORBIDDEN_XML,
    ),
    "entity from a file": (
        lambda: with_main('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + MAIN_TEXT.replace("TEXT", "&a;")),
        refusals.FORBIDDEN_XML,
    ),
    "entity from the network, in the relations": (
        lambda: zipped(docx_parts(WORDS) | {"_rels/.rels": '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd"><x/>'}),
        refusals.FORBIDDEN_XML,
    ),
    "10,000 levels of paragraphs": (lambda: docx(around("", "<w:p>", "</w:p>", 10_000)), refusals.TOO_DEEP),
    "10,000 levels of tables": (lambda: docx(around(WORDS, "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 10_000)), refusals.TOO_DEEP),
    "80 levels of tables": (lambda: docx(around(WORDS, "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 80)), refusals.TOO_DEEP),
    "240 levels of wrappers": (lambda: docx(around(WORDS, "<w:ins>", "</w:ins>", 240)), None),
    "120 levels of controls": (lambda: docx(around(WORDS, "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 120)), None),
    "10,000 levels of spans": (lambda: odt(around("文", "<text:p><text:span>", "</text:span></text:p>", 10_000)), refusals.TOO_DEEP),
    "240 levels of spans": (lambda: odt("<text:p>" + around("文", "<text:span>", "</text:span>", 240) + "</text:p>"), None),
    "100 levels of lists": (
        lambda: odt(around("<text:p>文</text:p>", "<text:list><text:list-item>", "</text:list-item></text:list>", 100)),
        refusals.TOO_DEEP,
    ),
    "80 levels of tables in ODT": (
        lambda: odt(
            around(
                "",
                "<table:table><table:table-row><table:table-cell>",
                "</table:table-cell></table:table-row></table:table>",
                80,
            )
        ),
        refusals.TOO_DEEP,
    ),
    "flat ODT of 10,000 levels": (
        lambda: (f"<office:document {ODF_SPACES}>" + around("", "<office:body>", "</office:body>", 10_000) + "</office:document>").encode(),
        refusals.TOO_DEEP,
    ),
    "an attribute of 11 MB": (lambda: with_main(MAIN_TEXT.replace("<w:p>", f'<w:p a="{noise(11_000_000)}">')), refusals.DAMAGED),
    "a text of 11 MB": (lambda: with_main(MAIN_TEXT.replace("TEXT", noise(11_000_000))), refusals.DAMAGED),
    "a text of 5 MB": (lambda: with_main(MAIN_TEXT.replace("TEXT", noise(5_000_000))), refusals.TOO_MUCH),
    "300,000 attributes": (
        lambda: with_main(MAIN_TEXT.replace("<w:p>", "<w:p " + " ".join(f'a{number}="{number}"' for number in range(300_000)) + ">")),
        None,
    ),
    "100,000 namespaces": (
        lambda: with_main(
            MAIN_TEXT.replace("<w:p>", "<w:p " + " ".join(f'xmlns:n{number}="u:{number}"' for number in range(100_000)) + ">")
        ),
        None,
    ),
    "a name of 1 MB": (lambda: with_main(MAIN_TEXT.replace("<w:p>", f"<{noise(1_000_000)}/><w:p>")), refusals.DAMAGED),
    "control characters": (lambda: with_main(MAIN_TEXT.replace("TEXT", "\x00\x07&#0;")), refusals.DAMAGED),
    "half of a surrogate pair": (lambda: with_main(MAIN_TEXT.replace("TEXT", "&#xD800;")), refusals.DAMAGED),
    "a billion laughs in UTF-7": (
        lambda: with_main(laughs(MAIN_TEXT).replace('"1.0"', '"1.0" encoding="UTF-7"').encode("utf-7")),
        refusals.FORBIDDEN_XML,
    ),
    "an encoding that hides things": (
        lambda: with_main(('<?xml version="1.0" encoding="UTF-7"?>' + MAIN_TEXT).encode("utf-7")),
        None,
    ),
}


def noise(length: int) -> str:
    """Letters and digits that do not pack too well to be believed, and no spaces; the first is a letter."""
    return "x" + hashlib.shake_128(b"noise").hexdigest(length // 2)[: length - 1]


def many(pattern: str, times: int) -> str:
    """Something again and again, a little different each time, so that it does not pack too well to be believed."""
    return "".join(pattern.replace("#", str(number * 7919 % 1_000_003)) for number in range(times))


FIELD: Final = '<w:r><w:fldChar w:fldCharType="begin" w:a="#"/></w:r>'
RUNS_ON: Final = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>一#</w:t></w:r></w:p>"
BOOKMARK: Final = '<w:bookmarkStart w:name="#"/>'
BOX: Final = "<w:p><w:r><w:pict><w:txbxContent>"
CONTROL: Final = '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent>'
LONG_LABEL: Final = f'<office:forms><form:form><form:checkbox form:id="c" form:label="{noise(900_000)}"/></form:form></office:forms>'

CONTENTS: Final[dict[str, Hostile]] = {
    "100,000 rows": (lambda: docx("<w:tbl>" + many(f"<w:tr>{w_cell('#')}</w:tr>", 100_000) + "</w:tbl>"), refusals.TOO_MUCH),
    "100,000 cells in a row": (lambda: docx(w_table(many(w_cell("#"), 100_000))), refusals.TOO_MUCH),
    "100,000 tables": (lambda: docx(many(w_table(w_cell("#")), 60_000)), refusals.TOO_MUCH),
    "100,000 rows in ODT": (
        lambda: odt("<table:table>" + many(f"<table:table-row>{odf_cell('#')}</table:table-row>", 100_000) + "</table:table>"),
        refusals.TOO_MUCH,
    ),
    "a billion columns": (lambda: docx(w_table(w_cell("甲", properties='<w:gridSpan w:val="1000000000"/>') * 100)), None),
    "a billion columns before": (
        lambda: docx('<w:tbl><w:tr><w:trPr><w:gridBefore w:val="1000000000"/></w:trPr></w:tr></w:tbl>'),
        None,
    ),
    "20,000 cells merged into one": (
        lambda: docx("<w:tbl>" + many(f"<w:tr>{w_cell('#', properties='<w:vMerge/>')}</w:tr>", 20_000) + "</w:tbl>"),
        None,
    ),
    "100,000 fields that never end": (lambda: docx(f"<w:p>{many(FIELD, 100_000)}</w:p>{WORDS}"), None),
    "60,000 paragraphs without an end": (lambda: docx(many(RUNS_ON, 60_000)), None),
    "text boxes in text boxes": (
        lambda: docx(around(WORDS, BOX, "</w:txbxContent></w:pict></w:r></w:p>", 50)),
        refusals.TOO_DEEP,
    ),
    "check boxes in check boxes": (
        lambda: docx("<w:p>" + around(many(w_run("☒#"), 5_000), CONTROL, "</w:sdtContent></w:sdt>", 80) + "</w:p>"),
        None,
    ),
    "styles in a ring": (
        lambda: docx(
            '<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr></w:p>' * 1000,
            styles='<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>',
        ),
        None,
    ),
    "relations to itself": (
        lambda: zipped({name: text.replace("word/document.xml", "_rels/.rels") for name, text in docx_parts(WORDS).items()}),
        refusals.DAMAGED,
    ),
    "100,000 bookmarks": (lambda: docx(w_table(f"<w:tc><w:p>{many(BOOKMARK, 100_000)}</w:p></w:tc>")), None),
    "a billion rows": (
        lambda: odt(
            '<table:table><table:table-row table:number-rows-repeated="1000000000">' + odf_cell("甲") + "</table:table-row></table:table>"
        ),
        refusals.TOO_MUCH,
    ),
    "a billion empty rows, 1,000 times": (
        lambda: odt(
            '<table:table><table:table-row table:number-rows-repeated="1000000000"><table:table-cell/></table:table-row></table:table>'
            * 1000
        ),
        None,
    ),
    "a billion cells": (
        lambda: odt(odf_table(odf_cell("甲", attributes='table:number-columns-repeated="1000000000"') * 300)),
        refusals.TOO_MUCH,
    ),
    "a billion spaces, 10,000 times": (lambda: odt("<text:p>" + '<text:s text:c="1000000000"/>' * 10_000 + "</text:p>"), refusals.TOO_MUCH),
    "one long label, 10,000 times": (
        lambda: odt(LONG_LABEL + "<text:p>" + '<draw:control draw:control="c"/>' * 10_000 + "</text:p>"),
        refusals.TOO_MUCH,
    ),
    "100,000 styles": (
        lambda: odt(odf_paragraph("文"), styles=many('<style:style style:name="s#" style:family="text"/>', 100_000)),
        None,
    ),
    "a media type of 5 MB": (lambda: zipped(odt_parts("") | {"mimetype": noise(5_000_000)}), refusals.PLAIN_ZIP),
    "a property of 5 MB": (
        lambda: docx(WORDS, custom=f'<property name="gongxue-programme"><vt:lpwstr>{noise(5_000_000)}</vt:lpwstr></property>'),
        None,
    ),
}

FILES: Final = ZIP_FILES | XML_FILES | CONTENTS
