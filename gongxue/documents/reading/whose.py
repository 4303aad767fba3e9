"""Which programme a form belongs to: by its title, else by city and school year; the hidden property settles only what these leave open."""

from collections.abc import Iterator, Sequence
from typing import Final

from gongxue.documents.phrases.titles import PROGRAMME_PROPERTY, application_title
from gongxue.documents.phrases.vocabulary import key
from gongxue.documents.reading.outcome import FormError
from gongxue.documents.reading.sheet import ParagraphText, Sheet
from gongxue.rules.programme import Programme
from gongxue.rules.programme_file import known_programmes, load_programme
from gongxue.rules.text import Text

_APPLICATION: Final = "申請書"
_LONGEST_TITLE: Final = 120


def programme_of(sheet: Sheet, programmes: Sequence[Programme] | None) -> Programme:
    """The programme among `programmes` (the shipped ones when None) whose 附件二 this is; raises FormError."""
    known = list(programmes) if programmes is not None else [load_programme(each) for each in known_programmes()]
    titles = tuple(key(text) for text in _title_texts(sheet))
    hint = sheet.properties.get(PROGRAMME_PROPERTY)
    fitting = [each for each in known if any(key(application_title(each)) in title for title in titles)]
    fitting = fitting or [each for each in known if any(_bears(title, each) for title in titles)]
    if not fitting and not any(_APPLICATION in title for title in titles):
        fitting = [each for each in known if each.id == hint]
        _refuse_another_form(titles, known)
    if not fitting:
        raise FormError(_unknown(known))
    return next((each for each in fitting if each.id == hint), fitting[0])


def _title_texts(sheet: Sheet) -> Iterator[str]:
    """Paragraphs, and rows of one cell: where a title can stand. A title broken over two paragraphs is tried as one."""
    before = ""
    for block in sheet.blocks:
        if isinstance(block, ParagraphText):
            texts = [block.text]
        else:
            texts = [row[0].text for row in block.rows if len(row) == 1]
        for text in texts:
            if text.strip() and len(text) <= _LONGEST_TITLE:
                yield text
                yield before + text
                before = text


def _bears(title: str, programme: Programme) -> bool:
    return key(programme.city.zh) in title and f"{programme.school_year}學年度" in title and _APPLICATION in title


def _refuse_another_form(titles: tuple[str, ...], known: list[Programme]) -> None:
    for programme in known:
        for name, form in programme.forms.items():
            if name != "application" and any(key(form.title) in title for title in titles):
                zh = f"這是{form.annex}（{form.title}），不是附件二申請書；請交附件二"
                raise FormError(Text(zh, f"this is {form.annex}, not the application form 附件二; hand in 附件二"))


def _unknown(known: list[Programme]) -> Text:
    titles = "、".join(f"「{application_title(each)}」" for each in known)
    return Text(
        f"看不到附件二的標題，或不是認得的計畫；標題應為{titles}",
        f"the title of 附件二 is missing, or of no programme that is known; it should be one of {titles}",
    )
