"""Why a door did not open: each says so in words for people."""

from typing import TYPE_CHECKING

from gongxue.rules.finding import Finding
from gongxue.rules.text import Text

if TYPE_CHECKING:
    from gongxue.records.changes import Clash


class Refused(Exception):  # noqa: N818  # doors and their callers read better with the plain word
    """A door that did not open; nothing was changed. `reason` is for people."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


class NotThere(Refused):
    """The object does not exist, or the actor may not see it: the two are never told apart."""

    def __init__(self) -> None:
        super().__init__(Text("找不到這份資料。", "There is nothing here."))


class NotAllowed(Refused):
    """The actor may see the object, and may not do this to it (now). `about` is what the reason is about, as the door's argument is named
    ("first", "last", "person"); "" for the act as a whole."""

    def __init__(self, reason: Text, about: str = "") -> None:
        super().__init__(reason)
        self.about = about


class Stale(Refused):
    """The object has moved on since the actor saw it."""

    def __init__(self, state: str, version: int) -> None:
        super().__init__(
            Text(
                "這份資料在您開啟之後已經變更，請看過現在的內容再試。",
                "This has changed since you opened it: see how it is now, then try again.",
            )
        )
        self.state, self.version = state, version


class TooLate(Refused):
    """The deadline has passed."""


class RulesBroken(Refused):
    """A rule finds an error that stands in the way."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(Text(f"還有 {len(findings)} 件事要改正，才能繼續。", f"{len(findings)} things stand in the way."))
        self.findings = findings


class Clashed(Refused):
    """Somebody else changed the same field: both texts are here, nothing was overwritten."""

    def __init__(self, clashes: "tuple[Clash, ...]") -> None:
        super().__init__(Text("有人同時改了同一欄，請選擇要保留的內容。", "Somebody changed the same field: choose what to keep."))
        self.clashes = clashes


class ChangeError(Refused):
    """A change, or a document, that does not fit the shape or its limits; `path` is the place, "" for the document as a whole."""

    def __init__(self, path: str, told: Text) -> None:
        super().__init__(Text(f"{path}：{told.zh}", f"{path}: {told.en}") if path else told)
        self.path, self.told = path, told


class Unkept(Refused):
    """The database could not take it: held by others for too long, full, not writable, gone. The same request may be sent again as it is.

    It is sure that nothing was kept, but where the connection was lost: that may have been after the commit.
    """

    def __init__(self, why: Text, *, surely: bool = True) -> None:
        not_kept = Text("沒有存進去", "was not saved") if surely else Text("可能沒有存進去", "may not have been saved")
        zh = f"剛才的內容{not_kept.zh}：{why.zh}。請保留這個畫面，稍後再試一次。"
        super().__init__(Text(zh, f"What you sent {not_kept.en}: {why.en}. Keep this page open and try again in a while."))
        self.surely = surely
