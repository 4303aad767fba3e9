"""附件二 五 and 附錄1: the budget under the full name of the school that handles the money, its notes made of the programme's figures."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

import msgspec

from gongxue.documents.blocks import Blank, Block, Cell, Inline, Row, Table, Title
from gongxue.documents.cells import EMPTY, cell, figure, head, heads, middle, said
from gongxue.documents.phrases.budget_lines import is_total, spare_figures
from gongxue.documents.phrases.budget_notes import items_note, line_notes, total_notes
from gongxue.documents.phrases.labels import COLUMNS, is_label
from gongxue.documents.phrases.numbers import in_words, write_money, write_quantity
from gongxue.documents.phrases.quoting import flowing, quote, tidy, write_text
from gongxue.documents.phrases.remark import Remark, write_remark
from gongxue.documents.phrases.vocabulary import Vocabulary, item_label
from gongxue.rules.application import Application, BudgetLine, MaterialItem
from gongxue.rules.money import items_total, stated
from gongxue.rules.numerals import money
from gongxue.rules.programme import BudgetItem, Programme

_WIDTHS: Final = (3.05, 1.2, 1.2, 1.55, 1.8, 7.4)
_SPARE_ITEMS: Final = 2


class _Entry(msgspec.Struct, frozen=True):
    """A row of the table: a line of the budget, or one that is not asked for. `place` counts lines from 0, -1 for those not asked for."""

    place: int
    line: BudgetLine
    item: BudgetItem | None

    @property
    def label(self) -> str:
        """What groups rows under one label."""
        return self.item.label.zh if self.item is not None else ""


def budget(application: Application, programme: Programme, words: Vocabulary) -> tuple[Block, ...]:
    """The heading with the school's full name, and the table. A programme without budget lines has neither."""
    lines = application.budget or ()
    if not programme.budget and not lines:
        return ()
    school = tidy(application.fiscal_school)
    known = programme.register.find(school) if programme.register is not None else None
    name = known.official_name if known is not None else " ".join((school or "（未填）").split())
    entries = tuple(_entries(lines, programme))
    labels = (label.zh for label in COLUMNS["budget"].values())
    rows = (heads(*labels), *_rows(entries, words, programme), *_totals(lines, programme))
    return (
        Title("五、經費概算表（依據經費編列原則）", level=2, subtitle=f"辦理經費核銷之學校：{name}"),
        Table("經費概算表", _WIDTHS, rows, head_rows=1),
    )


def _entries(lines: tuple[BudgetLine, ...], programme: Programme) -> Iterator[_Entry]:
    """In the form's order: for each of the programme's lines those asked for, or one that is not; then what is no line of the programme."""
    for item in programme.budget:
        own = [_Entry(place, line, item) for place, line in enumerate(lines) if line.line == item.code]
        yield from own or [_Entry(-1, BudgetLine(item.code), item)]
    yield from (_Entry(place, line, None) for place, line in enumerate(lines) if programme.budget_item(line.line) is None)


def _rows(entries: tuple[_Entry, ...], words: Vocabulary, programme: Programme) -> Iterator[Row]:
    places = [entry.place for entry in entries if entry.place >= 0]
    numbered = places != sorted(places)
    remarks = [_remark(entry, numbered) for entry in entries]
    spans = _note_spans(entries, remarks)
    for at, (entry, label) in enumerate(zip(entries, _label_cells(entries), strict=True)):
        cells = [*label, *_figures(entry)]
        if spans[at]:
            notes = line_notes(entry.item, programme) if entry.item is not None and _first_of_its_notes(entries, at) else ()
            field = f"budget[{entry.place}].note" if entry.place >= 0 else ""
            cells.append(cell(write_remark(remarks[at], notes, words), field, rows=spans[at]))
        yield Row(tuple(cells))


def _remark(entry: _Entry, numbered: bool) -> Remark:
    place = entry.place + 1 if numbered and entry.place >= 0 else None
    return Remark(entry.line.travel_mode, place, flowing(entry.line.note))


def _first_of_its_notes(entries: tuple[_Entry, ...], at: int) -> bool:
    """The lecturer lines have their notes in common, every other line has its own: they stand once."""
    before, item = entries[at - 1].item if at else None, entries[at].item
    return before is None or item is None or (before.kind != item.kind if item.kind == "lecturer" else before is not item)


def _note_spans(entries: tuple[_Entry, ...], remarks: list[Remark]) -> list[int]:
    """How many rows the note cell of each row spans, 0 where one above covers it: notes in common span their rows unless one has a
    remark."""
    spans: list[int] = []
    for kind, group in groupby(zip(entries, remarks, strict=True), key=lambda pair: pair[0].item.kind if pair[0].item else ""):
        mine = [remark for _, remark in group]
        together = kind == "lecturer" and all(not (tidy(each.mode) or tidy(each.note) or each.place) for each in mine)
        spans += [len(mine), *[0] * (len(mine) - 1)] if together else [1] * len(mine)
    return spans


def _label_cells(entries: tuple[_Entry, ...]) -> Iterator[tuple[Cell, ...]]:
    """The label cells of the rows. Two lines of one name, each asked for once or not at all, share it as on the paper; else each says
    whom it pays."""
    for label, grouped in groupby(entries, key=lambda entry: entry.label):
        group = list(grouped)
        codes = {entry.item.code for entry in group if entry.item is not None}
        if label and len(group) == len(codes):
            yield (head(label, rows=len(group)),)
            yield from ((),) * (len(group) - 1)
            continue
        for entry in group:
            if entry.item is not None:
                yield (head(item_label(entry.item) if len(codes) > 1 else label),)
            else:
                path = f"budget[{entry.place}].line"
                code = entry.line.line
                yield (said(quote(code) if code else Blank(path), path, align="center"),)


def _figures(entry: _Entry) -> tuple[Cell, ...]:
    unit = middle(entry.item.unit.zh if entry.item is not None else "")
    if entry.place < 0 and entry.item is not None:
        quantity, price = spare_figures(entry.item)
        return (figure(quantity), unit, figure(price), EMPTY)
    path, line = f"budget[{entry.place}]", entry.line
    return (
        figure(write_quantity(line.quantity, f"{path}.quantity"), f"{path}.quantity"),
        unit,
        figure(write_money(line.unit_price, f"{path}.unit_price"), f"{path}.unit_price"),
        figure(write_money(line.amount, f"{path}.amount"), f"{path}.amount"),
    )


def _totals(lines: tuple[BudgetLine, ...], programme: Programme) -> tuple[Row, ...]:
    total = stated(lines)
    figures = f"{money(total)} 元" if lines else "元"
    in_capitals = in_words(total) if lines else "新臺幣　　　　　　元整"
    notes = cell(tuple((note,) for note in total_notes(programme)), rows=2)
    return (
        Row((head("合計"), said(figures, columns=4, align="end"), notes)),
        Row((head("總計"), said(in_capitals, columns=4, align="end"))),
    )


def materials(application: Application, programme: Programme) -> tuple[Block, ...]:
    """附錄1; a programme that pays no materials has none, unless someone lists some."""
    items = application.materials or ()
    if not items and not any(item.kind == "materials" for item in programme.budget):
        return ()
    labels = (label.zh for label in COLUMNS["budget"].values())
    rows = [_item(item, at) for at, item in enumerate(items)]
    rows += [Row((EMPTY,) * 6)] * (0 if items else _SPARE_ITEMS)
    total: Inline = f"{money(items_total(items))} 元" if items else "元"
    last = Row((head("合計"), said(total, columns=4, align="end"), said(items_note())))
    return (
        Title("附錄1：教具教材費品項略述", level=2),
        Table("教具教材費品項略述", (4.4, 1.25, 1.25, 1.6, 1.9, 5.8), (heads(*labels), *rows, last), head_rows=1),
    )


def _item(item: MaterialItem, at: int) -> Row:
    path = f"materials[{at}]"
    return Row(
        (
            cell(write_text(item.name, f"{path}.name", reserved=lambda name: is_total(name) or is_label(name)), f"{path}.name"),
            figure(write_quantity(item.quantity, f"{path}.quantity"), f"{path}.quantity"),
            cell(write_text(item.unit, f"{path}.unit"), f"{path}.unit", align="center"),
            figure(write_money(item.unit_price, f"{path}.unit_price"), f"{path}.unit_price"),
            figure(write_money(item.amount, f"{path}.amount"), f"{path}.amount"),
            cell(write_text(flowing(item.note), "") if tidy(item.note) else (), f"{path}.note"),
        )
    )
