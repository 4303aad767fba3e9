"""Fill a database for the afternoon, and look into it: `python -m bench.afternoon.database VERB …`.

`make EDITORS SUBMISSIONS` founds the schools and everybody who takes part, and prints them; `check` reads what was confirmed and prints
what the database does not have; `letters` prints how many letters there are in each state. All as JSON.
"""

import os
import sys

import django
import msgspec

from bench.afternoon import editors, submissions


class Cast(msgspec.Struct):
    """Everybody who takes part."""

    editors: list[editors.Editor]
    submissions: list[submissions.Submission]


class Confirmed(msgspec.Struct):
    """What people were told: for each draft how many saves and the values, and which applications were submitted."""

    confirmed: dict[str, dict[str, object]]
    submitted: list[str]


def main(verb: str, count: int = 0, submitted: int = 0) -> None:
    """Make, check or count."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongxue.settings")
    django.setup()
    told: object
    if verb == "make":
        told = Cast(editors.make(count), submissions.make(submitted) if submitted else [])
    elif verb == "check":
        given = msgspec.json.decode(sys.stdin.buffer.read(), type=Confirmed)
        told = editors.check(given.confirmed) + submissions.check(given.submitted)
    else:
        told = submissions.letters()
    sys.stdout.buffer.write(msgspec.json.encode(told))


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
