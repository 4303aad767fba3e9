"""What the forms of this room hold: types and sizes, never what an application must be."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongxue.rules.malformed import MalformedError
from gongxue.rules.programme import Programme
from gongxue.site.acting import language
from gongxue.stages.applying.papers.reading import Reading, read_upload, taken


class Seen(forms.Form):
    """The version that somebody looked at when deciding."""

    seen = forms.IntegerField(min_value=1, max_value=10**9)


class Upload(forms.Form):
    """A file to be read; `reading` is what it holds, once valid."""

    reading: Reading
    file = forms.FileField(error_messages={"required": _("請先選擇檔案。"), "empty": _("檔案是空的，請確認下載或複製完成。")})

    def __init__(self, programme: Programme, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme

    def clean_file(self) -> Any:
        """The file, read."""
        file = self.cleaned_data["file"]
        try:
            self.reading = read_upload(file, self.programme)
        except MalformedError as error:
            raise forms.ValidationError(_told(file.name, error)) from error
        return file


class Carried(forms.Form):
    """What a file held, as the page carried it along; `reading` is that again, once valid. `seen` where it replaces something."""

    reading: Reading
    content = forms.CharField(strip=False)
    seen = forms.IntegerField(min_value=0, max_value=10**9, required=False)

    def __init__(self, programme: Programme, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme

    def clean_content(self) -> str:
        """The content, read again: a browser may send anything."""
        content = str(self.cleaned_data["content"])
        try:
            self.reading = taken(content.encode("utf-8", "replace"), self.programme)
        except MalformedError as error:
            raise forms.ValidationError(_told("", error)) from error
        return content


def _told(name: str, error: MalformedError) -> list[str]:
    """File, place and what was expected, a line for each wrong place."""
    colon = "：" if language() == "zh" else ": "
    return [f"{name[:80]}{colon}{line}" if name else line for line in error.in_language(language())]


def number(text: str | None) -> int | None:
    """A small whole number from an address, None for anything else."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else None
