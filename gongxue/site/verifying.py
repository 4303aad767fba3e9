"""Whether a paper's hash belongs to a version that is kept here."""

import msgspec
from django import forms
from django.utils.translation import gettext_lazy as _

from gongxue.records.actor import Actor
from gongxue.records.models import Receipt, Snapshot, SummarySnapshot
from gongxue.records.sight import visible_to
from gongxue.records.summary_moves import may_on_summary

SHORTEST, WHOLE = 12, 64
"""A paper's foot shows the first twelve digits; fewer would find something by chance."""


class HashForm(forms.Form):
    """The digits in a paper's foot: hexadecimal, blanks and capitals forgiven."""

    digest = forms.CharField(max_length=120, error_messages={"required": _("請輸入紙本頁尾的校驗碼。")})

    def clean_digest(self) -> str:
        """The digits alone, in lower case."""
        digest = "".join(str(self.cleaned_data["digest"]).split()).lower().replace("-", "")
        if not SHORTEST <= len(digest) <= WHOLE or set(digest) - set("0123456789abcdef"):
            raise forms.ValidationError(_("校驗碼是頁尾的 12 個數字或英文字母（0–9、a–f）。"))
        return digest


class Found(msgspec.Struct, frozen=True):
    """What is told: `name`, `version`, `is_latest` and the `number` of a receipt only to whoever may see the application.

    `kind` is what the digest belongs to, "version", "receipt" or "summary" (附件一, whose `name` is the school's). A receipt that does not
    hold any more is told as `void` to everybody.
    """

    yes: bool
    name: str = ""
    version: int = 0
    is_latest: bool = False
    kind: str = "version"
    number: str = ""
    void: bool = False


def found(digest: str, actor: Actor) -> Found:
    """Look up a digest or its beginning. Everybody learns whether it is known; what it belongs to only who may see that."""
    # A range, not LIKE, so that both databases use the index; "g" comes after every hexadecimal digit.
    matching = Snapshot.objects.filter(digest__gte=digest, digest__lt=digest + "g")
    snapshot = matching.order_by("-version").only("application_id", "version").first()
    if snapshot is None:
        return _receipt(digest, actor)
    if actor.user is None:
        return Found(True)
    application = visible_to(actor).filter(pk=snapshot.application_id).only("name").first()
    if application is None:
        return Found(True)
    later = Snapshot.objects.filter(application=application, version__gt=snapshot.version).exists()
    return Found(True, application.name, snapshot.version, not later)


def _receipt(digest: str, actor: Actor) -> Found:
    """The receipt whose foot bears this digest."""
    matching = Receipt.objects.filter(seal__gte=digest, seal__lt=digest + "g").select_related("application")
    receipt = matching.order_by("-pk").first()
    if receipt is None:
        return _summary(digest, actor)
    void = receipt.voided_at is not None
    if actor.user is None or not visible_to(actor).filter(pk=receipt.application_id).exists():
        return Found(True, kind="receipt", void=void)
    return Found(True, receipt.application.name, receipt.version, not void, "receipt", receipt.text, void)


def _summary(digest: str, actor: Actor) -> Found:
    """The frozen 附件一 whose foot bears this digest."""
    matching = SummarySnapshot.objects.filter(digest__gte=digest, digest__lt=digest + "g").select_related("summary__school")
    frozen = matching.order_by("-pk").first()
    if frozen is None or actor.user is None or not may_on_summary(actor, "view", frozen.summary).yes:
        return Found(frozen is not None, kind="summary")
    return Found(True, frozen.summary.school.name, frozen.version, frozen.summary.digest == frozen.digest, "summary")
