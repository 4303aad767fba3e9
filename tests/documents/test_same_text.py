"""One description, four outputs: the official forms say the same in all of them."""

import re
import subprocess
from collections import Counter
from pathlib import Path

import msgspec
import pytest
from lxml import html

from gongxue.documents.application_form import application_form
from gongxue.documents.blocks import Paper
from gongxue.documents.docx import render_docx
from gongxue.documents.html import render_html
from gongxue.documents.odt import render_odt
from gongxue.documents.pdf import render_pdf
from gongxue.documents.reading.extract import read_sheet
from gongxue.documents.reading.sheet import ParagraphText, Sheet
from gongxue.documents.school_summary import school_summary
from gongxue.rules.application import Application
from gongxue.rules.programme_file import load_programme
from gongxue.rules.school_facts import SchoolFacts
from tests.documents.opened import squeezed

SAMPLES = Path(__file__).parents[2] / "samples"
HSINCHU = load_programme("hsinchu-111")
NAMES = ("autonomous", "cross-school", "with-errors")


def _application(name: str) -> Application:
    return msgspec.json.decode((SAMPLES / f"{name}.json").read_bytes(), type=Application)


def _papers() -> dict[str, Paper]:
    applications = [_application(name) for name in NAMES]
    forms = {name: application_form(application, HSINCHU) for name, application in zip(NAMES, applications, strict=True)}
    return forms | {"school summary": school_summary(applications[:2], HSINCHU, SchoolFacts())}


PAPERS = _papers()


def _without_boxes(text: str) -> str:
    """The words alone: tick boxes are typed in the office formats and drawn in the others."""
    return re.sub("[□■]", "", squeezed(text))


def _office(data: bytes) -> str:
    return _without_boxes(_said(read_sheet(data)))


def _said(sheet: Sheet) -> str:
    texts = []
    for block in sheet.blocks:
        if isinstance(block, ParagraphText):
            texts.append(block.text)
        else:
            texts += [cell.text for row in block.rows for cell in row]
    return "".join(texts)


def _page(data: bytes) -> str:
    article = html.document_fromstring(data.decode()).find(".//article")
    for caption in article.xpath(".//caption | .//footer"):
        caption.getparent().remove(caption)
    return _without_boxes(article.text_content())


@pytest.mark.parametrize("name", PAPERS)
def test_odt_docx_and_preview_say_the_same_in_the_same_order(name: str) -> None:
    paper = PAPERS[name]
    docx, odt, preview = _office(render_docx(paper).data), _office(render_odt(paper).data), _page(render_html(paper).data)
    assert docx == odt
    assert docx == preview


@pytest.mark.needs("poppler")
@pytest.mark.parametrize("name", PAPERS)
def test_the_pdf_says_no_less_and_nothing_else(name: str, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(render_pdf(PAPERS[name]).data)
    printed = Counter(
        _without_boxes(subprocess.run(["pdftotext", "-raw", str(file), "-"], check=True, capture_output=True).stdout.decode())
    )
    preview = Counter(_page(render_html(PAPERS[name]).data))
    assert preview - printed == Counter()
    # What a page repeats is its foot and the heads of tables that go on.
    assert set(printed - preview) <= set("第頁共，版本校驗碼hsinchu-111v0123456789abcdef") | set(preview)
