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
