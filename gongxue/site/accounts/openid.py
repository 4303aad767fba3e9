"""The way in by the city's own log-in service (OpenID Connect): allauth walks it, this adds what it leaves out.

A nonce ties the service's word to this very browser; an e-mail counts as verified only where the service says so outright; of what it
tells, nothing is kept but its own number of the person. Where it does not answer, or talks nonsense, there is a page that says what to do.
"""

import secrets
from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongxue.records.refusals import NotThere
from gongxue.site import log
from gongxue.site.request import Request, ours

NONCE = "nonce"
TROUBLE = (OSError, OAuth2Error, LookupError, TypeError, ValueError, AttributeError)
"""What comes of a service that is down (all of the network's errors are OSErrors), or whose answers are not what the protocol says."""


class City(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth has no types
    """The city's service, as the callback asks it; `nonce` is what this browser was sent there with."""

    def __init__(self, request: HttpRequest, provider_id: str, nonce: str) -> None:
        super().__init__(request, provider_id)
        self.nonce = nonce

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **told: Any) -> SocialLogin:
        """Who the service says it is. Raises OAuth2Error where its word was not given to this browser, or is about two people."""
        login = super().complete_login(request, app, token, **told)
        said = login.account.extra_data
        signed, person = said.get("id_token") or {}, said.get("userinfo") or {}
        if not self.nonce or signed.get(NONCE) != self.nonce or signed.get("sub") != person.get("sub"):
            raise OAuth2Error("the word is not for this browser")
        for address in login.email_addresses:
            address.verified = person.get("email_verified") in (True, "true")  # some services write it as a word: "false" is no yes
        login.account.extra_data = {}
        return login


def login(request: Request, provider_id: str) -> HttpResponse:
    """Send the browser to the service; a link that leads here leads to the log-in page."""
    if request.method != "POST":
        return redirect("account_login")
    nonce = secrets.token_urlsafe(24)
    try:
        provider = City(request, provider_id, nonce).get_provider()
        asked = {**provider.get_auth_params(), NONCE: nonce}
        onward = get_next_redirect_url(request)
        response: HttpResponse = provider.redirect(request, AuthProcess.LOGIN, next_url=onward, auth_params=asked, nonce=nonce)
    except SocialApp.DoesNotExist:
        raise NotThere() from None
    except TROUBLE as error:
        return down(request, error)
    return response


def callback(request: Request, provider_id: str) -> HttpResponse:
    """Where the service sends the browser back to."""
    state = statekit.get_states(request).get(request.GET.get("state", ""), ({},))[0]
    try:
        response: HttpResponse = OAuth2CallbackView.adapter_view(City(request, provider_id, state.get(NONCE, "")))(request)
    except SocialApp.DoesNotExist:
        raise NotThere() from None
    except TROUBLE as error:
        return down(request, error)
    return response


def failed(request: HttpRequest) -> HttpResponse:
    """The service did not say who it was, or not in a way that counts."""
    return render(request, "socialaccount/failed.html", status=403)


def down(request: HttpRequest, error: BaseException) -> HttpResponse:
    """The service does not answer, or not as it should: told in the log by its kind alone."""
    ours(request).failure = log.failure(error)
    return render(request, "socialaccount/down.html", status=503)
