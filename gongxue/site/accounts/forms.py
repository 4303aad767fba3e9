"""The forms of accounts: types and lengths; what is allowed is judged by the records."""

import datetime
from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from gongxue.records.models import User
from gongxue.site.fields import DateField, SpellForm

AUGUST: Final = 8
MAIL = [("digest", _("每日彙整一封")), ("each", _("每件事一封")), ("urgent", _("只寄急件"))]


class DetailsForm(forms.Form):
    """What somebody says of himself or herself."""

    name = forms.CharField(max_length=100, error_messages={"required": _("請填寫姓名。")})
    title = forms.CharField(max_length=100, required=False)
    subject = forms.CharField(max_length=100, required=False)
    phone = forms.CharField(max_length=50, required=False)
    mail = forms.ChoiceField(choices=MAIL)
    language = forms.ChoiceField(choices=settings.LANGUAGES)


class JoinForm(forms.Form):
    """The account of somebody invited: a name, and a password twice."""

    name = forms.CharField(max_length=100, error_messages={"required": _("請填寫姓名。")})
    password1 = forms.CharField(strip=False, max_length=200, error_messages={"required": _("請設定密碼。")})
    password2 = forms.CharField(strip=False, max_length=200, error_messages={"required": _("請再輸入一次密碼。")})

    def __init__(self, *args: Any, email: str = "", **told: Any) -> None:
        super().__init__(*args, **told)
        self.email = email

    def clean(self) -> dict[str, Any]:
        """Both the same, and not one that anybody guesses."""
        cleaned: dict[str, Any] = super().clean() or {}
        password = cleaned.get("password1")
        if password is not None:
            try:
                validate_password(password, User(email=self.email, name=cleaned.get("name", "")))
            except forms.ValidationError as weak:
                self.add_error("password1", weak)
        if password is not None and cleaned.get("password2") not in (None, password):
            self.add_error("password2", _("兩次輸入的密碼不一樣。"))
        return cleaned


class _PersonForm(forms.Form):
    """Somebody of a few: `people` are pairs of a user's key and name."""

    person = forms.TypedChoiceField(coerce=int, error_messages={"required": _("請選一個人。"), "invalid_choice": _("請從名單中選一個人。")})

    def __init__(self, *args: Any, people: list[tuple[int, str]], **told: Any) -> None:
        super().__init__(*args, **told)
        self.fields["person"].choices = people  # type: ignore[attr-defined]  # a choice field


class StandInForm(_PersonForm, SpellForm):
    """Who stands in, from when until when."""

    first = DateField(error_messages={"required": _("請填寫開始日。")})
    last = DateField(error_messages={"required": _("請填寫結束日。")})


class HandOverForm(_PersonForm):
    """Who takes over, and from which day."""

    first = DateField(error_messages={"required": _("請填寫交接日。")})


def next_school_year(day: datetime.date) -> datetime.date:
    """The next first of August: when schools hand over. In August itself it is `day`, for those who do it then."""
    return day if day.month == AUGUST else datetime.date(day.year + (day.month > AUGUST), AUGUST, 1)
