"""How a paper falls onto pages: rows whole, heads repeated, nothing beyond the margins, seals never alone."""

import re
import subprocess
from pathlib import Path

import msgspec
import pytest

from gongxue.documents.blocks import Block, Cell, Paragraph, Row, Seals, Table, Title
from gongxue.documents.pdf import render_pdf
from tests.documents import papers
from tests.documents.papers import cell, heads, label, row

pytestmark = pytest.mark.needs("poppler")

WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)


class Word(msgspec.Struct, frozen=True):
    """A word of the text layer and where it stands, in points from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


def _pages(folder: Path, *blocks: Block, landscape: bool = False) -> list[list[Word]]:
    """The words of each page but those of the foot."""
    file = folder / "paper.pdf"
    paper = msgspec.structs.replace(papers.of(*blocks), landscape=landscape)
    file.write_bytes(render_pdf(paper).data)
    told = subprocess.run(["pdftotext", "-bbox", str(file), "-"], check=True, capture_output=True).stdout.decode()
    pages = []
    for across, down, content in PAGE.findall(told):
        words = [Word(*map(float, found[:4]), found[4]) for found in WORD.findall(content)]
        body = [word for word in words if word.bottom < float(down) - 50]
        assert all(word.left > 50 and word.right < float(across) - 50 and word.top > 50 for word in body)
        pages.append(body)
    return pages


def _said(words: list[Word]) -> str:
    return "".join(word.text for word in words)


def _in_chinese(number: int) -> str:
    """The number in Chinese digits: between Chinese and Latin the text layer ends a word."""
    return str(number).translate(str.maketrans("0123456789", "零一二三四五六七八九"))


def _texts(words: list[Word]) -> set[str]:
    return {word.text for word in words}


def _numbered(count: int, *, head_rows: int = 0) -> Table:
    rows = [row(each, f"上{each}\n中{each}\n下{each}") for each in map(_in_chinese, range(count))]
    return Table("表", (1, 6), ((heads("場次", "內容"),) if head_rows else ()) + tuple(rows), head_rows)


def test_no_row_is_split_over_two_pages(tmp_path: Path) -> None:
    pages = _pages(tmp_path, _numbered(40))
    assert len(pages) > 2
    for number in map(_in_chinese, range(40)):
        assert [len({f"上{number}", f"中{number}", f"下{number}"} & _texts(page)) for page in pages if f"上{number}" in _texts(page)] == [3]


def test_a_head_stands_on_every_page_of_its_table(tmp_path: Path) -> None:
    pages = _pages(tmp_path, Title("題"), _numbered(40, head_rows=1))
    assert [{"場次", "內容"} <= _texts(page) for page in pages] == [True] * len(pages)


def test_a_row_taller_than_half_a_page_begins_where_it_stands(tmp_path: Path) -> None:
    pages = _pages(tmp_path, Table("表", (1, 2), (row("前", "前"), row("長", "字" * 2500), row("後", "後"))))
    assert [_said(page).count("字") > 0 for page in pages] == [True] * len(pages)
    assert sum(_said(page).count("字") for page in pages) == 2500
    assert "前" in _said(pages[0])
    assert "後" in _said(pages[-1])


@pytest.mark.parametrize("length", [300, 900, 4000])
def test_a_text_beside_rows_that_it_outgrows_is_not_lost(tmp_path: Path, length: int) -> None:
    before = [row("前", "前", "前") for _ in range(22)]
    rows = (*before, row("甲", "乙", cell("註" * length, rows=3)), row("丙", "丁"), row("戊", "己"), row("後", "後", "後"))
    said = "".join(map(_said, _pages(tmp_path, Table("表", (1, 1, 2), rows))))
    assert said.count("註") == length
    assert [said.count(each) for each in "甲乙丙丁戊己"] == [1] * 6


def test_a_label_beside_many_rows_lets_them_go_onto_the_next_page(tmp_path: Path) -> None:
    names = [f"甲{_in_chinese(number)}" for number in range(60)]
    rows = (row(label("成員", rows=60), names[0]), *map(row, names[1:]))
    pages = _pages(tmp_path, Paragraph((("前言",),)), Table("表", (1, 3), rows))
    assert len(pages) == 2
    assert "成員" in _said(pages[0])
    assert [word.text for page in pages for word in page if word.text[0] == "甲"] == names


@pytest.mark.parametrize(
    "text", ["王" * 200, "W" * 200, "！" * 300, "「" * 150, "1,234," * 60, "https://example.edu.tw/" + "路" * 9 + "a" * 90, "a@b.c" * 40]
)
@pytest.mark.parametrize("widths", [(1, 1, 1), (1, 12, 12)])
def test_no_word_runs_out_of_its_cell(tmp_path: Path, text: str, widths: tuple[float, ...]) -> None:
    (words, *_) = _pages(tmp_path, Table("表", widths, (row(text, "鄰", "末"),)))
    edge = 56.7 + 481.9 * widths[0] / sum(widths)
    assert max(word.right for word in words if word.text not in ("鄰", "末")) <= edge + 1


def test_space_inside_a_text_is_kept(tmp_path: Path) -> None:
    (words,) = _pages(tmp_path, Paragraph((("甲乙",), ("甲    乙",), ("　　甲",))))
    first, second, third = (
        sorted((word for word in words if abs(word.top - top) < 2), key=lambda word: word.left)
        for top in sorted({word.top for word in words})
    )
    assert second[-1].right > first[-1].right + 8
    assert third[0].left > first[0].left + 15


def test_the_seals_stay_whole_and_with_a_row_of_what_is_signed(tmp_path: Path) -> None:
    for count in range(8, 20):
        pages = _pages(tmp_path, _numbered(count, head_rows=1), Seals(("承辦主任", "會計", "校長")))
        assert {"承辦主任", "會計", "校長", f"下{_in_chinese(count - 1)}", "場次", "內容"} <= _texts(pages[-1])
        labels = next(word for word in pages[-1] if word.text == "校長")
        assert labels.bottom + 85 < 842 - 56


def test_a_landscape_paper_lies_on_its_side(tmp_path: Path) -> None:
    (words,) = _pages(tmp_path, Table("表", (1, 1), (Row((Cell((("左",),)), Cell((("右",),), align="end"))),)), landscape=True)
    assert max(word.right for word in words) > 700
