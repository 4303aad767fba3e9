"""Form fields that read what people write: ROC dates and money. What is wrong is told in the words of the reader that refused it."""

import datetime
from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongxue.records.refusals import NotAllowed
from gongxue.rules.text import Text
from gongxue.rules.written import Refusal
from gongxue.rules.written_amounts import parse_money
from gongxue.rules.written_dates import parse_date
from gongxue.site.acting import language


def told(words: Text) -> str:
    """The words in the language of the page."""
    return words.in_language(language())


def attempt(form: forms.Form, act: Callable[[], object]) -> bool:
    """Whether a door let `act` be done. Where not, the form says why, beside the field that it is about, and keeps what was typed."""
    try:
        act()
    except NotAllowed as refused:
        form.add_error(refused.about if refused.about in form.fields else None, told(refused.reason))
        return False
    return True


class DateField(forms.Field):
    """A date as people write it (111/8/1, 111年8月1日（一）, 2022-08-01); cleans to a date, or None where it may be left out."""

    def to_python(self, value: Any) -> datetime.date | None:
        """The date that was written; ValidationError with the reader's reason."""
        if value in self.empty_values:
            return None
        read = parse_date(str(value))
        if isinstance(read, Refusal):
            raise forms.ValidationError(told(read.reason), code=read.code)
        return read.date


class SpellForm(forms.Form):
    """A form with a `first` and a `last` day, of which the last may be left open."""

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("結束日不能早於開始日。"))
        return cleaned


class MoneyField(forms.Field):
    """Whole dollars as people write them (12,345元, 伍仟元整); cleans to an int, or None where it may be left out."""

    def to_python(self, value: Any) -> int | None:
        """The amount that was written; ValidationError with the reader's reason."""
        if value in self.empty_values:
            return None
        read = parse_money(str(value))
        if isinstance(read, Refusal):
            raise forms.ValidationError(told(read.reason), code=read.code)
        return read
