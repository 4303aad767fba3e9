"""A paper as a Sheet: what a reader of office files would find in it, without the office file."""

from gongxue.documents.blocks import Cell, Line, PageBreak, Paper, Paragraph, Seals, Table, Title
from gongxue.documents.office import pieces
from gongxue.documents.printed import printable
from gongxue.documents.reading.sheet import GridCell, GridTable, ParagraphText, Sheet, SheetBlock


def sheet_of(paper: Paper) -> Sheet:
    """Blocks as the office renderers write them: a paragraph for each line, boxes for seals, an empty paragraph after each table."""
    blocks: list[SheetBlock] = []
    for block in paper.blocks:
        if isinstance(block, Title):
            blocks += [ParagraphText(_plain(text)) for text in (block.text, block.subtitle) if text]
        elif isinstance(block, Paragraph):
            blocks += [ParagraphText(_said(line)) for line in block.lines]
        elif isinstance(block, Table):
            blocks += [GridTable(tuple(tuple(_cell(cell) for cell in row.cells) for row in block.rows)), ParagraphText("")]
        elif isinstance(block, Seals):
            labels = tuple(GridCell(_plain(label)) for label in block.labels)
            blocks += [GridTable((labels, (GridCell(""),) * len(labels))), ParagraphText("")]
        else:
            assert isinstance(block, PageBreak)
    return Sheet(tuple(blocks), dict(paper.properties))


def _cell(cell: Cell) -> GridCell:
    return GridCell("\n".join(_said(line) for line in cell.lines), cell.columns, cell.rows, (cell.field,) if cell.field else ())


def _said(line: Line) -> str:
    return _plain("".join(text for text, _ in pieces(line)))


def _plain(text: str) -> str:
    return printable(text, {})
