"""What the forms of this room hold: types and sizes, never what is allowed."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from gongxue.rules.deadlines import TAIPEI
from gongxue.site.fields import DateField

DAY = datetime.timedelta(days=1)


class ReasonForm(forms.Form):
    """Why, and the version that was looked at."""

    reason = forms.CharField(max_length=2000, error_messages={"required": _("請寫明原因；學校會看到這段話。")})
    version = forms.IntegerField(min_value=1, max_value=10**9, required=False)


class CompletionForm(ReasonForm):
    """The same, and whether what changes has to be signed again."""

    seals_again = forms.ChoiceField(
        choices=[("yes", ""), ("no", "")],
        initial="yes",
        error_messages={"required": _("請選要不要重新核章。"), "invalid_choice": _("請選要不要重新核章。")},
    )


class OpeningForm(forms.Form):
    """Which school is opened late, until the end of which day, and why."""

    school = forms.CharField(max_length=32, error_messages={"required": _("請選學校。")})
    until = DateField(error_messages={"required": _("請填開放到哪一天。")})
    reason = forms.CharField(max_length=2000, error_messages={"required": _("請寫明原因；這段話會留在紀錄裡。")})

    def instant(self) -> datetime.datetime:
        """The exclusive instant: midnight after the day that was given, in Taipei."""
        day: datetime.date = self.cleaned_data["until"]
        return datetime.datetime.combine(day + DAY, datetime.time(), TAIPEI)
