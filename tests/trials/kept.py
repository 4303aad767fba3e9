"""What a database keeps, as JSON: `python -m tests.trials.kept`, on DATABASE_URL."""

import json
import os
import sys

import django


def main() -> None:
    """Every application with its document and the verbs of its trail, and what is broken."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongxue.settings")
    django.setup()
    from gongxue.records import trail
    from gongxue.records.columns import recompute
    from gongxue.records.models import Application, TrailEntry

    entries = list(TrailEntry.objects.filter(subject="application").order_by("number").values_list("subject_id", "verb"))
    applications = {
        str(each.pk): {
            "by": each.made_by_id, "name": each.name, "version": each.version, "document": each.document,
            "verbs": [verb for subject, verb in entries if subject == str(each.pk)],
        }
        for each in Application.objects.all()
    }  # fmt: skip
    json.dump({"applications": applications, "broken": [str(each) for each in (*trail.verify(), *recompute())]}, sys.stdout)


if __name__ == "__main__":
    main()
