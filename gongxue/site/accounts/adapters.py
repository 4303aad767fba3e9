"""How allauth fits this site: nobody signs up, letters go into the outbox, second-step secrets are kept encrypted."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context as current
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from gongxue.records.models import User
from gongxue.site import clock, limits
from gongxue.site.accounts import openid, sessions
from gongxue.site.mail.posting import post_letter


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Logging in by e-mail and password."""

    error_messages = {  # noqa: RUF012  # allauth's own shape
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("電子郵件或密碼不對。請確認大小寫；忘記密碼可以重設。"),
        "too_many_login_attempts": _("試了太多次。請等五分鐘再試，或重設密碼。"),
        "enter_current_password": _("目前的密碼不對，請再輸入一次。"),
        "incorrect_password": _("密碼不對，請再輸入一次。"),
        "invalid_password_reset": _("這個連結已經用過或過期，請再申請一次。"),
        "incorrect_code": _("驗證碼不對，或已經用過。請輸入手機現在顯示的六位數字。"),
        "rate_limited": _("試得太快了，請稍後再試。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: people come by invitation, or are brought in by the city."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The user whose e-mail and password these are; an address is the same however it is written."""
        if "email" in credentials:
            credentials["email"] = credentials["email"].strip().lower()
        found: User | None = super().authenticate(request, **credentials)
        return found if found is not None else _closed(**credentials)

    def reauthenticate(self, user: User, password: str) -> bool:
        """Whether this is the user's own password."""
        found = self.authenticate(current.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin the session, and note when and with which browser."""
        super().login(request, user)
        sessions.note(request, clock.now())

    def post_login(self, request: HttpRequest, user: User, **told: Any) -> HttpResponse:
        """To where one was going, in one's own language."""
        response: HttpResponse = super().post_login(request, user, **told)
        remember_language(response, user.language)
        return response

    def is_safe_url(self, url: str) -> bool:
        """Only addresses of this very site: no other host, however it is let in."""
        return url_has_allowed_host_and_scheme(url, {current.request.get_host()}, current.request.is_secure())

    def get_client_ip(self, request: HttpRequest) -> str:
        """As the site's own limits see it."""
        return limits.address_of(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Into the outbox, in the reader's language."""
        user = context.get("user") or User.objects.filter(email=email).first()
        to = user if isinstance(user, User) and user.email == email else email
        post_letter(f"accounts/{template_prefix.rsplit('/', 1)[-1]}", to, context, at=clock.now())


def _closed(email: str = "", password: str = "", **_: Any) -> User | None:
    """The closed account that this is the right password of: it is told so on a page, where a wrong password is told what everybody is."""
    user = User.objects.filter(email=email, is_active=False).first()
    return user if user is not None and user.check_password(password) else None


def remember_language(response: HttpResponse, language: str) -> None:
    """Answer in this language from now on."""
    if language in dict(settings.LANGUAGES):
        year = 365 * 24 * 60 * 60
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, year, secure=settings.PRODUCTION, httponly=True, samesite="Lax")


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Logging in with the city's own service (OpenID Connect): only who is known here already."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody signs up."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Bind a login that comes for the first time to the user of its verified e-mail; without one it is told whom to ask."""
        if sociallogin.is_existing:
            return
        verified = [each.email.strip().lower() for each in sociallogin.email_addresses if each.verified]
        user = User.objects.filter(email__in=verified).first()
        if user is not None and not user.is_active:
            raise ImmediateHttpResponse(redirect("account_inactive"))
        if user is None:
            raise ImmediateHttpResponse(render(request, "socialaccount/unknown.html", {"verified": bool(verified)}, status=403))
        sociallogin.connect(request, user)

    def on_authentication_error(self, request: HttpRequest, provider: Any, *args: Any, **told: Any) -> None:
        """The service did not say who it was, or does not answer: back to the password, in words."""
        error = told.get("exception")
        raise ImmediateHttpResponse(openid.down(request, error) if isinstance(error, OSError) else openid.failed(request))

    def send_notification_mail(self, *args: Any, **told: Any) -> None:
        """The account page tells it; no letter."""


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """The second step: codes of an app on the phone."""

    error_messages = {  # noqa: RUF012  # allauth's own shape
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("驗證碼不對，或已經用過。請輸入手機現在顯示的六位數字。"),
    }

    def get_totp_issuer(self) -> str:
        """What the app on the phone calls this site."""
        return "共學 Gongxue"

    def encrypt(self, text: str) -> str:
        """A secret as it is kept: who reads the database or a backup has no code yet."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret that was kept."""
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"second step|{settings.SECRET_KEY}".encode()).digest()))


def prove_address(user: User) -> None:
    """Note that a user's own address is proven: somebody followed a link that went there."""
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
