"""What the background does for mail."""

import datetime
from typing import Any

from gongxue.site import background
from gongxue.site.background import Regular
from gongxue.site.mail import delivering, telling
from gongxue.site.mail.posting import DELIVER


def register() -> None:
    """Give the jobs their names."""
    background.register(DELIVER, deliver, regular=Regular(DELIVER, minutes=1))


def deliver(at: datetime.datetime) -> dict[str, Any]:
    """Make letters of what is to be told, and deliver what waits; what one round leaves, the next takes at once."""
    told = telling.tell(at)
    counted = delivering.deliver()
    if "left" in counted:
        background.later(DELIVER)
    return {**counted, "told": told}
