"""The room as Django knows it."""

from django.apps import AppConfig


class Signing(AppConfig):
    """The school's chain of sign-offs, online or on paper, and partner schools that confirm their members."""

    name = "gongxue.stages.applying.signing"
    label = "signing"
