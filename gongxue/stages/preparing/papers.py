"""The plan's forms to download, blank: each the same paper that the site prints when it is filled in."""

from collections.abc import Callable
from functools import lru_cache

import msgspec

from gongxue.documents.blocks import Paper
from gongxue.records.programmes import programme_of
from gongxue.records.refusals import NotThere
from gongxue.rules.application import Application
from gongxue.rules.programme import Programme
from gongxue.rules.school_facts import SchoolFacts
from gongxue.site import printing

EDITABLE_FIRST = ("odt", "docx", "pdf")
"""The files that a form comes as: people download a blank form to fill it in."""


class Form(msgspec.Struct, frozen=True):
    """A form to download: its code, its place in the plan and its title."""

    code: str
    annex: str
    title: str


def _application(programme: Programme) -> Paper:
    from gongxue.documents.application_form import application_form  # a page that prints nothing does not pay for it

    return application_form(Application(programme=programme.id), programme)


def _school_summary(programme: Programme) -> Paper:
    from gongxue.documents.school_summary import school_summary  # the same

    return school_summary((), programme, SchoolFacts())


PAPERS: dict[str, Callable[[Programme], Paper]] = {"application": _application, "school_summary": _school_summary}
"""The forms that we print. The plan's others come with the stages of the year that use them."""


def forms(programme: Programme) -> list[Form]:
    """The forms of the programme that can be downloaded, in the plan's order."""
    return [Form(code, form.annex, form.title) for code, form in programme.forms.items() if code in PAPERS]


def blank(programme: Programme, code: str, kind: str) -> printing.File:
    """The blank form as a file; NotThere for a form or kind that there is not, Unavailable where it cannot be printed now."""
    if code not in programme.forms or code not in PAPERS or kind not in printing.KINDS:
        raise NotThere()
    return printing.File(
        f"{programme.forms[code].title}.{kind}", printing.KINDS[kind], _printed(programme.id, programme.version, code, kind)
    )


@lru_cache(maxsize=32)
def _printed(programme_id: str, version: int, code: str, kind: str) -> bytes:
    """A blank form is the same for everybody, so it is printed once a process."""
    return printing.printed(PAPERS[code](programme_of(programme_id, version)), kind)
