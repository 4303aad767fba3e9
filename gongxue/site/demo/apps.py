"""The demo app: it has addresses only where GONGXUE_DEMO is set."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demo."""

    name = "gongxue.site.demo"
    label = "demo"
