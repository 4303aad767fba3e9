"""A stamped paper as it is handed in: the form that tells what stands on it, and its scan, decoded before any transaction, by a child."""

from typing import Any

import msgspec
from django import forms
from django.utils.translation import gettext_lazy as _

from gongxue.records.files import Clean
from gongxue.records.signatures import Signable
from gongxue.records.stamped import printed_as
from gongxue.rules.access import ROLES
from gongxue.rules.text import Text
from gongxue.site import limits
from gongxue.site.request import Request
from gongxue.site.uploads.taking import take_scan
from gongxue.site.uploads.unfit import UnfitError
from gongxue.site.verifying import HashForm


class Received(msgspec.Struct, frozen=True):
    """The clean scan, or why there is none."""

    scan: Clean | None = None
    refused: Text | None = None


def receive(request: Request) -> Received:
    """The scan that the form brings."""
    limits.limit(request, "uploads", times=60, seconds=60)
    try:
        return Received(take_scan(request.FILES.getlist("scan")))
    except UnfitError as error:
        nothing = Text("請選擇掃描檔或照片。", "Choose the scan, or photos of it.")
        return Received(refused=error.reason if request.FILES else nothing)


class ScanForm(forms.Form):
    """Whose seals are on the stamped paper, the check code in its foot, and what stood on the page. Files come beside it."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    digest = forms.RegexField(r"^[0-9a-f]{64}$")
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
        older = printed_as(self.paper, code)
        if older is None:
            raise forms.ValidationError(_("這個校驗碼對不上這一份。請照紙本頁尾輸入；印的若是別的版本，請重新列印、核章。"))
        wrong = _("這張紙是舊版（第 %(old)s 版或更早），內容後來改過，現在是第 %(new)s 版。請重新下載 PDF、列印、核章後再上傳。")
        raise forms.ValidationError(wrong, params={"old": older, "new": printed_as(self.paper, self.paper.digest) or self.paper.version})


def scan_context(request: Request, form: ScanForm, prepared: Received | None) -> dict[str, Any]:
    """What the page of the form shows beside its paper: what was ticked, and why a file was not taken."""
    refused = prepared.refused if prepared is not None else None
    return {"form": form, "refused": refused, "ticked": request.POST.getlist("roles"), "scan_error": [("id_scan", refused)]}
