"""allauth's pages as views of this site: the same work, with a form in error answered 422, so that nobody takes it for done."""

import textwrap
from typing import Any

from allauth.account import views as account
from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.conf import settings
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy

from gongxue.site import clock, errors
from gongxue.site.accounts import asking, proving
from gongxue.site.accounts.adapters import prove_address
from gongxue.site.request import ours


class _Told:
    """A form in error says so in its status."""

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """The page again, with what is wrong."""
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]  # allauth has no types  # of the view it is mixed into
        response.status_code = 422
        return response


class _Afresh(_Told):
    """A page that the password stands before: opened anew, it forgets a button that was pressed before the password was asked for."""

    def dispatch(self, request: HttpRequest, *args: Any, **told: Any) -> HttpResponse:
        """allauth would press that button once the password is given, whatever led there."""
        if request.method != "POST":
            request.session.pop(STATE_SESSION_KEY, None)
        response: HttpResponse = super().dispatch(request, *args, **told)  # type: ignore[misc]  # of the view it is mixed into
        return response


class Login(_Told, account.LoginView):  # type: ignore[misc]  # allauth has no types
    """Log in by e-mail and password."""

    form_class = asking.LoginForm

    def get_context_data(self, **told: Any) -> dict[str, Any]:
        """With the name of the city's own service, where there is one."""
        context: dict[str, Any] = super().get_context_data(**told)
        return {**context, "oidc_name": settings.OIDC_NAME or settings.OIDC_ISSUER}


class Reauthenticate(_Told, account.ReauthenticateView):  # type: ignore[misc]  # allauth has no types
    """The password once more, before something that matters."""

    form_class = asking.AgainForm


class PasswordChange(_Told, account.PasswordChangeView):  # type: ignore[misc]  # allauth has no types
    """A new password for the old one."""

    form_class = asking.ChangeForm
    success_url = reverse_lazy("account_password_changed")


class PasswordSet(_Told, account.PasswordSetView):  # type: ignore[misc]  # allauth has no types
    """A first password, for who came by the city's service."""

    form_class = asking.SetForm
    success_url = reverse_lazy("account_password_changed")


class PasswordReset(_Told, account.PasswordResetView):  # type: ignore[misc]  # allauth has no types
    """Ask for a link by mail."""

    form_class = asking.ResetForm


class PasswordResetFromKey(_Told, account.PasswordResetFromKeyView):  # type: ignore[misc]  # allauth has no types
    """The page behind the link: it shows, a button acts."""

    form_class = asking.NewForm

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Whoever has the link has the address: it is proven from now on."""
        response: HttpResponse = super().form_valid(form)
        prove_address(self.reset_user)
        return response


class SecondStep(_Told, mfa.AuthenticateView):  # type: ignore[misc]  # allauth has no types
    """The code, after the password."""

    form_class = asking.CodeForm


class SecondStepAgain(_Told, mfa.ReauthenticateView):  # type: ignore[misc]  # allauth has no types
    """The code once more, before something that matters."""

    form_class = asking.CodeAgainForm


class SecondStepOn(_Afresh, totp.ActivateTOTPView):  # type: ignore[misc]  # allauth has no types
    """Take up the second step."""

    form_class = asking.FirstCodeForm

    def get_context_data(self, **told: Any) -> dict[str, Any]:
        """With the key as one types it, in groups of four."""
        context: dict[str, Any] = super().get_context_data(**told)
        return {**context, "secret_in_fours": " ".join(textwrap.wrap(context["form"].secret, 4))}


class SecondStepOff(_Afresh, totp.DeactivateTOTPView):  # type: ignore[misc]  # allauth has no types
    """Lay the second step down."""


class NewCodes(_Afresh, recovery.GenerateRecoveryCodesView):  # type: ignore[misc]  # allauth has no types
    """New recovery codes in the place of the old."""


def too_often(request: HttpRequest, exception: Exception | None = None, **_: Any) -> HttpResponse:
    """429, where it is allauth that counts; 503 where it could not, because the database is held by others (see `proving`)."""
    if (clock.now() - ours(request).at).total_seconds() >= proving.WAITED:
        return errors.unavailable(request, proving.BUSY)
    return errors.too_many(request, 5 * 60)
