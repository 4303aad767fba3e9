"""Whether a paper's hash belongs to a version that is kept here."""

import msgspec
from django import forms
from django.utils.translation import gettext_lazy as _

from gongxue.records.actor import Actor
from gongxue.records.models import Snapshot
from gongxue.records.sight import visible_to

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
    """What is told: `name`, `version` and `is_latest` only to whoever may see the application."""

    yes: bool
    name: str = ""
    version: int = 0
    is_latest: bool = False


def found(digest: str, actor: Actor) -> Found:
    """Look up a digest or its beginning. Everybody learns whether it is known; what it belongs to only who may see that."""
    # A range, not LIKE, so that both databases use the index; "g" comes after every hexadecimal digit.
    matching = Snapshot.objects.filter(digest__gte=digest, digest__lt=digest + "g")
    snapshot = matching.order_by("-version").only("application_id", "version").first()
    if snapshot is None or actor.user is None:
        return Found(snapshot is not None)
    application = visible_to(actor).filter(pk=snapshot.application_id).only("name").first()
    if application is None:
        return Found(True)
    later = Snapshot.objects.filter(application=application, version__gt=snapshot.version).exists()
    return Found(True, application.name, snapshot.version, not later)
