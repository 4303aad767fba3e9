"""The forms of the desk that are no section: types and lengths; what is allowed is judged by the records."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongxue.rules.programme import Programme


class StartForm(forms.Form):
    """What a new draft is called, and of which tier it is: both can be changed later."""

    name = forms.CharField(max_length=300, error_messages={"required": _("請先取一個名稱，之後可以再改。")})
    tier = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, programme: Programme, **told: Any) -> None:
        super().__init__(*args, **told)
        tiers = [(tier.code, tier.label.zh) for tier in programme.tiers]
        self.fields["tier"].choices = tiers  # type: ignore[attr-defined]  # a choice field


class SendForm(forms.Form):
    """Handing an application on: the version that was looked at, and the declaration."""

    version = forms.IntegerField(min_value=1)
    declared = forms.BooleanField(error_messages={"required": _("請勾選確認，再送出。")})


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(max_length=2000, error_messages={"required": _("請寫明原因。")})


class InvitationForm(forms.Form):
    """Who is invited to write along."""

    email = forms.EmailField(
        error_messages={"required": _("請填寫電子郵件。"), "invalid": _("電子郵件格式不對，應像 name@example.edu.tw。")}
    )
    name = forms.CharField(max_length=100, required=False)
