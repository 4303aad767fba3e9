"""The room as Django knows it."""

from django.apps import AppConfig


class Papers(AppConfig):
    """What is printed, read in, copied and looked back at: preview, downloads, a filled form, last year's, history."""

    name = "gongxue.stages.applying.papers"
    label = "papers"
