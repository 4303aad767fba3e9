"""The history of an application: its frozen versions, what differs between two, and the trail as a timeline."""

import datetime
from collections.abc import Collection, Iterator
from typing import Any, Final

import msgspec

from gongxue.records.diff import Difference, differences
from gongxue.records.document import Document
from gongxue.records.models import Application, SchoolSummary, Snapshot, TrailEntry, User
from gongxue.records.refusals import NotThere
from gongxue.rules.text import Text
from gongxue.rules.workflow import APPLICATION, SCHOOL_SUMMARY, transition

WORDS: Final[dict[str, Text]] = {
    "start": Text("開始撰寫", "Started"),
    "edit": Text("修改內容", "Edited"),
    "restore_version": Text("恢復舊版", "Restored a version"),
    "replace_content": Text("以檔案取代內容", "Replaced by a file"),
    "invite": Text("邀請成員", "Invited a member"),
    "withdraw_invitation": Text("收回邀請", "Withdrew an invitation"),
    "take_invitation": Text("接受邀請", "Took an invitation"),
    "join": Text("加入社群", "Joined"),
    "add_member": Text("加入成員", "Added a member"),
    "remove_member": Text("移除成員", "Removed a member"),
    "leave": Text("離開社群", "Left"),
    "hand_over": Text("移交召集人", "Handed over"),
    "confirm_members": Text("夥伴學校確認成員", "Partner school confirmed its members"),
    "unconfirm_members": Text("夥伴學校收回確認", "Partner school took its confirmation back"),
    "void_signatures": Text("內容變更，核章失效", "Changed: sign-offs are void"),
    "name_stand_in": Text("指定代理", "Named a stand-in"),
    "print": Text("下載紙本", "Downloaded the paper"),
}
"""What is done to an application besides the moves of the workflow, which bear their own labels."""


def words_of(verb: str, subject: str = APPLICATION) -> Text:
    """What a verb of the trail, or the reason of a snapshot, is called; one that nobody has named is called by itself."""
    try:
        return WORDS.get(verb) or transition(subject, verb).label
    except KeyError:
        return Text(verb, verb)


class Version(msgspec.Struct, frozen=True):
    """A version that can be looked at: who wrote it last and when, why it was frozen ("" for the current one), its SHA-256 ("" until
    frozen)."""

    version: int
    at: datetime.datetime
    who: str
    why: str
    digest: str
    current: bool


def history(application: Application) -> tuple[Version, ...]:
    """The frozen versions and the current one, newest first. Two queries."""
    rows = application.snapshots.order_by("-version").values_list("version", "made_at", "made_by__name", "why", "digest")
    frozen = [Version(version, at, who or "", why, digest, version == application.version) for version, at, who, why, digest in rows]
    writer = User.objects.filter(pk=application.changed_by_id or 0).values_list("name", flat=True).first()
    if not frozen or not frozen[0].current:
        frozen.insert(0, Version(application.version, application.changed_at, writer or "", "", "", current=True))
    return tuple(frozen)


def document_at(application: Application, version: int) -> Document:
    """The content of the current or a frozen version; raises NotThere for any other."""
    if version == application.version:
        current: Document = application.document
        return current
    content = Snapshot.objects.filter(application=application, version=version).values_list("content", flat=True).first()
    if content is None:
        raise NotThere()
    document: Document = msgspec.json.decode(content)
    return document


def compared(application: Application, before: int, after: int) -> tuple[Difference, ...]:
    """What two versions differ in; raises NotThere where one of them was never frozen."""
    return differences(document_at(application, before), document_at(application, after))


class Moment(msgspec.Struct, frozen=True):
    """One entry of the trail for people. `stands_in_for` is the name of whoever was stood in for; `paths` are the fields an edit changed.

    `blanked`: the words were emptied, only who, when and what is left. `seals_again`: a request for completion said whether what changes is
    to be signed again; None for anything else.
    """

    number: int
    at: datetime.datetime
    who: str
    role: str
    stands_in_for: str
    verb: str
    version: int
    source: str
    target: str
    reason: str
    paths: tuple[str, ...]
    blanked: bool
    seals_again: bool | None = None


class Timeline:
    """An application's trail, newest first, as far as it is by `user` and of `verb`: for pages (count, slice) and exports (iterate).

    One query for each of the three.
    """

    def __init__(self, application: Application, *, user: int | None = None, verb: str = "") -> None:
        entries = TrailEntry.objects.filter(subject=APPLICATION, subject_id=str(application.pk)).order_by("-number")
        entries = entries.filter(user=user) if user is not None else entries
        entries = entries.filter(verb=verb) if verb else entries
        self._entries = entries.select_related("user", "post__stands_in_for__user")

    def count(self) -> int:
        """How many entries there are."""
        return self._entries.count()

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, portion: slice) -> tuple[Moment, ...]:
        return tuple(_moment(entry) for entry in self._entries[portion])

    def __iter__(self) -> Iterator[Moment]:
        return (_moment(entry) for entry in self._entries.iterator(chunk_size=500))


def timeline(application: Application, *, before: int | None = None, size: int = 100) -> tuple[Moment, ...]:
    """The newest `size` entries of an application's trail (those with a number under `before`), newest first. One query."""
    entries = TrailEntry.objects.filter(subject=APPLICATION, subject_id=str(application.pk))
    if before is not None:
        entries = entries.filter(number__lt=before)
    rows = entries.order_by("-number").select_related("user", "post__stands_in_for__user")[:size]
    return tuple(_moment(entry) for entry in rows)


def last_change(paper: Application | SchoolSummary, *, user: int | None = None, verbs: Collection[str] = ()) -> Moment | None:
    """What was last done to a paper that changed something, as far as it is by `user` and one of `verbs`; None where there is
    no such entry. One query."""
    subject = APPLICATION if isinstance(paper, Application) else SCHOOL_SUMMARY
    entries = TrailEntry.objects.filter(subject=subject, subject_id=str(paper.pk)).exclude(verb="print")
    entries = entries.filter(user=user) if user is not None else entries
    entries = entries.filter(verb__in=verbs) if verbs else entries
    newest = entries.order_by("-number").select_related("user", "post__stands_in_for__user").first()
    return _moment(newest) if newest is not None else None


STOPPED: Final = {"returned": "return", "completing": "ask_completion", "ineligible": "mark_ineligible", "withdrawn": "withdraw"}
"""States in which people ask why, and the transition that gave the reason."""


def why_stopped(application: Application) -> tuple[Moment, ...]:
    """When an application was last returned, asked to be completed, withdrawn or found ineligible, as its state is, by whom and why.

    Of a completion that the school has returned since, that comes first, until the chain is asked again. Nothing in every other state. At
    most two queries.
    """
    verb = STOPPED.get(application.state)
    if verb is None:
        return ()
    entries = TrailEntry.objects.filter(subject=APPLICATION, subject_id=str(application.pk)).order_by("-number")
    entries = entries.select_related("user", "post__stands_in_for__user")
    stopped = entries.filter(verb=verb).first()
    found = [stopped] if stopped is not None else []
    if stopped is not None and verb == "ask_completion" and application.seals_again and application.seals_asked_at is None:
        found = [*entries.filter(verb="return_completion", number__gt=stopped.number)[:1], stopped]
    return tuple(_moment(entry) for entry in found)


def people_in(application: Application) -> tuple[tuple[int, str], ...]:
    """Everybody who stands in an application's trail, by key and name. One query."""
    entries = TrailEntry.objects.filter(subject=APPLICATION, subject_id=str(application.pk), user__isnull=False)
    return tuple(entries.order_by("user__name", "user").values_list("user", "user__name").distinct())


def verbs_in(application: Application) -> tuple[str, ...]:
    """What was done, by verb, each once. One query."""
    entries = TrailEntry.objects.filter(subject=APPLICATION, subject_id=str(application.pk))
    return tuple(entries.order_by("verb").values_list("verb", flat=True).distinct())


def _moment(entry: TrailEntry) -> Moment:
    words: dict[str, Any] = entry.words
    stood = entry.post.stands_in_for if entry.post is not None else None
    return Moment(
        entry.number,
        entry.at,
        entry.user.name if entry.user is not None else "",
        entry.role,
        stood.user.name if stood is not None else "",
        entry.verb,
        entry.version,
        str(words.get("from", "")),
        str(words.get("to", "")),
        str(words.get("reason", "")),
        tuple(dict.fromkeys(str(change["path"]) for change in words.get("changes", ()))),
        entry.salt == "",
        bool(words.get("seals_again")) if entry.verb == "ask_completion" else None,
    )
