"""What the forms of this room hold: types and lengths; what is allowed is judged by the doors."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongxue.rules.school_facts import Clerk, Principal, SchoolFacts

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


class ReturnForm(SeenForm):
    """Why 附件一 goes back to the clerk."""

    reason = forms.CharField(max_length=LONGEST_REASON, error_messages={"required": _("請寫明原因，讓承辦人知道要改什麼。")})


class FactsForm(SeenForm):
    """What a school says of itself on 附件一; what is left out stays missing until it goes to be signed."""

    classes = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=300,
        error_messages={"invalid": _("請填數字，例如 24。"), "min_value": _("班級數至少 1。"), "max_value": _("班級數最多 300。")},
    )
    principal_name = forms.CharField(max_length=100, required=False)
    principal_phone = forms.CharField(max_length=50, required=False)
    principal_email = forms.EmailField(required=False, error_messages={"invalid": _("電子郵件的寫法不對，例如 name@school.edu.tw。")})
    clerk_name = forms.CharField(max_length=100, required=False)
    clerk_title = forms.CharField(max_length=100, required=False)
    clerk_phone = forms.CharField(max_length=50, required=False)
    clerk_email = forms.EmailField(required=False, error_messages={"invalid": _("電子郵件的寫法不對，例如 name@school.edu.tw。")})

    def facts(self) -> SchoolFacts:
        """What was written, as the form of the rules."""
        said = {name: value or None for name, value in self.cleaned_data.items()}
        principal = Principal(said["principal_name"], said["principal_phone"], said["principal_email"])
        clerk = Clerk(said["clerk_name"], said["clerk_title"], said["clerk_phone"], said["clerk_email"])
        return SchoolFacts(None, said["classes"], principal, clerk)
