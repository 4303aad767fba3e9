"""allauth's forms, asking in our words: what is missing is named, and a password typed twice differently says so."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from django import forms
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

REQUIRED = {
    "login": _("請輸入電子郵件。"),
    "email": _("請輸入電子郵件。"),
    "password": _("請輸入密碼。"),
    "oldpassword": _("請輸入目前的密碼。"),
    "password1": _("請設定密碼。"),
    "password2": _("請再輸入一次密碼。"),
    "code": _("請輸入驗證碼。"),
}
NO_ADDRESS = _("電子郵件格式不對，應像 name@example.edu.tw。")


class _Asking:
    """A form whose fields say what they miss."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **told: Any) -> None:
        super().__init__(*args, **told)
        for name, field in self.fields.items():
            field.error_messages["required"] = REQUIRED.get(name, field.error_messages["required"])
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = NO_ADDRESS


class _Twice(_Asking, account.PasswordVerificationMixin):  # type: ignore[misc]  # allauth has no types
    """A new password, twice the same."""

    def clean(self) -> dict[str, Any]:
        """What allauth's own does, in our words: its turn is left out."""
        cleaned: dict[str, Any] = super(account.PasswordVerificationMixin, self).clean()
        if cleaned.get("password1") and cleaned.get("password2") not in (None, cleaned["password1"]):
            self.add_error("password2", _("兩次輸入的密碼不一樣。"))
        return cleaned


class LoginForm(_Asking, account.LoginForm):  # type: ignore[misc]  # allauth has no types
    """E-mail and password."""


class AgainForm(_Asking, account.ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The password once more."""


class ResetForm(_Asking, account.ResetPasswordForm):  # type: ignore[misc]  # allauth has no types
    """Where the link shall go."""


class ChangeForm(_Twice, account.ChangePasswordForm):  # type: ignore[misc]  # allauth has no types
    """The old password, and a new one twice."""


class SetForm(_Twice, account.SetPasswordForm):  # type: ignore[misc]  # allauth has no types
    """A first password, twice."""


class NewForm(_Twice, account.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth has no types
    """A new password in the place of a forgotten one, twice."""


class _Once(_Asking):
    """A code of the phone's, which counts once.

    allauth forgets a code that was used after half a minute; with a phone's clock off by a little, it would be good for longer.
    """

    user: Any

    def clean_code(self) -> str:
        """The code; ValidationError where it is wrong, or was used already."""
        code: str = super().clean_code()  # type: ignore[misc]  # of the form it is mixed into
        used = getattr(self, "authenticator", None)
        if used is not None and used.type != Authenticator.Type.TOTP:
            return code
        digits = "".join(filter(str.isdigit, code))
        good_for = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
        if not cache.add(f"second-step:{self.user.pk}:{digits}", True, timeout=good_for):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(_Once, mfa.AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """A code of the phone's, or a recovery code."""


class CodeAgainForm(_Once, mfa.ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """A code once more."""


class FirstCodeForm(_Once, totp.ActivateTOTPForm):  # type: ignore[misc]  # allauth has no types
    """The first code, which proves that the phone has the key."""
