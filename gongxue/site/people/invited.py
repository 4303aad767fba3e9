"""Invitations to posts as a sheet, and what is asked before something happens to one."""

from typing import Any

from django.utils.translation import gettext as _

from gongxue.records.listings import posts
from gongxue.rules.access import ROLES
from gongxue.rules.workflow import MESSAGE, state
from gongxue.site.fields import told
from gongxue.site.people.desk import Asked
from gongxue.site.sheets import Cell, Column


def columns() -> tuple[Column, ...]:
    """The columns of the sheet."""
    return (
        Column("email", _("電子郵件"), width=30), Column("name", _("姓名"), width=12), Column("school", _("學校"), width=16),
        Column("role", _("職務"), width=12), Column("first", _("開始日"), "date", 14), Column("last", _("結束日"), "date", 14),
        Column("by", _("邀請人"), width=12), Column("made_at", _("邀請時間"), "instant", 20), Column("until", _("有效到"), "instant", 20),
        Column("mail", _("信件"), width=10),
    )  # fmt: skip


def lines(asked: Asked) -> list[list[Cell]]:
    """The sheet's rows."""
    return [
        [
            each.email,
            each.name,
            each.school or _("市府"),
            told(ROLES[each.role]),
            *(each.first, each.last, each.by, each.made_at, each.until),
            told(state(MESSAGE, each.state).label) if each.state else "",
        ]
        for each in posts.invitation_rows(asked.invitations())
    ]


def asks(name: str) -> dict[str, Any]:
    """What the page asks before it does `name`."""
    if name == "again":
        return {"title": _("再寄一次邀請嗎？"), "button": _("再寄一次"), "stops": False}
    return {"title": _("取消這份邀請嗎？"), "button": _("取消邀請"), "stops": True}
