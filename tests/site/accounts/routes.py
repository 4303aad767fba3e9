"""The permission table of accounts."""

from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP

from gongxue.records.invitations import invite_to_draft
from gongxue.records.models import User
from tests.records.city import NOON
from tests.site.permissions import EVERYBODY, LOGGED_IN, Expect


def _invitation(world: Any) -> dict[str, dict[str, Any]]:
    invited = invite_to_draft(world.ours.pk, "somebody@example.edu.tw", actor=world.people["convener"], at=NOON)
    return {"ours": {"token": invited.token}}


def _second_step(world: Any) -> None:
    for person in world.people.values():
        user = User.objects.get(pk=person.user)
        TOTP.activate(user, "JBSWY3DPEHPK3PXP")
        RecoveryCodes.activate(user)


_again = Expect(LOGGED_IN)
_everybody = Expect(EVERYBODY)
_with_second_step = Expect(LOGGED_IN, ready=_second_step)
_own_post = Expect({"clerk"}, on="post")

ROUTES = {
    "account": _again,
    "account_details": _again,
    "account_sessions": _again,
    "account_stand_in": _own_post,
    "account_hand_over": _own_post,
    "invitation": Expect(EVERYBODY, ready=_invitation),
    "account_login": _everybody,
    "account_logout": _everybody,
    "account_inactive": _everybody,
    "account_reauthenticate": _again,
    "account_change_password": _again,
    "account_set_password": _again,
    "account_password_changed": _again,
    "account_reset_password": _everybody,
    "account_reset_password_done": _everybody,
    "account_reset_password_from_key": Expect(EVERYBODY, address={"uidb36": "1", "key": "set-password"}),
    "account_reset_password_from_key_done": _everybody,
    "mfa_index": _again,
    "mfa_authenticate": _everybody,
    "mfa_reauthenticate": _again,
    "mfa_activate_totp": _again,
    "mfa_deactivate_totp": _with_second_step,
    "mfa_view_recovery_codes": _with_second_step,
    "mfa_generate_recovery_codes": _again,
    "mfa_download_recovery_codes": _with_second_step,
    # By POST it would ask the city's service, which answers in tests/site/accounts.
    "openid_connect_login": Expect(EVERYBODY, address={"provider_id": "city"}, methods=("GET",)),
    "openid_connect_callback": Expect(set(), told=EVERYBODY, address={"provider_id": "city"}),
    "socialaccount_login_cancelled": _everybody,
    "socialaccount_login_error": _everybody,
}
