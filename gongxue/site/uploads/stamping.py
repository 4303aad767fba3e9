"""A stamped paper as it is handed in: the form that tells what stands on it, and its scan, decoded before any transaction, by a child."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from django import forms
from django.utils.translation import gettext_lazy as _

from gongxue.records.files import Clean
from gongxue.records.models import Post, Signature
from gongxue.records.signatures import Signable
from gongxue.records.stamped import LONGEST_NAME, Stamped, Told, hands, printed_as
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


class Asked(msgspec.Struct, frozen=True):
    """What is asked of one seal: its post and label on the paper, who may have stamped it (pairs of a post's key and a name), and which of
    them is filled in at first."""

    role: str
    label: str
    options: tuple[tuple[str, str], ...]
    first: str


def asked_of(paper: Signable, signed: Mapping[str, Signature], at: datetime.datetime) -> list[Asked]:
    """The seals that a scan may bring, in the chain's order, each with its holder filled in who has not stamped before. Two queries."""
    known, taken, found = hands(paper, at), {row.signer for row in signed.values()}, list[Asked]()
    for step in paper.chain:
        if any(role in signed for role in step.posts):
            continue
        role = step.posts[0]
        fits = [post for post in known[role] if post.user_id not in taken]
        first = fits[0] if fits else None
        taken |= {first.user_id} if first is not None else set()
        options = tuple((str(post.pk), _named(post)) for post in known[role])
        found.append(Asked(role, step.label, options, str(first.pk) if first is not None else ""))
    return found


def _named(post: Post) -> str:
    return f"{post.user.name}{_('（代理）')}" if post.stands_in_for_id is not None else post.user.name


class ScanForm(forms.Form):
    """Whose seals are on the stamped paper and by whose hand, the check code in its foot, and what stood on the page. Files come beside.

    Of each post `who_<role>` is one of those who may have stamped it, `name_<role>` the name of somebody else, which goes before.
    """

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    digest = forms.RegexField(r"^[0-9a-f]{64}$")
    roles = forms.MultipleChoiceField(error_messages={"required": _("請勾選紙上已經蓋了誰的章。")})
    code = forms.CharField(max_length=120, error_messages={"required": _("請輸入紙本頁尾的校驗碼。")})

    def __init__(self, *args: Any, paper: Signable, asked: Sequence[Asked], **given: Any) -> None:
        super().__init__(*args, **given)
        self.paper = paper
        choices = [(role, ROLES[role].zh) for step in paper.chain for role in step.posts]
        self.fields["roles"].choices = choices  # type: ignore[attr-defined]  # a choice field
        for each in asked:
            self.fields[f"who_{each.role}"] = forms.ChoiceField(choices=each.options, required=False, initial=each.first)
            self.fields[f"name_{each.role}"] = forms.CharField(max_length=LONGEST_NAME, required=False)

    def stamped(self, scan: Clean) -> Stamped:
        """What is handed in: the scan, and who stamped which post, of those that are ticked; the doors judge it."""
        said = self.cleaned_data
        told = {role: Told(int(said.get(f"who_{role}") or 0) or None, said.get(f"name_{role}") or "") for role in said["roles"]}
        return Stamped(scan, told, said["version"], said["digest"])

    def posts(self) -> list[dict[str, Any]]:
        """What the page draws of each seal that is asked for: whether it is ticked, what is chosen and written, what is wrong with it."""
        ticked = self["roles"].value() or []
        roles = [name.removeprefix("who_") for name in self.fields if name.startswith("who_")]
        return [{"role": role, "ticked": role in ticked, "who": self[f"who_{role}"], "name": self[f"name_{role}"]} for role in roles]

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


def scan_context(form: ScanForm, prepared: Received | None, asked: Sequence[Asked]) -> dict[str, Any]:
    """What the page of the form shows beside its paper: what is asked of each seal, and why a file was not taken."""
    refused = prepared.refused if prepared is not None else None
    posts = [{"asked": each, **drawn} for each, drawn in zip(asked, form.posts(), strict=True)]
    return {"form": form, "posts": posts, "refused": refused, "scan_error": [("id_scan", refused)]}
