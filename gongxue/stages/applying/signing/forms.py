"""The forms of this room: types and lengths; what is allowed is judged by the records."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from gongxue.rules.access import ROLES
from gongxue.site.fields import DateField, told

LONGEST_REASON: Final = 2000


class Shown(forms.Form):
    """What stood on the page: the version, and the digest of its content."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    digest = forms.RegexField(r"^[0-9a-f]{64}$")


class ReasonForm(forms.Form):
    """Why it goes back."""

    reason = forms.CharField(max_length=LONGEST_REASON, error_messages={"required": _("請寫明原因，讓召集人知道要改什麼。")})


class StandInForm(forms.Form):
    """Who seals in whose place, until when. `roles` are the posts that can be chosen, `people` pairs of a user's key and name."""

    role = forms.ChoiceField(error_messages={"required": _("請選要代理哪個職務。"), "invalid_choice": _("請從名單中選一個職務。")})
    person = forms.TypedChoiceField(coerce=int, error_messages={"required": _("請選一個人。"), "invalid_choice": _("請從名單中選一個人。")})
    last = DateField(error_messages={"required": _("請填寫代理到哪一天。")})

    def __init__(self, *args: Any, roles: list[str], people: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["role"].choices = [(role, told(ROLES[role])) for role in roles]  # type: ignore[attr-defined]  # a choice field
        self.fields["person"].choices = people  # type: ignore[attr-defined]  # the same


class NamesForm(forms.Form):
    """Which school speaks, and the names that stood on the page."""

    school = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    people = forms.CharField(max_length=20_000)
    undo = forms.BooleanField(required=False)
