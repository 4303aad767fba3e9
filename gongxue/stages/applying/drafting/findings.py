"""Findings as markup beside the fields they are about. Written in code, because a draft of fifty sessions may have hundreds of them."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongxue.rules.finding import Finding
from gongxue.site.templatetags.gongxue import clause_anchor, sentence
from gongxue.site.templatetags.pieces import severity_word

_VALUE: Final = re.compile(r' value="[^"]*"')


def spoken(pairs: Iterable[tuple[str, Finding]]) -> SafeString:
    """What one spot of the page says; each path has an element of its own, for its field to be described by."""
    by_path: dict[str, list[Finding]] = {}
    for path, finding in pairs:
        by_path.setdefault(path, []).append(finding)
    return format_html_join(
        "",
        '<div id="said:{}">{}</div>',
        ((path, format_html_join("", "{}", ((told(each),) for each in found))) for path, found in by_path.items()),
    )


def told(finding: Finding, link: str = "") -> SafeString:
    """One finding, as the piece of that name draws it; `link` leads to its field, where that is elsewhere."""
    words = (
        format_html('<a class="finding__to" href="{}">{}</a>', link, sentence(finding)) if link else format_html("{}", sentence(finding))
    )
    return format_html(
        '<div class="finding finding--{}" data-rule="{}"><p><span class="finding__word">{}{}</span>{} {}</p></div>',
        finding.severity,
        finding.rule,
        severity_word(finding.severity),
        _("："),
        words,
        _clause(finding.clause, get_language() or ""),
    )


@lru_cache(maxsize=1024)
def _clause(clause: str, language: str) -> SafeString:
    link = f"{reverse('preparing:clauses')}#{clause_anchor(clause)}"
    return format_html('<a class="finding__clause" href="{}">{}</a>', link, clause)


def marked(html: str, wrong: Iterable[str]) -> str:
    """The markup of a section with the inputs at these paths marked as invalid, and described by what is said of them.

    A section writes its inputs plainly: `id` is the path. Few are wrong, so that marking them afterwards is cheaper than asking of each.
    """
    for path in wrong:
        at = html.find(f' id="{path}"')
        if at < 0:
            continue
        start, end = html.rfind("<", 0, at), html.find(">", at)
        tag, mark = html[start:end], f'aria-describedby="said:{path}'
        if 'aria-describedby="' in tag:
            tag = tag.replace('aria-describedby="', f"{mark} ", 1)
        else:
            tag = f'{tag} {mark}"'
        html = f'{html[:start]}{tag} aria-invalid="true"{html[end:]}'
    return html


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
