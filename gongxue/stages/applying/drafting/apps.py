"""The room as Django knows it."""

from django.apps import AppConfig


class Drafting(AppConfig):
    """The convener's desk: a draft as a list of sections that save themselves."""

    name = "gongxue.stages.applying.drafting"
    label = "drafting"
