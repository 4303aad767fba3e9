"""The programme year that is open now."""

from django.conf import settings

from gongxue.records.programmes import programme_of
from gongxue.rules.programme import Programme


def current() -> Programme:
    """The programme of the setting GONGXUE_PROGRAMME; raises UnknownProgrammeError."""
    return programme_of(settings.PROGRAMME)
