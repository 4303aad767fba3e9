"""The room as Django knows it."""

from django.apps import AppConfig


class Submitting(AppConfig):
    """The school's desk: all its communities, its summary, submission and receipt."""

    name = "gongxue.stages.applying.submitting"
    label = "submitting"
