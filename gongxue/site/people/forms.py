"""The forms of people and posts: types and lengths; what is allowed is judged by the records."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongxue.site.fields import DateField, SpellForm
from gongxue.site.templatetags.gongxue import role


class _TermForm(SpellForm):
    """Which post, from when until when."""

    role = forms.ChoiceField(error_messages={"required": _("請選職務。"), "invalid_choice": _("請從名單中選一個職務。")})
    first = DateField(error_messages={"required": _("請填寫開始日。")})
    last = DateField(required=False)

    def __init__(self, *args: Any, roles: Iterable[str], **told: Any) -> None:
        super().__init__(*args, **told)
        self.fields["role"].choices = [(code, role(code)) for code in roles]  # type: ignore[attr-defined]  # a choice field


class GiveForm(_TermForm):
    """A post for somebody of those found: `people` are their keys."""

    person = forms.TypedChoiceField(coerce=int, error_messages={"required": _("請選一個人。"), "invalid_choice": _("請從名單中選一個人。")})
    field_order = ("person", "role", "first", "last")

    def __init__(self, *args: Any, people: Iterable[int], **told: Any) -> None:
        super().__init__(*args, **told)
        self.fields["person"].choices = [(key, key) for key in people]  # type: ignore[attr-defined]  # a choice field


class InviteForm(_TermForm):
    """A post for somebody with an e-mail address."""

    email = forms.EmailField(
        error_messages={"required": _("請填寫電子郵件。"), "invalid": _("電子郵件格式不對，應像 name@example.edu.tw。")}
    )
    name = forms.CharField(max_length=100, required=False)
    field_order = ("email", "name", "role", "first", "last")


class CloseForm(forms.Form):
    """Why an account is closed."""

    reason = forms.CharField(max_length=2000, error_messages={"required": _("請寫明原因。")})


class EndForm(forms.Form):
    """A post's last day."""

    last = DateField(error_messages={"required": _("請填寫最後一天。")})
