"""附件二: one community's application with its budget, 附錄1 and 附錄2, as a tree of blocks.

The paper says it all: every value of the exchange format is printed, so that what is visible alone gives the same findings when it is
read back. What the form has no box for stands in fixed phrases (`phrases`). A value that is missing prints as a visible blank; rows that
only wait to be filled in are empty, or hold a number.
"""

from typing import Final

from gongxue.documents.blocks import Block, Cell, Paper, Paragraph, Row, Seals, Table, Title
from gongxue.documents.budget_form import budget, materials
from gongxue.documents.cells import EMPTY, Lines, cell, figure, head, heads, middle
from gongxue.documents.phrases.labels import COLUMNS, FIELDS, is_label
from gongxue.documents.phrases.numbers import write_quantity
from gongxue.documents.phrases.quoting import flowing, tidy, write_text
from gongxue.documents.phrases.supplement import Supplement, write_supplement
from gongxue.documents.phrases.ticks import Layout, write_choices
from gongxue.documents.phrases.tier import Applied, write_tier, yes_or_no
from gongxue.documents.phrases.titles import PROGRAMME_PROPERTY, application_title
from gongxue.documents.phrases.vocabulary import Vocabulary, vocabulary
from gongxue.documents.schedule_form import schedule
from gongxue.documents.snapshot import application_digest
from gongxue.rules.application import Application, Book, Convener, Member, Outcome
from gongxue.rules.check import totals
from gongxue.rules.programme import Programme

CONTENT_LAYOUT: Final = Layout(per_line=2)
APPROACH_LAYOUT: Final = Layout(per_line=4, other_alone=True)

_SPARE_MEMBERS: Final = 6
_SPARE_OUTCOMES: Final = 2
_SPARE_BOOKS: Final = 2


def application_form(application: Application, programme: Programme, version: str = "", digest: str | None = None) -> Paper:
    """The whole form. `digest` is that of the snapshot it is printed from (reckoned here when None), `version` what the foot calls it."""
    words = vocabulary(programme)
    form = programme.forms.get("application")
    title = application_title(programme)
    blocks: list[Block] = [Paragraph(((form.annex,),))] if form is not None and form.annex else []
    blocks += [
        Title(title, subtitle="（由各教師專業學習社群撰寫）"),
        _grid(application, programme, words),
        _members(application.members or ()),
        *_approaches(application, words),
        *schedule(application, programme, words),
        Title("四、預期效益與檢核方式：", level=2),
        _outcomes(application.outcomes or ()),
        *budget(application, programme, words),
        *materials(application, programme),
        *_books(application, programme),
    ]
    if form is not None and form.chain:
        blocks.append(Seals(tuple(step.label for step in form.chain)))
    return Paper(
        title=title,
        blocks=tuple(blocks),
        version=version or f"{programme.id} v{programme.version}",
        digest=application_digest(application) if digest is None else digest,
        properties=((PROGRAMME_PROPERTY, programme.id),),
    )


def _grid(application: Application, programme: Programme, words: Vocabulary) -> Table:
    people = totals(application, programme).people
    limit = programme.figures.summary_characters
    asked = f"({limit.value}字內，請簡述社群與教師教學、課程或學生學習成效之關聯性)" if limit is not None else ""
    rows = [
        Row((_label("name"), _text(application.name, "name", columns=4))),
        Row((_label("tier"), cell(write_tier(Applied(application.tier, application.tier_year), programme), "tier", columns=4))),
        Row(
            (
                _label("cross_school"),
                cell((yes_or_no(application.cross_school),), "cross_school", columns=2),
                head(f"{FIELDS['people'].zh}\n(含召集人)"),
                middle(f"{people} 人" if people else "　人"),
            )
        ),
        Row((_label("supplement"), cell(_supplement(application, programme, words), columns=4))),
    ]
    if words.contents or application.content_types or tidy(application.content_other):
        contents = write_choices(
            application.content_types, flowing(application.content_other), words.contents, "content_types", "content_other", CONTENT_LAYOUT
        )
        rows.append(Row((_label("content_types"), cell(contents, "content_types", columns=4))))
    rows += _convener(application.convener or Convener())
    summary = write_text(flowing(application.summary), "summary", reserved=is_label)
    rows.append(Row((head(f"{FIELDS['summary'].zh}\n{asked}".strip()), cell(summary, "summary", columns=4))))
    return Table("社群基本資料", (3.3, 1.9, 4.4, 2.2, 4.2), tuple(rows))


def _label(path: str) -> Cell:
    return head(FIELDS[path].zh)


def _text(value: str | None, path: str, *, columns: int = 1) -> Cell:
    return cell(write_text(value, path, reserved=is_label), path, columns=columns)


def _supplement(application: Application, programme: Programme, words: Vocabulary) -> Lines:
    supplement = Supplement(
        application.history or (), application.school_developed_curriculum, application.fiscal_school, application.other_funding
    )
    return write_supplement(supplement, programme, words)


def _convener(convener: Convener) -> list[Row]:
    pairs = (("name", "title"), ("school", "subject"), ("email", "phone"))
    rows = []
    for at, pair in enumerate(pairs):
        cells = [each for field in pair for each in (_label(f"convener.{field}"), _text(getattr(convener, field), f"convener.{field}"))]
        rows.append(Row((head(FIELDS["convener"].zh, rows=len(pairs)), *cells) if at == 0 else tuple(cells)))
    return rows


def _members(members: tuple[Member, ...]) -> Table:
    labels = [label.zh for label in COLUMNS["members"].values()]
    rows = []
    for at, member in enumerate(members):
        path = f"members[{at}]"
        texts = [_text(getattr(member, field), f"{path}.{field}") for field in ("school", "name", "subject")]
        rows.append(Row((middle(str(at + 1)), *texts, cell(_note(member.note), f"{path}.note"))))
    rows += [Row((middle(str(at + 1)), EMPTY, EMPTY, EMPTY, EMPTY)) for at in range(len(members), 0 if members else _SPARE_MEMBERS)]
    title = Row((head("社群成員（不含召集人，依需求自行增列使用）", columns=len(labels)),))
    return Table("社群成員", (1.2, 5, 3.2, 3.8, 3.6), (title, heads(*labels), *rows), head_rows=2)


def _note(note: str | None) -> Lines:
    """A note, which nobody misses where there is none."""
    return write_text(flowing(note), "") if tidy(note) else ()


def _approaches(application: Application, words: Vocabulary) -> tuple[Block, ...]:
    if not (words.approaches or application.approaches or tidy(application.approaches_other)):
        return ()
    lines = write_choices(
        application.approaches, flowing(application.approaches_other), words.approaches, "approaches", "approaches_other", APPROACH_LAYOUT
    )
    box = Table("社群預計實施方式", (1,), (Row((cell(lines, "approaches"),)),))
    return (Title("一、社群預計實施方式（可複選）：", level=2), box)


def _outcomes(outcomes: tuple[Outcome, ...]) -> Table:
    rows = []
    for at, each in enumerate(outcomes):
        path = f"outcomes[{at}]"
        outcome = cell(write_text(flowing(each.outcome), f"{path}.outcome", reserved=is_label), f"{path}.outcome")
        rows.append(Row((outcome, cell(write_text(flowing(each.check), f"{path}.check", reserved=is_label), f"{path}.check"))))
    rows += [Row((EMPTY, EMPTY))] * (0 if outcomes else _SPARE_OUTCOMES)
    return Table("預期效益與檢核方式", (1, 1), (heads(*(label.zh for label in COLUMNS["outcomes"].values())), *rows), head_rows=1)


def _books(application: Application, programme: Programme) -> tuple[Block, ...]:
    books: tuple[Book, ...] = application.books or ()
    if not books and not any(item.kind == "materials" for item in programme.budget):
        return ()
    rows = []
    for at, book in enumerate(books):
        path = f"books[{at}]"
        title = _text(book.title, f"{path}.title")
        use = cell(write_text(flowing(book.relevance), f"{path}.relevance"), f"{path}.relevance")
        rows.append(Row((title, use, figure(write_quantity(book.copies, f"{path}.copies"), f"{path}.copies"))))
    rows += [Row((EMPTY, EMPTY, EMPTY))] * (0 if books else _SPARE_BOOKS)
    table = Table("書單", (6, 8, 2), (heads(*(label.zh for label in COLUMNS["books"].values())), *rows), head_rows=1)
    return (Title("附錄2：擬採購用於教師專業成長之書單", level=2), table)
