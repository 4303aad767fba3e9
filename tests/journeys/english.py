"""What is left in Chinese on a page that is read in English.

Chinese may stand there: what people wrote and are called, schools, what the city's forms and plan call things, and the paper as it prints.
Everything else is ours, and has to be English.
"""

import re
from collections.abc import Iterable
from typing import Final

from playwright.sync_api import Page

from gongxue.records.models import School, User
from gongxue.rules.plan_page import clauses_of
from gongxue.site.programme import current

OFFICIAL: Final = {"附件一", "附件二", "附件三", "附件四", "附錄1", "附錄2", "（未填）", "校驗碼", "中文", "共"}
"""Papers of the plan, what is printed on one where nothing is filled in, the code at its foot; the way back to Chinese, our mark."""
HAN: Final = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
TEXTS: Final = """() => {
    const found = new Set(), skipped = ".paper-frame, script, style, textarea, datalist";
    const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) if (!walk.currentNode.parentElement.closest(skipped)) found.add(walk.currentNode.data);
    for (const each of document.querySelectorAll("[title], [aria-label], [placeholder], [alt], [data-label], [label]")) {
        if (each.closest(skipped)) continue;
        for (const name of ["title", "aria-label", "placeholder", "alt", "data-label", "label"]) found.add(each.getAttribute(name) || "");
    }
    return [...found].map(text => text.replace(/\\s+/g, " ").trim());
}"""
"""Every text that a page shows or tells: hidden ones too, for a script may show them. What stands in fields is what people wrote."""


def data() -> set[str]:
    """What the city, its people and its plan are called, which no language of ours changes."""
    programme = current()
    listed = clauses_of(programme)
    names = {each for row in School.objects.values_list("name", "full_name") for each in row}
    names |= {each for row in User.objects.values_list("name", "subject") for each in row}
    names |= {each.cite for each in listed.clauses} if listed else set()
    return names | {form.title for form in programme.forms.values()} | OFFICIAL


def left_in_chinese(page: Page, allowed: Iterable[str]) -> list[str]:
    """The texts of a page that are Chinese and not of `allowed`."""
    words = sorted({each for each in allowed if each}, key=len, reverse=True)
    either = re.compile("|".join(map(re.escape, words)))
    return sorted(text for text in page.evaluate(TEXTS) if HAN.search(either.sub("", text)))
