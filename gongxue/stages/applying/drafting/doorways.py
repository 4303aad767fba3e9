"""Where the desk leads to: routes of other rooms, by name. A route that is not there (yet) has no link."""

import uuid
from typing import Final

import msgspec
from django.urls import NoReverseMatch, reverse

from gongxue.rules.text import Text


class Doorway(msgspec.Struct, frozen=True):
    """A link to another room: its route, its words, the verb that one must be allowed on the application ("" for none), and the states in
    which there is nothing behind it yet."""

    route: str
    label: Text
    verb: str = ""
    not_in: tuple[str, ...] = ()


NEXT: Final[dict[str, Doorway]] = {
    "fix": Doorway("drafting:draft", Text("繼續填寫", "Go on writing")),
    "send": Doorway("drafting:check", Text("檢核並送學校核章", "Check, and send to the school")),
    "tell_convener": Doorway("drafting:check", Text("看檢核結果", "See the check")),
    "returned": Doorway("drafting:draft", Text("看意見並修改", "Read why, and change it")),
    "complete": Doorway("drafting:draft", Text("補件", "Complete it")),
    "revise": Doorway("drafting:draft", Text("修正", "Revise it")),
    "sign": Doorway("signing:paper", Text("看內容並核章", "Read it, and sign off")),
    "submit": Doorway("submitting:submit_one", Text("到送件頁", "To the submission page")),
    "confirm": Doorway("signing:partner", Text("看名單並確認", "See the names and confirm")),
    "missed": Doorway("drafting:draft", Text("看申請書", "See the application")),
}
"""What a card of the home page leads to, by what is next."""
WAYS: Final = (
    Doorway("papers:copy", Text("從去年或其他社群的申請書複製", "Copy an earlier application")),
    Doorway("papers:read_in", Text("上傳已經填好的附件二", "Upload a form 附件二 that is filled in")),
)
"""Other ways to begin."""
ROOMS: Final = (
    Doorway("papers:preview", Text("預覽與下載附件二", "Preview and download 附件二"), "view"),
    Doorway("papers:history", Text("版本與歷程", "Versions and history"), "view_history"),
    Doorway("papers:read_over", Text("用填好的檔案取代內容", "Replace the content by a filled form"), "edit"),
    Doorway("signing:paper", Text("核章", "Sign-offs"), "view"),
    Doorway("submitting:receipt", Text("送件回執", "Receipt of the submission"), "view", ("draft", "returned", "signing")),
)
"""What else there is of an application."""


def address(route: str, *args: uuid.UUID | str) -> str:
    """The address of a route with these arguments, "" where there is no such route."""
    try:
        return reverse(route, args=args)
    except NoReverseMatch:
        return ""
