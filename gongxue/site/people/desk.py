"""What the pages of people and posts show: the place asked for, the filters, the sheets."""

import datetime
from typing import Any, Final
from urllib.parse import quote

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from gongxue.records.listings import posts
from gongxue.records.listings.posts import CITY, Place, PostRow
from gongxue.records.models import Invitation, Post
from gongxue.records.refusals import NotAllowed, NotThere
from gongxue.rules.access import CITY_POSTS, ROLES, SCHOOL_POSTS
from gongxue.rules.deadlines import TAIPEI
from gongxue.rules.text import Text
from gongxue.site.fields import told
from gongxue.site.request import Request
from gongxue.site.sheets import KINDS, Cell, Column

A_PAGE: Final = 30
GIVERS: Final = ("clerk", "principal", "officer", "supervisor")
"""Who gives posts: the access table has these roles in its rows of the verb."""
CLOSERS: Final = ("officer", "supervisor")
"""Who closes accounts: the same."""
POSTS: Final = "people:posts"
WHICH: Final[dict[str, posts.Which]] = {"past": "past", "closed": "closed"}


class Asked:
    """What a request asks for: `places` are all that its actor has a hand in, `place` is the one asked for (None: all of them)."""

    def __init__(self, request: Request) -> None:
        self.request, self.day = request, today(request)
        self.places, self.by_the_city = posts.places(request.actor), posts.gives_anywhere(request.actor)
        key = request.GET.get("place", "")
        by_key = {each.key: each for each in self.places}
        if key and key not in by_key:
            raise NotThere()
        self.place: Place | None = by_key[key] if key else self.places[0] if len(self.places) == 1 else None
        self.query = request.GET.get("q", "")[:100]
        self.here = urlencode({"place": self.place.key}) if self.place else ""
        narrowed = {name: request.GET.get(name, "")[:100] for name in ("place", "q", "role", "when", "page")}
        self.list_here = urlencode({name: value for name, value in narrowed.items() if value})

    def posts(self) -> QuerySet[Post]:
        """The posts that the page shows, and the sheet."""
        ask = self.request.GET
        role = ask.get("role", "") if ask.get("role", "") in ROLES else ""
        which = WHICH.get(ask.get("when", ""), "")
        return posts.posts_seen(self.request.actor, self.day, self.place, role=role, query=self.query, which=which)

    def invitations(self) -> QuerySet[Invitation]:
        """The invitations to posts that the page shows, and the sheet."""
        return posts.invitations_to_posts(self.request.actor, self.place, query=self.query)

    def roles(self) -> tuple[str, ...]:
        """The roles that may be given at the place."""
        return posts.roles_given(self.request.actor, self.place.school) if self.place is not None else ()

    def place_select(self, all_of_them: bool = True) -> list[dict[str, Any]]:
        """The school picker, for whoever has more than one place."""
        if len(self.places) == 1:
            return []
        options = [(each.key, place_name(each)) for each in self.places]
        first = ("", _("全部") if all_of_them else _("請選擇"))
        return [
            {
                "name": "place",
                "label": _("學校或市府") if self.by_the_city else _("學校"),
                "value": self.place.key if self.place else "",
                "options": [first, *options],
            }
        ]

    def page(self, sheet: str) -> dict[str, Any]:
        """What every list page needs around its rows."""
        asked = self.request.GET.copy()
        asked.pop("page", None)
        asked.pop("done", None)
        links = [{"label": kind.label, "link": f"{reverse(sheet, args=[name])}?{asked.urlencode()}"} for name, kind in KINDS.items()]
        return {
            "query": self.query,
            "query_quoted": quote(self.query),
            "place": self.place,
            "day": self.day,
            "here": self.here,
            "list_here": self.list_here,
            "exports": links,
            "link": f"?{asked.urlencode()}&page=" if asked else "?page=",
            "narrowed": _narrowed(asked),
            "by_the_city": self.by_the_city,
        }

    def around(self, held: PostRow) -> dict[str, Any]:
        """What a page about one post needs to lead back to the list as it was."""
        return {"held": held, "here": self.here, "list_here": self.list_here, "back": self.to_list()}

    def to_list(self, done: str = "", to: str = POSTS) -> str:
        """The address of a list as it was, which says what was done."""
        query = "&".join(filter(None, [self.list_here, urlencode({"done": done}) if done else ""]))
        return f"{reverse(to)}?{query}" if query else reverse(to)

    def cut(self, found: QuerySet[Any]) -> Any:
        """The page of rows that is asked for."""
        return Paginator(found, A_PAGE).get_page(self.request.GET.get("page"))


def _narrowed(asked: QueryDict) -> bool:
    return any(value for name, value in asked.items() if name != "place")


def today(request: Request) -> datetime.date:
    """The day in Taipei."""
    return request.at.astimezone(TAIPEI).date()


def held_post(request: Request, post: int, verb: str) -> PostRow:
    """The post in the address, for whoever gives posts and may do `verb` to it. Raises NotThere, NotAllowed."""
    held = posts.post_for(request.actor, post, verb, today(request))
    if not request.actor.roles() & set(GIVERS):
        told = Text(
            "自己的職務，請到「我的帳號」請人代理或移交。", "Name a stand-in for your own post, or hand it over, on your account page."
        )
        raise NotAllowed(told)
    return held


def place_name(place: Place) -> str:
    """What a place is called."""
    return _("市府") if place.key == CITY else place.name


def role_selects(asked: Asked) -> list[dict[str, Any]]:
    """The filters of the posts: where, which role, held or ended."""
    place, chosen = asked.place, asked.request.GET
    roles = (*SCHOOL_POSTS, *CITY_POSTS) if place is None else CITY_POSTS if place.school is None else SCHOOL_POSTS
    if not asked.by_the_city:
        roles = SCHOOL_POSTS
    return [
        *asked.place_select(),
        {
            "name": "role",
            "label": _("職務"),
            "value": chosen.get("role", ""),
            "options": [("", _("全部")), *((r, ROLES[r]) for r in roles)],
        },
        {
            "name": "when",
            "label": _("任期"),
            "value": chosen.get("when", ""),
            "options": [("", _("現任與將到任")), ("past", _("已結束")), ("closed", _("帳號已停用"))],
            "folded": True,
        },
    ]


def post_columns() -> tuple[Column, ...]:
    """The columns of the sheet of posts."""
    return (
        Column("school", _("學校"), width=16), Column("role", _("職務"), width=12), Column("name", _("姓名"), width=12),
        Column("email", _("電子郵件"), width=30), Column("first", _("開始日"), "date", 14), Column("last", _("結束日"), "date", 14),
        Column("stands_in_for", _("代理誰"), width=12),
    )  # fmt: skip


def post_lines(asked: Asked) -> list[list[Cell]]:
    """The sheet's rows."""
    found = posts.rows(asked.posts(), asked.request.actor, asked.day)
    return [
        [each.school or _("市府"), told(ROLES[each.role]), each.name, each.email, each.first, each.last, each.stands_in_for]
        for each in found
    ]


def ending(not_begun: bool) -> dict[str, Any]:
    """What the page asks before it ends a post, or takes back one that has not begun."""
    if not_begun:
        return {"title": _("這個職務要取消嗎？"), "button": _("取消這個職務"), "not_begun": True}
    return {"title": _("這個職務要結束嗎？"), "button": _("結束這個職務")}


def back(done: str, place: Place | None = None, to: str = POSTS) -> HttpResponse:
    """To the list, which says what was done."""
    return redirect(f"{reverse(to)}?{urlencode({'done': done, **({'place': place.key} if place else {})})}")
