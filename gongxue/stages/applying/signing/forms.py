"""The forms of this room: types and lengths; what is allowed is judged by the records."""

import uuid
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from gongxue.records.models import Snapshot
from gongxue.records.signatures import Signable
from gongxue.rules.access import ROLES
from gongxue.site.fields import DateField, told
from gongxue.site.verifying import HashForm

LONGEST_REASON: Final = 2000


class Shown(forms.Form):
    """What stood on the page: the version, and the digest of its content."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    digest = forms.RegexField(r"^[0-9a-f]{64}$")


class ReasonForm(forms.Form):
    """Why it goes back."""

    reason = forms.CharField(max_length=LONGEST_REASON, error_messages={"required": _("請寫明原因，讓召集人知道要改什麼。")})


class ScanForm(Shown):
    """Whose seals are on the stamped paper, and the check code in its foot. Files come beside it."""

    roles = forms.MultipleChoiceField(error_messages={"required": _("請勾選紙上已經蓋了誰的章。")})
    code = forms.CharField(max_length=120, error_messages={"required": _("請輸入紙本頁尾的校驗碼。")})

    def __init__(self, *args: Any, paper: Signable, **told: Any) -> None:
        super().__init__(*args, **told)
        self.paper = paper
        choices = [(role, ROLES[role].zh) for step in paper.chain for role in step.posts]
        self.fields["roles"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean_code(self) -> str:
        """The code of the paper, when it was printed from what stands now; else of which version it is."""
        form = HashForm({"digest": self.cleaned_data["code"]})
        if not form.is_valid():
            raise forms.ValidationError(list(form.errors["digest"]))
        code: str = form.cleaned_data["digest"]
        if self.paper.digest.startswith(code):
            return code
        older = Snapshot.objects.filter(application=uuid.UUID(self.paper.subject_id), digest__gte=code, digest__lt=code + "g").first()
        if older is None:
            raise forms.ValidationError(_("這個校驗碼對不上這份申請書。請照紙本頁尾輸入；印的若是別的版本，請重新列印、核章。"))
        wrong = _("這張紙是舊版（第 %(old)s 版或更早），內容後來改過，現在是第 %(new)s 版。請重新下載 PDF、列印、核章後再上傳。")
        raise forms.ValidationError(wrong, params={"old": older.version, "new": self.paper.version})


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

    school = forms.IntegerField()
    people = forms.CharField(max_length=20_000)
    undo = forms.BooleanField(required=False)
