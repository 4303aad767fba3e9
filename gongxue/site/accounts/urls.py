"""The addresses of accounts. Of allauth's, those in use; the others are not routed at all."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.socialaccount import views as social
from django.conf import settings
from django.urls import URLPattern, path, re_path

from gongxue.site import guard
from gongxue.site.accounts import entrance, openid, views

again = guard.logged_in(repeatable=True)  # what allauth does twice it has done once

_entrance = [
    path("login/", guard.public(entrance.Login.as_view()), name="account_login"),
    path("logout/", guard.public(account.logout), name="account_logout"),
    path("inactive/", guard.public(account.account_inactive), name="account_inactive"),
    path("reauthenticate/", again(entrance.Reauthenticate.as_view()), name="account_reauthenticate"),
    path("password/change/", again(entrance.PasswordChange.as_view()), name="account_change_password"),
    path("password/set/", again(entrance.PasswordSet.as_view()), name="account_set_password"),
    path("password/changed/", views.password_changed, name="account_password_changed"),
    path("password/reset/", guard.public(entrance.PasswordReset.as_view()), name="account_reset_password"),
    path("password/reset/done/", guard.public(account.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        guard.public(entrance.PasswordResetFromKey.as_view()),
        name="account_reset_password_from_key",
    ),
    path("password/reset/key/done/", guard.public(account.password_reset_from_key_done), name="account_reset_password_from_key_done"),
]
_second_step = [
    path("two-step/", again(mfa.index), name="mfa_index"),
    path("two-step/code/", guard.public(entrance.SecondStep.as_view()), name="mfa_authenticate"),
    path("two-step/again/", again(entrance.SecondStepAgain.as_view()), name="mfa_reauthenticate"),
    path("two-step/on/", again(entrance.SecondStepOn.as_view()), name="mfa_activate_totp"),
    path("two-step/off/", again(entrance.SecondStepOff.as_view()), name="mfa_deactivate_totp"),
    path("two-step/codes/", again(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("two-step/codes/new/", again(entrance.NewCodes.as_view()), name="mfa_generate_recovery_codes"),
    path("two-step/codes/download/", again(recovery.download_recovery_codes), name="mfa_download_recovery_codes"),
]
_own = [
    path("", views.account, name="account"),
    path("details/", views.details, name="account_details"),
    path("sessions/", views.end_sessions, name="account_sessions"),
    path("posts/<int:post>/stand-in/", views.stand_in, name="account_stand_in"),
    path("posts/<int:post>/hand-over/", views.hand_over, name="account_hand_over"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
]


def openid_addresses() -> list[URLPattern]:
    """The addresses of the city's own log-in service."""
    return [
        path("oidc/<str:provider_id>/login/", guard.public(openid.login), name="openid_connect_login"),
        path("oidc/<str:provider_id>/login/callback/", guard.public(openid.callback), name="openid_connect_callback"),
        path("oidc/cancelled/", guard.public(social.login_cancelled), name="socialaccount_login_cancelled"),
        path("oidc/error/", guard.public(social.login_error), name="socialaccount_login_error"),
    ]


urlpatterns = [*_own, *_entrance, *_second_step, *(openid_addresses() if settings.OIDC_ISSUER else [])]
