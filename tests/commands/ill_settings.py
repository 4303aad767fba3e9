"""The usual settings, and an app whose migration fails."""

from gongxue.settings import *  # noqa: F403
from gongxue.settings import INSTALLED_APPS as USUAL

INSTALLED_APPS = [*USUAL, "tests.commands.ill"]
