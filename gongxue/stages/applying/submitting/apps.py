"""The room as Django knows it."""

from django.apps import AppConfig

from gongxue.rules.access import SCHOOL_ROLES
from gongxue.rules.text import Text
from gongxue.site import home, nav
from gongxue.site.mail import attaching


class Submitting(AppConfig):
    """The school's desk: all its communities, its summary, submission and receipt."""

    name = "gongxue.stages.applying.submitting"
    label = "submitting"

    def ready(self) -> None:
        """Its word in the header; a letter with the receipt for every submission."""
        from gongxue.records.doors import AFTER_MOVE
        from gongxue.stages.applying.submitting import letters, receipts
        from gongxue.stages.applying.submitting.home import panel

        nav.add(nav.Entry(20, Text("本校社群", "Our school"), "submitting:schools", SCHOOL_ROLES, ("submitting:",)))
        home.add(home.Panel(5, "submitting/home.html", panel))
        attaching.register(letters.MAKER, receipts.attachment)
        AFTER_MOVE.append(letters.follow)
