"""What the forms of this room hold: types and lengths; what is allowed is judged by the doors."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_REASON = 2000
_MOST = 500


class PicksField(forms.Field):
    """Ticked applications, each as `<key>.<version>`; cleans to the version by the key. What is no such thing is refused."""

    def to_python(self, value: Any) -> dict[uuid.UUID, int]:
        """The version that was seen of each."""
        found: dict[uuid.UUID, int] = {}
        for word in (value or [])[:_MOST]:
            key, _dot, version = str(word).partition(".")
            try:
                found[uuid.UUID(key)] = int(version)
            except ValueError:
                raise forms.ValidationError(_("這張表單不完整，請重新載入頁面後再送出。")) from None
        return found

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """None: the boxes are written in the template."""
        return {}


class PickForm(forms.Form):
    """Which applications are submitted."""

    pick = PicksField(widget=forms.MultipleHiddenInput, error_messages={"required": _("請至少勾選一件。")})


class SeenForm(forms.Form):
    """The version that somebody looked at when deciding."""

    seen = forms.IntegerField(min_value=1, max_value=10**9, widget=forms.HiddenInput)


class ReasonForm(SeenForm):
    """The same, and why."""

    reason = forms.CharField(max_length=LONGEST_REASON, error_messages={"required": _("請寫明原因，召集人和教育處會看到。")})
