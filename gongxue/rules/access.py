"""Who may do what: every verb × role × relation × state, in one table. What is not granted here is refused.

A relation ties an actor's role to the object: `own` (convener or member of the community), `own_school` (a post at its fiscal school),
`partner_school` (a post at another school of its people), `assigned` (a reviewer's), `any`. `may()` answers yes, or no with a reason;
`records.visible_to()` is built from the rows of the verb `view`, and a test holds the two together.

A post is a subject too. What stands for its state is the role it is of: who may give, end or hand over which posts.
"""

from collections.abc import Collection, Iterator

import msgspec

from gongxue.rules.text import Text
from gongxue.rules.workflow import APPLICATION, BUNDLE, LATE_OPENING, MESSAGE, REMINDER, SCHOOL_SUMMARY, states

SCHOOL_ROLES = ("clerk", "director", "accountant", "principal")
CITY_ROLES = ("officer", "supervisor", "centre_staff", "auditor")
ROLES: dict[str, Text] = {
    "convener": Text("召集人", "convener"),
    "member": Text("成員", "member"),
    "clerk": Text("承辦人", "school clerk"),
    "director": Text("承辦主任", "director"),
    "accountant": Text("會計", "accountant"),
    "principal": Text("校長", "principal"),
    "officer": Text("教育處承辦人", "city officer"),
    "supervisor": Text("教育處主管", "supervisor"),
    "centre_staff": Text("教專中心", "center staff"),
    "reviewer": Text("審查委員", "reviewer"),
    "auditor": Text("稽核", "auditor"),
}
SCHOOL_POSTS = ("member", *SCHOOL_ROLES)
CITY_POSTS = (*CITY_ROLES, "reviewer")
SYSTEM_ROLE = "system"
"""The command line and the background, which hold no post of a person's."""
POST = "post"
SCHOOL = "school"
USER = "user"
RELATIONS = ("own", "own_school", "partner_school", "assigned", "any")

_WRITING = ("draft", "returned")
_SIGNING = ("signing", "completing")
"""What can be sealed: a completion, where the city asked for new seals (a condition of the transition)."""
_OPEN = tuple(state.name for state in states(APPLICATION) if state.open)
_ALL = tuple(state.name for state in states(APPLICATION))
_SENT = tuple(name for name in _ALL if name not in (*_WRITING, "signing", "signed", "withdrawn"))
_POSTS = (*SCHOOL_POSTS, *CITY_POSTS)
_DESKS = (*SCHOOL_ROLES, "officer", "supervisor", "centre_staff")
"""Posts with a desk: they are handed over, and somebody can stand in for them."""
_STAFF = ("member", "clerk", "director", "accountant")
"""What a principal gives at the own school; the city gives the principal."""
_MAIL = tuple(state.name for state in states(MESSAGE))
_SUMMARY = tuple(state.name for state in states(SCHOOL_SUMMARY))


class Grant(msgspec.Struct, frozen=True):
    """One row: these roles, in this relation, may do this to a subject in one of these states."""

    subject: str
    verb: str
    roles: tuple[str, ...]
    relation: str
    states: tuple[str, ...]


_ANY = ("",)
"""For subjects without a state."""

GRANTS: tuple[Grant, ...] = (
    Grant(SCHOOL, "found", (SYSTEM_ROLE,), "any", _ANY),
    Grant(USER, "bring_in", (SYSTEM_ROLE,), "any", _ANY),
    Grant(USER, "close", ("officer", "supervisor"), "any", _ANY),
    Grant(USER, "open", ("officer", "supervisor"), "any", _ANY),
    Grant(APPLICATION, "import", (SYSTEM_ROLE,), "any", ("approved",)),
    Grant(APPLICATION, "start", SCHOOL_POSTS, "any", ("draft",)),
    Grant(APPLICATION, "view", ("convener", "member"), "own", _ALL),
    Grant(APPLICATION, "view", SCHOOL_ROLES, "own_school", _ALL),
    Grant(APPLICATION, "view", ("clerk", "director"), "partner_school", _ALL),
    Grant(APPLICATION, "view", CITY_ROLES, "any", _ALL),
    Grant(APPLICATION, "oversee", CITY_ROLES, "any", _ALL),
    Grant(APPLICATION, "view_history", ("convener", "member"), "own", _ALL),
    Grant(APPLICATION, "view_history", SCHOOL_ROLES, "own_school", _ALL),
    Grant(APPLICATION, "view_history", CITY_ROLES, "any", _ALL),
    Grant(APPLICATION, "print", ("convener", "member"), "own", _ALL),
    Grant(APPLICATION, "print", SCHOOL_ROLES, "own_school", _ALL),
    Grant(APPLICATION, "print", ("clerk", "director"), "partner_school", _ALL),
    Grant(APPLICATION, "print", CITY_ROLES, "any", _ALL),
    Grant(APPLICATION, "edit", ("convener", "member"), "own", _OPEN),
    Grant(APPLICATION, "edit", ("clerk",), "own_school", _OPEN),
    Grant(APPLICATION, "invite", ("convener",), "own", _OPEN),
    Grant(APPLICATION, "hand_over", ("convener",), "own", _OPEN),
    Grant(APPLICATION, "copy", ("convener", "member"), "own", _ALL),
    Grant(APPLICATION, "send_to_school", ("convener",), "own", _WRITING),
    Grant(APPLICATION, "recall", ("convener",), "own", ("signing", "signed")),
    Grant(APPLICATION, "return", SCHOOL_ROLES, "own_school", ("signing", "signed", "completing")),
    Grant(APPLICATION, "sign", ("director", "accountant", "principal"), "own_school", _SIGNING),
    Grant(APPLICATION, "sign_on_paper", SCHOOL_ROLES, "own_school", _SIGNING),
    Grant(APPLICATION, "name_stand_in", ("principal", "director"), "own_school", _SIGNING),
    Grant(APPLICATION, "confirm_members", ("clerk", "director"), "partner_school", (*_WRITING, "signing", "signed")),
    Grant(APPLICATION, "submit", ("clerk",), "own_school", ("signed",)),
    Grant(APPLICATION, "recall_submission", ("clerk", "principal"), "own_school", ("submitted",)),
    Grant(APPLICATION, "complete", ("clerk",), "own_school", ("completing",)),
    Grant(APPLICATION, "complete", ("convener",), "own", ("completing",)),
    Grant(APPLICATION, "withdraw", ("convener",), "own", _WRITING),
    Grant(APPLICATION, "withdraw", ("clerk", "principal"), "own_school", (*_WRITING, "signing", "signed", "submitted")),
    Grant(APPLICATION, "withdraw", ("officer",), "any", tuple(name for name in _SENT if name not in ("approved", "declined"))),
    Grant(APPLICATION, "restore", ("convener",), "own", ("withdrawn",)),
    Grant(APPLICATION, "ask_completion", ("officer",), "any", ("submitted", "first_review")),
    Grant(APPLICATION, "mark_ineligible", ("officer",), "any", ("submitted", "completing", "first_review")),
    Grant(APPLICATION, "reinstate", ("officer", "supervisor"), "any", ("ineligible",)),
    Grant(SCHOOL_SUMMARY, "view", SCHOOL_ROLES, "own_school", _SUMMARY),
    Grant(SCHOOL_SUMMARY, "view", CITY_ROLES, "any", _SUMMARY),
    Grant(SCHOOL_SUMMARY, "edit", ("clerk",), "own_school", ("open",)),
    Grant(SCHOOL_SUMMARY, "send_to_sign", ("clerk",), "own_school", ("open",)),
    Grant(SCHOOL_SUMMARY, "sign", ("clerk", "director", "principal"), "own_school", ("signing",)),
    Grant(SCHOOL_SUMMARY, "sign_on_paper", ("clerk", "director", "principal"), "own_school", ("signing",)),
    Grant(SCHOOL_SUMMARY, "return", ("director", "principal"), "own_school", ("signing",)),
    Grant(SCHOOL_SUMMARY, "recall", ("clerk",), "own_school", ("signing", "sent")),
    Grant(SCHOOL_SUMMARY, "send", ("clerk",), "own_school", ("signing",)),
    Grant(SCHOOL_SUMMARY, "reopen", (SYSTEM_ROLE,), "any", ("signing", "sent")),
    Grant(LATE_OPENING, "view", CITY_ROLES, "any", ("open", "ended")),
    Grant(LATE_OPENING, "view", SCHOOL_POSTS, "own_school", ("open", "ended")),
    Grant(LATE_OPENING, "open", ("officer", "supervisor"), "any", ("open",)),
    Grant(LATE_OPENING, "end", ("officer", "supervisor"), "any", ("open",)),
    Grant(MESSAGE, "view", ("officer", "supervisor", "centre_staff"), "any", _MAIL),
    Grant(MESSAGE, "send_again", ("officer", "centre_staff"), "any", ("failed", "uncertain", "bounced", "dropped")),
    Grant(MESSAGE, "give_up", ("officer", "centre_staff"), "any", ("waiting", "failed", "uncertain", "bounced")),
    Grant(REMINDER, "view", CITY_ROLES, "any", ("sent",)),
    Grant(REMINDER, "send", ("officer", "centre_staff"), "any", ("sent",)),
    Grant(BUNDLE, "make", CITY_ROLES, "any", ("working",)),
    Grant(BUNDLE, "fetch", CITY_ROLES, "own", tuple(state.name for state in states(BUNDLE))),
    Grant(POST, "view", (SYSTEM_ROLE, *CITY_POSTS), "any", _POSTS),
    Grant(POST, "view", SCHOOL_POSTS, "own_school", SCHOOL_POSTS),
    Grant(POST, "view", _POSTS, "own", _POSTS),
    Grant(POST, "give", (SYSTEM_ROLE, "officer", "supervisor"), "any", _POSTS),
    Grant(POST, "give", ("principal",), "own_school", _STAFF),
    Grant(POST, "give", ("clerk",), "own_school", ("member",)),
    Grant(POST, "end", (SYSTEM_ROLE, "officer", "supervisor"), "any", _POSTS),
    Grant(POST, "end", ("principal",), "own_school", _STAFF),
    Grant(POST, "end", ("clerk",), "own_school", ("member",)),
    Grant(POST, "hand_over", (SYSTEM_ROLE, "officer", "supervisor"), "any", _DESKS),
    Grant(POST, "hand_over", ("principal",), "own_school", _STAFF[1:]),
    Grant(POST, "hand_over", _DESKS, "own", _DESKS),
    Grant(POST, "name_stand_in", (SYSTEM_ROLE, "officer", "supervisor"), "any", _DESKS),
    Grant(POST, "name_stand_in", ("principal",), "own_school", SCHOOL_ROLES),
    Grant(POST, "name_stand_in", _DESKS, "own", _DESKS),
)


class Tie(msgspec.Struct, frozen=True):
    """One way an actor is bound to an object: in a role, by a relation."""

    role: str
    relation: str


class Answer(msgspec.Struct, frozen=True):
    """Yes, or no with a reason for people. `by` is the tie that allowed it."""

    yes: bool
    reason: Text = Text("", "")
    by: Tie | None = None


def grants(subject: str, verb: str) -> Iterator[Grant]:
    """The rows of one verb on one subject."""
    return (grant for grant in GRANTS if grant.subject == subject and grant.verb == verb)


def may(subject: str, verb: str, ties: Collection[Tie], state: str) -> Answer:
    """Whether someone with these ties may do `verb` to a `subject` in `state`; no tie that can view it is told like nothing there."""
    elsewhere: set[str] = set()
    for grant in grants(subject, verb):
        for tie in ties:
            if tie.role in grant.roles and tie.relation == grant.relation:
                if state in grant.states:
                    return Answer(True, by=tie)
                elsewhere.update(grant.states)
    if elsewhere:
        return Answer(False, _elsewhere(subject, elsewhere, state))
    roles = [role for role in dict.fromkeys(role for grant in grants(subject, verb) for role in grant.roles) if role in ROLES]
    who_zh, who_en = "、".join(ROLES[role].zh for role in roles), ", ".join(ROLES[role].en for role in roles)
    return Answer(
        False,
        Text(f"這件事由{who_zh}辦理。" if roles else "沒有這件事。", f"This is for: {who_en}." if roles else "There is no such thing."),
    )


def _elsewhere(subject: str, allowed: Collection[str], now: str) -> Text:
    """That it may be done, but in other states than `now`, or to posts of other roles."""
    if subject == POST:
        names = [label for role, label in ROLES.items() if role in allowed]
        zh = f"您能辦理的職務是：{'、'.join(name.zh for name in names)}；不包括這一個。"
        return Text(zh, f"You may do this for {', '.join(name.en for name in names)}, not for this post.")
    names = [each.label for each in states(subject) if each.name in allowed]
    is_now = next((each.label for each in states(subject) if each.name == now), Text("", ""))
    zh = f"現在是「{is_now.zh}」，不能做這件事；要在「{'、'.join(name.zh for name in names)}」時才可以。"
    return Text(zh, f"Not now that it is {is_now.en}; only when {', '.join(name.en for name in names)}.")
