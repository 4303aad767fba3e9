"""The plain pieces as tags: each takes what it shows by name and sees nothing else of the page, so that nothing leaks into a field."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms, template

from gongxue.rules.text import Text

register = template.Library()
Words = Text | str


@register.inclusion_tag("site/pieces/field.html")
def field(
    name: str,
    label: Words,
    value: Any = "",
    *,
    hint: Words = "",
    error: Words = "",
    key: str = "",
    input_type: str = "text",
    lines: int = 0,
    after: Words = "",
    autocomplete: str = "",
    inputmode: str = "",
    kind: str = "",
    required: bool = False,
    extra: str = "",
) -> dict[str, Any]:
    """A field of text; `lines` makes it a text area, `after` stands behind it, `kind` is date or money. Its id is id_<key or name>.

    `extra` is the name of a template with more attributes (hx-…).
    """
    return {
        "name": name, "label": label, "value": value, "hint": hint, "error": error, "key": key or name, "type": input_type, "lines": lines,
        "after": after, "autocomplete": autocomplete, "inputmode": inputmode, "kind": kind, "required": required, "extra": extra,
    }  # fmt: skip


@register.inclusion_tag("site/pieces/date_field.html")
def date_field(
    name: str, label: Words, value: Any = "", *, hint: Words = "", error: Words = "", key: str = "", extra: str = ""
) -> dict[str, Any]:
    """A ROC date: types 111/8/1 (111年8月1日, 2022-08-01), shows the weekday beside it. `value` is a date, or what was typed."""
    return {"name": name, "label": label, "value": value, "hint": hint, "error": error, "key": key or name, "extra": extra}


@register.inclusion_tag("site/pieces/money_field.html")
def money_field(
    name: str, label: Words, value: Any = "", *, hint: Words = "", error: Words = "", key: str = "", extra: str = ""
) -> dict[str, Any]:
    """Whole dollars. `value` is a number, or what was typed."""
    return {"name": name, "label": label, "value": value, "hint": hint, "error": error, "key": key or name, "extra": extra}


@register.inclusion_tag("site/pieces/drop.html")
def file_drop(name: str, label: Words, *, hint: Words = "", error: Words = "", accept: str = "", many: bool = False) -> dict[str, Any]:
    """A place to drop a file, with its progress; the form around it is multipart."""
    return {"name": name, "label": label, "hint": hint, "error": error, "accept": accept, "many": many}


@register.inclusion_tag("site/pieces/error_summary.html")
def error_summary(form: forms.BaseForm | None = None, errors: Iterable[tuple[str, Words]] = ()) -> dict[str, Any]:
    """What is wrong in a form, first on its page; nothing where nothing is. `errors` are pairs of an id and a sentence."""
    pairs = [(each.auto_id, words) for each in form for words in each.errors] if form else []  # "" where a page has none
    return {"errors": [*pairs, *errors], "others": form.non_field_errors() if form else []}


@register.inclusion_tag("site/pieces/stat.html")
def stat(label: Words, value: Any, note: Words = "", *, tone: str = "", link: str = "") -> dict[str, Any]:
    """A stat tile; `tone` amber, seal, green or none; `link` leads to the rows it counts."""
    return {"label": label, "value": value, "note": note, "tone": tone, "link": link}


@register.inclusion_tag("site/pieces/saved.html")
def saved_mark(state: str, at: datetime.datetime | None = None, *, key: str = "saved") -> dict[str, Any]:
    """已儲存 14:03, 儲存中, 尚未儲存: `state` is saved, saving or unsaved. It stays in one place of its page, so that the live region speaks."""
    return {"state": state, "at": at, "key": key}


@register.inclusion_tag("site/pieces/empty.html")
def empty_state(title: Words, words: Words, *, link: str = "", button: Words = "", quiet: bool = False) -> dict[str, Any]:
    """Why there is nothing here, and what to do; `quiet` where the page has a main button of its own."""
    return {"title": title, "words": words, "link": link, "button": button, "quiet": quiet}


@register.inclusion_tag("site/pieces/help.html")
def help_here(title: Words, words: Words) -> dict[str, Any]:
    """Help that opens in place."""
    return {"title": title, "words": words}


@register.inclusion_tag("site/pieces/progress.html")
def progress(label: Words, value: int, whole: int) -> dict[str, Any]:
    """How far a piece of work is."""
    return {"label": label, "value": value, "whole": whole}


@register.inclusion_tag("site/pieces/receipt.html")
def receipt(title: Words, *, number: str = "", at: datetime.datetime, digest: str = "", level: int = 1) -> dict[str, Any]:
    """What was done, when, under which number; `digest` of the version; `level` of its heading."""
    return {"title": title, "number": number, "at": at, "digest": digest, "level": level}


@register.inclusion_tag("site/pieces/tasks.html")
def task_list(tasks: Iterable[Any], *, page: bool = False) -> dict[str, Any]:
    """A task list: each task has label, link, state (done, progress, todo, attention), note, is_here; `page`: alone on its page."""
    return {"tasks": list(tasks), "page": page}


@register.inclusion_tag("site/pieces/timeline.html")
def timeline(entries: Iterable[Any]) -> dict[str, Any]:
    """The trail of one paper, newest first: each entry has at, what, who, role (a label), words."""
    return {"entries": entries}


@register.inclusion_tag("site/pieces/school_map.html")
def school_map(cells: Iterable[Any]) -> dict[str, Any]:
    """The schools as a heat map: each cell has name (short), full_name, state (sent, signing, writing, none), words, link."""
    return {"cells": cells}


@register.inclusion_tag("site/pieces/filters.html")
def filter_bar(
    query: str = "",
    placeholder: Words = "",
    *,
    selects: Sequence[Any] = (),
    exports: Sequence[Any] = (),
    live: str = "",
    path: str = "",
) -> dict[str, Any]:
    """Search, selects (name, label, value, options) and exports (label, link); selects that say `folded` wait behind a word until one of
    them is used. `live` is the id that htmx fills as one types, from `path` ("": the page's own address, which ends in a slash); the
    exports follow, and what has the id "beside_list"."""
    folded = [each for each in selects if isinstance(each, dict) and each.get("folded")]
    unfolded = any(each["value"] != each["options"][0][0] for each in folded)
    told = {"query": query, "placeholder": placeholder, "selects": selects, "exports": exports, "live": live, "path": path}
    return told | {"folded": folded, "unfolded": unfolded}


@register.inclusion_tag("site/pieces/pages.html")
def pages(page: Any, link: str) -> dict[str, Any]:
    """Which rows of how many, and the pages around; `link` ends in "page="."""
    return {"page": page, "link": link}
