"""`gongxue unlock`: takes the second step from somebody whose phone and recovery codes are gone."""

from typing import Final

from gongxue.commands.arguments import Arguments
from gongxue.commands.console import Console
from gongxue.commands.site_at_hand import say, set_up
from gongxue.rules.text import Text

DONE: Final = 0
REFUSED: Final = 1


def run(arguments: Arguments, console: Console) -> int:
    """Take it away, which the person is told by mail; 1 where nobody has this address, or the database could not take it."""
    if not set_up(console):
        return REFUSED
    from gongxue.records.refusals import NotThere, Unkept
    from gongxue.site import clock
    from gongxue.site.accounts.actions import take_second_step_away

    email = arguments.words[0].strip()
    try:
        taken = take_second_step_away(email, at=clock.real_now())
    except NotThere:
        console.tell(email, Text("沒有這個電子郵件的帳號", "nobody has an account with this address"))
        return REFUSED
    except Unkept as refused:
        console.tell(email, refused.reason)
        return REFUSED
    if taken:
        say(console, Text(f"{email} 的兩步驟驗證已停用，並已寫信告知", f"the second step of {email} is off, and a letter says so"))
    else:
        say(console, Text(f"{email} 沒有使用兩步驟驗證", f"{email} has no second step"))
    return DONE
