"""The settings of the site, with the job that takes long."""

from gongxue.settings import *  # noqa: F403  # settings are a module of names

INSTALLED_APPS = [*INSTALLED_APPS, "tests.site.sleepy"]  # noqa: F405  # as above
Q_CLUSTER = {**Q_CLUSTER, "poll": 0.05, "guard_cycle": 0.1}  # noqa: F405  # as above
