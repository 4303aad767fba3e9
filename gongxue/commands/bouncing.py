"""`gongxue bounce`: mail that came back, handed over by the mail server, marks the letter that did not arrive."""

import sys
from typing import Final

from gongxue.commands.arguments import Arguments
from gongxue.commands.console import Console
from gongxue.commands.site_at_hand import say, set_up, tell_all
from gongxue.rules.text import Text

DONE: Final = 0
AGAIN: Final = 75
"""What mail servers take for "not now" (EX_TEMPFAIL): any other failure would itself come back as mail."""
LARGEST: Final = 2_000_000


def run(arguments: Arguments, console: Console) -> int:
    """Read one mail; 75 where it cannot be kept now, so that whoever calls tries again."""
    if not set_up(console):
        return AGAIN
    from gongxue.records.refusals import Unkept
    from gongxue.site.mail import bounces

    try:
        mail = _mail(arguments)
    except OSError as error:
        tell_all([Text(f"無法讀取（{error.strerror}）", f"it cannot be read ({error.strerror})")], console)
        return AGAIN
    try:
        letter = bounces.take(mail, to=arguments.one("--to"))
    except Unkept as error:
        tell_all([error.reason], console)
        return AGAIN
    if letter is None:
        say(console, Text("沒有要註記的信", "nothing to mark"))
    else:
        say(console, Text(f"已註記：{letter.to} 寄不到", f"marked: {letter.to} cannot be reached"))
    return DONE


def _mail(arguments: Arguments) -> bytes:
    if arguments.words and arguments.words[0] != "-":
        with open(arguments.words[0], "rb") as file:
            return file.read(LARGEST)
    return sys.stdin.buffer.read(LARGEST)
