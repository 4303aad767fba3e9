"""`python -m gongxue.site.work`: the background of `gongxue serve`: a few processes that do what waits in the queue, and what is due."""

import os
import sys

import django

from gongxue.site import orphans


def main() -> int:
    """Work until SIGTERM; what has been begun is ended first. 3 where the data is being restored or upgraded, 1 where it has to be begun
    anew."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongxue.settings")
    django.setup()
    from django.db import connections

    from gongxue.records.occupancy import occupied
    from gongxue.site import background, sentinel

    with occupied() as free:
        if not free:
            return 3
        background.prepare()
        connections.close_all()  # the processes that are made from this one open their own
        orphans.forks_end_with_us()
        return sentinel.run()


if __name__ == "__main__":
    sys.exit(main())
