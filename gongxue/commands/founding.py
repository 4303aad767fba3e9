"""`gongxue init`: a database, the city's schools, and the first officer's one-time link. Adds what is missing, overwrites nothing."""

import datetime
from typing import TYPE_CHECKING, Final

from gongxue.commands.arguments import Arguments
from gongxue.commands.console import Console
from gongxue.commands.site_at_hand import say, set_up, tell_all
from gongxue.rules.text import Text

if TYPE_CHECKING:
    from gongxue.records.schools import Founded

DONE: Final = 0
REFUSED: Final = 1


def run(arguments: Arguments, console: Console) -> int:
    """Begin a city, or add what a beginning lacks; 1 where this database must not be touched or the address is none."""
    if not set_up(console):
        return REFUSED
    from gongxue.records.actor import SYSTEM
    from gongxue.records.refusals import Refused
    from gongxue.rules.deadlines import TAIPEI
    from gongxue.site import clock
    from gongxue.site.programme import current

    if reasons := _not_ours():
        tell_all(reasons, console)
        return REFUSED
    at = clock.real_now()
    register = current().register
    if register is None:
        console.tell(
            "", Text("這個計畫沒有學校名單，請先選定有名單的計畫（GONGXUE_PROGRAMME）", "the programme has no register of schools")
        )
        return REFUSED
    from gongxue.records.schools import found_schools

    try:
        _make_database(console)
        _tell_schools(found_schools(register, actor=SYSTEM, at=at), console)
        _invite(arguments, at, at.astimezone(TAIPEI).date(), console)
    except Refused as refused:
        console.tell("", refused.reason)
        return REFUSED
    return DONE


def _not_ours() -> list[Text]:
    """Why this database is not to be begun in: newer than the program, or the demo's."""
    from django.conf import settings
    from django.db import DatabaseError, connection

    from gongxue.records import soundness

    if settings.DEMO:
        return [Text("這是示範站（GONGXUE_DEMO），示範站會自己建好", "this is the demo (GONGXUE_DEMO), which fills itself")]
    try:
        if soundness.newer_migrations():
            return soundness.migrations()
        if "records_user" in connection.introspection.table_names() and _holds_the_demo():
            return [
                Text(
                    "資料庫裡是示範城市，請改用別的資料庫或 GONGXUE_VAR",
                    "the database holds the demo's city: use another one, or another GONGXUE_VAR",
                )
            ]
    except DatabaseError as error:
        return [Text(f"連不上資料庫：{error}", f"the database cannot be reached: {error}")]
    return []


def _holds_the_demo() -> bool:
    from gongxue.records.models import User
    from gongxue.site.demo.cast import EMAILS

    return User.objects.filter(email__in=EMAILS).exists()


def _make_database(console: Console) -> None:
    from django.core.management import call_command

    from gongxue.records import soundness

    if soundness.migrations():
        call_command("migrate", verbosity=0)
        say(console, Text("資料庫已建好，保護機制已啟用", "the database is made, its protections are on"))
    else:
        say(console, Text("資料庫早已建好，照舊", "the database was there already, and is as it was"))


def _tell_schools(founded: "Founded", console: Console) -> None:
    added, kept = len(founded.added), len(founded.kept)
    say(console, Text(f"學校：新增 {added} 所，原有 {kept} 所照舊", f"schools: {added} added, {kept} were there and are as they were"))
    for name, facts in founded.differing:
        listed = "、".join(facts)
        console.tell(
            name, Text(f"與計畫名單不同的欄位：{listed}（沒有更動）", f"differs from the register in {', '.join(facts)} (left as it is)")
        )


def _invite(arguments: Arguments, at: datetime.datetime, day: datetime.date, console: Console) -> None:
    """Print the link of the first officer, once; nothing where an officer is at work already."""
    from django.urls import reverse

    from gongxue.records.actor import SYSTEM
    from gongxue.records.invitations import invite_to_post
    from gongxue.records.people import held_on
    from gongxue.site.mail.posting import link as whole_address

    if held_on(day).filter(role="officer").exists():
        say(console, Text("已經有承辦人在任，不再發連結", "an officer is at work already: no new link is made"))
        return
    _withdraw_earlier(at)
    email = arguments.one("--officer")
    invited = invite_to_post(email, arguments.one("--name"), "officer", first=day, actor=SYSTEM, at=at)
    link = whole_address(reverse("invitation", args=[invited.token]))
    told = Text(
        "第一位承辦人的連結（只顯示這一次，十四天內有效；先前的連結已失效）：",
        "the first officer's link (shown this once, good for fourteen days; earlier ones no longer work):",
    )
    say(console, told)
    console.say("", f"    {link}", "")


def _withdraw_earlier(at: datetime.datetime) -> None:
    from gongxue.records.actor import SYSTEM
    from gongxue.records.invitations import withdraw_invitation
    from gongxue.records.models import Invitation

    earlier = Invitation.objects.filter(role="officer", made_by=None, void=False, taken_at=None)
    for invitation in earlier.values_list("pk", flat=True):
        withdraw_invitation(invitation, actor=SYSTEM, at=at)
