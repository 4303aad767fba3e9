"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Pages of allauth in our look, and our own around them."""

    name = "gongxue.site.accounts"
    label = "accounts"
