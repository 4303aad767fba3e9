"""What forms are called: the title by which a form is known again, and the hidden hint beside it."""

from typing import Final

from gongxue.rules.programme import Programme

PROGRAMME_PROPERTY: Final = "gongxue-programme"
"""The custom property that names the programme: a hint for reading back, where what is visible leaves a doubt."""


def application_title(programme: Programme) -> str:
    """What 附件二 calls itself; a programme without such a form lends its own title."""
    form = programme.forms.get("application")
    return form.title if form is not None else f"{programme.title.zh}申請書"


def summary_title(programme: Programme) -> str:
    """What 附件一 calls itself."""
    form = programme.forms.get("school_summary")
    return form.title if form is not None else f"{programme.title.zh}彙整表"
