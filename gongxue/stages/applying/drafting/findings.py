"""Findings as markup beside the fields they are about. Written in code, because a draft of fifty sessions may have hundreds of them."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongxue.rules.finding import Finding
from gongxue.site.templatetags.gongxue import cited, clause_anchor, sentence
from gongxue.site.templatetags.pieces import severity_word

_VALUE: Final = re.compile(r' value="[^"]*"')


def spoken(pairs: Iterable[tuple[str, Finding]]) -> SafeString:
    """What one spot of the page says; each path has an element of its own, for its field to be described by."""
    by_path: dict[str, list[Finding]] = {}
    for path, finding in pairs:
        by_path.setdefault(path, []).append(finding)
    said = [f'<div id="said:{escape(path)}">{"".join(map(told, found))}</div>' for path, found in by_path.items()]
    return mark_safe("".join(said))  # noqa: S308  # every value is escaped


def told(finding: Finding, link: str = "") -> SafeString:
    """One finding, as the piece of that name draws it; `link` leads to its field, where that is elsewhere."""
    return _told(finding, link, get_language() or "")


@lru_cache(maxsize=4096)
def _told(finding: Finding, link: str, language: str) -> SafeString:
    words = escape(sentence(finding))
    return format_html(
        '<div class="finding finding--{}" data-rule="{}"><p><span class="finding__word">{}{}</span>{} {}</p></div>',
        finding.severity,
        finding.rule,
        severity_word(finding.severity),
        _("："),
        format_html('<a class="finding__to" href="{}">{}</a>', link, words) if link else words,
        _clause(finding.clause, language),
    )


@lru_cache(maxsize=1024)
def _clause(clause: str, language: str) -> SafeString:
    link = f"{reverse('preparing:clauses')}#{clause_anchor(clause)}"
    return format_html('<a class="finding__clause" href="{}">{}</a>', link, cited(clause))


def marked(html: str, wrong: Iterable[str]) -> str:
    """The markup of a section with the inputs at these paths marked as invalid, and described by what is said of them.

    A section writes its inputs plainly: `id` is the path. Few are wrong, so that marking them afterwards is cheaper than asking of each.
    """
    places = sorted((html.find(f' id="{path}"'), path) for path in wrong)
    pieces, done = [], 0
    for at, path in places:
        if at < 0:
            continue
        start, end = html.rfind("<", 0, at), html.find(">", at)
        tag, mark = html[start:end], f'aria-describedby="said:{path}'
        if 'aria-describedby="' in tag:
            tag = tag.replace('aria-describedby="', f"{mark} ", 1)
        else:
            tag = f'{tag} {mark}"'
        pieces.append(f'{html[done:start]}{tag} aria-invalid="true"')
        done = end
    return "".join([*pieces, html[done:]])


def filled(html: str, typed: Mapping[str, str]) -> str:
    """The markup of a section with these texts in the inputs at these paths, as they were typed: for what has no place in the document."""
    for path, text in typed.items():
        at = html.find(f' id="{path}"')
        if at < 0:
            continue
        start, end = html.rfind("<", 0, at), html.find(">", at)
        value = f' value="{escape(text)}"'
        html = f"{html[:start]}{_VALUE.sub(lambda _: value, html[start:end], count=1)}{html[end:]}"  # noqa: B023  # used at once
    return html
