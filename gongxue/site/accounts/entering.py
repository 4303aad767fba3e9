"""Beginning a session without a password: right after an invitation, and in the demo."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest

from gongxue.records.models import User


def enter(request: HttpRequest, user: User, method: str) -> None:
    """Begin a session as `user`; `method` is kept in it, beside those by which allauth lets people in."""
    get_adapter().login(request, user)
    record_authentication(request, user, method)
