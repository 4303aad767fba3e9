"""The room as Django knows it."""

from django.apps import AppConfig


class Overseeing(AppConfig):
    """The city's desk: everything as it arrives."""

    name = "gongxue.stages.applying.overseeing"
    label = "overseeing"
