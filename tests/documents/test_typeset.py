"""What the template is given: text with its families, ticks in columns, and which rows may break over two pages."""

import json
from typing import Any

from gongxue.documents.blocks import Blank, Block, PageBreak, Paragraph, Row, Seals, Table, Tick, Title
from gongxue.documents.fonts import known_faces
from gongxue.documents.lettering import BREAK, Lettering
from gongxue.documents.typeset import Setting, typeset
from tests.documents import papers
from tests.documents.papers import cell, heads, label, row, ticks

LETTERS = Lettering(known_faces())


def _set(*blocks: Block, **how: bool) -> tuple[dict[str, Any], Setting]:
    setting = typeset(papers.of(*blocks), LETTERS, **how)
    return json.loads(setting.data), setting


def _blocks(*blocks: Block, **how: bool) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = _set(*blocks, **how)[0]["blocks"]
    return found


def _table(*rows: Row, widths: tuple[float, ...] = (1, 3, 2), head_rows: int = 0) -> Table:
    return Table("表", widths, rows, head_rows)


def test_a_line_break_in_a_text_makes_a_line() -> None:
    (block,) = _blocks(Paragraph((("甲\n乙", Tick(True, "丙"), "丁\r\n戊"), (Blank("name"),))))
    assert block["lines"] == [["甲"], ["乙", {"tick": True, "label": "丙", "wide": 2.2}, "丁"], ["戊"], [{"blank": True}]]


def test_ticks_in_several_lines_share_columns_where_there_is_room() -> None:
    lines = (ticks("甲", "乙乙"), ticks("丙丙丙", "丁"), (Tick(False, "其他("), "外", ")", Tick(False, "戊")))
    (block,) = _blocks(Paragraph(lines))
    first, second, third = block["lines"]
    assert [tick.get("column") for tick in first] == [second[0]["column"], None]
    assert first[0]["column"] > second[0]["wide"] > first[0]["wide"]
    assert "column" not in third[0]
    wide = Paragraph((ticks("甲" * 30, "乙"), ticks("丙", "丁" * 30)))
    assert [tick for line in _blocks(wide)[0]["lines"] for tick in line if "column" in tick] == []


def test_most_cells_are_their_text_and_no_more() -> None:
    (block,) = _blocks(_table(row("甲", "", "(乙)"), row(label("丙"), cell("1", align="end"), "「丁」")))
    first, second = block["body"]
    assert first["cells"] == ["甲", "", "(乙)"]
    assert [part.get("head", False) for part in second["cells"]] == [True, False, False]
    assert second["cells"][2]["text"] == f"{BREAK}「丁」"


def test_columns_fill_the_text_area_in_proportion() -> None:
    (block,) = _blocks(_table(row("甲", "乙", "丙")))
    assert [round(wide, 1) for wide in block["columns"]] == [80.3, 240.9, 160.6]


def test_short_rows_are_kept_and_a_row_that_might_be_tall_is_measured() -> None:
    (block,) = _blocks(_table(row("1", "短", ""), row("2", "長" * 400, "")))
    short, tall = block["body"]
    assert "rows" not in short
    assert [part["text"] for part in tall["rows"][0] if "text" in part] == ["2", "長" * 400]


def test_a_few_rows_that_share_a_label_are_kept_together_and_many_are_not() -> None:
    def spanned(count: int) -> dict[str, Any]:
        rows = [row(label("成員", rows=count), "甲", "乙"), *(row("甲", "乙") for _ in range(count - 1))]
        part: dict[str, Any] = _blocks(_table(*rows))[0]["body"][0]
        return part

    assert "loose" not in spanned(3)["cells"][0]
    assert spanned(30)["cells"][0]["loose"] is True
    assert [part for part in spanned(30)["cells"][1:] if part not in ("甲", "乙")] == []


def test_a_text_that_outgrows_the_rows_it_spans_is_measured() -> None:
    (block,) = _blocks(_table(row("甲", "乙", cell("註" * 300, rows=2)), row("丙", "丁")))
    assert len(block["body"][0]["rows"]) == 2


def test_tables_that_follow_each_other_join() -> None:
    first, second, third = _blocks(_table(row("甲", "", "")), _table(row("乙", "", "")), _table(row("丙", "", "")))
    assert [(each.get("joins", False), each.get("joined", False)) for each in (first, second, third)] == [
        (False, True),
        (True, True),
        (True, False),
    ]


def test_a_short_paragraph_stays_with_the_table_or_the_seals_below_it() -> None:
    note = Paragraph((("附註",),))
    assert [each.get("sticky", False) for each in _blocks(note, note, _table(row("甲", "", "")), note, Seals(("校長",)))] == [
        False,
        True,
        False,
        True,
        False,
    ]


def test_the_last_row_can_go_with_the_seals_under_its_head() -> None:
    table = _table(heads("甲", "乙", "丙"), row("1", "", ""), row("2", "", ""), row(cell("3", rows=2), "", ""), row("", ""), head_rows=1)
    together, setting = _set(table, Seals(("校長",)))
    assert [block["kind"] for block in together["blocks"]] == ["table", "seals"]
    assert setting.signed
    apart, parted = _set(table, Seals(("校長",)), sign_with_row=True)
    first, pause, second, seals = apart["blocks"]
    assert [block["kind"] for block in (first, pause, second, seals)] == ["table", "break", "table", "seals"]
    assert first["head"] == second["head"]
    assert [len(part["body"]) for part in (first, second)] == [2, 1]
    assert [name for name, _ in parted.labels] == ["表", "表"]
    assert sum(len(marks) for _, marks in parted.labels) == sum(len(marks) for _, marks in setting.labels) + 3


def test_without_a_table_before_the_seals_nothing_is_asked() -> None:
    assert not _set(Title("甲"), Seals(("校長",)))[1].signed
    assert not _set(_table(row("甲", "", "")), PageBreak(), Seals(("校長",)))[1].signed
    assert _blocks(Seals(())) == []
    assert _blocks(_table()) == []


def test_labels_in_rows_of_data_are_told_and_heads_are_not() -> None:
    table = _table(heads("甲", "乙", "丙"), row(label("丁"), "", ""), head_rows=1)
    assert _set(table)[1].labels == (("表", (False, False, False, True, False, False)),)


def test_only_the_families_that_a_paper_needs_are_named() -> None:
    sheet, setting = _set(Paragraph((("字\U000f0000 \x07",),)))
    assert sheet["families"] == list(setting.families)
    assert sheet["families"] == ["Libertinus Serif", known_faces()[0].family]
    assert setting.missing == ("U+0007", "U+F0000")
